package dev.sockets.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class EventQueueTests {

	private final EventQueue queue = new EventQueue(() -> "server");

	private final Queue<Integer> told = new ConcurrentLinkedQueue<>();

	private final CountDownLatch released = new CountDownLatch(1);

	@AfterEach
	void release() {
		this.released.countDown();
	}

	@Test
	void whenManyAreToldThenTheyComeInOrderOnAnotherThreadThatEndsThen() {
		Queue<Thread> threads = new ConcurrentLinkedQueue<>();
		List<Integer> all = IntStream.range(0, EventQueue.MOST).boxed().toList();
		all.forEach((number) -> this.queue.tell(() -> {
			this.told.add(number);
			threads.add(Thread.currentThread());
		}));
		Awaitility.await().until(() -> this.told.size() == all.size());
		assertThat(this.told).containsExactlyElementsOf(all);
		assertThat(threads).doesNotContain(Thread.currentThread());
		Awaitility.await().until(() -> threads.stream().noneMatch(Thread::isAlive));
	}

	@Test
	void whenAListenerBlocksThenNoMoreThanSoManyWaitAndTheOthersAreCounted(CapturedOutput output) {
		block();
		for (int i = 0; i < EventQueue.MOST + 10; i++) {
			this.queue.tell(() -> this.told.add(1));
		}
		assertThat(this.queue.dropped()).isEqualTo(10);
		assertThat(output.toString().split("Listeners of 'server' are late", -1)).hasSize(2);
		this.released.countDown();
		Awaitility.await().until(() -> this.told.size() == EventQueue.MOST);
	}

	@Test
	void whenAListenerIsLateThenOthersGoOnWithoutItAndNextTimeAtOnce() {
		CompletableFuture<Void> first = new CompletableFuture<>();
		this.queue.tell(this::await, () -> first.complete(null));
		assertThat(first).succeedsWithin(30, TimeUnit.SECONDS);
		CompletableFuture<Void> second = new CompletableFuture<>();
		this.queue.tell(() -> this.told.add(1), () -> second.complete(null));
		assertThat(second).isCompleted();
		assertThat(this.told).isEmpty();
	}

	@Test
	void whenNoListenerIsLateThenOthersWaitForAllThatAreBeforeThem() {
		while (isAnyLateWhenSeveralAreTold()) {
			this.told.clear();
		}
		assertThat(this.told).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
	}

	/** A busy machine may make one late, or all of them together. */
	private boolean isAnyLateWhenSeveralAreTold() {
		AtomicLong longest = new AtomicLong();
		long begin = System.nanoTime();
		for (int i = 0; i < 6; i++) {
			int number = i;
			this.queue.tell(() -> {
				long called = System.nanoTime();
				await(Duration.ofMillis(250));
				this.told.add(number);
				longest.accumulateAndGet(System.nanoTime() - called, Math::max);
			});
		}
		this.queue.tell(() -> this.told.add(6), () -> this.told.add(7));
		Awaitility.await().until(() -> this.told.size() == 8);
		return longest.get() > Duration.ofMillis(900).toNanos()
				|| System.nanoTime() - begin > Duration.ofMillis(4500).toNanos();
	}

	@Test
	void whenAListenerFailsThenWhatComesAfterItIsDone() {
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.queue.tell(() -> {
			throw new IllegalStateException("A listener fails, as it was told to");
		}, () -> done.complete(null));
		assertThat(done).succeedsWithin(30, TimeUnit.SECONDS);
		this.queue.tell(() -> this.told.add(1));
		Awaitility.await().until(() -> !this.told.isEmpty());
	}

	@Test
	void whenAListenerTellsThenItIsToldAtOnce() {
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.queue.tell(() -> {
			this.queue.tell(() -> this.told.add(1), () -> this.told.add(2));
			this.told.add(3);
			done.complete(null);
		});
		assertThat(done).succeedsWithin(30, TimeUnit.SECONDS);
		assertThat(this.told).containsExactly(1, 2, 3);
	}

	@Test
	void whenAListenerBlocksThenTheEndIsToldAllTheSame() {
		assertThat(this.queue.whenTold()).isCompleted();
		block();
		assertThat(this.queue.whenTold()).succeedsWithin(30, TimeUnit.SECONDS);
	}

	private void block() {
		CompletableFuture<Void> blocked = new CompletableFuture<>();
		this.queue.tell(() -> {
			blocked.complete(null);
			await();
		});
		assertThat(blocked).succeedsWithin(30, TimeUnit.SECONDS);
	}

	private void await() {
		await(Duration.ofDays(1));
	}

	private void await(Duration time) {
		try {
			this.released.await(time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
