package dev.sockets.loop.stream;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.loop.MemoryBudget;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class RemainderTests {

	private final MemoryBudget budget = new MemoryBudget(1_000_000_000);

	private Remainder rest;

	@Test
	void whenSomethingIsLeftThenNoMoreThanThatIsKept() {
		begin("abcdef".getBytes(), 4, 6, 7);
		assertThat(this.rest.bytes()).isEqualTo("ef".getBytes());
		assertThat(length()).isEqualTo(2);
		assertThat(this.rest.since()).isEqualTo(7);
	}

	@Test
	void whenMoreIsAppendedThenTheSameFrameHasBegunWhenItBegan() {
		begin("abcdef".getBytes(), 4, 6, 7);
		append("gh", 0, 9);
		assertThat(text()).isEqualTo("efgh");
		assertThat(this.rest.since()).isEqualTo(7);
		append("ij", 3, 11);
		assertThat(text()).isEqualTo("hij");
		assertThat(this.rest.since()).isEqualTo(11);
	}

	@Test
	void whenMostOfALargeFrameWasConsumedThenItsMemoryIsGivenBack() {
		begin(new byte[100_000], 0, 100_000, 1);
		append("x", 100_000, 2);
		assertThat(this.rest.bytes()).hasSize(1);
	}

	@Test
	void whenALargeFrameTricklesInThenWhatWaitsIsNotCopiedForEachByte() {
		int size = 16 * 1024 * 1024;
		begin(new byte[size], 0, size, 1);
		for (int i = 0; i < 100_000; i++) {
			append("x", 0, 2);
		}
		assertThat(length()).isEqualTo(size + 100_000);
	}

	@Test
	void whenManyFramesWaitAndOneAtATimeIsTakenThenTheOthersAreNotMovedForIt() {
		int size = 16 * 1024 * 1024;
		begin(new byte[size], 0, size, 1);
		for (int i = 0; i < 100_000; i++) {
			this.rest.keep(this.rest.bytes(), this.rest.start() + 10, this.rest.end(), 2);
		}
		assertThat(length()).isEqualTo(size - 1_000_000);
		for (int i = 0; i < 100_000; i++) {
			append("0123456789", 10, 3);
		}
		assertThat(length()).isEqualTo(size - 1_000_000);
		assertThat(this.rest.bytes().length).isLessThanOrEqualTo(2 * size);
	}

	@Test
	void whenBytesAreKeptThenTheMemoryTheyTakeIsCounted() {
		begin(new byte[1000], 0, 1000, 1);
		assertThat(this.budget.used()).isEqualTo(1000);
		append("x", 0, 2);
		assertThat(this.budget.used()).isEqualTo(2000);
		append("x", 1000, 3);
		assertThat(this.budget.used()).isEqualTo(2);
		this.rest.drop();
		assertThat(this.budget.used()).isZero();
	}

	private void begin(byte[] bytes, int from, int end, long now) {
		this.rest = new Remainder(new ChannelMemory(this.budget), bytes, from, end, now);
	}

	private void append(String text, int consumed, long now) {
		byte[] all = this.rest.append(ByteBuffer.wrap(text.getBytes()));
		this.rest.keep(all, this.rest.start() + consumed, this.rest.end(), now);
	}

	private String text() {
		return new String(this.rest.bytes(), this.rest.start(), length());
	}

	private int length() {
		return this.rest.end() - this.rest.start();
	}

}
