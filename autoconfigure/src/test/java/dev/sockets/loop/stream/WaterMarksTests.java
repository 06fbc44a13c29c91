package dev.sockets.loop.stream;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;

import dev.sockets.loop.MemoryBudget;

import static org.assertj.core.api.Assertions.assertThat;

class WaterMarksTests {

	@Test
	void whenBytesWaitThenThereIsRoomForNoMoreThanTheBoundAllows() {
		WaterMarks pending = new WaterMarks(10, MemoryBudget.ofHeap());
		assertThat(pending.isFull(100)).isFalse();
		assertThat(pending.reserve(8)).isTrue();
		assertThat(pending.isFull(3)).isTrue();
		assertThat(pending.reserve(3)).isFalse();
		assertThat(pending.reserve(2)).isTrue();
		assertThat(pending.isOverMax()).isFalse();
		pending.add(write(1, false));
		assertThat(pending.isOverMax()).isTrue();
		pending.subtract(11);
		assertThat(pending.count()).isZero();
	}

	@Test
	void whenNothingWaitsThenEvenWhatIsLargerThanTheBoundHasRoom() {
		assertThat(new WaterMarks(10, MemoryBudget.ofHeap()).reserve(1000)).isTrue();
	}

	@Test
	void whenRepliesWaitThenTheyAreManyAboveOneMarkAndFewBelowAnother() {
		WaterMarks pending = new WaterMarks(Integer.MAX_VALUE, MemoryBudget.ofHeap());
		PendingWrite large = write(50 * 1024, true);
		PendingWrite small = write(16 * 1024, true);
		pending.add(write(1024 * 1024, false));
		assertThat(pending.areManyReplies()).isFalse();
		pending.add(large);
		assertThat(pending.areManyReplies()).isFalse();
		assertThat(pending.areFewReplies()).isFalse();
		pending.add(small);
		assertThat(pending.areManyReplies()).isTrue();
		pending.remove(large);
		assertThat(pending.areManyReplies()).isFalse();
		assertThat(pending.areFewReplies()).isTrue();
	}

	@Test
	void whenBytesWrittenInPartAreRemovedThenOnlyTheRestIsSubtracted() {
		WaterMarks pending = new WaterMarks(10, MemoryBudget.ofHeap());
		PendingWrite reply = write(6, true);
		pending.add(reply);
		reply.buffer.position(4);
		pending.subtract(4);
		assertThat(pending.count()).isEqualTo(2);
		pending.remove(reply);
		assertThat(pending.count()).isZero();
	}

	@Test
	void whenOthersHaveUsedUpAllMemoryThenThereIsRoomForLittleAndForNothingMore() {
		MemoryBudget memory = new MemoryBudget(100_000);
		WaterMarks pending = new WaterMarks(Integer.MAX_VALUE, memory);
		memory.add(200_000);
		assertThat(pending.reserve(1000)).isTrue();
		assertThat(pending.isFull(1000)).isFalse();
		assertThat(pending.reserve(1000)).isTrue();
		assertThat(pending.isFull(50_000)).isTrue();
		assertThat(pending.reserve(50_000)).isFalse();
		assertThat(pending.isOverdrawnBy(50_000)).isTrue();
	}

	private static PendingWrite write(int size, boolean reply) {
		return new PendingWrite(ByteBuffer.allocate(size), 1, reply, null);
	}

}
