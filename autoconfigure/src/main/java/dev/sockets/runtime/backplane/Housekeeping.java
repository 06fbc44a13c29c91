package dev.sockets.runtime.backplane;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.backplane.BackplaneOutageException;
import dev.sockets.event.NodeLeftReason;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.backplane.frame.FrameType;

/**
 * What the publishing thread does beside publishing, whenever it comes by.
 */
final class Housekeeping {

	private static final SafeLog logger = SafeLog.of(Backplane.class);

	private static final long ASK_NANOS = 1_000_000_000L;

	private final BackplaneParts parts;

	private @Nullable Peer asked;

	private long askedAt;

	Housekeeping(BackplaneParts parts) {
		this.parts = parts;
	}

	void run(long now) {
		this.parts.subscriptions().apply(this.parts.peers()::resume);
		this.parts.requests().expire(now);
		this.parts.fail(this.parts.subscriptions().late(now), SocketErrorCode.BACKPLANE_TIMEOUT,
				"What other nodes send does not come here yet; see sockets.backplane.request-timeout");
		if (!this.parts.isConnected()) {
			return;
		}
		if (this.parts.clock().isDeaf(now)) {
			this.parts.outage().beginAnew("It hears nothing although it is connected, so it connects anew");
			this.parts.peers().tell();
			this.parts.engine().reconnect();
		}
		Peer unreached = this.parts.peers().takeUnreached(this.parts.clock().ticks());
		if (unreached != null) {
			this.parts.lost(new BackplaneOutageException("Node '" + unreached.node()
					+ "' is heard and does not hear this one, so it connects anew. When that does not help, "
					+ "what it is connected with is a replica, or secrets or clocks differ"));
			this.parts.engine().reconnect();
		}
		this.parts.peers()
			.silent(this.parts.clock().ticks(), now)
			.forEach((peer) -> this.parts.gone(peer, NodeLeftReason.SILENT));
		if (this.parts.peers().noteMissed(now)) {
			this.parts.peers().tell();
		}
		ask(now);
	}

	/** One node at a time is asked for its connections. */
	private void ask(long now) {
		Peer peer = this.asked;
		if (peer != null && peer.needsSnapshot() && !peer.isOverdue(this.askedAt, ASK_NANOS, now)
				&& this.parts.peers().find(peer.incarnation()) == peer) {
			return;
		}
		this.asked = this.parts.peers().firstUnknown();
		if (this.asked != null) {
			this.askedAt = now;
			Peer next = Objects.requireNonNull(this.asked);
			this.parts.queue().offer(this.parts.node().channels().node(next.node()), FrameType.ASK, new byte[0]);
		}
	}

	/** Returns whether something comes due soon. */
	boolean isBusy() {
		return this.parts.requests().size() > 0 || this.parts.subscriptions().isAwaited()
				|| this.parts.peers().firstUnknown() != null || this.parts.peers().hasMissed();
	}

	/** Another node has this one's id. */
	void stayAlone() {
		this.parts.queue().open(false);
		this.parts.clock().lost();
		this.parts.peers().clear(NodeLeftReason.SILENT);
		this.parts.outage()
			.isolate("Node '" + this.parts.node().id() + "' stays alone while another one that was there before has "
					+ "this id: sockets.node must differ on each");
		this.parts.peers().tell();
		this.parts.requests().endAll("stays alone");
	}

	/** No other node has this one's id any more. */
	void takePart(long now) {
		logger.info("Node '" + this.parts.node().id() + "' takes part, as no other one of this id is heard any more");
		this.parts.window().reset();
		this.parts.clock().reset(now);
		this.parts.queue().open(true);
		this.parts.node().admit();
	}

}
