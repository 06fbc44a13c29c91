package dev.sockets.runtime.backplane;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.BackplaneSettings;
import dev.sockets.event.NodeLeftReason;
import dev.sockets.runtime.backplane.frame.FrameType;
import dev.sockets.runtime.backplane.frame.Message;
import dev.sockets.runtime.backplane.frame.Order;
import dev.sockets.runtime.backplane.frame.Target;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.NodeInfo;

/**
 * What makes this node one of several: servers tell it of their connections, and send by
 * it to those of others. Works for the node alone while the engine does not. Open to all
 * threads; a caller never waits.
 */
public final class Backplane {

	private final BackplaneParts parts;

	private final PeerFrames frames;

	private final Publisher publisher;

	private boolean running;

	/**
	 * Creates a backplane that is not started.
	 * @param node this node's id
	 * @param settings how it uses the engine
	 * @param engine moves the bytes
	 * @param tellers tell the application how requests end
	 */
	public Backplane(String node, BackplaneSettings settings, BackplaneEngine engine, Executor tellers) {
		long incarnation = ThreadLocalRandom.current().nextLong();
		this.parts = BackplaneParts.of(new ThisNode(node, incarnation, settings), settings, engine, tellers);
		this.frames = new PeerFrames(this.parts);
		this.publisher = new Publisher(this.parts);
	}

	/** Begins to connect; returns at once. */
	public synchronized void start() {
		if (!this.running) {
			this.running = true;
			this.parts.node().begin();
			this.parts.queue().open(true);
			this.parts.subscriptions().add(this.parts.node().channels().nodes());
			this.parts.subscriptions().add(this.parts.node().channel());
			this.parts.engine().start(new Inbound(this.parts, this.frames));
			this.publisher.start();
		}
	}

	/** Says goodbye to the others and ends everything. */
	public synchronized void stop() {
		if (this.running) {
			this.running = false;
			this.publisher.stop();
			this.parts.engine().stop();
			this.parts.connected().set(false);
			this.parts.outage().forget();
			this.parts.queue().open(false);
			this.parts.fail(this.parts.subscriptions().clear(), SocketErrorCode.BACKPLANE_DOWN,
					"What other nodes send does not come here any more, as this node stops");
			this.parts.peers().clear(NodeLeftReason.STOPPED);
			this.parts.peers().tell();
			this.parts.requests().endAll("stops");
		}
	}

	/** Returns whether it was started and not stopped. */
	public synchronized boolean isRunning() {
		return this.running;
	}

	/** Returns what is seen of it. */
	public BackplaneWatch watch() {
		return new BackplaneWatch(this.parts, this.frames);
	}

	/** Returns what has gone over it. */
	public BackplaneCounters counters() {
		return this.parts.counters();
	}

	/** Returns this node's id. */
	public String node() {
		return this.parts.node().id();
	}

	/** Returns whether what is known of others is up to date. */
	public boolean isCurrent() {
		return this.parts.isCurrent();
	}

	/** Returns whether nodes tell each other of each connection. */
	public boolean hasPresence() {
		return this.parts.node().hasPresence();
	}

	/**
	 * Returns whether another node that was there before has this one's id, and is there.
	 */
	public boolean isAlone() {
		return this.parts.node().isRefused();
	}

	/**
	 * A server starts on this node.
	 * @param server the server
	 * @return its connections on other nodes
	 */
	public RemoteConnections add(LocalServer server) {
		RemoteConnections remote = this.parts.peers().add(server);
		this.parts.outage().add(server);
		server.tell();
		this.frames.add(new ServerInbox(server, this.parts.settings().inboundMaxPending(), this.parts.counters(),
				this.parts.overload()));
		this.parts.subscriptions().add(this.parts.node().channels().all(server.name()));
		this.parts.clock().hasten(System.nanoTime(), 0);
		this.parts.queue().wake();
		return remote;
	}

	/**
	 * A server stops on this node.
	 * @param server the server
	 */
	public void remove(LocalServer server) {
		this.parts.subscriptions().remove(this.parts.node().channels().all(server.name()));
		this.frames.remove(server.name());
		this.parts.outage().remove(server);
		this.parts.peers().remove(server);
		server.tell();
	}

	/**
	 * Sends a message to connections on other nodes.
	 * @param server their server
	 * @param target who they are
	 * @param except ids of those that are not to get it
	 * @param bytes what is written to their sockets, not changed afterwards
	 */
	public void send(String server, Target target, List<String> except, ByteBuffer bytes) {
		channel(server, target).ifPresent((channel) -> this.parts.queue()
			.offer(channel, target.kind().type(), new Message(server, 0, target, except, bytes).head(), bytes));
	}

	/**
	 * Closes connections on other nodes.
	 * @param server their server
	 * @param target who they are
	 */
	public void kick(String server, Target target) {
		channel(server, target).ifPresent((channel) -> this.parts.queue()
			.offer(channel, FrameType.KICK, new Order(server, 0, target, "").write()));
	}

