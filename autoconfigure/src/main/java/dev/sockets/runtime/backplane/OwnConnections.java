package dev.sockets.runtime.backplane;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.backplane.frame.Change;
import dev.sockets.runtime.backplane.frame.Changes;
import dev.sockets.runtime.backplane.frame.Snapshot;
import dev.sockets.tcp.ConnectionInfo;

/**
 * What others are told of the connections here: all of them as they are, and what has
 * changed since others were told last. Open to all threads; calls nobody.
 */
final class OwnConnections {

	/** Connections that go in one part of a snapshot. */
	static final int PART = 500;

	/** Changes that wait while nobody can be told. */
	static final int MOST_UNTOLD = 10_000;

	private final Map<String, Map<String, ConnectionInfo>> servers = new HashMap<>();

	private List<Change> untold = new ArrayList<>();

	private long told;

	private final SnapshotQueue asked = new SnapshotQueue();

	private final boolean enabled;

	private final Runnable wake;

	/**
	 * Creates an instance without connections.
	 * @param enabled whether others are told at all
	 * @param wake called for the first of several changes; takes no locks but its own
	 */
	OwnConnections(boolean enabled, Runnable wake) {
		this.enabled = enabled;
		this.wake = wake;
	}

	/** A connection is there; those who know it already are not told again. */
	synchronized void opened(String server, ConnectionInfo connection) {
		if (this.enabled && connections(server).putIfAbsent(connection.id(), connection) == null) {
			note(new Change.Opened(server, connection));
		}
	}

	synchronized void closed(String server, String id) {
		if (connections(server).remove(id) != null) {
			note(new Change.Closed(server, id));
		}
	}

	synchronized void identified(String server, String id, @Nullable String user) {
		ConnectionInfo before = connections(server).get(id);
		if (before != null && !before.user().equals(Optional.ofNullable(user))) {
			connections(server).put(id, withUser(before, user));
			note(new Change.Identified(server, id, user));
		}
	}

	synchronized void joined(String server, String id, String group, Set<String> groups) {
		if (regroup(server, id, groups)) {
			note(new Change.Joined(server, id, group));
		}
	}

	synchronized void left(String server, String id, String group, Set<String> groups) {
		if (regroup(server, id, groups)) {
			note(new Change.Left(server, id, group));
		}
	}

	/** Of so many others are not told one by one: they find a gap, and ask for all. */
	private void note(Change change) {
		if (this.untold.size() >= MOST_UNTOLD) {
			this.told += this.untold.size();
			this.untold = new ArrayList<>();
		}
		this.untold.add(change);
		if (this.untold.size() == 1) {
			this.wake.run();
		}
	}

	private boolean regroup(String server, String id, Set<String> groups) {
		return connections(server).computeIfPresent(id, (key, before) -> withGroups(before, groups)) != null;
	}

	private Map<String, ConnectionInfo> connections(String server) {
		return this.servers.computeIfAbsent(server, (name) -> new HashMap<>());
	}

	static ConnectionInfo withUser(ConnectionInfo before, @Nullable String user) {
		return new ConnectionInfo(before.id(), before.node(), Optional.ofNullable(user), before.groups(),
				before.remote(), before.openedAt());
	}

	static ConnectionInfo withGroups(ConnectionInfo before, Set<String> groups) {
		return new ConnectionInfo(before.id(), before.node(), before.user(), groups, before.remote(),
				before.openedAt());
	}

	/** Returns how many changes others are not told of. */
	synchronized int untold() {
		return this.untold.size();
	}

	/**
	 * Takes the changes that others are told of now.
	 * @param most how many
	 * @return {@code null} when there are none
	 */
	synchronized @Nullable Changes take(int most) {
		if (this.untold.isEmpty()) {
			return null;
		}
		List<Change> taken = this.untold;
		if (taken.size() <= most) {
			this.untold = new ArrayList<>();
		}
		else {
			this.untold = new ArrayList<>(taken.subList(most, taken.size()));
			taken = List.copyOf(taken.subList(0, most));
		}
		Changes changes = new Changes(this.told, taken);
		this.told = changes.to();
		return changes;
	}

	/** Returns how many changes others were told of. */
	synchronized long told() {
		return this.told;
	}

	/**
	 * A node asks for all as it is now.
	 * @param asker its incarnation
	 */
	synchronized void ask(long asker) {
		if (!this.asked.isTelling(asker)) {
			this.asked.add(asker, snapshot());
			this.wake.run();
		}
	}

	/** Takes the next part that somebody has asked for; {@code null} for none. */
	synchronized SnapshotQueue.@Nullable Part takePart() {
		return this.asked.take();
	}

	/** Returns all as it is now, in parts. */
	synchronized List<Snapshot> snapshot() {
		List<Snapshot.Connections> blocks = new ArrayList<>();
		this.servers.forEach((server, connections) -> {
			List<ConnectionInfo> all = List.copyOf(connections.values());
			for (int from = 0; from < all.size(); from += PART) {
				blocks.add(new Snapshot.Connections(server, all.subList(from, Math.min(from + PART, all.size()))));
			}
		});
		long version = this.told + this.untold.size();
		int parts = Math.max(1, blocks.size());
		List<Snapshot> snapshot = new ArrayList<>();
		for (int part = 0; part < parts; part++) {
			snapshot.add(new Snapshot(part, parts, version, blocks.isEmpty() ? List.of() : List.of(blocks.get(part))));
		}
		return snapshot;
	}

}
