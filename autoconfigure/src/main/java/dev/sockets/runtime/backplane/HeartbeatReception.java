package dev.sockets.runtime.backplane;

import java.util.concurrent.ThreadLocalRandom;

import dev.sockets.event.NodeLeftReason;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.runtime.backplane.frame.Frame;
import dev.sockets.runtime.backplane.frame.FrameType;
import dev.sockets.runtime.backplane.frame.Heartbeat;

/**
 * What the heartbeats of other nodes say of them. Called by the engine's thread.
 */
final class HeartbeatReception {

	private static final SafeLog logger = SafeLog.of(Backplane.class);

	private static final long MOST_HELLO_NANOS = 200_000_000L;

	private static final long QUIET_NANOS = 60_000_000_000L;

	private final BackplaneParts parts;

	private final boolean signed;

	private final SignatureWarnings warnings;

	private long youngerSeenAt;

	/**
	 * Creates an instance.
	 * @param parts those of this node
	 * @param signed whether only what is signed is taken, which then has to be recent
	 * @param warnings say what is wrong with secrets
	 */
	HeartbeatReception(BackplaneParts parts, boolean signed, SignatureWarnings warnings) {
		this.parts = parts;
		this.signed = signed;
		this.warnings = warnings;
	}

	/** A node that stays alone only wants to know whether the other one is there. */
	void ofElder(Frame frame) {
		if (frame.type() == FrameType.GOODBYE) {
			this.parts.node().gone(frame.incarnation(), System.nanoTime());
			this.parts.queue().wake();
		}
		else if (frame.type() == FrameType.HEARTBEAT) {
			Heartbeat heartbeat = Heartbeat.read(frame.body());
			if (heartbeat.node().equals(this.parts.node().id()) && isRecent(heartbeat)
					&& frame.incarnation() != this.parts.node().incarnation()) {
				this.parts.node().elderHeard(frame.incarnation(), System.nanoTime());
			}
		}
	}

	private boolean isRecent(Heartbeat heartbeat) {
		return !this.signed || this.parts.node().isRecent(heartbeat);
	}

	/** Another node, or one of the same id, is there. */
	void take(String channel, Frame frame) {
		Heartbeat heartbeat = Heartbeat.read(frame.body());
		if (!isRecent(heartbeat)) {
			this.parts.counters().drop(DropReason.SIGNATURE);
			this.warnings.old(heartbeat.node());
			return;
		}
		if (this.parts.peers().isOfThePast(frame, channel)) {
			this.parts.counters().drop(DropReason.DUPLICATE);
			return;
		}
		this.warnings.taken(frame, heartbeat.node());
		if (heartbeat.node().equals(this.parts.node().id())) {
			sameId(frame, heartbeat);
			return;
		}
		Peer before = this.parts.peers().ofNode(heartbeat.node()).orElse(null);
		if (before != null && before.incarnation() != frame.incarnation()) {
			if (heartbeat.hello()) {
				return;
			}
			this.parts.gone(before, NodeLeftReason.REPLACED);
			before = null;
		}
		long now = System.nanoTime();
		boolean isNew = this.parts.peers().heard(frame, heartbeat, channel, this.parts.clock().ticks(), now);
		if (!isNew) {
			this.parts.counters().drop(DropReason.DUPLICATE);
			return;
		}
		this.parts.counters().receive();
		this.parts.peers().tell();
		lag(frame.incarnation(), heartbeat, now);
		if (heartbeat.hello() || before == null) {
			hasten(ThreadLocalRandom.current().nextLong(MOST_HELLO_NANOS));
		}
		this.parts.queue().wake();
	}

	/** How far behind the other is in hearing this one. */
	private void lag(long incarnation, Heartbeat heartbeat, long now) {
		Peer peer = this.parts.peers().find(incarnation);
		if (peer == null) {
			return;
		}
		heartbeat.heard()
			.stream()
			.filter((heard) -> heard.incarnation() == this.parts.node().incarnation())
			.findFirst()
			.ifPresentOrElse((heard) -> peer.hears(this.parts.times().lag(heard.sequence(), now), now),
					() -> peer.hearsNot(now));
	}

	/** One of the two has to stay alone: the younger. */
	private void sameId(Frame frame, Heartbeat heartbeat) {
		if (this.parts.node().isYoungerThan(frame.incarnation(), heartbeat)) {
			this.parts.node().refuse(frame.incarnation(), System.nanoTime());
		}
		else {
			warnOfYounger(System.nanoTime());
			hasten(0);
		}
		this.parts.queue().wake();
	}

	/** Once, as it goes on saying that it is there until it has heard this one. */
	private void warnOfYounger(long now) {
		if (this.youngerSeenAt == 0 || now - this.youngerSeenAt >= QUIET_NANOS) {
			logger.warn("Another node of the id '" + this.parts.node().id()
					+ "' has started after this one, and stays alone: sockets.node must differ on each");
		}
		this.youngerSeenAt = (now != 0) ? now : 1;
	}

	private void hasten(long delay) {
		this.parts.clock().hasten(System.nanoTime(), delay);
	}

}
