package dev.sockets.runtime.backplane;

import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.runtime.backplane.frame.Frame;
import dev.sockets.runtime.backplane.frame.FrameGate;
import dev.sockets.runtime.backplane.frame.FrameParser;
import dev.sockets.runtime.backplane.frame.FrameType;
import dev.sockets.runtime.backplane.frame.MalformedFrameException;

/**
 * What the engine tells: checks frames, counts echoes, and hands on what other nodes have
 * sent. Never waits.
 */
final class Inbound implements BackplaneEngine.Listener {

	private static final SafeLog logger = SafeLog.of(Inbound.class);

	private final BackplaneParts parts;

	private final FrameGate gate;

	private final SignatureWarnings warnings;

	private final HeartbeatReception heartbeats;

	private final PeerFrames frames;

	Inbound(BackplaneParts parts, PeerFrames frames) {
		this.parts = parts;
		this.frames = frames;
		this.gate = new FrameGate(parts.settings().secret(), parts.settings().oldSecrets());
		this.warnings = new SignatureWarnings(parts.settings().prefix(), this.gate.isClosed(), parts.differing());
		this.heartbeats = new HeartbeatReception(parts, this.gate.isClosed(), this.warnings);
	}

	@Override
	public void received(String channel, byte[] message) {
		this.parts.clock().look(System.nanoTime());
		boolean admitted = admits(channel, message);
		FrameParser.parse(message, new FrameParser.Sink() {

			@Override
			public void frame(Frame frame) {
				if (admitted) {
					take(channel, frame);
				}
				else {
					refuse(frame);
				}
			}

			@Override
			public void dropped(DropReason reason) {
				Inbound.this.parts.counters().drop(reason);
			}

		});
	}

	private boolean admits(String channel, byte[] message) {
		if (!this.gate.isClosed() || this.parts.sent().isNext(channel, message)) {
			return true;
		}
		boolean admitted = this.gate.admits(channel, message);
		if (admitted) {
			this.parts.sent().skipTo(channel, message);
		}
		return admitted;
	}

	@Override
	public void subscribed(String channel) {
		this.parts.window().reset();
		Runnable waiting = this.parts.subscriptions().heard(channel);
		if (waiting != null) {
			this.parts.tellers().execute(waiting);
		}
		this.parts.queue().wake();
	}

	@Override
	public void connected() {
		this.parts.window().reset();
		this.parts.sent().reset();
		long now = System.nanoTime();
		this.parts.clock().reset(now);
		this.parts.regathering().begin(now);
		this.parts.node().hearsFrom(now);
		this.parts.connected().set(true);
		this.parts.outage().connected();
		this.parts.queue().wake();
	}

	@Override
	public void lost(Throwable cause) {
		this.parts.connected().set(false);
		this.parts.clock().lost();
		this.parts.subscriptions().lost();
		this.parts.lost(cause);
	}

	private void refuse(Frame frame) {
		this.parts.counters().drop(DropReason.SIGNATURE);
		this.warnings.refused(frame);
	}

	private void take(String channel, Frame frame) {
		try {
			if (this.parts.node().isRefused()) {
				this.heartbeats.ofElder(frame);
			}
			else if (frame.incarnation() == this.parts.node().incarnation()) {
				echo(channel, frame);
			}
			else if (frame.type() == FrameType.HEARTBEAT) {
				this.heartbeats.take(channel, frame);
			}
			else {
				this.frames.take(channel, frame);
			}
		}
		catch (MalformedFrameException ex) {
			this.parts.counters().drop(DropReason.MALFORMED);
		}
		catch (Throwable ex) {
			logger.error("A frame of another node could not be taken", ex);
		}
	}

	private void echo(String channel, Frame frame) {
		boolean heartbeat = frame.type() == FrameType.HEARTBEAT;
		boolean room = this.parts.window().heard(channel, frame.sequence(), heartbeat);
		long now = System.nanoTime();
		if (heartbeat && this.parts.clock().echoed(frame.sequence(), now)) {
			this.parts.times().echoed(frame.sequence(), now);
			if (this.parts.outage().end()) {
				this.parts.peers().tell();
			}
		}
		if (room || heartbeat) {
			this.parts.queue().wake();
		}
	}

}
