package dev.sockets.runtime.tcp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.EventKind;
import dev.sockets.UnixSocketAddress;
import dev.sockets.event.AddressBannedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.loop.EventLoop;
import dev.sockets.loop.stream.Transport;
import dev.sockets.runtime.Outages;
import dev.sockets.runtime.PeerLog;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.tcp.ConnectionContext;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.EndpointRun;
import dev.sockets.runtime.tcp.EndpointRuntime;
import dev.sockets.runtime.tcp.SocketAddresses;
import dev.sockets.runtime.tcp.SocketConfigurer;
import dev.sockets.tcp.Ban;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.tcp.WhenFull;

/**
 * Lets accepted connections into a server, or turns them away: those whose address may
 * not come without a word, before anything is made of them. Open to all event loops.
 */
final class Entrance {

	private static final SafeLog logger = SafeLog.of(TcpServer.class);

	private final TcpServer server;

	private final TcpServerSettings settings;

	private final EndpointRuntime runtime;

	private final ConnectionContext context;

	private final ConnectionLimits limits;

	private final AddressGate gate;

	private final Rejector rejector;

	private final LatePlaces latePlaces;

	private final Replacements replacements;

	Entrance(TcpServer server, TcpServerSettings settings, EndpointRuntime runtime, ConnectionContext context,
			Rejector rejector, Outages outages) {
		this.server = server;
		this.settings = settings;
		this.runtime = runtime;
		this.context = context;
		this.limits = new ConnectionLimits(settings.maxConnections(), settings.maxConnectionsPerAddress());
		this.gate = new AddressGate(settings.access(), UnixSocketAddress.isUnix(settings.host()),
				runtime.loops().clock(), runtime.loops()::credit);
		this.rejector = rejector;
		this.latePlaces = new LatePlaces(this.limits, outages, runtime.loops()::peerNanos);
		this.replacements = new Replacements(this.limits, context.registry(), this.latePlaces::leaves,
				runtime.loops()::peerNanos);
	}

	LatePlaces latePlaces() {
		return this.latePlaces;
	}

	Replacements replacements() {
		return this.replacements;
	}

	ConnectionLimits limits() {
		return this.limits;
	}

	AddressGate gate() {
		return this.gate;
	}

	/**
	 * Serves a connection, or turns it away.
	 * @param socket its socket
	 * @param transport carries its bytes
	 * @param remote its peer
	 * @param loop the loop that is to serve it
	 * @throws IOException when it was closed before
	 */
	void enter(SocketChannel socket, Transport transport, InetSocketAddress remote, EventLoop loop) throws IOException {
		RejectionReason rejected = this.gate.admit(remote.getAddress());
		if (rejected != null) {
			refuse(socket, remote, rejected, null);
			return;
		}
		SocketConfigurer.configure(socket, this.settings.connection().socketOptions());
		Newcomer newcomer = new Newcomer(socket, transport, remote, loop);
		boolean others = this.replacements.areAwaited();
		rejected = others ? RejectionReason.FULL : this.limits.admit(remote.getAddress());
		if (rejected == RejectionReason.FULL && this.settings.whenFull() == WhenFull.REPLACE_OLDEST) {
			rejected = this.limits.count(remote.getAddress());
			if (rejected == null) {
				awaitPlace(newcomer);
				return;
			}
		}
		if (rejected == null) {
			serve(newcomer);
			return;
		}
		InetSocketAddress local = local(socket);
		this.rejector.turnAway(socket, transport, remote);
		tellTurnedAway(remote, local, rejected);
		if (logger.isDebugEnabled()) {
			logger.debug(turnedAway(remote, rejected), null);
		}
	}

	private void awaitPlace(Newcomer newcomer) throws IOException {
		if (this.replacements.await(newcomer)) {
			serveWaiting();
		}
		else {
			giveUp(newcomer);
		}
	}

	/** Lets in who waits for a place, as far as there are some. */
	void serveWaiting() {
		Newcomer newcomer;
		while ((newcomer = this.replacements.next()) != null) {
			serveInTurn(newcomer);
		}
		this.replacements.replace();
	}

	private void serveInTurn(Newcomer newcomer) {
		try {
			serve(newcomer);
		}
		catch (Throwable ex) {
			failed(newcomer.socket(), ex);
		}
	}

	/**
	 * A newcomer waits no longer for a place.
	 * @param newcomer the newcomer, which is turned away
	 */
	void giveUp(Newcomer newcomer) {
		this.limits.forget(newcomer.remote().getAddress());
		try {
			newcomer.socket().close();
		}
		catch (IOException ex) {
			logger.debug("A socket could not be closed", ex);
		}
	}

