package dev.sockets.runtime.tcp.server;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.EventKind;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.RejectionReason;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.tcp.ConnectionHold;
import dev.sockets.runtime.tcp.ConnectionOwner;
import dev.sockets.runtime.tcp.ConnectionRegistry;
import dev.sockets.runtime.tcp.Deadlines;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.HandshakeFailures;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;

/**
 * Told of the life of a server's connections: turns away peers that don't belong here,
 * and gives back the places of those that have gone.
 */
final class ServerConnections implements ConnectionOwner {

	private static final SafeLog logger = SafeLog.of(TcpServer.class);

	private final TcpServer server;

	private final TcpServerSettings settings;

	private final ConnectionRegistry registry;

	private final EndpointEvents events;

	private final BooleanSupplier stopping;

	private final Supplier<ServerAcceptor> acceptor;

	private final DeviceSessions sessions;

	private final @Nullable SharedMembers shared;

	private final Members members;

	/**
	 * Connections whose peers have not shown yet that they belong here, and what holds
	 * them; nothing does while their TLS begins.
	 */
	private final Map<DefaultConnection, Optional<ConnectionHold>> held = new ConcurrentHashMap<>();

	/**
	 * Creates an owner.
	 * @param server the server
	 * @param settings how it behaves
	 * @param node this node
	 * @param registry its open connections
	 * @param events tells its listeners
	 * @param stopping whether it stops, so that nobody is let in any more
	 * @param acceptor lets connections in, and knows what their peers have done
	 */
	ServerConnections(TcpServer server, TcpServerSettings settings, LocalNode node, ConnectionRegistry registry,
			EndpointEvents events, BooleanSupplier stopping, Supplier<ServerAcceptor> acceptor) {
		this.server = server;
		this.settings = settings;
		this.registry = registry;
		this.events = events;
		this.stopping = stopping;
		this.acceptor = acceptor;
		this.sessions = new DeviceSessions(settings.duplicateSession(), registry);
		MemberNews news = new MemberNews(server, events, node);
		this.shared = (node.backplane() != null) ? new SharedMembers(settings.name(), node, node.backplane(), news)
				: null;
		this.members = new Members(registry, settings.members().maxGroups(),
				(this.shared != null) ? this.shared : news);
	}

	private Entrance entrance() {
		return this.acceptor.get().entrance();
	}

	DeviceSessions sessions() {
		return this.sessions;
	}

	Members members() {
		return this.members;
	}

	/** Returns what other nodes are told; {@code null} when there are none. */
	@Nullable SharedMembers shared() {
		return this.shared;
	}

	/** Closes at once those that the application does not know yet. */
	void abortHeld() {
		this.held.keySet().forEach((connection) -> connection.channel().abort());
	}

	@Override
	public boolean watches() {
		return false;
	}

	@Override
	public long handshakeNanos(DefaultConnection connection) {
		return Deadlines.nanos(this.settings.handshakeTimeout());
	}

	@Override
	public SocketErrorCode lateHandshake() {
		return SocketErrorCode.AUTHENTICATION_FAILED;
	}

	@Override
	public void held(DefaultConnection connection) {
		Optional<ConnectionHold> hold = Optional.ofNullable(connection.reader().hold());
		this.held.put(connection, hold);
		if (this.stopping.getAsBoolean()) {
			connection.channel().abort();
		}
		else if (isBanned(connection)) {
			turnOut(connection, hold);
		}
	}

	@Override
	public boolean isBanned(DefaultConnection connection) {
		return entrance().gate().isBanned(connection.getRemoteAddress().getAddress());
	}

	@Override
	public void wrong(DefaultConnection connection) {
		turnOutIf(entrance().wrong(connection));
	}

	private void offended(DefaultConnection connection) {
		turnOutIf(entrance().offended(connection));
	}

	/** Those that were let in before stay. */
	private void turnOutIf(boolean banned) {
		if (banned) {
			this.held.forEach((connection, hold) -> {
				if (isBanned(connection)) {
					turnOut(connection, hold);
				}
			});
		}
	}

	private static void turnOut(DefaultConnection connection, Optional<ConnectionHold> hold) {
		if (hold.isPresent()) {
			hold.get().turnOut();
			return;
		}
		connection.closingBecause(DisconnectReason.KICKED, HandshakeFailures.banned());
		connection.channel().abort();
	}

