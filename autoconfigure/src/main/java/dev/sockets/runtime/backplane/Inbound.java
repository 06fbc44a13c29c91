package dev.sockets.runtime.backplane;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.event.NodeLeftReason;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.backplane.frame.Changes;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.runtime.backplane.frame.Frame;
import dev.sockets.runtime.backplane.frame.FrameGate;
import dev.sockets.runtime.backplane.frame.FrameParser;
import dev.sockets.runtime.backplane.frame.FrameType;
import dev.sockets.runtime.backplane.frame.Heartbeat;
import dev.sockets.runtime.backplane.frame.MalformedFrameException;
import dev.sockets.runtime.backplane.frame.Message;
import dev.sockets.runtime.backplane.frame.Order;
import dev.sockets.runtime.backplane.frame.Reply;
import dev.sockets.runtime.backplane.frame.Snapshot;
import dev.sockets.runtime.backplane.frame.Target;

/**
 * What the engine tells: checks frames, counts echoes and what came before, and hands the
 * rest to whom it is for. Never waits.
 */
final class Inbound implements BackplaneEngine.Listener {

	private static final SafeLog logger = SafeLog.of(Inbound.class);

	private static final long MOST_HELLO_NANOS = 200_000_000L;

	private final BackplaneParts parts;

	private final FrameGate gate;

	private final SignatureWarnings warnings;

	private final Map<String, ServerInbox> inboxes = new ConcurrentHashMap<>();

	Inbound(BackplaneParts parts) {
		this.parts = parts;
		this.gate = new FrameGate(parts.settings().secret(), parts.settings().oldSecrets());
		this.warnings = new SignatureWarnings(parts.settings().prefix(), this.gate.isClosed());
	}

	void add(ServerInbox inbox) {
		this.inboxes.put(inbox.server().name(), inbox);
		inbox.start();
	}

	void remove(String server) {
		ServerInbox inbox = this.inboxes.remove(server);
		if (inbox != null) {
			inbox.stop();
		}
	}

	/** Returns how many bytes wait for connections here. */
	long pending() {
		return this.inboxes.values().stream().mapToLong(ServerInbox::pending).sum();
	}

	@Override
	public void received(String channel, byte[] message) {
		FrameParser.parse(message, new FrameParser.Sink() {

			@Override
			public void frame(Frame frame) {
				take(channel, frame);
			}

			@Override
			public void dropped(DropReason reason) {
				Inbound.this.parts.counters().drop(reason);
			}

		});
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
		this.parts.clock().reset(System.nanoTime());
		this.parts.node().hearsFrom(System.nanoTime());
		this.parts.connected().set(true);
		this.parts.queue().wake();
	}

	@Override
	public void lost(Throwable cause) {
		this.parts.connected().set(false);
		this.parts.clock().lost();
		this.parts.subscriptions().lost();
		this.parts.lost(cause);
	}