	/**
	 * Turns a connection away without a word.
	 * @param socket its socket
	 * @param remote its peer
	 * @param reason why
	 * @param failure what is wrong with it, if anything is
	 * @throws IOException when the socket cannot be closed
	 */
	void refuse(SocketChannel socket, InetSocketAddress remote, RejectionReason reason, @Nullable Throwable failure)
			throws IOException {
		try {
			tellTurnedAway(remote, local(socket), reason);
			log(reason, () -> turnedAway(remote, reason), failure);
		}
		finally {
			socket.close();
		}
	}

	/**
	 * A connection could not be served.
	 * @param socket its socket, which is closed
	 * @param failure why; that it was closed before is nothing of interest
	 */
	void failed(SocketChannel socket, Throwable failure) {
		if (failure instanceof IOException) {
			logger.debug("A connection to '" + this.settings.name() + "' was closed before it was accepted", failure);
		}
		else {
			this.context.events()
				.log()
				.warn(logger, "not served",
						() -> "A connection to '" + this.settings.name() + "' could not be served, so it was closed",
						failure);
		}
		try {
			socket.close();
		}
		catch (IOException ex) {
			logger.debug("A socket could not be closed", ex);
		}
	}

	private String turnedAway(InetSocketAddress remote, RejectionReason reason) {
		return this.server + " has turned a connection from " + remote + " away: " + reason;
	}

	private void log(RejectionReason reason, Supplier<String> line, @Nullable Throwable failure) {
		PeerLog log = this.context.events().log();
		if (reason == RejectionReason.PROXY_HEADER) {
			log.fault(logger, reason, line, failure);
		}
		else if (logger.isDebugEnabled()) {
			logger.debug(line.get(), null);
		}
		else {
			log.info(logger, reason, line);
		}
	}

	private void serve(Newcomer newcomer) throws IOException {
		EndpointRun run = this.context.registry().expect();
		try {
			DefaultConnection connection = new DefaultConnection(this.runtime.nextId(), this.context, newcomer.loop(),
					newcomer.transport(), newcomer.remote(), run);
			connection.localAddress(SocketAddresses.local(newcomer.socket()));
			if (connection.isPrepared()) {
				this.context.owner().held(connection);
			}
			connection.channel().open();
		}
		catch (Throwable ex) {
			this.limits.leave(newcomer.remote().getAddress(), run);
			this.context.registry().forget(run);
			throw ex;
		}
	}

	private static @Nullable InetSocketAddress local(SocketChannel socket) {
		try {
			return SocketAddresses.local(socket);
		}
		catch (IOException ex) {
			return null;
		}
	}

	private void tellTurnedAway(InetSocketAddress remote, @Nullable InetSocketAddress local, RejectionReason reason) {
		this.context.registry().counts().rejected(reason);
		this.context.events()
			.tell(EventKind.REJECTED, () -> new ConnectionRejectedEvent(this.server, remote, local, reason));
	}

	/**
	 * A connection has ended, and gives back its place.
	 * @param connection the connection
	 */
	void leave(DefaultConnection connection) {
		Newcomer newcomer = this.replacements.left(connection);
		this.latePlaces.left(connection);
		if (newcomer != null) {
			serveInTurn(newcomer);
		}
	}

	/**
	 * The peer of a connection has done wrong: if it has too often, its address is
	 * banned.
	 * @param connection the connection
	 * @return whether its address is banned for it
	 */
	boolean offended(DefaultConnection connection) {
		return tell(this.gate.offended(connection.getRemoteAddress().getAddress()), connection);
	}

	/**
	 * The peer of a connection has shown that it does not belong here, of which
	 * {@link #offended} is not told.
	 * @param connection the connection
	 * @return whether its address is banned for it
	 */
	boolean wrong(DefaultConnection connection) {
		return tell(this.gate.wrong(connection.getRemoteAddress().getAddress()), connection);
	}

	private boolean tell(@Nullable Ban ban, DefaultConnection last) {
		if (ban != null) {
			this.context.events()
				.log()
				.warn(logger, "addresses banned", () -> this.server + " takes no connections from " + ban.addresses()
						+ " until " + ban.until() + ", as its peers have done wrong too often, at last " + last, null);
			this.context.events().tell(EventKind.BANNED, () -> new AddressBannedEvent(this.server, ban));
		}
		return ban != null;
	}

}
