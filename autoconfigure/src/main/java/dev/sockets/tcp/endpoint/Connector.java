package dev.sockets.tcp.endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.sockets.EventKind;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.endpoint.EndpointEvents;
import dev.sockets.event.ConnectingEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.ServerOccupiedEvent;
import dev.sockets.framing.FrameOutput;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;

/**
 * Gets a client its connection and, unless told otherwise, gets it another one when it
 * has lost it. There is one attempt at a time; one that was given up is dropped at once,
 * whatever becomes of its sockets. Nothing of the application's is called with the lock
 * held.
 */
final class Connector implements ConnectionOwner {

	private static final Log logger = LogFactory.getLog(TcpClient.class);

	private final TcpClient client;

	private final TcpClientSettings settings;

	private final Engine engine;

	private final EndpointEvents events;

	private final ConnectionRegistry registry;

	private final ReentrantLock lock = new ReentrantLock();

	private final Lookup lookup;

	private final Outbox outbox;

	private final Backoff backoff;

	/** Connections being made, also for attempts that were given up. */
	private final Map<DefaultConnection, Attempt> connecting = new ConcurrentHashMap<>();

	/** Connections that were closed for another one, until the peer has closed them. */
	private final Map<DefaultConnection, CompletableFuture<Void>> leaving = new ConcurrentHashMap<>();

	private @Nullable ConnectionContext context;

	private volatile @Nullable DefaultConnection connection;

	private volatile @Nullable Attempt attempt;

	private volatile boolean occupied;

	/**
	 * Whether there is a connection, or is to be one without the application's doing
	 * anything for it; guarded by the lock.
	 */
	private boolean wanted;

	/** Counts what makes a planned attempt pointless; guarded by the lock. */
	private int plan;

	Connector(TcpClient client, TcpClientSettings settings, Engine engine, EndpointEvents events,
			ConnectionRegistry registry, Lookup.Resolver resolver) {
		this.client = client;
		this.settings = settings;
		this.engine = engine;
		this.events = events;
		this.registry = registry;
		this.lookup = new Lookup(settings.name(), settings::peers, resolver);
		this.outbox = new Outbox(settings.bufferWhenDisconnected());
		this.backoff = new Backoff(settings.reconnect());
	}

	void context(ConnectionContext context) {
		this.context = context;
	}

	@Nullable DefaultConnection connection() {
		DefaultConnection connection = this.connection;
		return (connection != null && connection.isOpen()) ? connection : null;
	}

	boolean isConnecting() {
		return this.attempt != null;
	}

	boolean isOccupied() {
		return this.occupied;
	}

