package dev.sockets.runtime.tcp.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.FailureText;
import dev.sockets.loop.EventLoop;
import dev.sockets.loop.stream.Transport;
import dev.sockets.runtime.tcp.ConnectionContext;
import dev.sockets.runtime.tcp.ConnectionRegistry;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.EndpointRun;
import dev.sockets.runtime.tcp.EndpointRuntime;
import dev.sockets.runtime.tcp.SocketAddresses;
import dev.sockets.runtime.tcp.SocketConfigurer;
import dev.sockets.tcp.SocketOptions;

/**
 * Makes attempts: has the names of the peers resolved, and tries their addresses, one
 * after another.
 */
final class Dialer {

	/** How long an attempt that tries again waits between two tries. */
	private static final Duration PAUSE = Duration.ofMillis(100);

	private final EndpointRuntime runtime;

	private final ConnectionRegistry registry;

	private final AddressSearch search;

	private final ClientEvents news;

	private final Consumer<ConnectAttempt> failed;

	/** Connections being made, also for attempts that were given up. */
	private final Map<DefaultConnection, ConnectAttempt> connecting = new ConcurrentHashMap<>();

	private final @Nullable InetSocketAddress local;

	private @Nullable ConnectionContext context;

	/**
	 * Creates a dialer.
	 * @param runtime where connections are made
	 * @param registry told how many there may be
	 * @param resolver finds addresses
	 * @param lock the connector's
	 * @param news tells that it is connecting
	 * @param local where connections come from; {@code null} for anywhere
	 * @param failed told about an attempt that none of its addresses has taken, or that
	 * was given up
	 */
	Dialer(EndpointRuntime runtime, ConnectionRegistry registry, PeerResolver resolver, ReentrantLock lock,
			ClientEvents news, @Nullable InetSocketAddress local, Consumer<ConnectAttempt> failed) {
		this.runtime = runtime;
		this.registry = registry;
		this.search = new AddressSearch(runtime.clientThreads(), registry, resolver, lock, this::tryNext);
		this.news = news;
		this.local = local;
		this.failed = failed;
	}

	/** Returns the time in which attempts are measured. */
	LongSupplier peerNanos() {
		return this.runtime.loops()::peerNanos;
	}

	/** Says what the connections share, before there is one to be made. */
	void context(ConnectionContext context) {
		this.context = context;
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
			if (!this.search.begin(attempt)) {
				tryNext(attempt);
				return;
			}
		}
		finally {
			this.registry.forget(attempt.run());
		}
		this.search.find(attempt);
	}

	/**
	 * Tries all addresses once more after a while, if the attempt has time for that.
	 * @param attempt an attempt that none of its addresses has taken
	 * @return whether it goes on
	 */
	boolean again(ConnectAttempt attempt) {
		if (attempt.nanosLeft() <= PAUSE.toNanos() || !this.search.begin(attempt)) {
			return false;
		}
		CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS, this.runtime.clientThreads())
			.execute(() -> this.search.find(attempt));
		return true;
	}

	private void tryNext(ConnectAttempt attempt) {
		InetSocketAddress address;
		while (attempt.givenUp() == null && (address = attempt.next()) != null) {
			EndpointRun run = this.registry.expect();
			try {
				begin(attempt, address, run);
				return;
			}
			catch (Throwable ex) {
				this.registry.forget(run);
				attempt
					.failed((ex instanceof IOException io) ? io : new IOException("No connection could be made", ex));
			}
		}
		this.failed.accept(attempt);
	}

	private void begin(ConnectAttempt attempt, InetSocketAddress address, EndpointRun run) throws IOException {
		ConnectionContext context = Objects.requireNonNull(this.context, "The client is being made");
		DefaultConnection connection = newConnection(context, address, run);
		this.connecting.put(connection, attempt);
		try {
			attempt.connecting(connection);
			connection.channel().connect(SocketAddresses.real(address), attempt.nanosForThis());
		}
		catch (Throwable ex) {
			this.connecting.remove(connection);
			throw ex;
		}
	}

	private DefaultConnection newConnection(ConnectionContext context, InetSocketAddress address, EndpointRun run)
			throws IOException {
		EventLoop loop = this.runtime.loops().next();
		SocketChannel socket = SocketAddresses.open(address, loop);
		try {
			SocketConfigurer.configure(socket, context.settings().socketOptions());
			if (!SocketAddresses.isUnix(address)) {
				bind(socket, context.settings().socketOptions());
			}
			socket.configureBlocking(false);
			return new DefaultConnection(this.runtime.nextId(), context, loop, Transport.of(socket), address, run);
		}
		catch (Throwable ex) {
			socket.close();
			throw ex;
		}
	}

	private void bind(SocketChannel socket, SocketOptions options) throws IOException {
		InetSocketAddress local = this.local;
		if (local == null) {
			return;
		}
		try {
			SocketConfigurer.bind(socket, local, options);
		}
		catch (IOException ex) {
			throw new IOException("no socket can be bound to " + local.getHostString() + ", port " + local.getPort()
					+ ": " + FailureText.message(ex), ex);
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
