package dev.sockets.runtime.tcp;

import dev.sockets.event.DisconnectReason;
import dev.sockets.loop.stream.OutputEnd;
import dev.sockets.tcp.PeerEndPolicy;

/**
 * The peer has ended its side of a connection: what it has asked is answered before this
 * side ends too, unless that takes longer than a write may. Or this side stays open, for
 * as long as it does not become idle. When it has ended before, the connection is over.
 */
final class HalfClose {

	private final DefaultConnection connection;

	private final ConnectionContext context;

	private volatile boolean begun;

	private volatile long since;

	HalfClose(DefaultConnection connection, ConnectionContext context) {
		this.connection = connection;
		this.context = context;
	}

	void begin() {
		this.since = this.connection.channel().nanos();
		this.begun = true;
		if (isOver()) {
			end();
		}
		else if (!isKept()) {
			this.connection.answers().whenNone(this::end);
		}
	}

	private void end() {
		this.connection.close(DisconnectReason.REMOTE, null);
	}

	void tick(long now) {
		if (!this.begun) {
			return;
		}
		if (isOver() || (!isKept() && now - this.since >= this.context.channelSettings().writeTimeoutNanos())) {
			end();
		}
		long silentSince = Math.max(this.since, this.connection.channel().activity().lastWrite());
		if (isKept() && now - silentSince > this.context.deadlines().idle()) {
			this.connection.close(DisconnectReason.IDLE, null);
		}
	}

	private boolean isOver() {
		return OutputEnd.isOver(this.connection.channel());
	}

	private boolean isKept() {
		return this.context.settings().onPeerEnd() == PeerEndPolicy.KEEP;
	}

}
