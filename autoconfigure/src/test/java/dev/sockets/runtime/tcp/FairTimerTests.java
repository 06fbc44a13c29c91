package dev.sockets.runtime.tcp;

import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What waits for a peer without a thread.
 */
@Timeout(120)
class FairTimerTests {

	private static final long TIMEOUT = TimeUnit.MILLISECONDS.toNanos(20);

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);

	private final AtomicInteger looks = new AtomicInteger();

	private final AtomicBoolean late = new AtomicBoolean();

	private final FairTimer timer = new FairTimer(this.nanos::get, this::look);

	private void look(Runnable look) {
		look.run();
		this.looks.incrementAndGet();
	}

	@Test
	void whenThisSideIsHeldUpThenTheRestOfTheTimeIsWaitedForAfterwards() {
		CompletableFuture<String> result = new CompletableFuture<>();
		this.timer.await(result, TIMEOUT, () -> this.late.set(true));
		Awaitility.await().until(() -> this.looks.get() >= 3);
		assertThat(this.late).isFalse();
		this.nanos.addAndGet(TIMEOUT);
		Awaitility.await().untilTrue(this.late);
	}

	@Test
	void whenAResultComesWhileThisSideIsHeldUpThenItIsNotLate() {
		CompletableFuture<String> result = new CompletableFuture<>();
		this.timer.await(result, TIMEOUT, () -> this.late.set(true));
		Awaitility.await().until(() -> this.looks.get() >= 1);
		result.complete("in time");
		int before = this.looks.get();
		this.nanos.addAndGet(10 * TIMEOUT);
		CompletableFuture<String> other = new CompletableFuture<>();
		AtomicBoolean otherLate = new AtomicBoolean();
		new FairTimer(this.nanos::get, Runnable::run).await(other, TIMEOUT, () -> otherLate.set(true));
		this.nanos.addAndGet(TIMEOUT);
		Awaitility.await().untilTrue(otherLate);
		assertThat(this.late).isFalse();
		assertThat(this.looks.get()).isBetween(before, before + 2);
	}

	@Test
	void whenAResultHasComeThenNothingIsKeptOfIt() {
		CompletableFuture<Object> result = new CompletableFuture<>();
		WeakReference<Object> kept = new WeakReference<>(result);
		awaitForEver(result);
		result.complete(new byte[1024]);
		result = null;
		Awaitility.await().until(() -> {
			System.gc();
			return kept.get() == null;
		});
	}

	@Test
	void whenTheTimeIsNeverOverThenAResultIsNotLate() {
		CompletableFuture<Object> result = new CompletableFuture<>();
		awaitForEver(result);
		assertThat(result).isNotDone();
		result.complete("at last");
	}

	private void awaitForEver(CompletableFuture<Object> result) {
		this.timer.await(result, Long.MAX_VALUE, () -> result.complete("late"));
	}

	@Test
	void whenThereIsNoThreadThenItIsToldAllTheSame() {
		FairTimer alone = new FairTimer(System::nanoTime, (task) -> {
			throw new OutOfMemoryError("There is no thread, as it was told to be");
		});
		alone.await(new CompletableFuture<>(), TIMEOUT, () -> this.late.set(true));
		Awaitility.await().untilTrue(this.late);
	}

}
