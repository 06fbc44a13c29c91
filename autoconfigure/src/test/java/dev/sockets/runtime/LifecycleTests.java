package dev.sockets.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * An endpoint starts and stops in order, whoever asks for it and whatever fails. Less
 * than the grace period is "at once".
 */
@Timeout(60)
class LifecycleTests {

	private static final Duration LONG = Duration.ofMinutes(10);

	private final TestSteps steps = new TestSteps();

	private final Lifecycle lifecycle = new Lifecycle(this.steps, this.steps, LONG);

	@Test
	void whenStartedAndStoppedThenEachStepIsTakenOnce() {
		assertThat(this.lifecycle.start()).isTrue();
		assertThat(this.lifecycle.start()).isFalse();
		assertThat(this.lifecycle.isRunning()).isTrue();
		this.lifecycle.stop();
		this.lifecycle.stop();
		assertThat(this.lifecycle.isRunning()).isFalse();
		assertThat(this.lifecycle.isStopping()).isFalse();
		assertThat(this.steps.taken).containsExactly("acquire", "open", "opened", "beginClosing", "closed", "release");
	}

	@Test
	void whenStartedByListenerThatIsToldOfTheStartThenItIsRunningAlready() {
		this.steps.on("opened", () -> assertThat(this.lifecycle.start()).isFalse());
		assertThat(this.lifecycle.start()).isTrue();
		assertThat(this.steps.taken).containsExactly("acquire", "open", "opened");
	}

	@Test
	void whenStoppedByListenerThatIsToldOfTheStartThenItStopsAfterThat() {
		this.steps.on("opened", () -> {
			this.lifecycle.stop();
			this.lifecycle.stop();
			this.steps.taken.add("told");
		});
		this.lifecycle.start();
		assertThat(this.steps.taken).containsExactly("acquire", "open", "opened", "told", "beginClosing", "closed",
				"release");
		assertThat(this.lifecycle.isRunning()).isFalse();
		assertThat(this.lifecycle.isStopping()).isFalse();
	}

	@Test
	void whenRestartedByListenerThatIsToldOfTheStartThenItIsStartedAgain() {
		this.steps.on("opened", () -> {
			this.steps.actions.clear();
			this.lifecycle.stop();
			assertThat(this.lifecycle.start()).isFalse();
		});
		this.lifecycle.start();
		Awaitility.await().until(this.lifecycle::isRunning);
		this.lifecycle.stop();
		assertThat(this.steps.taken).containsExactly("acquire", "open", "opened", "beginClosing", "closed", "release",
				"acquire", "open", "opened", "beginClosing", "closed", "release");
	}

	@Test
	void whenStartedByListenerThatIsToldOfItsFailureThenThatIsRefused() {
		this.steps.on("open", () -> {
			assertThatIllegalStateException().isThrownBy(this.lifecycle::start);
			this.lifecycle.stop();
			throw new IllegalArgumentException("no");
		});
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(this.lifecycle::start);
		assertThat(this.steps.taken).containsExactly("acquire", "open", "release");
	}

	@Test
	void whenStartedByListenerThatIsToldOfTheStopThenItIsStartedAfterThat() {
		for (String step : List.of("beginClosing", "closed")) {
			this.steps.taken.clear();
			this.steps.on(step, () -> assertThat(this.lifecycle.start()).isFalse());
			this.lifecycle.start();
			this.lifecycle.stop();
			Awaitility.await().until(this.lifecycle::isRunning);
			this.steps.actions.clear();
			this.lifecycle.stop();
			assertThat(this.steps.taken).containsExactly("acquire", "open", "opened", "beginClosing", "closed",
					"release", "acquire", "open", "opened", "beginClosing", "closed", "release");
			assertThat(this.steps.failures).isEmpty();
		}
	}

