package dev.sockets.runtime.backplane;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.NodeLeftReason;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.backplane.frame.Changes;
import dev.sockets.runtime.backplane.frame.Frame;
import dev.sockets.runtime.backplane.frame.Heartbeat;
import dev.sockets.runtime.backplane.frame.SequenceWindow;
import dev.sockets.runtime.backplane.frame.Snapshot;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.NodeInfo;

/**
 * The other nodes and their connections. Open to all threads; servers are called with its
 * monitor held, and told what to tell without it by {@link #tell}.
 */
final class Peers {

	private static final SafeLog logger = SafeLog.of(Backplane.class);

	/** A late frame comes within that. */
	private static final long MISSED_NANOS = 1_000_000_000;

	private final Map<Long, Peer> peers = new ConcurrentHashMap<>();

	private final Map<String, LocalServer> servers = new ConcurrentHashMap<>();

	private final Map<String, RemoteConnections> connections = new ConcurrentHashMap<>();

	private final DepartedPeers departed = new DepartedPeers();

	private final ThisNode node;

	private final BackplaneCounters counters;

	private @Nullable Peer unreached;

	Peers(ThisNode node, BackplaneCounters counters) {
		this.node = node;
		this.counters = counters;
	}

	Collection<Peer> all() {
		return this.peers.values();
	}

	@Nullable Peer find(long incarnation) {
		return this.peers.get(incarnation);
	}

	Optional<Peer> ofNode(String node) {
		return this.peers.values().stream().filter((peer) -> peer.node().equals(node)).findFirst();
	}

	Collection<LocalServer> servers() {
		return this.servers.values();
	}

	/**
	 * A server runs here: what others have told of theirs of that name is asked again.
	 */
	synchronized RemoteConnections add(LocalServer server) {
		RemoteConnections remote = new RemoteConnections(server);
		this.servers.put(server.name(), server);
		this.connections.put(server.name(), remote);
		withServer(server).forEach((peer) -> {
			peer.unknown();
			joined(server, peer);
		});
		return remote;
	}

	synchronized void remove(LocalServer server) {
		this.servers.remove(server.name(), server);
		RemoteConnections remote = this.connections.remove(server.name());
		if (remote != null) {
			withServer(server).forEach((peer) -> {
				List<ConnectionInfo> known = remote.of(peer.node());
				remote.replace(peer.node(), List.of());
				left(server, peer, peer.heartbeat(), NodeLeftReason.STOPPED, known);
			});
			remote.clear();
		}
	}

	private List<Peer> withServer(LocalServer server) {
		return this.peers.values().stream().filter((peer) -> peer.has(server.name())).toList();
	}

	private static void joined(LocalServer server, Peer peer) {
		NodeInfo info = ThisNode.info(peer, peer.heartbeat(), server.name());
		Heartbeat.Server there = peer.server(server.name());
		boolean sameFormat = there != null && there.format() == server.format();
		if (!sameFormat) {
			logger.warn("Node '" + peer.node() + "' has another framing or codec for '" + server.name()
					+ "', so messages do not go from one to the other");
		}
		server.nodes().joined(info, sameFormat);
	}

	private static void left(LocalServer server, Peer peer, Heartbeat said, NodeLeftReason reason,
			List<ConnectionInfo> connections) {
		server.nodes().left(ThisNode.info(peer, said, server.name()), reason, connections);
	}

	/**
	 * A node has said that it is there.
	 * @return {@code false} when that was heard before
	 */
	synchronized boolean heard(Frame frame, Heartbeat heartbeat, String channel, long tick, long now) {
		Peer known = this.peers.get(frame.incarnation());
		Peer peer = (known != null) ? known : new Peer(frame.incarnation(), heartbeat,
				this.departed.find(frame.incarnation()), new Reach(this.node.silentTicks()), now);
		if (!arrived(peer, channel, frame.sequence())) {
			return false;
		}
		if (known == null) {
			this.departed.remove(frame.incarnation());
			this.peers.put(frame.incarnation(), peer);
			logger.info("Node '" + peer.node() + "' is there");
			compareGroupChannels(heartbeat);
		}
		if (frame.sequence() > peer.heard().sequence()) {
			Heartbeat before = peer.heartbeat();
			peer.heard(heartbeat, frame.sequence(), tick, now);
			if (peer.reach().isLost(heartbeat.hasHeard(this.node.incarnation()), tick)) {
				this.unreached = peer;
			}
			this.servers.values().forEach((server) -> compare(server, peer, (known != null) ? before : null));
		}
		return true;
	}