	/** Connects on another thread. */
	void connectSoon() {
		this.lock.lock();
		try {
			if (this.client.isRunning()) {
				this.wanted = true;
				plan(Duration.ZERO);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Connects, or waits for the attempt under way.
	 * @param timeout how long to try
	 * @return completed with the open connection, which may be there already
	 */
	CompletableFuture<DefaultConnection> connect(Duration timeout) {
		Attempt attempt;
		this.lock.lock();
		try {
			DefaultConnection connection = connection();
			if (connection != null) {
				return CompletableFuture.completedFuture(connection);
			}
			attempt = this.attempt;
			if (attempt != null) {
				return attempt.result();
			}
			if (!this.client.isRunning()) {
				return CompletableFuture.failedFuture(notConnected());
			}
			if (!this.wanted) {
				this.backoff.reset();
			}
			attempt = newAttempt(timeout);
		}
		finally {
			this.lock.unlock();
		}
		make(attempt);
		return attempt.result();
	}

	private void connectAsPlanned(int plan) {
		Attempt attempt;
		this.lock.lock();
		try {
			if (plan != this.plan || this.attempt != null || connection() != null) {
				return;
			}
			attempt = newAttempt(this.settings.connectTimeout());
		}
		finally {
			this.lock.unlock();
		}
		make(attempt);
	}

	/** Called with the lock held, before the attempt is {@linkplain #make made}. */
	private Attempt newAttempt(Duration timeout) {
		Attempt attempt = new Attempt(this.backoff.nextAttempt(), timeout);
		this.attempt = attempt;
		this.connection = null;
		this.wanted = true;
		this.plan++;
		this.registry.expect();
		return attempt;
	}

	/**
	 * Closes the connection, if there is one, and waits for the peer to close it too, as
	 * it might count at a server that is full. Doesn't wait when a handler calls without
	 * which the event loop can't see that.
	 * @param timeout how long to wait
	 */
	void leave(Duration timeout) {
		CompletableFuture<Void> left = new CompletableFuture<>();
		DefaultConnection connection;
		this.lock.lock();
		try {
			connection = connection();
			this.connection = null;
			if (connection == null) {
				return;
			}
			this.leaving.put(connection, left);
		}
		finally {
			this.lock.unlock();
		}
		connection.close();
		if (!connection.channel().isServedByCaller()) {
			left.completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS).join();
		}
	}

	@Override
	public void released(DefaultConnection connection) {
		CompletableFuture<Void> left = this.leaving.remove(connection);
		if (left != null) {
			left.complete(null);
		}
	}

	/**
	 * Tries no more until asked to connect.
	 * @param reason why messages that wait for a connection fail
	 */
	void giveUp(SocketErrorCode reason) {
		SocketOperationException cause = new SocketOperationException(reason, this.client + " is not connected");
		Attempt attempt;
		boolean held;
		List<Outbox.Waiting> waiting;
		this.lock.lock();
		try {
			attempt = this.attempt;
			held = attempt != null && attempt.isResolving();
			this.attempt = null;
			this.wanted = false;
			this.occupied = false;
			this.plan++;
			this.backoff.reset();
			waiting = this.outbox.drain();
			if (attempt != null) {
				attempt.giveUp(cause);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (attempt != null && held) {
			publishFailure(attempt, cause, null);
		}
		Outbox.fail(waiting, cause);
	}

	/**
	 * Sends a message as soon as there is a connection.
	 * @param payload what to send
	 * @return completed when it was sent
	 */
	CompletableFuture<Void> sendAsync(Object payload) {
		DefaultConnection connection = connection();
		if (connection == null && this.settings.bufferWhenDisconnected() > 0) {
			Outbox.Waiting message;
			try {
				FrameOutput frame = Encoder.encode(this.settings.connection(), payload, null);
				message = new Outbox.Waiting(payload, ByteBuffer.wrap(frame.array(), 0, frame.size()),
						new CompletableFuture<>());
			}
			catch (SocketOperationException ex) {
				return CompletableFuture.failedFuture(ex);
			}
			connection = connectionOrOutbox(message);
			if (connection == null) {
				return message.result();
			}
		}
		return (connection != null) ? connection.sendAsync(payload) : CompletableFuture.failedFuture(notConnected());
	}

	private @Nullable DefaultConnection connectionOrOutbox(Outbox.Waiting message) {
		this.lock.lock();
		try {
			DefaultConnection connection = connection();
			if (connection != null || (this.wanted && this.outbox.offer(message))) {
				return connection;
			}
		}
		finally {
			this.lock.unlock();
		}
		message.result().completeExceptionally(notConnected());
		return null;
	}

	SocketOperationException notConnected() {
		return new SocketOperationException(SocketErrorCode.NOT_CONNECTED, this.client + " is not connected");
	}

	@Override
	public void opened(DefaultConnection connection) {
		connection.localAddress((InetSocketAddress) connection.channel().socket().getLocalSocketAddress());
		Attempt attempt = this.connecting.remove(connection);
		if (attempt == null || !take(connection, attempt)) {
			connection.close(this.client.isRunning() ? DisconnectReason.LOCAL : DisconnectReason.SHUTDOWN, null);
			return;
		}
		connection.channel().writeQueued();
		logger.info(this.client + " is connected to " + describe(connection.getRemoteAddress()));
		attempt.result().complete(connection);
		if (!this.client.isRunning()) {
			connection.shutDown();
		}
	}

	private boolean take(DefaultConnection connection, Attempt attempt) {
		this.lock.lock();
		try {
			if (attempt != this.attempt) {
				return false;
			}
			this.attempt = null;
			this.occupied = false;
			this.backoff.opened(System.nanoTime());
			this.outbox.drain().forEach(connection::enqueue);
			this.connection = connection;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void connectFailed(DefaultConnection connection, IOException cause) {
		Attempt attempt = this.connecting.remove(connection);
		if (attempt != null) {
			attempt.failed(cause);
			tryNext(attempt);
		}
	}

	@Override
	public void closed(DefaultConnection connection) {
		List<Outbox.Waiting> waiting = List.of();
		this.lock.lock();
		try {
			if (this.connection != connection) {
				return;
			}
			this.connection = null;
			DisconnectReason reason = connection.closing().reason();
			if (reason == DisconnectReason.LOCAL || reason == DisconnectReason.SHUTDOWN) {
				this.wanted = false;
			}
			else {
				this.backoff.lost(System.nanoTime(), !this.occupied);
				planNext();
			}
			if (!this.wanted) {
				waiting = this.outbox.drain();
			}
		}
		finally {
			this.lock.unlock();
		}
		Outbox.fail(waiting, notConnected());
	}

	@Override
	public boolean firstMessage(DefaultConnection connection, byte[] bytes, int start, int length) {
		byte[] busy = this.settings.busyMessage();
		if (busy == null || !Arrays.equals(bytes, start, start + length, busy, 0, busy.length)) {
			return false;
		}
		this.occupied = true;
		connection.close(DisconnectReason.REMOTE, isFull());
		return true;
	}

	@Override
	public boolean endedInSilence(DefaultConnection connection) {
		Duration within = this.settings.occupiedWithin();
		if (within == null || this.connection != connection
				|| this.backoff.openFor(System.nanoTime()) > within.toNanos()) {
			return false;
		}
		this.occupied = true;
		connection.closingBecause(DisconnectReason.REMOTE, isFull());
		return true;
	}

	private static SocketOperationException isFull() {
		return new SocketOperationException(SocketErrorCode.SERVER_OCCUPIED, "The server is full");
	}

	@Override
	public void tell(DefaultConnection connection) {
		logger.info(this.client + " finds " + describe(connection.getRemoteAddress()) + " full");
		this.events.publish(EventKind.OCCUPIED, () -> new ServerOccupiedEvent(this.client, connection));
	}

	/**
	 * Makes an attempt. Stopping waits for what this tells the application, but not for
	 * names to be resolved.
	 */
	private void make(Attempt attempt) {
		int number = attempt.number();
		try {
			context().handlers()
				.inside(() -> this.events.publish(EventKind.CONNECTING,
						() -> new ConnectingEvent(this.client, number)));
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
			context().handlers().inside(() -> tryNext(attempt));
			this.registry.forget();
		}
	}

	private boolean beginResolving(Attempt attempt) {
		this.lock.lock();
		try {
			attempt.resolving(attempt == this.attempt);
			return attempt.isResolving();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean endResolving(Attempt attempt) {
		this.lock.lock();
		try {
			attempt.resolving(false);
			if (attempt != this.attempt) {
				return false;
			}
			this.registry.expect();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void tryNext(Attempt attempt) {
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
		failed(attempt);
	}

	private void begin(Attempt attempt, InetSocketAddress address) throws IOException {
		SocketChannel socket = SocketChannel.open();
		try {
			Sockets.configure(socket, this.settings.connection().socketOptions());
			socket.configureBlocking(false);
			DefaultConnection connection = new DefaultConnection(this.engine.nextId(), context(),
					this.engine.loops().next(), socket, address);
			this.connecting.put(connection, attempt);
			attempt.connecting(connection);
			connection.channel().connect(address, attempt.nanosForThis());
		}
		catch (IOException | RuntimeException ex) {
			socket.close();
			throw ex;
		}
	}

	private void failed(Attempt attempt) {
		IOException cause = attempt.cause();
		SocketErrorCode code = (cause instanceof SocketTimeoutException) ? SocketErrorCode.CONNECT_TIMEOUT
				: SocketErrorCode.CONNECT_FAILED;
		SocketOperationException failure = new SocketOperationException(code,
				this.client + " could not connect to " + describe(this.lookup.peers()) + ": " + cause.getMessage(),
				cause);
		Duration delay = null;
		List<Outbox.Waiting> waiting = List.of();
		this.lock.lock();
		try {
			if (attempt == this.attempt) {
				this.attempt = null;
				this.occupied = false;
				this.backoff.attemptFailed();
				delay = planNext();
				if (delay == null) {
					waiting = this.outbox.drain();
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		SocketOperationException givenUp = attempt.givenUp();
		if (givenUp != null) {
			publishFailure(attempt, givenUp, null);
			return;
		}
		if (attempt.number() == 1) {
			logger.warn(failure.getMessage() + ((delay != null) ? "; it goes on trying" : ""));
		}
		this.events.failed(code, failure);
		publishFailure(attempt, failure, delay);
		attempt.result().completeExceptionally(failure);
		Outbox.fail(waiting, failure);
	}

	private void publishFailure(Attempt attempt, SocketOperationException cause, @Nullable Duration delay) {
		this.events.publish(EventKind.CONNECTION_FAILED,
				() -> new ConnectionFailedEvent(this.client, attempt.number(), cause, delay));
	}

	private static String describe(InetSocketAddress address) {
		return address.getHostString() + ":" + address.getPort();
	}

	private static String describe(List<Peer> peers) {
		return peers.stream().map(Peer::toString).collect(Collectors.joining(", "));
	}

	/**
	 * Plans the next attempt, if there is to be one. Called with the lock held.
	 * @return the delay until then
	 */
	private @Nullable Duration planNext() {
		Duration delay = (this.wanted && this.client.isRunning()) ? this.backoff.nextDelay() : null;
		if (delay == null) {
			this.wanted = false;
			return null;
		}
		plan(delay);
		return delay;
	}

	private void plan(Duration delay) {
		int plan = ++this.plan;
		CompletableFuture
			.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, (task) -> executeAsPlanned(plan, task))
			.execute(() -> connectAsPlanned(plan));
	}

	/** Plans again when all threads are busy, as nobody else would. */
	private void executeAsPlanned(int plan, Runnable task) {
		try {
			this.engine.executor().execute(task);
		}
		catch (RejectedExecutionException ex) {
			this.lock.lock();
			try {
				if (plan == this.plan) {
					plan(this.settings.reconnect().initialDelay());
				}
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	private ConnectionContext context() {
		ConnectionContext context = this.context;
		if (context == null) {
			throw new IllegalStateException("The client is being made");
		}
		return context;
	}

}