	@Test
	void whenStoppedByListenerThatIsToldOfTheStopThenItDoesNotWaitForItself() {
		this.steps.on("beginClosing", this.lifecycle::stop);
		this.steps.on("closed", this.lifecycle::stop);
		this.lifecycle.start();
		this.lifecycle.stop();
		assertThat(this.steps.taken).containsExactly("acquire", "open", "opened", "beginClosing", "closed", "release");
	}

	@Test
	void whenHandlerStartsItWhileItStopsThenItIsStartedAfterThat() {
		beginToStop();
		this.lifecycle.stop();
		CompletableFuture<Void> started = new CompletableFuture<>();
		assertThat(this.lifecycle.start(() -> started.complete(null))).isFalse();
		assertThat(this.lifecycle.isStopping()).isTrue();
		this.steps.calling = null;
		this.steps.handled.complete(null);
		assertThat(started).succeedsWithin(30, TimeUnit.SECONDS);
		assertThat(this.lifecycle.isRunning()).isTrue();
	}

	@Test
	void whenStoppedAgainAfterAHandlerHasStartedItThenItStaysStopped() {
		beginToStop();
		this.lifecycle.start();
		this.steps.calling = null;
		CompletableFuture<Void> stopped = this.lifecycle.beginStop();
		this.steps.handled.complete(null);
		assertThat(stopped).succeedsWithin(30, TimeUnit.SECONDS);
		assertThat(this.lifecycle.start()).isTrue();
		assertThat(this.steps.taken).containsExactly("acquire", "open", "opened", "beginClosing", "closed", "release",
				"acquire", "open", "opened");
	}

	@Test
	void whenAHandlerOfAnotherEndpointRestartsItThenItWaitsForNothing() {
		this.steps.handled = new CompletableFuture<>();
		this.lifecycle.start();
		Callbacks.run(() -> {
			this.lifecycle.stop();
			assertThat(this.lifecycle.start()).isFalse();
		});
		this.steps.handled.complete(null);
		Awaitility.await().until(this.lifecycle::isRunning);
	}

	private void beginToStop() {
		this.steps.handled = new CompletableFuture<>();
		this.lifecycle.start();
		this.lifecycle.beginStop();
		this.steps.calling = Thread.currentThread();
	}

	@Test
	void whenStartedWhileItStopsThenItStartsAfterThat() {
		this.steps.handled = new CompletableFuture<>();
		this.lifecycle.start();
		this.lifecycle.beginStop();
		CompletableFuture<Void> started = OwnThread.run(this.lifecycle::start);
		assertThat(this.lifecycle.isStopping()).isTrue();
		this.steps.handled.complete(null);
		assertThat(started).succeedsWithin(30, TimeUnit.SECONDS);
		assertThat(this.steps.taken).containsExactly("acquire", "open", "opened", "beginClosing", "closed", "release",
				"acquire", "open", "opened");
	}

	@Test
	void whenOpeningFailsThenNothingIsKept() {
		for (Throwable failure : List.of(new IOException("no"), new IllegalStateException("no"), new Error("no"))) {
			this.steps.taken.clear();
			this.steps.on("open", () -> TestSteps.sneakyThrow(failure));
			assertThatExceptionOfType(Throwable.class).isThrownBy(this.lifecycle::start);
			assertThat(this.steps.taken).containsExactly("acquire", "open", "release");
			assertThat(this.lifecycle.isRunning()).isFalse();
		}
		this.steps.on("acquire", () -> TestSteps.sneakyThrow(new IOException("no")));
		this.steps.taken.clear();
		assertThatExceptionOfType(Throwable.class).isThrownBy(this.lifecycle::start);
		assertThat(this.steps.taken).containsExactly("acquire");
		this.steps.actions.clear();
		assertThat(this.lifecycle.start()).isTrue();
	}

	@Test
	void whenToldOfTheStartFailsThenItIsStopped() {
		this.steps.on("opened", () -> TestSteps.sneakyThrow(new Error("no")));
		assertThatExceptionOfType(Error.class).isThrownBy(this.lifecycle::start);
		assertThat(this.steps.taken).containsExactly("acquire", "open", "opened", "beginClosing", "closed", "release");
		assertThat(this.lifecycle.isRunning()).isFalse();
	}

