package dev.sockets.runtime.handshake;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
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

	private final AtomicInteger peers = new AtomicInteger();

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
		List<AuthenticatorThreads.Turn> later = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			int number = i;
			later.add(this.threads.submit(peer(), () -> ran.add(number)));
		}
		assertThat(ran).isEmpty();
		release.countDown();
		for (AuthenticatorThreads.Turn task : later) {
			task.get(30, TimeUnit.SECONDS);
		}
		assertThat(ran).hasSize(3);
	}

	@Test
	void whenOneThatWaitsIsCancelledThenItNeverRuns() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		block(AuthenticatorThreads.MOST, release);
		AtomicInteger ran = new AtomicInteger();
		this.threads.cancel(this.threads.submit(peer(), () -> ran.addAndGet(100)));
		AuthenticatorThreads.Turn last = this.threads.submit(peer(), ran::incrementAndGet);
		release.countDown();
		last.get(30, TimeUnit.SECONDS);
		assertThat(ran).hasValue(1);
	}

	@Test
	void whenThoseThatRunAreCancelledThenTheyAreInterruptedAndTheNextIsNot() throws Exception {
		List<AuthenticatorThreads.Turn> running = block(AuthenticatorThreads.MOST, new CountDownLatch(1));
		Queue<Boolean> interrupted = new ConcurrentLinkedQueue<>();
		List<AuthenticatorThreads.Turn> next = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			next.add(this.threads.submit(peer(), () -> interrupted.add(Thread.currentThread().isInterrupted())));
		}
		running.forEach(this.threads::cancel);
		for (AuthenticatorThreads.Turn task : next) {
			task.get(30, TimeUnit.SECONDS);
		}
		assertThat(interrupted).hasSize(100).containsOnly(false);
	}

	@Test
	void whenATaskThrowsThenTheNextRuns() throws Exception {
		for (int i = 0; i < 3 * AuthenticatorThreads.MOST; i++) {
			this.threads.submit(peer(), () -> {
				throw new StackOverflowError();
			});
		}
		this.threads.submit(peer(), () -> {
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
			assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> refusing.submit(peer(), () -> {
			}));
		}
		refusing.submit(peer(), () -> {
		}).get(30, TimeUnit.SECONDS);
	}

	@Test
	void whenAnAddressHasManyThenOthersHaveAThreadAtOnce() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		InetAddress flooding = address(1);
		for (int i = 0; i < 1000; i++) {
			this.threads.submit(flooding, () -> await(release));
		}
		this.threads.submit(address(2), () -> {
		}).get(30, TimeUnit.SECONDS);
		release.countDown();
	}

	@Test
	void whenAllAreBusyThenAddressesHaveTheirTurnOneAfterAnother() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		Semaphore ends = new Semaphore(0);
		for (int i = 0; i < AuthenticatorThreads.MOST - 1; i++) {
			this.threads.submit(peer(), () -> await(release));
		}
		this.threads.submit(peer(), ends::acquireUninterruptibly);
		Queue<String> ran = new ConcurrentLinkedQueue<>();
		List<AuthenticatorThreads.Turn> turns = new ArrayList<>();
		for (String name : List.of("1a", "1b", "1c", "2a", "2b", "3a")) {
			turns.add(this.threads.submit(address(name.charAt(0)), () -> ran.add(name)));
		}
		ends.release();
		for (AuthenticatorThreads.Turn turn : turns) {
			turn.get(30, TimeUnit.SECONDS);
		}
		assertThat(ran).containsExactly("1a", "2a", "3a", "1b", "2b", "1c");
		release.countDown();
	}

	@Test
	void whenAnAddressHasAsManyAsItMayThenItsNextBeginsWhenOneEnds() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger begun = new AtomicInteger();
		List<AuthenticatorThreads.Turn> turns = new ArrayList<>();
		for (int i = 0; i < 3 * AuthenticatorThreads.MOST_OF_ONE; i++) {
			turns.add(this.threads.submit(address(1), () -> {
				begun.incrementAndGet();
				await(release);
			}));
		}
		Awaitility.await().until(() -> begun.get() == AuthenticatorThreads.MOST_OF_ONE);
		release.countDown();
		for (AuthenticatorThreads.Turn turn : turns) {
			turn.get(30, TimeUnit.SECONDS);
		}
	}

	private static void await(CountDownLatch release) {
		try {
			release.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Another one each time. */
	private InetAddress peer() {
		return address(1000 + this.peers.incrementAndGet());
	}

	private static InetAddress address(int number) {
		try {
			return InetAddress.getByAddress(new byte[] { 10, 0, (byte) (number >> 8), (byte) number });
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<AuthenticatorThreads.Turn> block(int count, CountDownLatch release) {
		AtomicInteger begun = new AtomicInteger();
		List<AuthenticatorThreads.Turn> tasks = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			tasks.add(this.threads.submit(peer(), () -> {
				begun.incrementAndGet();
				await(release);
			}));
		}
		Awaitility.await().until(() -> begun.get() == count);
		return tasks;
	}

}
