package dev.sockets.runtime.tcp;

import dev.sockets.event.DisconnectReason;
import dev.sockets.loop.stream.OutputEnd;
import dev.sockets.tcp.PeerEndPolicy;

/**
 * Nothing more is read from a connection, as the peer has ended its side or it is to be
 * closed: what the peer has asked is answered before this side ends too, unless that
 * takes longer than a write may. Or this side stays open, for as long as it does not
 * become idle. When it has ended before, the connection is over.
 */
final class HalfClose {

	private final DefaultConnection connection;

	private final ConnectionContext context;

	private volatile boolean begun;

	private volatile boolean kept;

	private volatile long since;

	HalfClose(DefaultConnection connection, ConnectionContext context) {
		this.connection = connection;
		this.context = context;
	}

	/** The peer has ended its side. */
	void begin() {
		begin(this.context.settings().onPeerEnd() == PeerEndPolicy.KEEP);
	}

	/** The connection is to be closed for another reason. */
	void drain() {
		begin(false);
	}

	private void begin(boolean kept) {
		this.since = this.connection.channel().nanos();
		this.kept = kept;
		this.begun = true;
		if (isOver()) {
			end();
		}
		else if (!kept) {
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
		if (isOver() || (!this.kept && now - this.since >= this.context.channelSettings().writeTimeoutNanos())) {
			end();
		}
		long silentSince = Math.max(this.since, this.connection.channel().activity().lastWrite());
		if (this.kept && now - silentSince > this.context.deadlines().idle()) {
			this.connection.close(DisconnectReason.IDLE, null);
		}
	}

	private boolean isOver() {
		return OutputEnd.isOver(this.connection.channel());
	}

}
