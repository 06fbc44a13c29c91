package dev.sockets.runtime.tcp.client;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.tcp.ConnectionContext;
import dev.sockets.runtime.tcp.ConnectionOwner;
import dev.sockets.runtime.tcp.ConnectionRegistry;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.EndpointRuntime;
import dev.sockets.runtime.tcp.SocketAddresses;
import dev.sockets.runtime.tcp.WaitingMessage;
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

	private final TcpClient client;

	private final TcpClientSettings settings;

	private final ClientEvents news;

	private final ConnectionRegistry registry;

	private final ReentrantLock lock = new ReentrantLock();

	private final PeerResolver resolver;

	private final OfflineBuffer offline;

	private final ReconnectPlan plan;

	private final Dialer dialer;

	private final BusyDetector busyDetector;

	private final ClientSender sender;

	private final Leaving leaving;

	private volatile boolean failing;

	private volatile @Nullable DefaultConnection connection;

	private volatile @Nullable ConnectAttempt attempt;

	Connector(TcpClient client, TcpClientSettings settings, EndpointRuntime runtime, EndpointEvents events,
			ConnectionRegistry registry, HostResolver resolver, Leaving leaving) {
		this.client = client;
		this.settings = settings;
		this.news = new ClientEvents(client, events, runtime.servers());
		this.registry = registry;
		this.leaving = leaving;
		this.resolver = new PeerResolver(settings, resolver, runtime.lookupThreads());
		this.offline = new OfflineBuffer(settings.bufferWhenDisconnected(), runtime.loops().memory());
		this.plan = new ReconnectPlan(settings.reconnect(), runtime.clientThreads(), this.lock, this::connectAsPlanned);
		this.dialer = new Dialer(runtime, registry, this.resolver, this.lock, this.news, settings.local(),
				this::failed);
		this.sender = new ClientSender(this, settings, this.lock, this.plan, this.offline);
		this.busyDetector = new BusyDetector(settings, this::openFor, this.news);
	}

	void context(ConnectionContext context) {
		this.dialer.context(context);
	}

	/** Returns whether the last attempt to connect has failed. */
	boolean isFailing() {
		return this.failing;
	}

	/** Gives up a connection, and returns whether it was still the client's. */
	boolean giveUp(DefaultConnection connection) {
		this.lock.lock();
		try {
			boolean own = this.connection == connection;
			if (own) {
				this.connection = null;
				this.plan.closed();
			}
			return own;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Nullable DefaultConnection connection() {
		DefaultConnection connection = this.connection;
		return (connection != null && connection.isOpen()) ? connection : null;
	}

	boolean isConnecting() {
		return this.attempt != null;
	}

	ClientEvents news() {
		return this.news;
	}

	BusyDetector busyDetector() {
		return this.busyDetector;
	}

	ClientSender sender() {
		return this.sender;
	}

	@Override
	public long holdNanos() {
		return this.settings.holdTime().toNanos();
	}

	@Override
	public long handshakeNanos(DefaultConnection connection) {
		return this.dialer.nanosFor(connection);
	}

	@Override
	public SocketErrorCode lateHandshake() {
		return SocketErrorCode.CONNECT_TIMEOUT;
	}

	private long openFor(DefaultConnection connection) {
		return (this.connection == connection) ? this.plan.openFor() : Long.MAX_VALUE;
	}

	/** Connects on another thread. */
	void connectSoon() {
		this.lock.lock();
		try {
			if (this.client.isRunning()) {
				this.plan.beginSoon();
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
		ConnectAttempt attempt;
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
			this.plan.asked();
			attempt = newAttempt(timeout);
		}
		finally {
			this.lock.unlock();
		}
		this.dialer.make(attempt);
		return attempt.result();
	}

	private void connectAsPlanned(int planned) {
		ConnectAttempt attempt;
		this.lock.lock();
		try {
			if (!this.plan.isCurrent(planned) || this.attempt != null || connection() != null) {
				return;
			}
			attempt = newAttempt(this.settings.connectTimeout());
		}
		finally {
			this.lock.unlock();
		}
		this.dialer.make(attempt);
	}

	/** Called with the lock held, before the attempt is {@linkplain Dialer#make made}. */
	private ConnectAttempt newAttempt(Duration timeout) {
		ConnectAttempt attempt = new ConnectAttempt(this.plan.begin(), this.dialer.peerNanos(), timeout,
				this.registry.expect());
		this.attempt = attempt;
		this.connection = null;
		this.busyDetector.clear();
		return attempt;
	}

	/**
	 * Gives up an attempt under way, and has another peer from now on.
	 * @param peer the peer
	 */
	void choose(Peer peer) {
		giveUp(SocketErrorCode.NOT_CONNECTED);
		this.resolver.peers().choose(peer);
	}

	/**
	 * Closes the connection, and waits for the peer to close it too, as it might count at
	 * a server that is full; but not when a handler calls that keeps the loop from it.
	 * Delays start over.
	 * @param timeout how long to wait
	 */
	void leave(Duration timeout) {
		DefaultConnection connection;
		CompletableFuture<Void> left;
		this.lock.lock();
		try {
			this.plan.beginAnew();
			connection = connection();
			this.connection = null;
			left = (connection != null) ? this.leaving.begin(connection) : null;
		}
		finally {
			this.lock.unlock();
		}
		if (connection != null && left != null) {
			Leaving.close(connection, left, timeout);
		}
	}

	@Override
	public void released(DefaultConnection connection) {
		this.leaving.ended(connection);
	}

	/**
	 * Tries no more until asked to connect.
	 * @param reason why messages that wait for a connection fail
	 */
	void giveUp(SocketErrorCode reason) {
		SocketOperationException cause = new SocketOperationException(reason, this.client + " is not connected");
		ConnectAttempt attempt;
		boolean held;
		List<WaitingMessage> waiting;
		this.lock.lock();
		try {
			attempt = this.attempt;
			held = attempt != null && attempt.isResolving();
			this.attempt = null;
			this.busyDetector.clear();
			this.plan.giveUp();
			waiting = this.offline.drain();
			if (attempt != null) {
				attempt.giveUp(cause);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (attempt != null && held) {
			this.news.givenUp(attempt, cause);
		}
		OfflineBuffer.fail(waiting, cause);
	}

	SocketOperationException notConnected() {
		return NotConnected.failure(this.client);
	}

	@Override
	public void opened(DefaultConnection connection) {
		connection.localAddress(SocketAddresses.seen(connection.channel().socket().getLocalSocketAddress(),
				SocketAddresses.real(connection.getRemoteAddress())));
		ConnectAttempt attempt = this.dialer.opened(connection);
		if (attempt == null || !take(connection, attempt)) {
			connection.close(this.client.isRunning() ? DisconnectReason.LOCAL : DisconnectReason.SHUTDOWN, null);
			return;
		}
		try {
			connection.writer().writeQueued();
			this.news.connected(connection);
		}
		finally {
			attempt.result().complete(connection);
		}
		if (!this.client.isRunning()) {
			connection.shutDown();
		}
	}

	@Override
	public void tick(DefaultConnection connection, long now) {
		this.news.tick(connection, now);
	}

	private boolean take(DefaultConnection connection, ConnectAttempt attempt) {
		this.lock.lock();
		try {
			if (attempt != this.attempt) {
				return false;
			}
			this.attempt = null;
			this.failing = false;
			this.busyDetector.clear();
			this.plan.opened();
			this.offline.drain().forEach(connection.writer()::enqueue);
			this.connection = connection;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void connectFailed(DefaultConnection connection, IOException cause) {
		this.dialer.connectFailed(connection,
				this.busyDetector.isOccupied() ? new IOException("the server is full", BusyDetector.isFull()) : cause);
	}

	@Override
	public void closed(DefaultConnection connection) {
		List<WaitingMessage> waiting = List.of();
		Duration delay = null;
		this.lock.lock();
		try {
			if (this.connection != connection) {
				return;
			}
			this.connection = null;
			DisconnectReason reason = connection.closing().reason();
			if (reason == DisconnectReason.LOCAL || reason == DisconnectReason.SHUTDOWN) {
				this.plan.closed();
			}
			else {
				delay = this.plan.lost(!this.busyDetector.isOccupied(), this.client.isRunning());
			}
			if (!this.plan.isWanted()) {
				waiting = this.offline.drain();
			}
		}
		finally {
			this.lock.unlock();
		}
		this.news.lost(delay);
		OfflineBuffer.fail(waiting, notConnected());
	}

	private void failed(ConnectAttempt attempt) {
		if (this.settings.retryConnect() && !this.busyDetector.isOccupied() && !attempt.isRefused()
				&& this.dialer.again(attempt)) {
			return;
		}
		SocketOperationException failure = attempt
			.failure(this.client + " could not connect to " + this.resolver.peers());
		Duration delay = null;
		List<WaitingMessage> waiting = List.of();
		this.lock.lock();
		try {
			if (attempt == this.attempt) {
				this.attempt = null;
				this.failing = true;
				delay = this.plan.attemptFailed(attempt.isRefused(), this.client.isRunning());
				if (delay == null) {
					waiting = this.offline.drain();
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		List<WaitingMessage> lost = waiting;
		SocketOperationException givenUp = attempt.givenUp();
		if (givenUp != null) {
			this.news.givenUp(attempt, givenUp);
		}
		else {
			this.news.failed(attempt, failure, delay, () -> {
				attempt.result().completeExceptionally(failure);
				OfflineBuffer.fail(lost, failure);
			});
		}
	}

}
