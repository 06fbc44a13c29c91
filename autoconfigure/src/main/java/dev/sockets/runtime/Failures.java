package dev.sockets.runtime;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.Failure;
import dev.sockets.FailureText;
import dev.sockets.SocketErrorCode;

/**
 * The newest failures of an endpoint. What they hold beside short texts is not kept, as
 * that may be what peers have sent.
 */
public final class Failures {

	private static final int MOST = 100;

	private final ArrayDeque<Failure> newest = new ArrayDeque<>();

	/**
	 * Adds a failure; the oldest makes room for it.
	 * @param code what kind of failure it is
	 * @param cause says what has failed, and its own cause why
	 */
	public synchronized void add(SocketErrorCode code, Throwable cause) {
		if (this.newest.size() == MOST) {
			this.newest.removeFirst();
		}
		this.newest.add(new Failure(Instant.now(), code, FailureText.message(cause), CutFailure.of(cause.getCause())));
	}

	/**
	 * Returns the newest failures.
	 * @return a snapshot, the oldest first
	 */
	public synchronized List<Failure> all() {
		return List.copyOf(this.newest);
	}

	/**
	 * Returns the newest failure.
	 * @return the failure; {@code null} when there is none
	 */
	public synchronized @Nullable Failure last() {
		return this.newest.peekLast();
	}

	/**
	 * Returns the newest failures, and forgets them.
	 * @return the failures, the oldest first
	 */
	public synchronized List<Failure> drain() {
		List<Failure> all = all();
		clear();
		return all;
	}

	/** Forgets them all. */
	public synchronized void clear() {
		this.newest.clear();
	}

}
