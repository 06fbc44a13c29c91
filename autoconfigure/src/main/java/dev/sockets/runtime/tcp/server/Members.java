package dev.sockets.runtime.tcp.server;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.runtime.tcp.ConnectionRegistry;
import dev.sockets.runtime.tcp.DefaultConnection;

/**
 * Which groups the connections of a server are in. What is said of a connection that the
 * application does not know yet counts from when it does. Open to all threads.
 */
final class Members {

	/** What one connection belongs to; changed under its own monitor only. */
	private static final class Membership {

		private volatile Set<String> groups = Set.of();

	}

	private final ConnectionRegistry registry;

	private final int maxGroups;

	private final Map<DefaultConnection, Membership> memberships = new ConcurrentHashMap<>();

	private final MemberIndex<DefaultConnection> groups = new MemberIndex<>();

	Members(ConnectionRegistry registry, int maxGroups) {
		this.registry = registry;
		this.maxGroups = maxGroups;
	}

	/** The server starts: what is still there has not ended since it was stopped. */
	void begin() {
		List.copyOf(this.memberships.keySet()).forEach(this::end);
	}

	/**
	 * Makes a connection a member of a group.
	 * @param connection the connection
	 * @param group the group's name
	 * @return whether it was none before
	 * @throws SocketOperationException when the connection has ended, or is in too many
	 */
	boolean join(DefaultConnection connection, String group) {
		Membership membership = this.memberships.computeIfAbsent(connection, (key) -> new Membership());
		synchronized (membership) {
			if (connection.isClosing()) {
				forgetUnused(connection, membership);
				throw connection.sendFailure();
			}
			if (membership.groups.contains(group)) {
				return false;
			}
			if (membership.groups.size() >= this.maxGroups) {
				throw new SocketOperationException(SocketErrorCode.TOO_MANY_GROUPS,
						connection + " is in " + this.maxGroups + " groups, which is as many as it may be in");
			}
			Set<String> joined = new HashSet<>(membership.groups);
			joined.add(group);
			membership.groups = Set.copyOf(joined);
			if (isShown(connection)) {
				this.groups.add(group, connection);
			}
			return true;
		}
	}

	/**
	 * Makes a connection a member of a group no longer.
	 * @param connection the connection
	 * @param group the group's name
	 * @return whether it was one
	 */
	boolean leave(DefaultConnection connection, String group) {
		Membership membership = this.memberships.get(connection);
		if (membership == null) {
			return false;
		}
		synchronized (membership) {
			Set<String> left = new HashSet<>(membership.groups);
			if (!left.remove(group)) {
				return false;
			}
			membership.groups = Set.copyOf(left);
			this.groups.remove(group, connection);
			return true;
		}
	}

	/**
	 * The application knows a connection from now on.
	 * @param connection the connection
	 */
	void opened(DefaultConnection connection) {
		Membership membership = this.memberships.get(connection);
		if (membership != null) {
			synchronized (membership) {
				membership.groups.forEach((group) -> this.groups.add(group, connection));
			}
		}
	}

	/**
	 * A connection has ended: it is in no group, and cannot join one any more.
	 * @param connection the connection
	 */
	void end(DefaultConnection connection) {
		connection.closingBecause(connection.closing());
		Membership membership = this.memberships.remove(connection);
		if (membership != null) {
			synchronized (membership) {
				release(connection, membership);
			}
		}
	}

	private void release(DefaultConnection connection, Membership membership) {
		Set<String> left = membership.groups;
		membership.groups = Set.of();
		left.forEach((group) -> this.groups.remove(group, connection));
	}

	/** Its end may have been before this membership was made. */
	private void forgetUnused(DefaultConnection connection, Membership membership) {
		if (membership.groups.isEmpty()) {
			this.memberships.remove(connection, membership);
		}
	}

	private boolean isShown(DefaultConnection connection) {
		return this.registry.find(connection.getId()).isPresent();
	}

	/** See {@link dev.sockets.tcp.Connection#getGroups}. */
	Set<String> groups(DefaultConnection connection) {
		Membership membership = this.memberships.get(connection);
		return (membership != null) ? membership.groups : Set.of();
	}

	/**
	 * Returns the members of a group.
	 * @param group its name
	 * @return no copy, see {@link MemberIndex#of}
	 */
	Collection<DefaultConnection> ofGroup(String group) {
		return this.groups.of(group);
	}

}
