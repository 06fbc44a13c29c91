package dev.sockets.runtime.tcp;

import dev.sockets.event.DisconnectReason;

/**
 * The peer has ended its side of a connection: what it has asked is answered before this
 * side ends too, unless that takes longer than a write may.
 */
final class HalfClose {

	private final DefaultConnection connection;

	private final long timeout;

	private volatile boolean begun;

	private volatile long since;

	HalfClose(DefaultConnection connection, long timeout) {
		this.connection = connection;
		this.timeout = timeout;
	}

	void begin() {
		this.since = this.connection.channel().nanos();
		this.begun = true;
		this.connection.answers().whenNone(this::end);
	}

	private void end() {
		this.connection.close(DisconnectReason.REMOTE, null);
	}

	void tick(long now) {
		if (this.begun && now - this.since >= this.timeout) {
			end();
		}
	}

}