	/** Returns whether a node that has gone said this before. */
	synchronized boolean isOfThePast(Frame frame, String channel) {
		return this.departed.isRepeated(frame.incarnation(), channel, frame.sequence());
	}

	/**
	 * Returns a node that is heard, and for long has not heard this one, which is about
	 * to connect anew then.
	 * @param tick when
	 * @return one of them, and none before all have had more time; {@code null} when
	 * there is none
	 */
	synchronized @Nullable Peer takeUnreached(long tick) {
		Peer taken = this.unreached;
		this.unreached = null;
		if (taken != null) {
			this.peers.values().forEach((peer) -> peer.reach().connectsAnew(tick));
		}
		return taken;
	}

	private void compareGroupChannels(Heartbeat heartbeat) {
		if (heartbeat.groupChannels() != this.node.groupChannels()) {
			logger.warn("Node '" + heartbeat.node() + "' has " + heartbeat.groupChannels()
					+ " group-channels and node '" + this.node.id() + "' has " + this.node.groupChannels()
					+ ", so messages to groups and users do not go from one to the other: "
					+ "sockets.backplane.group-channels must be the same on all nodes");
		}
	}

	/** Servers start and stop while their nodes go on. */
	private void compare(LocalServer server, Peer peer, @Nullable Heartbeat before) {
		boolean had = before != null && before.server(server.name()) != null;
		if (!had && peer.has(server.name())) {
			joined(server, peer);
		}
		else if (had && before != null && !peer.has(server.name())) {
			RemoteConnections remote = this.connections.get(server.name());
			left(server, peer, before, NodeLeftReason.STOPPED, (remote != null) ? remote.of(peer.node()) : List.of());
		}
	}

	/**
	 * A frame of a node has come.
	 * @return {@code false} when it came before
	 */
	synchronized boolean arrived(Peer peer, String channel, long sequence) {
		SequenceWindow window = peer.window(channel);
		switch (window.arrived(sequence)) {
			case REPEATED -> {
				return false;
			}
			case LATE -> {
				this.counters.late();
				peer.missed(channel, -1);
			}
			case NEXT -> {
				this.counters.miss(window.missing());
				peer.missed(channel, window.missing());
			}
		}
		return true;
	}

	/** A frame of a node has come, and there was no room for it. */
	synchronized void refused(Peer peer, String channel) {
		peer.refused(channel);
	}

	synchronized boolean hasMissed() {
		return this.peers.values().stream().anyMatch((peer) -> peer.missedSince() != 0);
	}

	/**
	 * Notes for servers what has been missing for a moment, as it may only be late.
	 * @return whether there was any
	 */
	synchronized boolean noteMissed(long now) {
		boolean any = false;
		for (Peer peer : this.peers.values()) {
			if (peer.missedSince() != 0 && now - peer.missedSince() >= MISSED_NANOS) {
				noteMissed(peer);
				any = true;
			}
		}
		return any;
	}

	private void noteMissed(Peer peer) {
		Map<String, Long> missed = peer.takeMissed();
		long all = missed.values().stream().mapToLong(Long::longValue).sum();
		this.counters.missForGood(Math.max(0, all - peer.takeRefused()));
		this.servers.values()
			.stream()
			.filter((server) -> peer.has(server.name()))
			.forEach((server) -> noteMissed(server, peer, missed));
	}

	/** Whose those to this node alone were cannot be told. */
	private void noteMissed(LocalServer server, Peer peer, Map<String, Long> missed) {
		long count = 0;
		for (Map.Entry<String, Long> entry : missed.entrySet()) {
			String channel = entry.getKey();
			boolean concerns = channel.equals(this.node.channel()) || this.node.channels().isOf(server.name(), channel);
			count += concerns ? entry.getValue() : 0;
		}
		if (count > 0) {
			server.nodes().missed(peer.node(), count);
		}
	}

