package dev.sockets.runtime.tcp.server;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.runtime.MemberIndex;
import dev.sockets.runtime.tcp.ConnectionRegistry;
import dev.sockets.runtime.tcp.DefaultConnection;

/**
 * Which groups the connections of a server are in, and whose they are. What is said of a
 * connection that the application does not know yet counts from when it does. Open to all
 * threads.
 */
final class Members {

	/** What one connection belongs to; changed under its own monitor only. */
	private static final class Membership {

		private volatile Set<String> groups = Set.of();

		private @Nullable String user;

	}

	private final ConnectionRegistry registry;

	private final int maxGroups;

	private final Map<DefaultConnection, Membership> memberships = new ConcurrentHashMap<>();

	private final MemberIndex<DefaultConnection> groups;

	private final MemberIndex<DefaultConnection> users;

	private final MemberChanges changes;

	/**
	 * Creates an instance that knows of nobody.
	 * @param registry the connections that the application knows
	 * @param maxGroups most groups that one may be in
	 * @param changes told of all that changes
	 */
	Members(ConnectionRegistry registry, int maxGroups, MemberChanges changes) {
		this.registry = registry;
		this.maxGroups = maxGroups;
		this.changes = changes;
		this.groups = new MemberIndex<>(changes::appeared, changes::gone);
		this.users = new MemberIndex<>(changes::online, changes::offline);
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
		boolean joined = join(connection, membership(connection), group);
		this.changes.tell();
		return joined;
	}

	private boolean join(DefaultConnection connection, Membership membership, String group) {
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
				show(connection, group);
			}
			return true;
		}
	}

	private void show(DefaultConnection connection, String group) {
		if (this.groups.add(group, connection)) {
			this.changes.joined(group, connection);
		}
	}

	private void hide(DefaultConnection connection, String group) {
		if (this.groups.remove(group, connection)) {
			this.changes.left(group, connection);
		}
	}

	private Membership membership(DefaultConnection connection) {
		return this.memberships.computeIfAbsent(connection, (key) -> new Membership());
	}

	/**
	 * Makes a connection a member of a group no longer.
	 * @param connection the connection
	 * @param group the group's name
	 * @return whether it was one
	 */
	boolean leave(DefaultConnection connection, String group) {
		Membership membership = this.memberships.get(connection);
		boolean left = membership != null && leave(connection, membership, group);
		this.changes.tell();
		return left;
	}

	private boolean leave(DefaultConnection connection, Membership membership, String group) {
		synchronized (membership) {
			Set<String> left = new HashSet<>(membership.groups);
			if (!left.remove(group)) {
				return false;
			}
			membership.groups = Set.copyOf(left);
			hide(connection, group);
			return true;
		}
	}

	/**
	 * The application knows a connection from now on.
	 * @param connection the connection
	 */
	void opened(DefaultConnection connection) {
		this.changes.opened(connection);
		if (this.memberships.containsKey(connection) || connection.getUser().isPresent()) {
			Membership membership = membership(connection);
			synchronized (membership) {
				membership.groups.forEach((group) -> show(connection, group));
			}
			identified(connection);
		}
	}

	/**
	 * A connection may be another user's from now on; one that closes is nobody's.
	 * @param connection the connection
	 */
	void identified(DefaultConnection connection) {
		Membership membership = membership(connection);
		synchronized (membership) {
			if (connection.isClosing()) {
				user(connection, membership, null);
				forgetUnused(connection, membership);
			}
			else if (isShown(connection)) {
				user(connection, membership, connection.getUser().orElse(null));
			}
		}
		this.changes.tell();
	}

	private void user(DefaultConnection connection, Membership membership, @Nullable String user) {
		String before = membership.user;
		if (Objects.equals(before, user)) {
			return;
		}
		membership.user = user;
		this.changes.identified(connection, user);
		if (user != null) {
			this.users.add(user, connection);
		}
		if (before != null) {
			this.users.remove(before, connection);
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
		this.changes.closed(connection);
		this.changes.tell();
	}

	private void release(DefaultConnection connection, Membership membership) {
		Set<String> left = membership.groups;
		membership.groups = Set.of();
		left.forEach((group) -> hide(connection, group));
		user(connection, membership, null);
	}

	/** Its end may have been before this membership was made. */
	private void forgetUnused(DefaultConnection connection, Membership membership) {
		if (membership.groups.isEmpty() && membership.user == null) {
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

	/**
	 * Returns the connections of a user.
	 * @param user the user's name
	 * @return no copy, see {@link MemberIndex#of}
	 */
	Collection<DefaultConnection> ofUser(String user) {
		return this.users.of(user);
	}

}
