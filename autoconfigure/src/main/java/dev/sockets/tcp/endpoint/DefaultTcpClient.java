package dev.sockets.tcp.endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.integration.ip.tcp.connection.AbstractClientConnectionFactory;

import dev.sockets.EndpointKind;
import dev.sockets.EndpointState;
import dev.sockets.EndpointStatus;
import dev.sockets.EventKind;
import dev.sockets.Failure;
import dev.sockets.Inbox;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectingEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.EndpointStartedEvent;
import dev.sockets.event.EndpointStoppedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.MessageHandler;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;

/**
 * A TCP client on the event loops.
 */
final class DefaultTcpClient implements TcpClient, ConnectionOwner, Lifecycle.Steps {

	/** After servers, so that a server of the same application listens already. */
	static final int PHASE = DefaultTcpServer.PHASE + 256;

	private static final Log logger = LogFactory.getLog(TcpClient.class);

	private static final Duration GRACE = Duration.ofSeconds(30);

	/** An attempt to connect, which several callers may wait for. */
	private record Attempt(CompletableFuture<DefaultConnection> result, int number) {

	}

	private final TcpClientSettings settings;

	private final Engine engine;

	private final EndpointEvents events;

	private final ConnectionRegistry registry = new ConnectionRegistry();

	private final ConnectionContext context;

	private final Lifecycle lifecycle;

	private final ClientConnectionFactory factory;

	private final ReentrantLock lock = new ReentrantLock();

	private final AtomicInteger attempts = new AtomicInteger();

	private volatile @Nullable Attempt attempt;

	private volatile @Nullable DefaultConnection connecting;

	private volatile @Nullable DefaultConnection connection;

	DefaultTcpClient(TcpClientSettings settings, Engine engine) {
		this.settings = settings;
		this.engine = engine;
		this.events = engine.events(this, settings.connection());
		Integration integration = new Integration();
		this.context = new ConnectionContext(settings.name(), settings.connection(), this.events,
				engine.handlers(settings.connection()), Deadlines.of(settings.connection(), null), null, this.registry,
				this, integration);
		this.lifecycle = new Lifecycle(engine.loops(), this.registry, GRACE, this);
		this.factory = new ClientConnectionFactory(this, settings.host(), settings.port(), integration,
				engine.application());
		integration.attach(this.factory, this.factory::view, engine.application());
	}

	@Override
	public String getName() {
		return this.settings.name();
	}

	@Override
	public Map<String, Object> getUserData() {
		return this.settings.connection().userData();
	}

	@Override
	public Inbox inbox() {
		return this.events.inbox();
	}

	@Override
	public List<Failure> recentFailures() {
		return this.events.failures().all();
	}

	@Override
	public void clearFailures() {
		this.events.failures().clear();
	}

