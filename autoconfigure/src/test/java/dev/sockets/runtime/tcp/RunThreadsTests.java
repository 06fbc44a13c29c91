package dev.sockets.runtime.tcp;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunThreadsTests {

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final AtomicLong now = new AtomicLong();

	private final RunThreads threads = new RunThreads(this.tasks::add, this::nanos, () -> {
	});

	private boolean asks;

	private boolean blocked;

	@Test
	void whenATaskWaitsForLongThenTheThreadsAreBlockedUntilOneIsFree() {
		this.threads.execute(() -> {
		});
		assertThat(this.threads.areBlocked()).isFalse();
		pass(3);
		assertThat(this.threads.areBlocked()).isTrue();
		this.threads.execute(() -> {
		});
		assertThat(this.threads.areBlocked()).isTrue();
		this.tasks.remove().run();
		assertThat(this.threads.areBlocked()).isFalse();
		pass(3);
		assertThat(this.threads.areBlocked()).isTrue();
		this.tasks.remove().run();
		assertThat(this.threads.areBlocked()).isFalse();
	}

	/** The loop may look at any time, also while the first task comes. */
	@Test
	void whenATaskComesAfterALongTimeWithoutOneThenTheThreadsAreNotBlocked() {
		pass(3);
		this.asks = true;
		this.threads.execute(() -> {
		});
		this.asks = false;
		assertThat(this.blocked).isFalse();
	}

	private void pass(int seconds) {
		this.now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
	}

	private long nanos() {
		if (this.asks) {
			this.asks = false;
			this.blocked = this.threads.areBlocked();
		}
		return this.now.get();
	}

}
