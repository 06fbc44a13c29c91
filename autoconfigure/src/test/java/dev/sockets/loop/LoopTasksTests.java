package dev.sockets.loop;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.testkit.TestedEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Short tasks run on the loop, and nothing waits for one that is not short after all.
 */
@Timeout(60)
class LoopTasksTests {

	private final EventLoopGroup group = TestedEngine.loops(1);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Queue<Integer> done = new ConcurrentLinkedQueue<>();

	private LoopTasks tasks;

	@BeforeEach
	void open() throws IOException {
		this.group.acquire();
		this.tasks = new LoopTasks(this.group.next(), this.threads);
	}

	@AfterEach
	void close() {
		this.group.release();
		this.threads.shutdownNow();
	}

	@Test
	void whenTasksAreShortThenTheLoopRunsThemInOrder() {
		Queue<Integer> onLoop = new ConcurrentLinkedQueue<>();
		for (int i = 0; i < 10_000; i++) {
			int number = i;
			this.tasks.execute(() -> {
				if (EventLoop.isLoopThread()) {
					onLoop.add(number);
				}
				this.done.add(number);
			});
		}
		Awaitility.await().until(() -> this.done.size() == 10_000);
		assertThat(this.done).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10_000).boxed().toList());
		assertThat(onLoop).as("but for those behind one that a busy machine holds up").isNotEmpty();
		assertThat(List.copyOf(onLoop)).isSorted();
	}

	@Test
	void whenATaskTakesLongThenThoseBehindItAreRunElsewhere() {
		CountDownLatch released = new CountDownLatch(1);
		for (int round = 0; round < 3; round++) {
			this.done.clear();
			CountDownLatch first = (round == 0) ? released : new CountDownLatch(1);
			this.tasks.execute(() -> {
				await(first);
				this.done.add(0);
			});
			for (int i = 1; i <= 10; i++) {
				int number = i;
				this.tasks.execute(() -> this.done.add(number));
			}
			Awaitility.await().until(() -> this.done.size() == 10);
			this.tasks.execute(() -> this.done.add(11));
			Awaitility.await().until(() -> this.done.contains(11));
			assertThat(this.done).doesNotContain(0);
			first.countDown();
			Awaitility.await().until(() -> this.done.contains(0));
		}
		Queue<Boolean> onLoop = new ConcurrentLinkedQueue<>();
		Awaitility.await().until(() -> {
			this.tasks.execute(() -> onLoop.add(EventLoop.isLoopThread()));
			return onLoop.contains(true);
		});
	}

	@Test
	void whenATaskThrowsOrIsInterruptedThenTheOthersAreRun() {
		for (RuntimeException failure : List.of(new IllegalStateException("on purpose"))) {
			this.tasks.execute(() -> {
				Thread.currentThread().interrupt();
				throw failure;
			});
		}
		this.tasks.execute(() -> this.done.add(Thread.interrupted() ? 1 : 0));
		Awaitility.await().until(() -> this.done.size() == 1);
		assertThat(this.done).containsExactly(0);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
