package dev.sockets.loop;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * What one loop is to serve although no socket is ready: selectables that were sent
 * signals, and those that a late runner has left. Any thread adds; only who runs the loop
 * takes.
 */
final class SignalQueue {

	private final Queue<Registration> signalled = new ConcurrentLinkedQueue<>();

	private final Queue<Registration> left = new ConcurrentLinkedQueue<>();

	boolean isEmpty() {
		return this.signalled.isEmpty() && this.left.isEmpty();
	}

	/**
	 * Signals wait for a selectable, where none did before.
	 * @param registration the selectable's
	 */
	void add(Registration registration) {
		this.signalled.add(registration);
	}

	/**
	 * Takes the one whose signals have waited longest.
	 * @return its registration; {@code null} when no signals wait
	 */
	@Nullable Registration next() {
		return this.signalled.poll();
	}

	/**
	 * A late runner has left a selectable.
	 * @param registration the selectable's
	 */
	void leave(Registration registration) {
		this.left.add(registration);
	}

	/** Lets what late runners have left be served again. */
	void releaseLeft() {
		Registration registration;
		while ((registration = this.left.poll()) != null) {
			registration.release();
		}
	}

}
