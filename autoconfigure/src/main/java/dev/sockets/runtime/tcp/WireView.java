package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;

import dev.sockets.runtime.WireLog;
import dev.sockets.runtime.trace.TracedStream;
import dev.sockets.runtime.trace.WireTracer;

/**
 * The bytes of one connection as the log of its endpoint, and its trace, show them while
 * one of these is on. Called by the reading thread and by whoever writes.
 */
final class WireView {

	private final DefaultConnection connection;

	private final WireLog log;

	private final WireTracer tracer;

	private final TracedStream stream;

	WireView(DefaultConnection connection, ConnectionContext context) {
		this.connection = connection;
		this.log = context.wireLog();
		this.tracer = context.tracer();
		this.stream = stream(connection);
	}

	private static TracedStream stream(DefaultConnection connection) {
		return SocketAddresses.isUnix(connection.getLocalAddress()) ? TracedStream.withoutPorts(connection.getId())
				: new TracedStream(connection.getId(), connection.getLocalAddress(), connection.getRemoteAddress());
	}

	/**
	 * Shows what one read or write has moved.
	 * @param received whether the peer has sent it
	 * @param bytes the bytes
	 */
	void show(boolean received, ByteBuffer bytes) {
		if (this.tracer.isOn()) {
			this.tracer.add(this.stream, received, bytes);
		}
		if (!this.log.isOn()) {
			return;
		}
		if (received) {
			this.log.received(peer(), bytes);
		}
		else {
			this.log.sent(peer(), bytes);
		}
	}

	private String peer() {
		return this.connection.getId() + " (" + this.connection.getRemoteAddress() + ")";
	}

}
