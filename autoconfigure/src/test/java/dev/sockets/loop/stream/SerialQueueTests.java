package dev.sockets.loop.stream;

import java.io.IOException;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.sockets.testkit.Unspeakable;

import static org.assertj.core.api.Assertions.assertThat;

class SerialQueueTests {

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final List<Object> handled = new ArrayList<>();

	private final AtomicInteger batches = new AtomicInteger();

	private TestChannel test;

	@BeforeEach
	void openChannel() throws IOException {
		this.test = new TestChannel(100, Overflow.FAIL_NEWEST).open();
	}

	@AfterEach
	void closeChannel() {
		this.test.close();
	}

	@Test
	void whenItemsAreAddedThenOneTaskHandlesThemAllInOrder() {
		SerialQueue queue = queue(this.tasks::add, this.handled::add);
		assertThat(queue.isIdle()).isTrue();
		queue.add(List.of(1, 2), 0);
		queue.add(List.of(3), 0);
		assertThat(queue.isIdle()).isFalse();
		assertThat(this.tasks).hasSize(1);
		this.tasks.remove().run();
		assertThat(this.handled).containsExactly(1, 2, 3);
		assertThat(this.batches).hasValue(2);
		assertThat(queue.isIdle()).isTrue();
		queue.add(List.of(4), 0);
		assertThat(this.tasks).hasSize(1);
	}

	@Test
	void whenItemsAreAddedWhileOthersAreHandledThenTheSameTaskHandlesThem() {
		SerialQueue[] queue = new SerialQueue[1];
		queue[0] = queue(this.tasks::add, (item) -> {
			this.handled.add(item);
			if (item.equals(1)) {
				queue[0].add(List.of(2), 0);
			}
		});
		queue[0].add(List.of(1), 0);
		this.tasks.remove().run();
		assertThat(this.handled).containsExactly(1, 2);
		assertThat(this.tasks).isEmpty();
		assertThat(queue[0].isIdle()).isTrue();
	}

	@Test
	void whenManyWaitThenReadingIsPausedUntilFewDo() {
		SerialQueue queue = queue(this.tasks::add, this.handled::add);
		queue.add(Collections.nCopies(1024, 0), 0);
		assertThat(this.test.channel().isReading()).isTrue();
		queue.add(List.of(0), 0);
		assertThat(this.test.channel().isReading()).isFalse();
		this.tasks.remove().run();
		assertThat(this.handled).hasSize(1025);
		assertThat(this.test.channel().isReading()).isTrue();
	}

	@Test
	void whenNoThreadTakesTheTaskThenTheCallerRunsIt() {
		SerialQueue queue = queue((task) -> {
			throw new RejectedExecutionException();
		}, this.handled::add);
		queue.add(List.of(1), 0);
		assertThat(this.handled).containsExactly(1);
		assertThat(queue.isIdle()).isTrue();
	}

	@Test
	void whenItemsAreHandledThenRepliesAreCollectedAndTheThreadIsLeftUninterrupted() {
		SerialQueue queue = queue(this.tasks::add, (item) -> {
			assertThat(this.test.channel().caller()).isEqualTo(Caller.QUEUE_HANDLER);
			this.test.channel().append("reply".getBytes(), 5);
			assertThat(this.test.transport.written()).isEmpty();
			this.test.channel().interruptHandler();
			assertThat(Thread.currentThread().isInterrupted()).isTrue();
			this.handled.add(item);
		});
		queue.add(List.of(1), 0);
		this.tasks.remove().run();
		assertThat(this.handled).containsExactly(1);
		assertThat(this.test.transport.written()).isEqualTo("reply");
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
		assertThat(this.test.channel().caller()).isEqualTo(Caller.STRANGER);
	}

	@Test
	void whenTheExecutorThrowsAnythingElseThenTheCallerRunsTheTaskToo() {
		SerialQueue queue = queue((task) -> {
			throw new IllegalStateException("as it was told to");
		}, this.handled::add);
		queue.add(List.of(1), 0);
		queue.add(List.of(2), 0);
		assertThat(this.handled).containsExactly(1, 2);
		assertThat(queue.isIdle()).isTrue();
	}

