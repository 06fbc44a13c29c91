package dev.sockets.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Counts the answers of one connection that are still to be sent, so that its end can
 * wait for them. Open to all threads.
 */
public final class OpenAnswers {

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicReference<@Nullable Runnable> whenNone = new AtomicReference<>();

	/** An answer is to be sent. */
	public void begin() {
		this.open.incrementAndGet();
	}

	/** An answer was sent, or there is none. Called once for each {@link #begin()}. */
	public void end() {
		if (this.open.decrementAndGet() == 0) {
			none();
		}
	}

	/**
	 * Returns how many are still to be sent.
	 * @return the number
	 */
	public int size() {
		return this.open.get();
	}

	/**
	 * Does something once none is to be sent; instead of what was to be done before.
	 * @param action what to do, on the thread that sends the last one
	 */
	public void whenNone(Runnable action) {
		this.whenNone.set(action);
		if (this.open.get() == 0) {
			none();
		}
	}

	private void none() {
		Runnable action = this.whenNone.getAndSet(null);
		if (action != null) {
			action.run();
		}
	}

}