	@Test
	void whenClosingFailsThenItStopsAllTheSame() {
		for (String step : List.of("beginClosing", "closed", "whenHandled", "release")) {
			this.steps.taken.clear();
			this.steps.on(step, () -> TestSteps.sneakyThrow(new Error("no")));
			this.lifecycle.start();
			this.lifecycle.stop();
			assertThat(this.steps.taken).containsExactly("acquire", "open", "opened", "beginClosing", "closed",
					"release");
			assertThat(this.lifecycle.isRunning()).isFalse();
			assertThat(this.lifecycle.isStopping()).isFalse();
			this.steps.actions.clear();
		}
	}

	@Test
	void whenHandlersDoNotEndThenTheyAreCutOffAndNotWaitedForAnyLonger() {
		this.steps.handled = new CompletableFuture<>();
		this.steps.on("cutOff", () -> TestSteps.sneakyThrow(new Error("no")));
		Lifecycle lifecycle = new Lifecycle(this.steps, this.steps, Duration.ofMillis(10));
		lifecycle.start();
		lifecycle.stop();
		assertThat(this.steps.taken).containsExactly("acquire", "open", "opened", "beginClosing", "cutOff", "closed",
				"release");
		assertThat(lifecycle.start()).isTrue();
	}

	@Test
	void whenTheCommonPoolHasNoThreadLeftThenHandlersAreCutOffAllTheSame() {
		CountDownLatch released = new CountDownLatch(1);
		for (int i = 0; i < ForkJoinPool.commonPool().getParallelism(); i++) {
			ForkJoinPool.commonPool().execute(() -> await(released));
		}
		try {
			this.steps.handled = new CompletableFuture<>();
			this.steps.on("cutOff", () -> this.steps.handled.complete(null));
			Lifecycle lifecycle = new Lifecycle(this.steps, this.steps, Duration.ofMillis(10));
			lifecycle.start();
			lifecycle.stop();
			assertThat(this.steps.taken).endsWith("cutOff", "closed", "release");
		}
		finally {
			released.countDown();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void whenManyThreadsStartAndStopThenEachStepFollowsTheOneBefore() throws Exception {
		List<Thread> threads = new ArrayList<>();
		Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
		this.steps.later = true;
		for (int i = 0; i < 4; i++) {
			Thread thread = new Thread(() -> {
				for (int n = 0; n < 500; n++) {
					if (ThreadLocalRandom.current().nextBoolean()) {
						this.lifecycle.start();
					}
					else {
						this.lifecycle.stop();
					}
				}
			});
			thread.setUncaughtExceptionHandler((failed, failure) -> failures.add(failure));
			thread.start();
			threads.add(thread);
		}
		for (Thread thread : threads) {
			thread.join();
		}
		this.lifecycle.stop();
		assertThat(failures).isEmpty();
		List<String> cycle = List.of("acquire", "open", "opened", "beginClosing", "closed", "release");
		List<String> taken = List.copyOf(this.steps.taken);
		for (int i = 0; i < taken.size(); i++) {
			assertThat(taken.get(i)).as("step " + i).isEqualTo(cycle.get(i % cycle.size()));
		}
		assertThat(taken.size() % cycle.size()).isZero();
	}

	@Test
	void whenInterruptedWhileItWaitsForTheStopThenItDoesNotStart() {
		this.steps.handled = new CompletableFuture<>();
		this.lifecycle.start();
		this.lifecycle.beginStop();
		Thread thread = Thread.currentThread();
		Thread interrupter = new Thread(() -> {
			Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
			thread.interrupt();
		});
		interrupter.start();
		assertShuttingDown(this.lifecycle::start);
		assertThat(Thread.interrupted()).isTrue();
		this.steps.handled.complete(null);
		assertThat(this.lifecycle.start()).isTrue();
	}

	private static void assertShuttingDown(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(call)
			.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.SHUTTING_DOWN));
	}

}
