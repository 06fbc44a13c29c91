package dev.sockets.runtime.tcp.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * What one run of a client that connects on demand has to send. What ends late of a
 * former run is nothing to the next one. Guarded by the lock of its {@link Demand}.
 */
final class DemandRun {

	private final Queue<DemandedMessage<?>> waiting = new ArrayDeque<>();

	/** Whether a connection is being made, or has a message of its own. */
	private boolean busy;

	/** Threads that are about to send something over the connection. */
	private int users;

	int waiting() {
		return this.waiting.size();
	}

	void add(DemandedMessage<?> message) {
		this.waiting.add(message);
	}

	/**
	 * Begins to make a connection, if there is a message for it and it is not being made.
	 * @return whether the caller is to make it
	 */
	boolean begin() {
		while (!this.waiting.isEmpty() && this.waiting.element().over().isDone()) {
			this.waiting.remove();
		}
		boolean begins = !this.busy && !this.waiting.isEmpty();
		this.busy |= begins;
		return begins;
	}

	/** The next connection may be made. */
	void end() {
		this.busy = false;
	}

	List<DemandedMessage<?>> take(int most) {
		List<DemandedMessage<?>> messages = new ArrayList<>();
		while (messages.size() < most && !this.waiting.isEmpty()) {
			messages.add(this.waiting.remove());
		}
		return messages;
	}

	void use(int more) {
		this.users += more;
	}

	boolean needsConnection() {
		return this.users > 0 || this.busy || !this.waiting.isEmpty();
	}

}
