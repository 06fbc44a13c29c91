package dev.sockets.runtime.tcp.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.sockets.EndpointStartException;
import dev.sockets.SocketErrorCode;
import dev.sockets.loop.EventLoop;
import dev.sockets.loop.stream.AcceptHandler;
import dev.sockets.runtime.Outages;
import dev.sockets.runtime.tcp.ConnectionContext;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.EndpointRuntime;
import dev.sockets.runtime.tcp.SocketAddresses;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.tcp.WhenFull;

/**
 * Accepts a server's connections while it runs, on all its ports: serves those that its
 * limits allow, turns the others away, and tells of outages. Acceptors of the engine call
 * it on their loop.
 */
public final class ServerAcceptor {

	private final TcpServerSettings settings;

	private final EndpointRuntime runtime;

	private final ConnectionContext context;

	private final Entrance entrance;

	private final ProxyReceptions proxies;

	private final Outages outages;

	private volatile List<ListeningPort> ports = List.of();

	ServerAcceptor(TcpServer server, TcpServerSettings settings, EndpointRuntime runtime, ConnectionContext context,
			Rejector rejector) {
		this.settings = settings;
		this.runtime = runtime;
		this.context = context;
		this.outages = new Outages(context.events());
		this.entrance = new Entrance(server, settings, runtime, context, rejector, this.outages);
		this.proxies = new ProxyReceptions(settings.access().proxy(), this.entrance, runtime.loops(),
				context.registry(), this::retry);
	}

	Entrance entrance() {
		return this.entrance;
	}

	ConnectionLimits limits() {
		return this.entrance.limits();
	}

	boolean isFailing() {
		return this.outages.any();
	}

	/**
	 * Binds the ports; nothing is accepted until {@link #open()}. One loop accepts for
	 * all of them, so that there is room for whom one of them accepts.
	 * @param wanted where to listen
	 * @return where it listens
	 * @throws EndpointStartException when one of them is not to be had; nothing is left
	 * open then
	 */
	List<InetSocketAddress> bind(List<InetSocketAddress> wanted) {
		this.outages.clear();
		this.entrance.latePlaces().begin();
		limits().begin(this.context.registry().run());
		EventLoop loop = this.runtime.loops().next();
		List<ListeningPort> ports = new ArrayList<>();
		for (InetSocketAddress address : wanted) {
			try {
				ports.add(new ListeningPort(this, this.settings, this.outages, loop, address));
			}
			catch (IOException | RuntimeException ex) {
				ports.forEach(ListeningPort::abandon);
				throw new EndpointStartException(code(ex), this.settings.connection().path(), address, key(wanted), ex);
			}
		}
		this.ports = ports;
		this.entrance.replacements().open(true, this.entrance::giveUp);
		return ports.stream().map(ListeningPort::address).toList();
	}

	private static String key(List<InetSocketAddress> wanted) {
		if (wanted.size() > 1) {
			return "ports";
		}
		return SocketAddresses.isUnix(wanted.get(0)) ? "path" : "port";
	}

	private static SocketErrorCode code(Exception cause) {
		boolean inUse = cause instanceof BindException && String.valueOf(cause.getMessage()).contains("in use");
		return inUse ? SocketErrorCode.ADDRESS_IN_USE : SocketErrorCode.BIND_FAILED;
	}

	/** Begins to accept. */
	void open() {
		this.ports.forEach((port) -> port.acceptor().open());
	}

	/**
	 * Accepts nothing more.
	 * @return completed when all ports are free again
	 */
	CompletableFuture<Void> close() {
		CompletableFuture<?>[] closed = this.ports.stream()
			.map(ListeningPort::close)
			.toArray(CompletableFuture<?>[]::new);
		return CompletableFuture.allOf(closed).whenComplete((nothing, failure) -> letNobodyIn());
	}

	private void letNobodyIn() {
		this.proxies.close();
		this.entrance.replacements().open(false, this.entrance::giveUp);
	}

	/** The ports are free. */
	void closed() {
		this.ports = List.of();
	}

	/** There may be room for connections that wait. */
	void retry() {
		List<ListeningPort> ports = this.ports;
		if (!ports.isEmpty() && this.settings.whenFull() != WhenFull.REJECT) {
			this.entrance.serveWaiting();
			ports.forEach((port) -> port.acceptor().retry());
		}
	}

	/**
	 * A connection has ended, and gives back its place.
	 * @param connection the connection
	 */
	void leave(DefaultConnection connection) {
		this.entrance.leave(connection);
		retry();
	}

	/** See {@link AcceptHandler#tick}: there may be no connection that has ticks. */
	void tick() {
		this.context.dispatch().threads().look();
		this.entrance.replacements().tick();
		this.entrance.latePlaces().look();
	}

	/** See {@link AcceptHandler#mayAccept}. */
	boolean mayAccept() {
		return switch (this.settings.whenFull()) {
			case REJECT -> true;
			case WAIT -> this.entrance.limits().hasRoom(this.proxies.size());
			case REPLACE_OLDEST -> !this.entrance.limits().isPaused() && this.entrance.replacements().hasRoom();
		};
	}

	/** See {@link AcceptHandler#accepted}. */
	public void accepted(SocketChannel socket) {
		try {
			this.proxies.accepted(socket);
		}
		catch (Throwable ex) {
			this.entrance.failed(socket, ex);
		}
	}

}
