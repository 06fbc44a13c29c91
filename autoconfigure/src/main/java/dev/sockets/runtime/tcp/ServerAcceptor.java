package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.loop.stream.AcceptHandler;
import dev.sockets.loop.stream.Acceptor;
import dev.sockets.runtime.Outages;
import dev.sockets.runtime.SafeLog;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.tcp.WhenFull;

/**
 * Accepts a server's connections while it runs: serves those that its limits allow, turns
 * the others away, and tells of outages. An acceptor of the engine calls it on its loop.
 */
final class ServerAcceptor implements AcceptHandler {

	private static final SafeLog logger = SafeLog.of(TcpServer.class);

	private static final Object ACCEPTING = "accepting";

	private final TcpServerSettings settings;

	private final EndpointRuntime runtime;

	private final ConnectionContext context;

	private final Entrance entrance;

	private final ProxyReceptions proxies;

	private final Outages outages;

	private volatile @Nullable Acceptor acceptor;

	ServerAcceptor(TcpServer server, TcpServerSettings settings, EndpointRuntime runtime, ConnectionContext context,
			Rejector rejector) {
		this.settings = settings;
		this.runtime = runtime;
		this.context = context;
		this.entrance = new Entrance(server, settings, runtime, context, rejector);
		this.proxies = new ProxyReceptions(settings.access().proxy(), this.entrance, runtime.loops(),
				context.registry(), this::retry);
		this.outages = new Outages(context.events());
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
	 * Binds the port; nothing is accepted until {@link #open()}.
	 * @param wanted where to listen
	 * @return where it listens
	 * @throws IOException when the port is not to be had; nothing is left open then
	 */
	InetSocketAddress bind(InetSocketAddress wanted) throws IOException {
		this.outages.clear();
		limits().begin();
		ServerSocketChannel socket = ServerSocketChannel.open();
		try {
			SocketConfigurer.configure(socket, this.settings.connection().socketOptions());
			socket.bind(wanted, this.settings.backlog());
			socket.configureBlocking(false);
			this.acceptor = new Acceptor(this.runtime.loops().next(), socket, this);
			return (InetSocketAddress) socket.getLocalAddress();
		}
		catch (IOException | RuntimeException ex) {
			closeQuietly(socket);
			throw ex;
		}
	}

	/** Begins to accept. */
	void open() {
		Acceptor acceptor = this.acceptor;
		if (acceptor != null) {
			acceptor.open();
		}
	}

	/**
	 * Accepts nothing more.
	 * @return completed when the port is free again
	 */
	CompletableFuture<Void> close() {
		Acceptor acceptor = this.acceptor;
		return (acceptor != null) ? acceptor.close().whenComplete((nothing, failure) -> this.proxies.close())
				: CompletableFuture.completedFuture(null);
	}

	/** The port is free. */
	void closed() {
		this.acceptor = null;
	}

	/** There may be room for connections that wait. */
	void retry() {
		Acceptor acceptor = this.acceptor;
		if (acceptor != null && this.settings.whenFull() == WhenFull.WAIT) {
			acceptor.retry();
		}
	}

	/**
	 * A connection has ended, and gives back its place.
	 * @param connection the connection
	 */
	void leave(DefaultConnection connection) {
		this.entrance.leave(connection.getRemoteAddress(), connection.run());
		retry();
	}

	@Override
	public boolean mayAccept() {
		return this.settings.whenFull() == WhenFull.REJECT || this.entrance.limits().hasRoom(this.proxies.size());
	}

	@Override
	public void accepted(SocketChannel socket) {
		try {
			this.proxies.accepted(socket);
		}
		catch (Throwable ex) {
			this.entrance.failed(socket, ex);
		}
	}

	@Override
	public void acceptFailed(IOException cause) {
		this.outages.begin(ACCEPTING, SocketErrorCode.ACCEPT_FAILED,
				"it cannot accept connections for now: " + cause.getMessage(), cause);
	}

	@Override
	public void acceptRecovered() {
		this.outages.end(ACCEPTING);
	}

	private static void closeQuietly(Channel channel) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			logger.debug("A socket could not be closed", ex);
		}
	}

}