	/** One that is on no other node has no channel. */
	private Optional<String> channel(String server, Target target) {
		return (target.kind() == Target.Kind.CONNECTION)
				? peerOf(target.name()).map((peer) -> this.parts.node().channels().node(peer.node()))
				: Optional.of(this.parts.node().channels().of(server, target));
	}

	private Optional<Peer> peerOf(String connectionId) {
		int end = connectionId.lastIndexOf('-');
		return (end > 0) ? this.parts.peers().ofNode(connectionId.substring(0, end)) : Optional.empty();
	}

	/**
	 * Sends a message to a connection on another node.
	 * @param server its server
	 * @param id its id
	 * @param bytes what is written to its socket
	 * @return completed when it is queued there
	 */
	public CompletableFuture<Boolean> sendAsync(String server, String id, ByteBuffer bytes) {
		return ask(id, (channel, request) -> this.parts.queue()
			.offer(channel, FrameType.CONNECTION,
					new Message(server, request, new Target(Target.Kind.CONNECTION, id), List.of(), bytes).head(),
					bytes));
	}

	/**
	 * Has another node do something with a connection.
	 * @param server its server
	 * @param id its id
	 * @param type what
	 * @param group the group that it is about; empty for none
	 * @return completed with whether there was anything to do
	 */
	public CompletableFuture<Boolean> order(String server, String id, FrameType type, String group) {
		return ask(id, (channel, request) -> this.parts.queue()
			.offer(channel, type, new Order(server, request, new Target(Target.Kind.CONNECTION, id), group).write()));
	}

	private CompletableFuture<Boolean> ask(String id, Question question) {
		Peer peer = peerOf(id).orElse(null);
		if (peer == null || !this.parts.isConnected()) {
			SocketErrorCode code = isCurrent() ? SocketErrorCode.NOT_CONNECTED : SocketErrorCode.BACKPLANE_DOWN;
			String why = (code == SocketErrorCode.NOT_CONNECTED) ? "There is no connection '" + id + "' on any node"
					: "Connection '" + id + "' may be on another node, and none is heard now";
			return CompletableFuture.failedFuture(new SocketOperationException(code, why));
		}
		CompletableFuture<Boolean> result = RemoteRequests.promise();
		long request = this.parts.requests().begin(peer, id, result);
		if (request != 0 && !question.ask(this.parts.node().channels().node(peer.node()), request)) {
			this.parts.requests()
				.failed(request, RemoteRequests
					.full("Too much waits to be sent to other nodes; see sockets.backplane.outbound.max-pending"));
		}
		return result;
	}

	/**
	 * A group or user has its first member here.
	 * @param server their server
	 * @param kind which of both
	 * @param name its name
	 */
	public void needs(String server, Target.Kind kind, String name) {
		this.parts.subscriptions().add(this.parts.node().channels().bucket(server, kind, name));
	}

	/**
	 * A group or user has no member here any more.
	 * @param server their server
	 * @param kind which of both
	 * @param name its name
	 */
	public void needsNoMore(String server, Target.Kind kind, String name) {
		this.parts.subscriptions().remove(this.parts.node().channels().bucket(server, kind, name));
	}

	/**
	 * Returns when messages of other nodes to a group or user are heard.
	 * @param server the server
	 * @param kind which of both
	 * @param name its name
	 * @return completed then, or exceptionally with code {@code BACKPLANE_TIMEOUT} when
	 * that takes longer than requests may; {@code null} when it has no members here
	 */
	public @Nullable CompletableFuture<Void> whenHeard(String server, Target.Kind kind, String name) {
		return this.parts.subscriptions().whenHeard(this.parts.node().channels().bucket(server, kind, name));
	}

	/**
	 * Returns the nodes of a server, this one first.
	 * @param server the server
	 */
	public List<NodeInfo> nodes(LocalServer server) {
		List<NodeInfo> nodes = new ArrayList<>();
		nodes.add(this.parts.node().info(server.connections()));
		this.parts.peers()
			.all()
			.stream()
			.filter((peer) -> peer.has(server.name()))
			.forEach((peer) -> nodes.add(ThisNode.info(peer, peer.heartbeat(), server.name())));
		return nodes;
	}

	/** A connection is there. */
	public void opened(String server, ConnectionInfo connection) {
		this.parts.own().opened(server, connection);
	}

	/** A connection has gone. */
	public void closed(String server, String id) {
		this.parts.own().closed(server, id);
	}

	/** A connection is another user's. */
	public void identified(String server, String id, @Nullable String user) {
		this.parts.own().identified(server, id, user);
	}

	/** A connection has joined a group, and is in some now. */
	public void joined(String server, String id, String group, Set<String> groups) {
		this.parts.own().joined(server, id, group, groups);
	}

	/** A connection has left a group, and is in some now. */
	public void left(String server, String id, String group, Set<String> groups) {
		this.parts.own().left(server, id, group, groups);
	}

	private interface Question {

		boolean ask(String channel, long request);

	}

}
