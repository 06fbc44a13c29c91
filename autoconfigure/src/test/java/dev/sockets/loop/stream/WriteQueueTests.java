package dev.sockets.loop.stream;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WriteQueueTests {

	private final WriteQueue queue = new WriteQueue();

	private final TestChannel test;

	WriteQueueTests() throws IOException {
		this.test = new TestChannel(1024, Overflow.CLOSE);
	}

	@AfterEach
	void close() {
		this.test.close();
	}

	@Test
	void whenNothingWasAddedThenThereIsNothingToWrite() {
		assertThat(this.queue.isEmpty()).isTrue();
		assertThat(this.queue.hasAdded()).isFalse();
		assertThat(this.queue.prepare()).isFalse();
		assertThat(this.queue.poll()).isNull();
		assertThat(this.queue.pollNotBegun()).isNull();
		assertThat(this.queue.pollWritten()).isNull();
	}

	@Test
	void whenAFewWereAddedThenOneWriteTakesThemInOrder() throws IOException {
		PendingWrite one = add("one");
		PendingWrite two = add("two");
		assertThat(this.queue.hasAdded()).isTrue();
		assertThat(this.queue.prepare()).isTrue();
		assertThat(this.queue.hasAdded()).isFalse();
		assertThat(this.queue.isEmpty()).isFalse();
		assertThat(this.queue.writeTo(this.test.channel(), this.test.transport)).isEqualTo(6);
		assertThat(this.test.transport.written()).isEqualTo("onetwo");
		assertThat(this.queue.pollWritten()).isSameAs(one);
		assertThat(this.queue.offered()).isEqualTo(6);
		assertThat(this.queue.pollWritten()).isSameAs(two);
		assertThat(this.queue.isEmpty()).isTrue();
	}

	@Test
	void whenOneIsWrittenInPartThenItStaysFirstAndIsNotDropped() throws IOException {
		PendingWrite one = add("one");
		PendingWrite two = add("two");
		PendingWrite three = add("three");
		this.test.transport.room = 1;
		this.queue.prepare();
		assertThat(this.queue.writeTo(this.test.channel(), this.test.transport)).isEqualTo(1);
		assertThat(this.queue.pollWritten()).isNull();
		assertThat(this.queue.pollNotBegun()).isSameAs(two);
		assertThat(this.queue.pollNotBegun()).isSameAs(three);
		assertThat(this.queue.pollNotBegun()).isNull();
		assertThat(this.queue.poll()).isSameAs(one);
		assertThat(this.queue.isEmpty()).isTrue();
	}

	@Test
	void whenARestIsAddedThenItLeavesBeforeWhatIsAddedLater() throws IOException {
		this.queue.addBegun(new PendingWrite(TestChannel.bytes("rest"), 0, true, null));
		add("next");
		this.queue.prepare();
		this.queue.writeTo(this.test.channel(), this.test.transport);
		assertThat(this.test.transport.written()).isEqualTo("restnext");
	}

	@Test
	void whenMoreWereAddedThanOneWriteTakesThenTheOthersWaitForTheNext() throws IOException {
		for (int i = 0; i < 100; i++) {
			add("x");
		}
		this.queue.prepare();
		assertThat(this.queue.writeTo(this.test.channel(), this.test.transport)).isEqualTo(64);
		while (this.queue.pollWritten() != null) {
			assertThat(this.queue.hasAdded()).isTrue();
		}
		assertThat(this.queue.prepare()).isTrue();
		assertThat(this.queue.writeTo(this.test.channel(), this.test.transport)).isEqualTo(36);
	}

	@Test
	void whenALargeOneWaitsThenNoMoreOfItIsOfferedAtATimeThanTheSocketMayTake() throws IOException {
		int most = WriteQueue.MOST_BYTES;
		add("y");
		PendingWrite large = add("x".repeat(3 * most));
		add("z");
		int[] writes = new int[1];
		this.test.transport.onWrite = () -> writes[0]++;
		StringBuilder offered = new StringBuilder();
		while (this.queue.prepare()) {
			assertThat(this.queue.writeTo(this.test.channel(), this.test.transport)).isEqualTo(this.queue.offered())
				.isLessThanOrEqualTo(most);
			offered.append(this.queue.offered()).append(' ');
			while (this.queue.pollWritten() != null) {
				assertThat(large.buffer.limit()).isEqualTo(3 * most);
			}
		}
		assertThat(offered.toString()).isEqualTo("1 %1$d %1$d %1$d 1 ".formatted(most));
		assertThat(this.test.transport.written()).hasSize(3 * most + 2).startsWith("yx").endsWith("xz");
	}

	@Test
	void whenThereIsAMarkThenWhatComesBehindItWaitsUntilItIsPassed() throws IOException {
		add("before");
		PendingWrite mark = mark();
		add("after");
		assertThat(this.queue.prepare()).isTrue();
		assertThat(this.queue.reachedMark()).isNull();
		this.queue.writeTo(this.test.channel(), this.test.transport);
		assertThat(this.queue.pollWritten()).isNotNull();
		assertThat(this.queue.pollWritten()).isNull();
		assertThat(this.queue.reachedMark()).isSameAs(mark);
		assertThat(this.queue.prepare()).isFalse();
		assertThat(this.queue.isWritten()).isFalse();
		this.queue.passMark();
		assertThat(this.queue.prepare()).isTrue();
		this.queue.writeTo(this.test.channel(), this.test.transport);
		assertThat(this.test.transport.written()).isEqualTo("beforeafter");
	}

	@Test
	void whenOnlyAMarkIsLeftThenAllIsWrittenButTheQueueIsNotEmpty() {
		mark();
		assertThat(this.queue.isWritten()).isFalse();
		assertThat(this.queue.prepare()).isFalse();
		assertThat(this.queue.isWritten()).isTrue();
		assertThat(this.queue.isEmpty()).isFalse();
		assertThat(this.queue.poll()).isNotNull();
		assertThat(this.queue.isEmpty()).isTrue();
	}

	@Test
	void whenTheOldestAreDroppedThenNeitherAMarkIsNorWhatIsBehindIt() {
		PendingWrite first = add("first");
		add("second");
		PendingWrite mark = mark();
		PendingWrite last = add("last");
		assertThat(this.queue.pollNotBegun()).isSameAs(first);
		this.queue.prepare();
		assertThat(this.queue.pollNotBegun()).isNull();
		assertThat(this.queue.poll()).isNotNull();
		assertThat(this.queue.poll()).isSameAs(mark);
		assertThat(this.queue.poll()).isSameAs(last);
	}

	private PendingWrite mark() {
		PendingWrite mark = PendingWrite.mark(OutputState.HELD, (failure) -> {
		});
		this.queue.add(mark);
		return mark;
	}

	private PendingWrite add(String text) {
		PendingWrite outgoing = new PendingWrite(TestChannel.bytes(text), 1, false, null);
		this.queue.add(outgoing);
		return outgoing;
	}

}
