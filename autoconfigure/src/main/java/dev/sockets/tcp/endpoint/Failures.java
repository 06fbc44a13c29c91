package dev.sockets.tcp.endpoint;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.Failure;
import dev.sockets.SocketErrorCode;

/**
 * The newest failures of an endpoint.
 */
final class Failures {

	private static final int MOST = 100;

	private final ArrayDeque<Failure> newest = new ArrayDeque<>();

	synchronized void add(SocketErrorCode code, Throwable cause) {
		if (this.newest.size() == MOST) {
			this.newest.removeFirst();
		}
		this.newest.add(new Failure(Instant.now(), code, String.valueOf(cause.getMessage()), cause.getCause()));
	}

	synchronized List<Failure> all() {
		return List.copyOf(this.newest);
	}

	synchronized @Nullable Failure last() {
		return this.newest.peekLast();
	}

	synchronized void clear() {
		this.newest.clear();
	}

}
