package dev.sockets.runtime.backplane;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.MemberIndex;
import dev.sockets.runtime.backplane.frame.Change;
import dev.sockets.tcp.ConnectionInfo;

/**
 * The connections of one server on other nodes, as those have told. Changed by one thread
 * at a time, asked by all.
 */
public final class RemoteConnections {

	private final LocalServer server;

	private final Map<String, ConnectionInfo> connections = new ConcurrentHashMap<>();

	private final MemberIndex<String> groups = new MemberIndex<>();

	private final MemberIndex<String> users;

	RemoteConnections(LocalServer server) {
		this.server = server;
		this.users = new MemberIndex<>(server::online, server::offline);
	}

	void apply(Change change) {
		if (change instanceof Change.Opened opened) {
			put(opened.connection());
			return;
		}
		ConnectionInfo before = this.connections.get(change.id());
		if (before == null) {
			return;
		}
		if (change instanceof Change.Identified identified) {
			put(OwnConnections.withUser(before, identified.user()));
		}
		else if (change instanceof Change.Joined joined) {
			put(OwnConnections.withGroups(before, with(before.groups(), joined.group(), true)));
		}
		else if (change instanceof Change.Left left) {
			put(OwnConnections.withGroups(before, with(before.groups(), left.group(), false)));
		}
		else {
			remove(before);
		}
	}

	private static Set<String> with(Set<String> groups, String group, boolean in) {
		Set<String> changed = new HashSet<>(groups);
		if (in) {
			changed.add(group);
		}
		else {
			changed.remove(group);
		}
		return changed;
	}

	/** Makes a connection be what it is, and tells what is new about it. */
	private void put(ConnectionInfo now) {
		ConnectionInfo before = this.connections.put(now.id(), now);
		user(now.id(), (before != null) ? before.user().orElse(null) : null, now.user().orElse(null));
		Set<String> groupsBefore = (before != null) ? before.groups() : Set.of();
		groupsBefore.stream().filter((group) -> !now.groups().contains(group)).forEach((group) -> left(group, now));
		now.groups().stream().filter((group) -> !groupsBefore.contains(group)).forEach((group) -> joined(group, now));
	}

	private void joined(String group, ConnectionInfo member) {
		if (this.groups.add(group, member.id())) {
			this.server.joined(group, member);
		}
	}

	private void left(String group, ConnectionInfo member) {
		if (this.groups.remove(group, member.id())) {
			this.server.left(group, member);
		}
	}

	private void user(String id, @Nullable String before, @Nullable String now) {
		if (!Objects.equals(before, now)) {
			if (now != null) {
				this.users.add(now, id);
			}
			if (before != null) {
				this.users.remove(before, id);
			}
		}
	}

	private void remove(ConnectionInfo connection) {
		ConnectionInfo gone = OwnConnections.withGroups(connection, Set.of());
		connection.groups().forEach((group) -> left(group, gone));
		user(connection.id(), connection.user().orElse(null), null);
		this.connections.remove(connection.id());
	}

	/** Nothing is known of them any more. */
	void clear() {
		all().toList().forEach(this::remove);
	}

	/** A node has told all that it has. */
	void replace(String node, Collection<ConnectionInfo> all) {
		Set<String> ids = new HashSet<>();
		all.forEach((connection) -> ids.add(connection.id()));
		of(node).stream().filter((connection) -> !ids.contains(connection.id())).forEach(this::remove);
		all.forEach(this::put);
	}

	/** Returns those of a node. */
	List<ConnectionInfo> of(String node) {
		return all().filter((connection) -> connection.node().equals(node)).toList();
	}

	/**
	 * Returns how many there are.
	 * @return the number
	 */
	public int size() {
		return this.connections.size();
	}

	/**
	 * Returns all of them.
	 * @return looked at while the stream is consumed
	 */
	public Stream<ConnectionInfo> all() {
		return this.connections.values().stream();
	}

	/**
	 * Finds one.
	 * @param id its id
	 */
	public Optional<ConnectionInfo> find(String id) {
		return Optional.ofNullable(this.connections.get(id));
	}

	/**
	 * Returns those of a user.
	 * @param user its name
	 */
	public List<ConnectionInfo> ofUser(String user) {
		return find(this.users.of(user));
	}

	/**
	 * Returns those in a group.
	 * @param group its name
	 */
	public List<ConnectionInfo> ofGroup(String group) {
		return find(this.groups.of(group));
	}

	private List<ConnectionInfo> find(Collection<String> ids) {
		return ids.stream().map(this::find).flatMap(Optional::stream).toList();
	}

}
