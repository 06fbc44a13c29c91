package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.Callbacks;

/**
 * Makes attempts: resolves the names of the peers, and tries their addresses, one after
 * another.
 */
final class Dialer {

	/** How long an attempt that tries again waits between two tries. */
	private static final Duration PAUSE = Duration.ofMillis(100);

	private final EndpointRuntime runtime;

	private final ConnectionRegistry registry;

	private final PeerResolver resolver;

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
	 * @param resolver finds addresses
	 * @param lock the connector's
	 * @param news tells that it is connecting
	 * @param context what they share, once there is one to be made
	 * @param failed told about an attempt that none of its addresses has taken, or that
	 * was given up
	 */
	Dialer(EndpointRuntime runtime, ConnectionRegistry registry, PeerResolver resolver, ReentrantLock lock,
			ClientEvents news, Supplier<ConnectionContext> context, Consumer<ConnectAttempt> failed) {
		this.runtime = runtime;
		this.registry = registry;
		this.resolver = resolver;
		this.lock = lock;
		this.news = news;
		this.context = context;
		this.failed = failed;
	}

	/**
	 * Makes an attempt; waits for nothing. Stopping waits for what this tells the
	 * application, as long as the attempt itself does, but not for names to be resolved.
	 * @param attempt the attempt, which the registry expects
	 */
	void make(ConnectAttempt attempt) {
		this.news.connecting(attempt, () -> begin(attempt));
	}

	private void begin(ConnectAttempt attempt) {
		try {
			if (!beginResolving(attempt)) {
				tryNext(attempt);
				return;
			}
		}
		finally {
			this.registry.forget();
		}
		find(attempt);
	}

	/**
	 * Tries all addresses once more after a while, if the attempt has time for that.
	 * @param attempt an attempt that none of its addresses has taken
	 * @return whether it goes on
	 */
	boolean again(ConnectAttempt attempt) {
		if (attempt.nanosLeft() <= PAUSE.toNanos() || !beginResolving(attempt)) {
			return false;
		}
		CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS, this.runtime.clientThreads())
			.execute(() -> find(attempt));
		return true;
	}

	private void find(ConnectAttempt attempt) {
		this.resolver.find(attempt.nanosLeft())
			.thenAcceptAsync((found) -> resolved(attempt, found), this.runtime.clientThreads())
			.exceptionally((failure) -> {
				resolved(attempt, ResolvedPeers.none(new IOException("The peer was not found", failure)));
				return null;
			});
	}

	private void resolved(ConnectAttempt attempt, ResolvedPeers found) {
		if (endResolving(attempt)) {
			attempt.resolved(found);
			try {
				Callbacks.run(() -> tryNext(attempt));
			}
			finally {
				this.registry.forget();
			}
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
			boolean goesOn = attempt.isResolving() && attempt.givenUp() == null;
			attempt.resolving(false);
			if (goesOn) {
				this.registry.expect();
			}
			return goesOn;
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
			catch (Throwable ex) {
				this.registry.forget();
				attempt
					.failed((ex instanceof IOException io) ? io : new IOException("No connection could be made", ex));
			}
		}
		this.failed.accept(attempt);
	}

	private void begin(ConnectAttempt attempt, InetSocketAddress address) throws IOException {
		ConnectionContext context = this.context.get();
		DefaultConnection connection = newConnection(context, address);
		this.connecting.put(connection, attempt);
		try {
			attempt.connecting(connection);
			connection.channel().connect(address, attempt.nanosForThis());
		}
		catch (Throwable ex) {
			this.connecting.remove(connection);
			throw ex;
		}
	}

	private DefaultConnection newConnection(ConnectionContext context, InetSocketAddress address) throws IOException {
		SocketChannel socket = SocketChannel.open();
		try {
			SocketConfigurer.configure(socket, context.settings().socketOptions());
			socket.configureBlocking(false);
			return new DefaultConnection(this.runtime.nextId(), context, this.runtime.loops().next(), socket, address);
		}
		catch (Throwable ex) {
			socket.close();
			throw ex;
		}
	}

	/**
	 * Returns how much time is left for a connection that is being made.
	 * @param connection the connection
	 * @return the time in nanoseconds
	 */
	long nanosFor(DefaultConnection connection) {
		ConnectAttempt attempt = this.connecting.get(connection);
		return (attempt != null) ? attempt.nanosForThis() : 0;
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
