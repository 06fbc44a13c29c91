package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Makes attempts: resolves the names of the peers, and tries their addresses, one after
 * another.
 */
final class Dialer {

	private final EndpointRuntime runtime;

	private final ConnectionRegistry registry;

	private final PeerResolver lookup;

	private final ReentrantLock lock;

	private final ClientEvents news;

	private final Supplier<ConnectionContext> context;

	private final Consumer<ConnectAttempt> failed;

	/** Connections being made, also for attempts that were given up. */
	private final Map<DefaultConnection, ConnectAttempt> connecting = new ConcurrentHashMap<>();

	/**
	 * Creates a dialer.
	 * @param runtime where connections are made
	 * @param registry told how many there may be
	 * @param lookup finds addresses
	 * @param lock the connector's
	 * @param news tells that it is connecting
	 * @param context what they share, once there is one to be made
	 * @param failed told about an attempt that none of its addresses has taken, or that
	 * was given up
	 */
	Dialer(EndpointRuntime runtime, ConnectionRegistry registry, PeerResolver lookup, ReentrantLock lock,
			ClientEvents news, Supplier<ConnectionContext> context, Consumer<ConnectAttempt> failed) {
		this.runtime = runtime;
		this.registry = registry;
		this.lookup = lookup;
		this.lock = lock;
		this.news = news;
		this.context = context;
		this.failed = failed;
	}

	/**
	 * Makes an attempt. Stopping waits for what this tells the application, but not for
	 * names to be resolved.
	 * @param attempt the attempt, which the registry expects
	 */
	void make(ConnectAttempt attempt) {
		MessageDispatch dispatch = this.context.get().dispatch();
		try {
			dispatch.inside(() -> this.news.connecting(attempt));
			if (!beginResolving(attempt)) {
				tryNext(attempt);
				return;
			}
		}
		finally {
			this.registry.forget();
		}
		attempt.resolved(this.lookup.get(attempt.nanosLeft()));
		if (endResolving(attempt)) {
			dispatch.inside(() -> tryNext(attempt));
			this.registry.forget();
		}
	}

	private boolean beginResolving(ConnectAttempt attempt) {
		this.lock.lock();
		try {
			attempt.resolving(attempt.givenUp() == null);
			return attempt.isResolving();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean endResolving(ConnectAttempt attempt) {
		this.lock.lock();
		try {
			attempt.resolving(false);
			if (attempt.givenUp() != null) {
				return false;
			}
			this.registry.expect();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void tryNext(ConnectAttempt attempt) {
		InetSocketAddress address;
		while (attempt.givenUp() == null && (address = attempt.next()) != null) {
			this.registry.expect();
			try {
				begin(attempt, address);
				return;
			}
			catch (IOException | RuntimeException ex) {
				this.registry.forget();
				attempt.failed((ex instanceof IOException io) ? io : new IOException(ex));
			}
		}
		this.failed.accept(attempt);
	}

	private void begin(ConnectAttempt attempt, InetSocketAddress address) throws IOException {
		ConnectionContext context = this.context.get();
		SocketChannel socket = SocketChannel.open();
		try {
			SocketConfigurer.configure(socket, context.settings().socketOptions());
			socket.configureBlocking(false);
			DefaultConnection connection = new DefaultConnection(this.runtime.nextId(), context,
					this.runtime.loops().next(), socket, address);
			this.connecting.put(connection, attempt);
			attempt.connecting(connection);
			connection.channel().connect(address, attempt.nanosForThis());
		}
		catch (IOException | RuntimeException ex) {
			socket.close();
			throw ex;
		}
	}

	/**
	 * A connection is open.
	 * @param connection the connection
	 * @return the attempt that it was made for
	 */
	@Nullable ConnectAttempt opened(DefaultConnection connection) {
		return this.connecting.remove(connection);
	}

	/**
	 * A connection could not be opened.
	 * @param connection the connection that never was
	 * @param cause why
	 */
	void connectFailed(DefaultConnection connection, IOException cause) {
		ConnectAttempt attempt = this.connecting.remove(connection);
		if (attempt != null) {
			attempt.failed(cause);
			tryNext(attempt);
		}
	}

}
