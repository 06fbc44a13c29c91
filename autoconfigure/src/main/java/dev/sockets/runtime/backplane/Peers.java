package dev.sockets.runtime.backplane;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.backplane.frame.Changes;
import dev.sockets.runtime.backplane.frame.Frame;
import dev.sockets.runtime.backplane.frame.Heartbeat;
import dev.sockets.runtime.backplane.frame.SequenceWindow;
import dev.sockets.runtime.backplane.frame.Snapshot;
import dev.sockets.tcp.ConnectionInfo;

/**
 * The other nodes and their connections. Open to all threads; servers are called with its
 * monitor held, and told what to tell without it by {@link #tell}.
 */
final class Peers {

	private final Map<Long, Peer> peers = new ConcurrentHashMap<>();

	private final Map<String, LocalServer> servers = new ConcurrentHashMap<>();

	private final Map<String, RemoteConnections> connections = new ConcurrentHashMap<>();

	private final BackplaneCounters counters;

	Peers(BackplaneCounters counters) {
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
		this.peers.values().stream().filter((peer) -> peer.has(server.name())).forEach(Peer::unknown);
		return remote;
	}

	synchronized void remove(LocalServer server) {
		this.servers.remove(server.name(), server);
		RemoteConnections remote = this.connections.remove(server.name());
		if (remote != null) {
			remote.clear();
		}
	}

	/**
	 * A node has said that it is there.
	 * @return {@code false} when that was heard before
	 */
	synchronized boolean heard(Frame frame, Heartbeat heartbeat, String channel, long tick, long now) {
		Peer peer = this.peers.computeIfAbsent(frame.incarnation(), (key) -> new Peer(key, heartbeat));
		boolean isNew = arrived(peer, channel, frame.sequence());
		if (isNew && (frame.sequence() > peer.heard().sequence())) {
			peer.heard(heartbeat, frame.sequence(), tick, now);
		}
		return isNew;
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
			case LATE -> this.counters.late();
			case NEXT -> this.counters.miss(window.missing());
		}
		return true;
	}

	/** A channel is listened to from now on, which it was not for a while. */
	synchronized void resume(String channel) {
		this.peers.values().forEach((peer) -> peer.resume(channel));
	}

	synchronized void apply(Peer peer, Changes changes) {
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
	synchronized boolean remove(Peer peer) {
		if (!this.peers.remove(peer.incarnation(), peer)) {
			return false;
		}
		this.connections.keySet().forEach((server) -> replace(server, peer.node(), List.of()));
		return true;
	}

	synchronized List<Heartbeat.Heard> heard() {
		return this.peers.values().stream().map(Peer::heard).toList();
	}

	synchronized List<Peer> silentFor(long ticks, long now) {
		return this.peers.values().stream().filter((peer) -> now - peer.heardTick() >= ticks).toList();
	}

	synchronized @Nullable Peer firstUnknown() {
		return this.peers.values().stream().filter(Peer::needsSnapshot).findFirst().orElse(null);
	}

	synchronized void clear() {
		List.copyOf(this.peers.values()).forEach(this::remove);
	}

	/** Tells what servers have noted; no lock may be held. */
	void tell() {
		this.servers.values().forEach(LocalServer::tell);
	}

}