	/** A channel is listened to from now on, which it was not for a while. */
	synchronized void resume(String channel) {
		this.peers.values().forEach((peer) -> peer.resume(channel));
		this.departed.resume(channel);
	}

	synchronized void apply(Peer peer, Changes changes) {
		if (!this.node.hasPresence()) {
			return;
		}
		peer.next(changes).changes().forEach((change) -> {
			RemoteConnections remote = this.connections.get(change.server());
			if (remote != null && this.peers.containsKey(peer.incarnation())) {
				remote.apply(change);
			}
		});
	}

	/**
	 * A part of a snapshot has come.
	 * @return whether it was the last one
	 */
	synchronized boolean apply(Peer peer, Snapshot part) {
		if (!this.node.hasPresence()) {
			return false;
		}
		List<Snapshot> all = peer.add(part);
		if (all.isEmpty() || !this.peers.containsKey(peer.incarnation())) {
			return false;
		}
		Map<String, List<ConnectionInfo>> connections = new HashMap<>();
		this.connections.keySet().forEach((server) -> connections.put(server, new ArrayList<>()));
		all.forEach((snapshot) -> snapshot.servers()
			.forEach((server) -> connections.getOrDefault(server.server(), new ArrayList<>())
				.addAll(server.connections())));
		connections.forEach((server, told) -> replace(server, peer.node(), told));
		peer.takeBuffered().forEach((changes) -> apply(peer, changes));
		return true;
	}

	private void replace(String server, String node, List<ConnectionInfo> connections) {
		RemoteConnections remote = this.connections.get(server);
		if (remote != null) {
			remote.replace(node, connections);
		}
	}

	/**
	 * A node has gone.
	 * @return whether it was there
	 */
	synchronized boolean remove(Peer peer, NodeLeftReason reason) {
		if (!this.peers.remove(peer.incarnation(), peer)) {
			return false;
		}
		logger.info("Node '" + peer.node() + "' " + text(reason));
		this.departed.add(peer, reason != NodeLeftReason.SILENT);
		forget(peer, reason);
		return true;
	}

	private void forget(Peer peer, NodeLeftReason reason) {
		noteMissed(peer);
		this.servers.values().forEach((server) -> {
			RemoteConnections remote = this.connections.get(server.name());
			List<ConnectionInfo> known = (remote != null) ? remote.of(peer.node()) : List.of();
			replace(server.name(), peer.node(), List.of());
			if (peer.has(server.name())) {
				left(server, peer, peer.heartbeat(), reason, known);
			}
		});
	}

	synchronized List<Heartbeat.Heard> heard() {
		return this.peers.values().stream().map(Peer::heard).toList();
	}

	/**
	 * Returns the nodes that are not heard any more.
	 * @param tick the present one
	 * @param now the time, as {@code System.nanoTime()}
	 */
	synchronized List<Peer> silent(long tick, long now) {
		return this.peers.values()
			.stream()
			.filter((peer) -> this.node.isSilence(tick - peer.heardTick(), now - peer.heardAt()))
			.toList();
	}

	/**
	 * Returns a node whose connections are not known, and that can be asked for them: who
	 * has not heard this one does not answer it.
	 */
	synchronized @Nullable Peer firstUnknown() {
		return !this.node.hasPresence() ? null
				: this.peers.values()
					.stream()
					.filter((peer) -> peer.needsSnapshot() && peer.heartbeat().hasHeard(this.node.incarnation()))
					.findFirst()
					.orElse(null);
	}

	private static String text(NodeLeftReason reason) {
		return switch (reason) {
			case STOPPED -> "has stopped";
			case SILENT -> "is not heard any more";
			case REPLACED -> "was replaced by another one of that id";
		};
	}

	/** This node leaves the others, which is not for each of them to be said. */
	synchronized void clear(NodeLeftReason reason) {
		List<Peer> left = List.copyOf(this.peers.values());
		this.peers.clear();
		left.forEach((peer) -> {
			this.departed.add(peer, true);
			forget(peer, reason);
		});
	}

	/** Tells what servers have noted; no lock may be held. */
	void tell() {
		this.servers.values().forEach(LocalServer::tell);
	}

}
