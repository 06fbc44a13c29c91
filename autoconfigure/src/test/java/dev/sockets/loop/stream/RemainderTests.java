package dev.sockets.loop.stream;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.loop.MemoryBudget;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class RemainderTests {

	private final MemoryBudget budget = new MemoryBudget(1_000_000_000);

	private final Remainder rest = new Remainder(new ChannelMemory(this.budget));

	@Test
	void whenEverythingWasConsumedThenNoMemoryIsKept() {
		this.rest.keep(new byte[10], 10, 10, 1);
		assertThat(this.rest.isPresent()).isFalse();
		assertThat(this.rest.bytes()).isNull();
		assertThat(length()).isZero();
	}

	@Test
	void whenSomethingIsLeftThenNoMoreThanThatIsKept() {
		this.rest.keep("abcdef".getBytes(), 4, 6, 7);
		assertThat(this.rest.isPresent()).isTrue();
		assertThat(this.rest.bytes()).isEqualTo("ef".getBytes());
		assertThat(length()).isEqualTo(2);
		assertThat(this.rest.since()).isEqualTo(7);
	}

	@Test
	void whenMoreIsAppendedThenTheSameFrameHasBegunWhenItBegan() {
		this.rest.keep("abcdef".getBytes(), 4, 6, 7);
		append("gh", 0, 9);
		assertThat(text()).isEqualTo("efgh");
		assertThat(this.rest.since()).isEqualTo(7);
		append("ij", 3, 11);
		assertThat(text()).isEqualTo("hij");
		assertThat(this.rest.since()).isEqualTo(11);
		append("k", 4, 12);
		assertThat(this.rest.isPresent()).isFalse();
		assertThat(this.rest.bytes()).isNull();
	}

	@Test
	void whenMostOfALargeFrameWasConsumedThenItsMemoryIsGivenBack() {
		this.rest.keep(new byte[100_000], 0, 100_000, 1);
		append("x", 100_000, 2);
		assertThat(this.rest.bytes()).hasSize(1);
	}

	@Test
	void whenALargeFrameTricklesInThenWhatWaitsIsNotCopiedForEachByte() {
		int size = 16 * 1024 * 1024;
		this.rest.keep(new byte[size], 0, size, 1);
		for (int i = 0; i < 100_000; i++) {
			append("x", 0, 2);
		}
		assertThat(length()).isEqualTo(size + 100_000);
	}

	@Test
	void whenManyFramesWaitAndOneAtATimeIsTakenThenTheOthersAreNotMovedForIt() {
		int size = 16 * 1024 * 1024;
		this.rest.keep(new byte[size], 0, size, 1);
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
		this.rest.keep(new byte[1000], 0, 1000, 1);
		assertThat(this.budget.used()).isEqualTo(1000);
		append("x", 0, 2);
		assertThat(this.budget.used()).isEqualTo(2000);
		append("x", 1000, 3);
		assertThat(this.budget.used()).isEqualTo(2);
		append("", 2, 4);
		assertThat(this.budget.used()).isZero();
		this.rest.keep(new byte[1000], 0, 1000, 5);
		this.rest.drop();
		assertThat(this.budget.used()).isZero();
	}

	@Test
	void whenItIsDroppedThenNoMemoryIsKept() {
		this.rest.keep(new byte[10], 0, 10, 1);
		this.rest.drop();
		assertThat(this.rest.bytes()).isNull();
	}

	private void append(String text, int consumed, long now) {
		byte[] before = this.rest.bytes();
		assertThat(before).isNotNull();
		byte[] all = this.rest.append(before, ByteBuffer.wrap(text.getBytes()));
		this.rest.keep(all, this.rest.start() + consumed, this.rest.end(), now);
	}

	private String text() {
		return new String(this.rest.bytes(), this.rest.start(), length());
	}

	private int length() {
		return this.rest.end() - this.rest.start();
	}

}
