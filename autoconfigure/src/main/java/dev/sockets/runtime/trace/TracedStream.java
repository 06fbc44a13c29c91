package dev.sockets.runtime.trace;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * One connection as traces see it: between whom it is, and where in its two streams of
 * bytes the running trace stands.
 */
public final class TracedStream {

	private final String connection;

	private final InetSocketAddress local;

	private final InetSocketAddress remote;

	/* Guarded by the monitor of the trace. */
	private @Nullable WireTrace trace;

	private long received;

	private long sent;

	/**
	 * Creates one.
	 * @param connection id of the connection
	 * @param local our address
	 * @param remote the peer's address
	 */
	public TracedStream(String connection, InetSocketAddress local, InetSocketAddress remote) {
		this.connection = connection;
		this.local = local;
		this.remote = remote;
	}

	String connection() {
		return this.connection;
	}

	InetSocketAddress source(boolean received) {
		return received ? this.remote : this.local;
	}

	InetSocketAddress target(boolean received) {
		return received ? this.local : this.remote;
	}

	/** Begins to count anew, unless that trace has seen the connection before. */
	void enter(WireTrace trace) {
		if (this.trace != trace) {
			this.trace = trace;
			this.received = 0;
			this.sent = 0;
		}
	}

	long position(boolean received) {
		return received ? this.received : this.sent;
	}

	void advance(boolean received, int bytes) {
		if (received) {
			this.received += bytes;
		}
		else {
			this.sent += bytes;
		}
	}

}
