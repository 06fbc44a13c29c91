package dev.sockets.runtime.backplane;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

import dev.sockets.SocketErrorCode;
import dev.sockets.event.NodeLeftReason;
import dev.sockets.runtime.backplane.frame.Changes;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.runtime.backplane.frame.Frame;
import dev.sockets.runtime.backplane.frame.FrameType;
import dev.sockets.runtime.backplane.frame.Heartbeat;
import dev.sockets.runtime.backplane.frame.Message;
import dev.sockets.runtime.backplane.frame.Order;
import dev.sockets.runtime.backplane.frame.Reply;
import dev.sockets.runtime.backplane.frame.Snapshot;
import dev.sockets.runtime.backplane.frame.Target;

/**
 * Hands what nodes that are known have sent to whom it is for: a server here, who has
 * asked, or what is known of the node.
 */
final class PeerFrames {

	private final BackplaneParts parts;

	private final Map<String, ServerInbox> inboxes = new ConcurrentHashMap<>();

	PeerFrames(BackplaneParts parts) {
		this.parts = parts;
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

	void take(String channel, Frame frame) {
		Peer peer = this.parts.peers().find(frame.incarnation());
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
			case ASK -> this.parts.own().ask(peer.incarnation());
		}
	}

	private void deliver(Peer peer, String channel, Frame frame) {
		Message message = Message.read(frame.body());
		IntConsumer answer = (code) -> reply(peer, message.request(), code);
		ServerInbox inbox = this.inboxes.get(message.server());
		if (inbox == null) {
			answer.accept(SocketErrorCode.NOT_CONNECTED.value());
			return;
		}
		Heartbeat.Server there = peer.server(message.server());
		boolean bucket = frame.type() == FrameType.GROUP || frame.type() == FrameType.USER;
		if (there == null || there.format() != inbox.server().format()
				|| (bucket && peer.heartbeat().groupChannels() != this.parts.settings().groupChannels())) {
			this.parts.counters().drop(DropReason.FORMAT);
			answer.accept(SocketErrorCode.CODEC_FAILED.value());
			return;
		}
		if (isTooLate(message.request())) {
			answer.accept(SocketErrorCode.BACKPLANE_TIMEOUT.value());
			return;
		}
		if (!inbox.deliver(frame.type(), message, answer)) {
			this.parts.peers().refused(peer, channel);
		}
	}

	private void obey(Peer peer, FrameType type, Order order) {
		IntConsumer answer = (code) -> reply(peer, order.request(), code);
		ServerInbox inbox = this.inboxes.get(order.server());
		if (isTooLate(order.request())) {
			answer.accept(SocketErrorCode.BACKPLANE_TIMEOUT.value());
		}
		else if (inbox == null) {
			answer.accept(SocketErrorCode.NOT_CONNECTED.value());
		}
		else if (order.target().kind() == Target.Kind.CONNECTION || type == FrameType.KICK) {
			inbox.obey(type, order, answer);
		}
	}

	/**
	 * Who has asked may have been told by now that it is not done, and is not to be
	 * wrong.
	 */
	private boolean isTooLate(long request) {
		return request != 0 && this.parts.clock().isBehind();
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

}
