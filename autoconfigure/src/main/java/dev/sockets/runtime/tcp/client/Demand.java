package dev.sockets.runtime.tcp.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.framing.FrameWindow;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.runtime.tcp.Deadlines;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.Drain;
import dev.sockets.runtime.tcp.FairTimer;
import dev.sockets.runtime.tcp.FrameHook;
import dev.sockets.runtime.tcp.RequestFailures;
import dev.sockets.tcp.ConnectMode;
import dev.sockets.tcp.TcpClientSettings;

/**
 * Has a client connect when it has something to send, and disconnect when it has not, or
 * after each message. Messages leave in their order. Open to all threads; nothing is
 * called with its lock held but the connector, which has one of its own.
 */
final class Demand implements FrameHook {

	private final Connector connector;

	private final TcpClientSettings settings;

	private final ConnectWait wait;

	private final long idle;

	private final Leaving leaving;

	private final FairTimer timer;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock. */
	private DemandRun run = new DemandRun();

	/**
	 * Creates a demand for no connection.
	 * @param connector makes connections
	 * @param settings how the client behaves
	 * @param wait waits for connections
	 * @param leaving closes those that have served one message, told of their end by the
	 * connector
	 * @param timer waits for answers
	 */
	Demand(Connector connector, TcpClientSettings settings, ConnectWait wait, Leaving leaving, FairTimer timer) {
		this.connector = connector;
		this.settings = settings;
		this.wait = wait;
		this.leaving = leaving;
		this.timer = timer;
		this.idle = Deadlines.nanos(settings.idleDisconnect());
	}

	private boolean isPerRequest() {
		return this.settings.connect() == ConnectMode.PER_REQUEST;
	}

	/**
	 * Sends something, and waits.
	 * @param blocking sends it over a connection that stays
	 * @param message sends it over one that does not
	 * @param timeout how long it may take by a message of its own
	 */
	<T extends @Nullable Object> T call(Function<DefaultConnection, T> blocking,
			Function<DefaultConnection, CompletableFuture<T>> message, Duration timeout) {
		if (isPerRequest()) {
			this.wait.require();
			return this.wait.await(submit(timeout, message), timeout);
		}
		DemandRun run = enter();
		try {
			return blocking.apply(connection());
		}
		finally {
			leave(run);
		}
	}

	private DefaultConnection connection() {
		DefaultConnection connection = this.connector.connection();
		if (connection != null) {
			return connection;
		}
		this.wait.require();
		Duration timeout = this.settings.connectTimeout();
		return this.wait.get(this.connector.connect(timeout), timeout);
	}

	private DemandRun enter() {
		this.lock.lock();
		try {
			this.run.use(1);
			return this.run;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void leave(DemandRun run) {
		this.lock.lock();
		try {
			run.use(-1);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The client stops: what waits for a connection fails, and whatever does not end of
	 * this run, the next one begins anew.
	 * @param cause why
	 */
	void stop(SocketOperationException cause) {
		List<DemandedMessage<?>> waiting;
		this.lock.lock();
		try {
			waiting = this.run.take(Integer.MAX_VALUE);
			this.run = new DemandRun();
		}
		finally {
			this.lock.unlock();
		}
		waiting.forEach((message) -> message.fail(cause));
	}

	/**
	 * Sends a message without waiting; its deadline counts from now on.
	 * @param timeout how long it may take
	 * @param action sends it
	 * @return completed with what has come of it
	 */
	<T extends @Nullable Object> CompletableFuture<T> submit(Duration timeout,
			Function<DefaultConnection, CompletableFuture<T>> action) {
		DemandedMessage<T> message = DemandedMessage.of(action);
		add(message);
		this.timer.await(message.over(), Deadlines.nanos(timeout), message::expire);
		return message.result();
	}

	/**
	 * Sends a message without waiting.
	 * @param action sends it
	 * @return completed with what has come of it
	 */
	<T extends @Nullable Object> CompletableFuture<T> submit(Function<DefaultConnection, CompletableFuture<T>> action) {
		DemandedMessage<T> message = DemandedMessage.of(action);
		add(message);
		return message.result();
	}

	private void add(DemandedMessage<?> message) {
		int max = this.settings.connection().requests().maxPending();
		DemandRun run;
		boolean full;
		this.lock.lock();
		try {
			run = this.run;
			full = run.waiting() >= max;
			if (!full) {
				run.add(message);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (full) {
			message.fail(RequestFailures.tooMany(max));
		}
		else {
			goOn(run);
		}
	}

	private void goOn(DemandRun run) {
		this.lock.lock();
		try {
			if (!run.begin()) {
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.connector.connect(this.settings.connectTimeout())
			.whenComplete((connection, failure) -> opened(run, connection, failure));
	}

	private void opened(DemandRun run, @Nullable DefaultConnection connection, @Nullable Throwable failure) {
		if (connection == null) {
			Throwable cause = (failure != null) ? failure : this.connector.notConnected();
			take(run, Integer.MAX_VALUE).forEach((message) -> message.fail(cause));
			ready(run);
		}
		else if (isPerRequest()) {
			serve(run, connection);
		}
		else {
			take(run, Integer.MAX_VALUE).forEach((message) -> message.send(connection));
			ready(run);
		}
	}

	private void serve(DemandRun run, DefaultConnection connection) {
		List<DemandedMessage<?>> messages = take(run, 1);
		if (messages.isEmpty()) {
			this.leaving.close(connection, () -> ready(run));
			return;
		}
		DemandedMessage<?> message = messages.get(0);
		message.over().thenRun(() -> this.leaving.close(connection, () -> ready(run)));
		message.send(connection);
	}

	private List<DemandedMessage<?>> take(DemandRun run, int most) {
		this.lock.lock();
		try {
			return run.take(most);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void ready(DemandRun run) {
		this.lock.lock();
		try {
			run.end();
		}
		finally {
			this.lock.unlock();
		}
		goOn(run);
	}

	@Override
	public boolean takes(DefaultConnection connection, FrameWindow frame) {
		return false;
	}

	/** Closes a connection over which nothing goes any more. */
	@Override
	public void tick(DefaultConnection connection, long now) {
		if (isIdle(connection, now) && isGivenUp(connection)) {
			Drain.begin(connection, DisconnectReason.IDLE);
		}
	}

	private boolean isIdle(DefaultConnection connection, long now) {
		StreamChannel channel = connection.channel();
		return channel.activity().silentFor(now) >= this.idle && now - channel.activity().lastWrite() >= this.idle
				&& channel.pending() == 0 && !channel.activity().hasBegunFrame()
				&& !connection.reader().payloadHooks().await();
	}

	/** Who comes later gets another connection. */
	private boolean isGivenUp(DefaultConnection connection) {
		this.lock.lock();
		try {
			return !this.run.needsConnection() && this.connector.giveUp(connection);
		}
		finally {
			this.lock.unlock();
		}
	}

}
