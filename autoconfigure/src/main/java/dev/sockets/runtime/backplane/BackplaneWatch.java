package dev.sockets.runtime.backplane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.runtime.backplane.frame.Heartbeat;
import dev.sockets.tcp.NodeInfo;

/**
 * What is seen of a backplane by those who only watch it. Open to all threads.
 */
public final class BackplaneWatch {

	private final BackplaneParts parts;

	private final PeerFrames frames;

	BackplaneWatch(BackplaneParts parts, PeerFrames frames) {
		this.parts = parts;
		this.frames = frames;
	}

	/**
	 * Returns what was counted.
	 * @return a snapshot
	 */
	public BackplaneStatistics statistics() {
		BackplaneCounters counters = this.parts.counters();
		Map<String, Long> dropped = new LinkedHashMap<>();
		for (DropReason reason : DropReason.values()) {
			dropped.put(reason.name(), counters.dropped(reason));
		}
		return new BackplaneStatistics(this.parts.peers().all().size() + 1, counters.published(), counters.received(),
				dropped, counters.missedForGood(), counters.lateFrames(), this.parts.queue().pending(),
				this.frames.pending(), this.parts.times().roundTrips(), lag(), this.parts.outage().count(),
				this.parts.requests().times().timings());
	}

	/**
	 * Returns how it is.
	 * @return a snapshot
	 */
	public BackplaneStatus status() {
		HeartbeatTimes times = this.parts.times();
		boolean heard = times.lastRoundTrip() >= 0;
		boolean current = this.parts.isCurrent();
		Map<String, String> differing = this.parts.differing().all(System.nanoTime());
		return new BackplaneStatus(this.parts.node().id(), this.parts.engine().name(), current,
				this.parts.outage().cause(),
				heard ? Duration.ofNanos(Math.max(0, System.nanoTime() - times.echoedAt())) : null,
				heard ? Duration.ofNanos(times.lastRoundTrip()) : null, this.parts.queue().pending(),
				this.frames.pending(), nodes(), differing, isApart(differing.keySet()));
	}

	/** Of a node that signs, whose frames are taken, the id is right. */
	private boolean isApart(Set<String> differing) {
		Collection<Peer> peers = this.parts.peers().all();
		boolean any = !differing.isEmpty() || !peers.isEmpty();
		return any && peers.stream()
			.allMatch((peer) -> !isReached(peer)
					|| (this.parts.settings().secret() == null && differing.contains(peer.node())));
	}

	private boolean isReached(Peer peer) {
		return peer.lag() < this.parts.settings().heartbeatTimeout().toNanos();
	}

	private List<BackplaneStatus.Node> nodes() {
		List<BackplaneStatus.Node> nodes = new ArrayList<>();
		NodeInfo here = this.parts.node().info(0);
		Map<String, Integer> connections = new LinkedHashMap<>();
		this.parts.peers().servers().forEach((server) -> connections.put(server.name(), server.connections()));
		nodes.add(new BackplaneStatus.Node(here.id(), true, here.since(), Duration.ZERO, Duration.ZERO, true,
				connections, List.of()));
		this.parts.peers().all().forEach((peer) -> nodes.add(node(peer)));
		return nodes;
	}

	private BackplaneStatus.Node node(Peer peer) {
		NodeInfo there = ThisNode.info(peer, peer.heartbeat(), "");
		Map<String, Integer> connections = new LinkedHashMap<>();
		peer.heartbeat().servers().forEach((server) -> connections.put(server.name(), server.connections()));
		return new BackplaneStatus.Node(there.id(), false, there.since(), there.silentFor(),
				Duration.ofNanos(peer.lag()), isReached(peer), connections, differing(peer));
	}

	private List<String> differing(Peer peer) {
		List<String> differing = new ArrayList<>();
		for (LocalServer server : this.parts.peers().servers()) {
			Heartbeat.Server there = peer.server(server.name());
			if (there != null && there.format() != server.format()) {
				differing.add(server.name());
			}
		}
		return differing;
	}

	private Duration lag() {
		return Duration.ofNanos(this.parts.peers().all().stream().mapToLong(Peer::lag).max().orElse(0));
	}

}