	@Override
	public boolean isAutoStartup() {
		return this.settings.connection().autoStartup();
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public boolean isRunning() {
		return this.lifecycle.isRunning();
	}

	@Override
	public void start() {
		if (this.lifecycle.start()) {
			this.engine.executor().execute(() -> begin(this.settings.connectTimeout()));
		}
	}

	@Override
	public void stop() {
		DefaultConnection connection = this.connection;
		this.lifecycle.stop(connection != null && connection.channel().isInBatch());
	}

	@Override
	public void stop(Runnable callback) {
		this.lifecycle.beginStop().whenComplete((result, failure) -> callback.run());
	}

	@Override
	public EndpointStatus status() {
		ConnectionRegistry.Totals totals = this.registry.totals();
		DefaultConnection connection = this.connection;
		return new EndpointStatus(getName(), EndpointKind.TCP_CLIENT, state(),
				(connection != null) ? connection.getRemoteAddress() : null, this.registry.size(), totals.opened(),
				totals.messagesReceived(), totals.messagesSent(), totals.bytesReceived(), totals.bytesSent(),
				this.events.failures().last());
	}

	@Override
	public Connection connect() {
		return connect(this.settings.connectTimeout());
	}

	@Override
	public Connection connect(Duration timeout) {
		this.lifecycle.start();
		if (isConnected()) {
			throw new SocketOperationException(SocketErrorCode.ALREADY_CONNECTED,
					this + " is connected to " + this.settings.host() + ":" + this.settings.port() + " already");
		}
		return await(begin(timeout));
	}

	@Override
	public void disconnect() {
		DefaultConnection connection = this.connection;
		if (connection != null) {
			connection.close(DisconnectReason.LOCAL, null);
		}
		DefaultConnection connecting = this.connecting;
		if (connecting != null) {
			connecting.channel().abort();
		}
	}

	@Override
	public Connection reconnect() {
		this.lifecycle.start();
		DefaultConnection connection = this.connection;
		if (connection != null) {
			this.connection = null;
			connection.close(DisconnectReason.LOCAL, null);
		}
		return await(begin(this.settings.connectTimeout()));
	}

	@Override
	public boolean isConnected() {
		DefaultConnection connection = this.connection;
		return connection != null && connection.isOpen();
	}

	@Override
	public boolean isConnecting() {
		return this.attempt != null;
	}

	@Override
	public Optional<Connection> getConnection() {
		DefaultConnection connection = this.connection;
		return (connection != null && connection.isOpen()) ? Optional.of(connection) : Optional.empty();
	}

	@Override
	public void send(Object payload) {
		requireConnection().send(payload);
	}

	@Override
	public CompletableFuture<Void> sendAsync(Object payload) {
		try {
			return requireConnection().sendAsync(payload);
		}
		catch (SocketOperationException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	public void addMessageHandler(MessageHandler handler) {
		this.context.handlers().add(handler);
	}

	@Override
	public AbstractClientConnectionFactory getConnectionFactory() {
		return this.factory;
	}

	/**
	 * Returns the open connection, and connects if there is none.
	 * @return the connection
	 */
	DefaultConnection obtainConnection() {
		DefaultConnection connection = this.connection;
		if (connection != null && connection.isOpen()) {
			return connection;
		}
		return await(begin(this.settings.connectTimeout()));
	}

	@Override
	public void open() {
		this.events.running(true);
		this.factory.running(true);
		this.events.publish(EventKind.STARTED, () -> new EndpointStartedEvent(this, null));
	}

	@Override
	public CompletableFuture<Void> beginClosing() {
		this.events.running(false);
		DefaultConnection connecting = this.connecting;
		if (connecting != null) {
			connecting.channel().abort();
		}
		this.registry.all().forEach(DefaultConnection::shutDown);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public void closed() {
		this.factory.running(false);
		this.events.publish(EventKind.STOPPED, () -> new EndpointStoppedEvent(this, null));
	}

	@Override
	public void opened(DefaultConnection connection) {
		try {
			connection.localAddress((InetSocketAddress) connection.channel().socket().getLocalSocketAddress());
		}
		finally {
			this.connection = connection;
			this.attempts.set(0);
			endAttempt().result().complete(connection);
			if (this.lifecycle.isStopping()) {
				connection.shutDown();
			}
		}
	}

	@Override
	public void connectFailed(DefaultConnection connection, IOException cause) {
		failed(cause);
	}

	@Override
	public void closed(DefaultConnection connection) {
		if (this.connection == connection) {
			this.connection = null;
		}
	}

	/**
	 * Begins to connect, unless that was begun.
	 * @param timeout how long to try
	 * @return the attempt
	 */
	private Attempt begin(Duration timeout) {
		Attempt attempt;
		this.lock.lock();
		try {
			attempt = this.attempt;
			DefaultConnection connection = this.connection;
			if (attempt != null) {
				return attempt;
			}
			attempt = new Attempt(new CompletableFuture<>(), this.attempts.incrementAndGet());
			if (connection != null && connection.isOpen()) {
				attempt.result().complete(connection);
				return attempt;
			}
			this.attempt = attempt;
		}
		finally {
			this.lock.unlock();
		}
		int number = attempt.number();
		this.events.publish(EventKind.CONNECTING, () -> new ConnectingEvent(this, number));
		open(timeout);
		return attempt;
	}

	private void open(Duration timeout) {
		this.registry.expect();
		try {
			InetSocketAddress address = new InetSocketAddress(this.settings.host(), this.settings.port());
			if (address.isUnresolved()) {
				throw new UnknownHostException("Unknown host '" + this.settings.host() + "'");
			}
			SocketChannel socket = SocketChannel.open();
			Sockets.configure(socket, this.settings.connection().socketOptions());
			socket.configureBlocking(false);
			DefaultConnection connection = new DefaultConnection(this.engine.nextId(), this.context,
					this.engine.loops().next(), socket, address);
			this.connecting = connection;
			connection.channel().connect(address, timeout.toNanos());
			if (!isRunning()) {
				connection.channel().abort();
			}
		}
		catch (IOException | RuntimeException ex) {
			failed((ex instanceof IOException io) ? io : new IOException(ex));
			this.registry.forget();
		}
	}

	private void failed(IOException cause) {
		Attempt attempt = endAttempt();
		SocketErrorCode code = (cause instanceof SocketTimeoutException) ? SocketErrorCode.CONNECT_TIMEOUT
				: SocketErrorCode.CONNECT_FAILED;
		SocketOperationException failure = new SocketOperationException(code, this + " could not connect to "
				+ this.settings.host() + ":" + this.settings.port() + ": " + cause.getMessage(), cause);
		logger.warn(failure.getMessage());
		this.events.failed(code, failure);
		this.events.publish(EventKind.CONNECTION_FAILED,
				() -> new ConnectionFailedEvent(this, attempt.number(), failure));
		attempt.result().completeExceptionally(failure);
	}

	private Attempt endAttempt() {
		this.lock.lock();
		try {
			Attempt attempt = this.attempt;
			this.attempt = null;
			this.connecting = null;
			return (attempt != null) ? attempt : new Attempt(new CompletableFuture<>(), 0);
		}
		finally {
			this.lock.unlock();
		}
	}

	private DefaultConnection await(Attempt attempt) {
		try {
			return attempt.result().join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof SocketOperationException failure) {
				throw new SocketOperationException(failure.getCode(), String.valueOf(failure.getMessage()), failure);
			}
			throw ex;
		}
	}

	private Connection requireConnection() {
		DefaultConnection connection = this.connection;
		if (connection == null) {
			throw new SocketOperationException(SocketErrorCode.NOT_CONNECTED, this + " is not connected");
		}
		return connection;
	}

	private EndpointState state() {
		if (this.lifecycle.isStopping()) {
			return EndpointState.STOPPING;
		}
		if (!this.lifecycle.isRunning()) {
			return EndpointState.STOPPED;
		}
		if (isConnected()) {
			return EndpointState.CONNECTED;
		}
		return isConnecting() ? EndpointState.CONNECTING : EndpointState.DISCONNECTED;
	}

	@Override
	public String toString() {
		return "TCP client '" + getName() + "'";
	}

}
