package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.DisconnectReason;
import dev.sockets.framing.FrameWindow;
import dev.sockets.loop.stream.StreamChannel;
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

	private final ReentrantLock lock = new ReentrantLock();

	private final Queue<DemandedMessage<?>> waiting = new ArrayDeque<>();

	/** Whether a connection is being made, or has a message of its own. */
	private boolean busy;

	/** Threads that are about to send something over the connection. */
	private int users;

	Demand(Connector connector, TcpClientSettings settings, ConnectWait wait) {
		this.connector = connector;
		this.settings = settings;
		this.wait = wait;
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
		use(1);
		try {
			return blocking.apply(connection());
		}
		finally {
			use(-1);
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

	private void use(int more) {
		this.lock.lock();
		try {
			this.users += more;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Sends a message without waiting; its deadline counts from now on.
	 * @param timeout how long it may take
	 * @param action sends it
	 * @return completed with what has come of it
	 */
	<T extends @Nullable Object> CompletableFuture<T> submit(Duration timeout,
			Function<DefaultConnection, CompletableFuture<T>> action) {
		CompletableFuture<T> answer = submit(action);
		if (!answer.isDone()) {
			CompletableFuture.delayedExecutor(Deadlines.nanos(timeout), TimeUnit.NANOSECONDS)
				.execute(() -> answer.completeExceptionally(PendingRequests.timeout()));
		}
		return answer;
	}

	/**
	 * Sends a message without waiting.
	 * @param action sends it
	 * @return completed with what has come of it
	 */
	<T extends @Nullable Object> CompletableFuture<T> submit(Function<DefaultConnection, CompletableFuture<T>> action) {
		DemandedMessage<T> message = new DemandedMessage<>(action, new CompletableFuture<>());
		int max = this.settings.connection().requests().maxPending();
		this.lock.lock();
		try {
			if (this.waiting.size() >= max) {
				return CompletableFuture.failedFuture(PendingRequests.tooMany(max));
			}
			this.waiting.add(message);
		}
		finally {
			this.lock.unlock();
		}
		goOn();
		return message.result();
	}

	private void goOn() {
		this.lock.lock();
		try {
			while (!this.waiting.isEmpty() && this.waiting.element().result().isDone()) {
				this.waiting.remove();
			}
			if (this.busy || this.waiting.isEmpty()) {
				return;
			}
			this.busy = true;
		}
		finally {
			this.lock.unlock();
		}
		this.connector.connect(this.settings.connectTimeout()).whenComplete(this::opened);
	}

	private void opened(@Nullable DefaultConnection connection, @Nullable Throwable failure) {
		if (connection == null) {
			take(Integer.MAX_VALUE)
				.forEach((message) -> message.result().completeExceptionally((failure != null) ? failure : gone()));
			ready();
		}
		else if (isPerRequest()) {
			take(1).forEach((message) -> message.send(connection).thenRun(() -> leave(connection)));
		}
		else {
			take(Integer.MAX_VALUE).forEach((message) -> message.send(connection));
			ready();
		}
	}

	private Throwable gone() {
		return this.connector.notConnected();
	}

	private void leave(DefaultConnection connection) {
		connection.close();
		connection.closed().thenRun(this::ready);
	}

	private List<DemandedMessage<?>> take(int most) {
		List<DemandedMessage<?>> messages = new ArrayList<>();
		this.lock.lock();
		try {
			while (messages.size() < most && !this.waiting.isEmpty()) {
				messages.add(this.waiting.remove());
			}
		}
		finally {
			this.lock.unlock();
		}
		return messages;
	}

	private void ready() {
		this.lock.lock();
		try {
			this.busy = false;
		}
		finally {
			this.lock.unlock();
		}
		goOn();
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
			return this.users == 0 && !this.busy && this.waiting.isEmpty() && this.connector.giveUp(connection);
		}
		finally {
			this.lock.unlock();
		}
	}

}
