package dev.sockets.runtime.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A few at a time, and nobody is in the way of those after it.
 */
@Timeout(60)
class AuthenticatorThreadsTests {

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final AuthenticatorThreads threads = new AuthenticatorThreads(this.executor);

	@AfterEach
	void shutDown() {
		this.executor.shutdownNow();
	}

	@Test
	void whenAllAreBusyThenOthersWait() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		block(AuthenticatorThreads.MOST, release);
		Queue<Integer> ran = new ConcurrentLinkedQueue<>();
		List<Future<?>> later = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			int number = i;
			later.add(this.threads.submit(() -> ran.add(number)));
		}
		assertThat(ran).isEmpty();
		release.countDown();
		for (Future<?> task : later) {
			task.get(30, TimeUnit.SECONDS);
		}
		assertThat(ran).hasSize(3);
	}

	@Test
	void whenOneThatWaitsIsCancelledThenItNeverRuns() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		block(AuthenticatorThreads.MOST, release);
		AtomicInteger ran = new AtomicInteger();
		this.threads.cancel(this.threads.submit(() -> ran.addAndGet(100)));
		Future<?> last = this.threads.submit(ran::incrementAndGet);
		release.countDown();
		last.get(30, TimeUnit.SECONDS);
		assertThat(ran).hasValue(1);
	}

	@Test
	void whenThoseThatRunAreCancelledThenTheyAreInterruptedAndTheNextIsNot() throws Exception {
		List<Future<?>> running = block(AuthenticatorThreads.MOST, new CountDownLatch(1));
		Queue<Boolean> interrupted = new ConcurrentLinkedQueue<>();
		List<Future<?>> next = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			next.add(this.threads.submit(() -> interrupted.add(Thread.currentThread().isInterrupted())));
		}
		running.forEach(this.threads::cancel);
		for (Future<?> task : next) {
			task.get(30, TimeUnit.SECONDS);
		}
		assertThat(interrupted).hasSize(100).containsOnly(false);
	}

	@Test
	void whenATaskThrowsThenTheNextRuns() throws Exception {
		for (int i = 0; i < 3 * AuthenticatorThreads.MOST; i++) {
			this.threads.submit(() -> {
				throw new StackOverflowError();
			});
		}
		this.threads.submit(() -> {
		}).get(30, TimeUnit.SECONDS);
	}

	@Test
	void whenThereIsNoThreadThenItIsSaidAndTheNextHasItsTurn() throws Exception {
		AtomicInteger count = new AtomicInteger();
		AuthenticatorThreads refusing = new AuthenticatorThreads((task) -> {
			if (count.incrementAndGet() <= 2 * AuthenticatorThreads.MOST) {
				throw new RejectedExecutionException();
			}
			this.executor.execute(task);
		});
		for (int i = 0; i < 2 * AuthenticatorThreads.MOST; i++) {
			assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> refusing.submit(() -> {
			}));
		}
		refusing.submit(() -> {
		}).get(30, TimeUnit.SECONDS);
	}

	private List<Future<?>> block(int count, CountDownLatch release) {
		AtomicInteger begun = new AtomicInteger();
		List<Future<?>> tasks = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			tasks.add(this.threads.submit(() -> {
				begun.incrementAndGet();
				try {
					release.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}));
		}
		Awaitility.await().until(() -> begun.get() == count);
		return tasks;
	}

}