	@Override
	public void bind(DefaultConnection connection, String name) {
		List<DefaultConnection> replaced = this.sessions.bind(connection, name);
		this.members.identified(connection);
		replaced.forEach(this.members::identified);
	}

	@Override
	public void identified(DefaultConnection connection) {
		this.members.identified(connection);
	}

	@Override
	public void unbind(DefaultConnection connection) {
		this.sessions.unbind(connection);
		this.members.identified(connection);
	}

	@Override
	public Set<String> groups(DefaultConnection connection) {
		return this.members.groups(connection);
	}

	@Override
	public void opened(DefaultConnection connection) {
		this.held.remove(connection);
		this.members.opened(connection);
		if (this.stopping.getAsBoolean()) {
			connection.shutDown();
		}
		entrance().replacements().replace();
	}

	@Override
	public void connectFailed(DefaultConnection connection, IOException cause) {
		Optional<ConnectionHold> hold = this.held.remove(connection);
		end(connection);
		gone(connection);
		RejectionReason reason = HandshakeFailures.isBanned(connection.closing().cause()) ? RejectionReason.BANNED
				: reason(cause);
		if (reason == RejectionReason.AUTHENTICATION) {
			blame(connection, cause.getCause(), hold != null && hold.map(ConnectionHold::isRefused).orElse(false));
		}
		if (reason != null) {
			turnedAway(connection, reason);
		}
		if (reason == RejectionReason.TLS) {
			logTurnedAway(connection, reason, String.valueOf(cause.getMessage()));
		}
		else if (reason == RejectionReason.AUTHENTICATION && !HandshakeFailures.isOurs(cause.getCause())) {
			logTurnedAway(connection, reason, "it has not shown that it belongs here");
		}
		if (logger.isDebugEnabled()) {
			logger.debug(connection + " was closed before it was served" + ((reason != null) ? ": " + reason : ""),
					cause);
		}
	}

	private void logTurnedAway(DefaultConnection connection, RejectionReason reason, String why) {
		this.events.log()
			.fault(logger, reason, () -> this.server + " has turned " + connection.getRemoteAddress() + " away: " + why,
					null);
	}

	private static @Nullable RejectionReason reason(IOException cause) {
		SocketErrorCode code = (cause.getCause() instanceof SocketOperationException known) ? known.getCode() : null;
		if (code == SocketErrorCode.TLS_FAILED) {
			return RejectionReason.TLS;
		}
		return (code == SocketErrorCode.AUTHENTICATION_FAILED || HandshakeFailures.isOurs(cause.getCause()))
				? RejectionReason.AUTHENTICATION : null;
	}

	/** Not the peer for what is no fault of its. */
	private void blame(DefaultConnection connection, @Nullable Throwable cause, boolean blamed) {
		if (!HandshakeFailures.isOurs(cause)) {
			if (!blamed) {
				offended(connection);
			}
			return;
		}
		Throwable failure = (cause != null && cause.getCause() != null) ? cause.getCause() : cause;
		this.events.log()
			.warn(logger, "not authenticated", () -> this.server + " has turned " + connection.getRemoteAddress()
					+ " away without knowing whether it belongs here", failure);
	}

	private void turnedAway(DefaultConnection connection, RejectionReason reason) {
		this.registry.counts().rejected(reason);
		this.events.tell(EventKind.REJECTED, () -> new ConnectionRejectedEvent(this.server,
				connection.getRemoteAddress(), connection.getLocalAddress(), reason));
	}

	@Override
	public void closed(DefaultConnection connection) {
		entrance().latePlaces().leaves(connection);
		end(connection);
		DisconnectReason reason = connection.closing().reason();
		if (connection.reader().frames().areBroken() || reason == DisconnectReason.FRAME_ERROR
				|| reason == DisconnectReason.INBOUND_RATE) {
			offended(connection);
		}
	}

	private void end(DefaultConnection connection) {
		try {
			this.sessions.end(connection);
		}
		finally {
			this.members.end(connection);
		}
	}

	@Override
	public void gone(DefaultConnection connection) {
		this.acceptor.get().leave(connection);
	}

}
