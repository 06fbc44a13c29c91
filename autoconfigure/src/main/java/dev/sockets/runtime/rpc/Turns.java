package dev.sockets.runtime.rpc;

import java.util.ArrayDeque;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is, where one request waits for the result of the one before. Open to all
 * threads.
 */
final class Turns {

	private final Queue<Invocation> waiting = new ArrayDeque<>();

	private @Nullable Invocation holder;

	/**
	 * Asks for a turn.
	 * @param invocation who asks
	 * @return whether it has the turn at once; else it is the {@link #next()} one's some
	 * time
	 */
	synchronized boolean take(Invocation invocation) {
		if (this.holder != null) {
			this.waiting.add(invocation);
			return false;
		}
		this.holder = invocation;
		return true;
	}

	/**
	 * Ends a turn.
	 * @return who has the next one; {@code null} when nobody waits
	 */
	synchronized @Nullable Invocation next() {
		this.holder = this.waiting.poll();
		return this.holder;
	}

	/** Returns who has the turn; {@code null} when nobody has. */
	synchronized @Nullable Invocation holder() {
		return this.holder;
	}

}