	@Test
	void whenAHandlerOrTheTimerThrowsThenTheOthersAreHandled() {
		SerialQueue queue = new SerialQueue(this.test.channel(), this.tasks::add, (item) -> {
			this.handled.add(item);
			throw new Unspeakable();
		}, (batch, nanos) -> {
			throw new OutOfMemoryError("as it was told to");
		});
		queue.add(List.of(1, 2), 0);
		queue.add(List.of(3), 0);
		this.tasks.remove().run();
		assertThat(this.handled).containsExactly(1, 2, 3);
		assertThat(queue.isIdle()).isTrue();
		queue.add(List.of(4), 0);
		this.tasks.remove().run();
		assertThat(this.handled).containsExactly(1, 2, 3, 4);
	}

	@Test
	void whenItemsAreHandledBeforeTheyAreCountedThenNoneIsForgottenAndNoMemoryIsKept() {
		StreamChannel channel = this.test.channel();
		SerialQueue queue = queue(this.tasks::add, this.handled::add);
		channel.pause(PauseReason.ONE_BY_ONE);
		queue.add(List.of(1), 10);
		queue.add(new HandledEarly(2, 3), 10);
		assertThat(this.handled).containsExactly(1, 2, 3);
		assertThat(queue.isIdle()).isTrue();
		assertThat(channel.isPausedFor(PauseReason.ONE_BY_ONE)).isFalse();
		assertThat(channel.memory().held()).isZero();
	}

	@Test
	void whenTheApplicationPausesAmongItemsThatAreNotCountedYetThenTheOthersAreHandledWhenItGoesOn() {
		StreamChannel channel = this.test.channel();
		SerialQueue queue = queue(this.tasks::add, (item) -> {
			this.handled.add(item);
			if (item.equals(2)) {
				channel.pause(PauseReason.APPLICATION);
			}
		});
		queue.add(List.of(1), 10);
		queue.add(new HandledEarly(2, 3, 4), 10);
		assertThat(this.handled).containsExactly(1, 2);
		runTasks();
		channel.resume(PauseReason.APPLICATION);
		queue.goOn();
		runTasks();
		assertThat(this.handled).containsExactly(1, 2, 3, 4);
		assertThat(queue.isIdle()).isTrue();
		assertThat(channel.memory().held()).isZero();
	}

	@Test
	void whenAllIsHandledBeforeReadingIsPausedUntilThenThenItGoesOn() {
		SerialQueue queue = queue(Runnable::run, this.handled::add);
		queue.add(List.of(1), 0);
		queue.pauseUntilIdle();
		assertThat(this.handled).containsExactly(1);
		assertThat(this.test.channel().isPausedFor(PauseReason.ONE_BY_ONE)).isFalse();
	}

	@Test
	void whenMoreIsAddedAfterAllWasHandledThenWhoHandledItDoesNotHaveReadingGoOnBehindThat() throws Exception {
		StreamChannel channel = this.test.channel();
		SerialQueue queue = queue(this.tasks::add, this.handled::add);
		queue.add(List.of(1), 0);
		queue.pauseUntilIdle();
		Thread late = new Thread(this.tasks.remove());
		synchronized (queue) {
			late.start();
			Awaitility.await().until(() -> queue.isIdle() && late.getState() == Thread.State.BLOCKED);
			queue.add(List.of(2), 0);
			queue.pauseUntilIdle();
		}
		late.join();
		assertThat(channel.isPausedFor(PauseReason.ONE_BY_ONE)).isTrue();
		assertThat(this.handled).containsExactly(1);
		runTasks();
		assertThat(this.handled).containsExactly(1, 2);
		assertThat(channel.isPausedFor(PauseReason.ONE_BY_ONE)).isFalse();
	}

	private void runTasks() {
		while (!this.tasks.isEmpty()) {
			this.tasks.remove().run();
		}
	}

	private SerialQueue queue(Executor executor, Consumer<Object> handler) {
		return new SerialQueue(this.test.channel(), executor, handler,
				(batch, nanos) -> this.batches.incrementAndGet());
	}

	/**
	 * Items that the thread which handles those before them comes to, while the one that
	 * adds them has not counted them.
	 */
	private final class HandledEarly extends AbstractList<Object> {

		private final List<Object> items;

		private int asked;

		HandledEarly(Object... items) {
			this.items = List.of(items);
		}

		@Override
		public Object get(int index) {
			return this.items.get(index);
		}

		@Override
		public int size() {
			if (++this.asked == 2) {
				runTasks();
			}
			return this.items.size();
		}

	}

}
