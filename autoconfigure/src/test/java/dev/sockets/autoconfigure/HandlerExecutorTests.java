package dev.sockets.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.properties.HandlerThreads;
import dev.sockets.testkit.Patience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HandlerExecutorTests {

	@Test
	void whenThreadsAreAutoThenTheyAreVirtualWhereTheJvmHasThem() {
		assertThat(HandlerThreads.AUTO.areVirtual(true)).isTrue();
		assertThat(HandlerThreads.AUTO.areVirtual(false)).isFalse();
	}

	@Test
	void whenThreadsArePlatformThenTheyAreNotVirtual() {
		assertThat(HandlerThreads.PLATFORM.areVirtual(true)).isFalse();
	}

	@Test
	void whenThreadsAreVirtualButTheJvmHasNoneThenItFails() {
		assertThat(HandlerThreads.VIRTUAL.areVirtual(true)).isTrue();
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> HandlerThreads.VIRTUAL.areVirtual(false))
			.withMessageStartingWith("'sockets.threads' is 'virtual' but must be auto or platform");
	}

	@Test
	void whenPoolRunsHandlersThenThreadsAreNamedDaemons() {
		HandlerExecutor executor = HandlerExecutor.platform(2);
		assertThat(threadOf(executor)).matches(Thread::isDaemon)
			.extracting(Thread::getName)
			.isEqualTo("sockets-handler-1");
		assertThat(threadOf(executor).getName()).startsWith("sockets-handler-");
		executor.destroy();
	}

	@Test
	void whenAllThreadsOfPoolAreBusyThenHandlerWaitsForOne() {
		HandlerExecutor executor = HandlerExecutor.platform(1);
		CompletableFuture<Void> release = new CompletableFuture<>();
		CompletableFuture<Boolean> second = new CompletableFuture<>();
		executor.execute(release::join);
		executor.execute(() -> second.complete(release.isDone()));
		release.complete(null);
		assertThat(second).succeedsWithin(Patience.SOON).isEqualTo(true);
		executor.destroy();
	}

	@Test
	void whenHandlersOfAnEndpointBlockThenThoseOfAnotherHaveThreadsAndItsOwnWait() {
		HandlerExecutor executor = HandlerExecutor.platform(2);
		Executor blocked = executor.forRun();
		CompletableFuture<Void> release = new CompletableFuture<>();
		blocked.execute(release::join);
		blocked.execute(release::join);
		CompletableFuture<Boolean> third = new CompletableFuture<>();
		blocked.execute(() -> third.complete(release.isDone()));
		CompletableFuture<Boolean> other = new CompletableFuture<>();
		executor.forRun().execute(() -> other.complete(release.isDone()));
		assertThat(other).succeedsWithin(Patience.SOON).isEqualTo(false);
		release.complete(null);
		assertThat(third).succeedsWithin(Patience.SOON).isEqualTo(true);
		executor.destroy();
	}

	@Test
	void whenAHandlerThrowsThenThoseThatWaitHaveItsThread() {
		HandlerExecutor executor = HandlerExecutor.platform(1);
		CompletableFuture<Void> release = new CompletableFuture<>();
		executor.execute(() -> {
			release.join();
			throw new IllegalStateException("A handler fails, as it was told to");
		});
		CompletableFuture<Void> next = new CompletableFuture<>();
		executor.execute(() -> next.complete(null));
		release.complete(null);
		assertThat(next).succeedsWithin(Patience.SOON);
		executor.destroy();
	}

	@Test
	void whenPoolIsDestroyedThenBusyHandlerIsInterrupted() {
		HandlerExecutor executor = HandlerExecutor.platform(1);
		CompletableFuture<Void> running = new CompletableFuture<>();
		CompletableFuture<Void> interrupted = new CompletableFuture<>();
		executor.execute(() -> {
			running.complete(null);
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.complete(null);
			}
		});
		assertThat(running).succeedsWithin(Patience.SOON);
		executor.destroy();
		assertThat(interrupted).succeedsWithin(Patience.SOON);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void whenThreadsAreVirtualThenHandlersRunOnThem() {
		HandlerExecutor executor = HandlerExecutor.virtual();
		assertThat(threadOf(executor).toString()).startsWith("VirtualThread").contains("sockets-handler-");
		executor.destroy();
	}

	private static Thread threadOf(HandlerExecutor executor) {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		executor.execute(() -> thread.complete(Thread.currentThread()));
		return thread.orTimeout(30, TimeUnit.SECONDS).join();
	}

}
