package dev.sockets.tcp.endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.sockets.EventKind;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectingEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.ServerOccupiedEvent;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;

/**
 * Gets a client its connection and, unless told otherwise, gets it another one when it
 * has lost it.
 */
final class Connector implements ConnectionOwner {

	private static final Log logger = LogFactory.getLog(TcpClient.class);

	private static final long STABLE_MILLIS = 1000;

	private final TcpClient client;

	private final TcpClientSettings settings;

	private final Engine engine;

	private final EndpointEvents events;

	private final ConnectionRegistry registry;

	private final ReentrantLock lock = new ReentrantLock();

	private final Outbox outbox;

	private @Nullable ConnectionContext context;

	private volatile @Nullable DefaultConnection connection;

	private volatile @Nullable Attempt attempt;

	private volatile boolean occupied;

	/** Whether the application wants a connection; guarded by the lock. */
	private boolean wanted;

	/** Attempts that failed in a row; guarded by the lock. */
	private int failed;

	private Duration lastDelay = Duration.ZERO;

	/** Counts what makes a planned attempt pointless; guarded by the lock. */
	private int plan;

	Connector(TcpClient client, TcpClientSettings settings, Engine engine, EndpointEvents events,
			ConnectionRegistry registry) {
		this.client = client;
		this.settings = settings;
		this.engine = engine;
		this.events = events;
		this.registry = registry;
		this.outbox = new Outbox(settings.bufferWhenDisconnected());
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

	/**
	 * Connects, or waits for the attempt under way.
	 * @param timeout how long to try
	 * @return completed with the open connection, which may be there already
	 */
	CompletableFuture<DefaultConnection> connect(Duration timeout) {
		Attempt attempt;
		this.lock.lock();
		try {
			this.wanted = true;
			this.plan++;
			attempt = this.attempt;
			if (attempt != null) {
				return attempt.result();
			}
			DefaultConnection connection = connection();
			if (connection != null) {
				return CompletableFuture.completedFuture(connection);
			}
			attempt = new Attempt(this.failed + 1, timeout);
			this.attempt = attempt;
		}
		finally {
			this.lock.unlock();
		}
		int number = attempt.number();
		this.events.publish(EventKind.CONNECTING, () -> new ConnectingEvent(this.client, number));
		attempt.resolve(this.settings.peers());
		tryNext(attempt);
		return attempt.result();
	}

	/**
	 * Lets go of the connection, if there is one, without closing it.
	 * @return the connection
	 */
	@Nullable DefaultConnection letGo() {
		this.lock.lock();
		try {
			DefaultConnection connection = this.connection;
			this.connection = null;
			return connection;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Tries no more until asked to connect.
	 * @param reason why messages that wait for a connection fail
	 */
	void giveUp(SocketErrorCode reason) {
		Attempt attempt;
		List<Outbox.Waiting> waiting;
		this.lock.lock();
		try {
			this.wanted = false;
			this.plan++;
			this.failed = 0;
			attempt = this.attempt;
			waiting = this.outbox.drain();
		}
		finally {
			this.lock.unlock();
		}
		if (attempt != null) {
			attempt.cancel();
		}
		Outbox.fail(waiting, new SocketOperationException(reason, this.client + " is not connected"));
	}

	/**
	 * Sends a message as soon as there is a connection.
	 * @param payload what to send
	 * @return completed when it was sent
	 */
	CompletableFuture<Void> sendAsync(Object payload) {
		DefaultConnection connection;
		this.lock.lock();
		try {
			connection = connection();
			if (connection == null) {
				CompletableFuture<Void> result = new CompletableFuture<>();
				int size = (this.settings.bufferWhenDisconnected() > 0)
						? Encoder.encode(this.settings.connection(), payload, null).size() : 1;
				if (!this.client.isRunning() || !this.outbox.offer(new Outbox.Waiting(payload, size, result))) {
					result.completeExceptionally(notConnected());
				}
				return result;
			}
		}
		catch (SocketOperationException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		finally {
			this.lock.unlock();
		}
		return connection.sendAsync(payload);
	}

	SocketOperationException notConnected() {
		return new SocketOperationException(SocketErrorCode.NOT_CONNECTED, this.client + " is not connected");
	}

	@Override
	public void opened(DefaultConnection connection) {
		connection.localAddress((InetSocketAddress) connection.channel().socket().getLocalSocketAddress());
		Attempt attempt;
		this.lock.lock();
		try {
			attempt = this.attempt;
			this.attempt = null;
			this.occupied = false;
			for (Outbox.Waiting message : this.outbox.drain()) {
				connection.sendAsync(message.payload()).whenComplete((result, failure) -> {
					if (failure != null) {
						message.result().completeExceptionally(failure);
					}
					else {
						message.result().complete(null);
					}
				});
			}
			this.connection = connection;
		}
		finally {
			this.lock.unlock();
		}
		logger.info(this.client + " is connected to " + describe(connection.getRemoteAddress()));
		if (attempt != null) {
			attempt.result().complete(connection);
		}
		if (!this.client.isRunning()) {
			connection.shutDown();
		}
	}

	@Override
	public void connectFailed(DefaultConnection connection, IOException cause) {
		Attempt attempt = this.attempt;
		if (attempt != null) {
			attempt.failed(cause);
			tryNext(attempt);
		}
	}

	@Override
	public void closed(DefaultConnection connection) {
		this.lock.lock();
		try {
			if (this.connection != connection) {
				return;
			}
			this.connection = null;
			DisconnectReason reason = connection.closing().reason();
			if (reason == DisconnectReason.LOCAL || reason == DisconnectReason.SHUTDOWN) {
				this.wanted = false;
				return;
			}
			long openFor = System.currentTimeMillis() - connection.getOpenedAt().toEpochMilli();
			boolean stable = !this.occupied && openFor >= Math.max(STABLE_MILLIS, this.lastDelay.toMillis());
			this.failed = stable ? 0 : this.failed + 1;
			planNext();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean firstMessage(DefaultConnection connection, byte[] bytes, int start, int length) {
		byte[] busy = this.settings.busyMessage();
		if (busy == null || !Arrays.equals(bytes, start, start + length, busy, 0, busy.length)) {
			return false;
		}
		occupied(connection);
		return true;
	}

	private void occupied(DefaultConnection connection) {
		this.occupied = true;
		logger.info(this.client + " was told that " + describe(connection.getRemoteAddress()) + " is full");
		this.events.publish(EventKind.OCCUPIED, () -> new ServerOccupiedEvent(this.client, connection));
		connection.close(DisconnectReason.REMOTE,
				new SocketOperationException(SocketErrorCode.SERVER_OCCUPIED, "The server is full"));
	}

	private void tryNext(Attempt attempt) {
		InetSocketAddress address;
		while ((address = attempt.next()) != null && this.client.isRunning()) {
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
		ConnectionContext context = this.context;
		if (context == null) {
			throw new IllegalStateException("The client is being made");
		}
		SocketChannel socket = SocketChannel.open();
		try {
			Sockets.configure(socket, this.settings.connection().socketOptions());
			socket.configureBlocking(false);
			DefaultConnection connection = new DefaultConnection(this.engine.nextId(), context,
					this.engine.loops().next(), socket, address);
			connection.channel().connect(address, attempt.nanosForThis());
			attempt.connecting(connection);
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
				this.client + " could not connect to " + describe(this.settings.peers()) + ": " + cause.getMessage(),
				cause);
		Duration delay;
		this.lock.lock();
		try {
			this.attempt = null;
			this.failed++;
			delay = planNext();
		}
		finally {
			this.lock.unlock();
		}
		if (attempt.number() == 1) {
			logger.warn(failure.getMessage() + ((delay != null) ? "; it goes on trying" : ""));
		}
		this.events.failed(code, failure);
		this.events.publish(EventKind.CONNECTION_FAILED,
				() -> new ConnectionFailedEvent(this.client, attempt.number(), failure, delay));
		attempt.result().completeExceptionally(failure);
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
		if (!this.wanted || !this.client.isRunning() || !this.settings.reconnect().triesAgain(this.failed)) {
			return null;
		}
		Duration delay = this.settings.reconnect().delay(this.failed);
		this.lastDelay = delay;
		int plan = ++this.plan;
		CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, this.engine.executor())
			.execute(() -> connectAsPlanned(plan));
		return delay;
	}

	private void connectAsPlanned(int plan) {
		this.lock.lock();
		try {
			if (plan != this.plan || !this.wanted || !this.client.isRunning()) {
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		connect(this.settings.connectTimeout());
	}

}
