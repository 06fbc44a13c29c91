package dev.sockets.runtime.tcp.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.tcp.Reconnect;
import dev.sockets.testkit.Patience;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A planned attempt is made, whatever keeps a thread from being had at first.
 */
class ReconnectPlanTests {

	private static final Reconnect QUICK = new Reconnect(true, Duration.ofMillis(10), 2, Duration.ofMillis(10), 0, 0);

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenNoThreadCanBeHadForAnAttemptThenItIsMadeLater(boolean outOfThreads) {
		AtomicInteger refused = new AtomicInteger();
		CompletableFuture<Integer> made = new CompletableFuture<>();
		ReconnectPlan plan = new ReconnectPlan(QUICK, (task) -> {
			if (refused.incrementAndGet() > 3) {
				task.run();
			}
			else if (outOfThreads) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			else {
				throw new RejectedExecutionException("full");
			}
		}, new ReentrantLock(), made::complete);
		plan.beginSoon();
		assertThat(made).succeedsWithin(Patience.SOON);
	}

}
