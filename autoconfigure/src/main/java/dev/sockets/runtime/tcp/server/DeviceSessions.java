package dev.sockets.runtime.tcp.server;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.util.Assert;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.runtime.tcp.ConnectionNames;
import dev.sockets.runtime.tcp.ConnectionRegistry;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.Drain;
import dev.sockets.runtime.tcp.MemberName;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.DuplicateSession;

/**
 * The names that a server's connections are bound to. Open to all threads: of several
 * that bind the same name at a time one comes after the other.
 */
final class DeviceSessions {

	private final DuplicateSession duplicate;

	private final ConnectionRegistry registry;

	private final ConnectionNames names = new ConnectionNames();

	private final ReentrantLock lock = new ReentrantLock();

	DeviceSessions(DuplicateSession duplicate, ConnectionRegistry registry) {
		this.duplicate = duplicate;
		this.registry = registry;
	}

	/**
	 * Binds a connection to a name, see {@link Connection#bind}.
	 * @param connection the connection
	 * @param name the name
	 * @return those that it replaces, which end
	 */
	List<DefaultConnection> bind(DefaultConnection connection, String name) {
		Assert.hasText(name, "A connection is bound to a name, not to nothing");
		MemberName.check(name, "A user");
		List<DefaultConnection> replaced = others(connection, name);
		replaced.forEach((other) -> Drain.begin(other, DisconnectReason.REPLACED));
		return replaced;
	}

	/** See {@link Connection#unbind}. */
	void unbind(DefaultConnection connection) {
		this.lock.lock();
		try {
			if (!connection.isClosing()) {
				release(connection);
				connection.identity().boundName(null);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Binds a connection, and returns those that it replaces. */
	private List<DefaultConnection> others(DefaultConnection connection, String name) {
		this.lock.lock();
		try {
			if (connection.isClosing()) {
				throw connection.sendFailure();
			}
			List<DefaultConnection> others = this.names.find(name)
				.stream()
				.filter((other) -> other != connection && !other.isClosing())
				.toList();
			if (this.duplicate == DuplicateSession.REJECT && others.stream().anyMatch(DefaultConnection::isOpen)) {
				throw new SocketOperationException(SocketErrorCode.SESSION_TAKEN,
						"Another connection of '" + connection.getEndpoint() + "' is bound to this name already");
			}
			release(connection);
			connection.identity().boundName(name);
			this.names.add(name, connection);
			return (this.duplicate == DuplicateSession.REPLACE) ? replaced(others) : List.of();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** From here on none of them can be bound again. */
	private static List<DefaultConnection> replaced(List<DefaultConnection> others) {
		others.forEach((other) -> other.closingBecause(DisconnectReason.REPLACED, null));
		return others;
	}

	private void release(DefaultConnection connection) {
		connection.getBoundName().ifPresent((name) -> this.names.remove(name, connection));
	}

	/**
	 * A connection has ended: nobody finds it any more, and it cannot be bound again.
	 * @param connection the connection
	 */
	void end(DefaultConnection connection) {
		this.lock.lock();
		try {
			connection.closingBecause(connection.closing());
			release(connection);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** See {@link dev.sockets.tcp.TcpServer#find}. */
	Optional<Connection> find(String name) {
		return this.names.find(name)
			.stream()
			.filter((connection) -> connection.isOpen() && !connection.isClosing()
					&& this.registry.find(connection.getId()).isPresent())
			.map(Connection.class::cast)
			.findFirst();
	}

}