	private void take(String channel, Frame frame) {
		try {
			if (!this.gate.admits(channel, frame)) {
				this.parts.counters().drop(DropReason.SIGNATURE);
				this.warnings.refused(frame);
			}
			else if (this.parts.node().isRefused()) {
				ofElder(frame);
			}
			else if (frame.incarnation() == this.parts.node().incarnation()) {
				echo(channel, frame);
			}
			else if (frame.type() == FrameType.HEARTBEAT) {
				heartbeat(channel, frame, Heartbeat.read(frame.body()));
			}
			else {
				takeOfPeer(channel, frame, this.parts.peers().find(frame.incarnation()));
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
		if (heartbeat) {
			long now = System.nanoTime();
			this.parts.clock().echoed(frame.sequence(), now);
			this.parts.times().echoed(frame.sequence(), now);
			if (this.parts.outage().end()) {
				this.parts.peers().tell();
			}
		}
		if (room || heartbeat) {
			this.parts.queue().wake();
		}
	}

	/** A node that stays alone only wants to know whether the other one is there. */
	private void ofElder(Frame frame) {
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
		return !this.gate.isClosed() || this.parts.node().isRecent(heartbeat);
	}

	private void heartbeat(String channel, Frame frame, Heartbeat heartbeat) {
		if (!isRecent(heartbeat)) {
			this.parts.counters().drop(DropReason.SIGNATURE);
			this.warnings.old(heartbeat.node());
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
		for (Heartbeat.Heard heard : heartbeat.heard()) {
			if (peer != null && heard.incarnation() == this.parts.node().incarnation()) {
				peer.lag(this.parts.times().lag(heard.sequence(), now));
			}
		}
	}

	/** One of the two has to stay alone: the younger. */
	private void sameId(Frame frame, Heartbeat heartbeat) {
		if (this.parts.node().isYoungerThan(frame.incarnation(), heartbeat)) {
			this.parts.node().refuse(frame.incarnation(), System.nanoTime());
		}
		else {
			hasten(0);
		}
		this.parts.queue().wake();
	}

	private void hasten(long delay) {
		this.parts.clock().hasten(System.nanoTime(), delay);
	}

	private void takeOfPeer(String channel, Frame frame, @Nullable Peer peer) {
		if (peer == null) {
			this.parts.counters().drop(DropReason.UNKNOWN_NODE);
			return;
		}
		if (!this.parts.peers().arrived(peer, channel, frame.sequence())) {
			this.parts.counters().drop(DropReason.DUPLICATE);
			return;
		}
		this.parts.counters().receive();
		switch (frame.type()) {
			case HEARTBEAT -> {
			}
			case GOODBYE -> this.parts.gone(peer, NodeLeftReason.STOPPED);
			case ALL, GROUP, USER, CONNECTION -> deliver(peer, channel, frame);
			case KICK, JOIN, LEAVE -> obey(peer, frame.type(), Order.read(frame.body()));
			case REPLY -> this.parts.requests().answered(Reply.read(frame.body()), peer.node());
			case CHANGES -> apply(peer, Changes.read(frame.body(), peer.node()));
			case SNAPSHOT -> apply(peer, Snapshot.read(frame.body(), peer.node()));
			case ASK -> answer(peer);
		}
	}

	private void deliver(Peer peer, String channel, Frame frame) {
		Message message = Message.read(frame.body());
		ServerInbox inbox = this.inboxes.get(message.server());
		if (inbox == null) {
			return;
		}
		Heartbeat.Server there = peer.server(message.server());
		boolean bucket = frame.type() == FrameType.GROUP || frame.type() == FrameType.USER;
		if (there == null || there.format() != inbox.server().format()
				|| (bucket && peer.heartbeat().groupChannels() != this.parts.settings().groupChannels())) {
			this.parts.counters().drop(DropReason.FORMAT);
			return;
		}
		if (!inbox.deliver(frame.type(), message, (code) -> reply(peer, message.request(), code))) {
			this.parts.peers().refused(peer, channel);
		}
	}

	private void obey(Peer peer, FrameType type, Order order) {
		ServerInbox inbox = this.inboxes.get(order.server());
		if (inbox != null && (order.target().kind() == Target.Kind.CONNECTION || type == FrameType.KICK)) {
			inbox.obey(type, order, (code) -> reply(peer, order.request(), code));
		}
	}

	private void reply(Peer peer, long request, int code) {
		if (request != 0) {
			this.parts.queue()
				.offer(this.parts.node().channels().node(peer.node()), FrameType.REPLY,
						new Reply(request, code).write());
		}
	}

	private void apply(Peer peer, Changes changes) {
		this.parts.peers().apply(peer, changes);
		this.parts.peers().tell();
	}

	private void apply(Peer peer, Snapshot part) {
		if (this.parts.peers().apply(peer, part)) {
			this.parts.peers().tell();
			this.parts.queue().wake();
		}
	}

	private void answer(Peer peer) {
		String channel = this.parts.node().channels().node(peer.node());
		this.parts.own()
			.snapshot()
			.forEach((part) -> this.parts.queue()
				.offer(channel, FrameType.SNAPSHOT, part.write(this.parts.node().id())));
	}

}
