package dev.sockets.backplane.redis;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.lettuce.core.RedisURI;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

import dev.sockets.backplane.BackplaneOutageException;
import dev.sockets.backplane.Outgoing;

/**
 * From the start of an engine to its end: has both connections and makes those anew that
 * are lost, one attempt after the other. All of it happens on one thread, but for
 * publishing.
 */
final class RedisSession implements RedisSubscriber.Owner {

	private static final long FIRST_DELAY_MILLIS = 50;

	private static final long LONGEST_DELAY_MILLIS = 1000;

	private static final long ATTEMPT_SECONDS = 10;

	private static final long STOP_SECONDS = 1;

	/** Connections that end sooner count as failed attempts. */
	private static final long STABLE_NANOS = 5_000_000_000L;

	private final RedisConnector connector;

	private final Teller teller;

	private final EventExecutor thread;

	private final Set<String> wishes = new LinkedHashSet<>();

	private volatile @Nullable RedisPublisher publisher;

	private @Nullable RedisSubscriber subscriber;

	private RedisURI address;

	private int attempt;

	private int failures;

	private int turn;

	private boolean connecting;

	private boolean connected;

	private boolean stopped;

	private long connectedAt;

	RedisSession(RedisConnector connector, Teller teller) {
		this.connector = connector;
		this.teller = teller;
		this.thread = connector.thread();
		this.address = connector.address(0);
	}

	void start() {
		this.thread.execute(this::connect);
	}

	/** Returns when nothing of it is left; no attempt begins while that is taken down. */
	void stop() {
		this.teller.end();
		if (this.thread.inEventLoop()) {
			this.stopped = true;
		}
		else {
			this.thread.submit(() -> this.stopped = true).awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
		}
		this.connector.close();
	}

	void reconnect() {
		this.thread.execute(() -> {
			if (this.connected) {
				close();
				this.turn++;
				this.teller
					.lost(RedisOutage.of(this.address, new BackplaneOutageException("Nothing was heard any more")));
				connect();
			}
		});
	}

	void subscribe(String channel) {
		this.thread.execute(() -> {
			if (this.wishes.add(channel) && this.subscriber != null) {
				this.subscriber.subscribe(channel);
			}
		});
	}

	void unsubscribe(String channel) {
		this.thread.execute(() -> {
			if (this.wishes.remove(channel) && this.subscriber != null) {
				this.subscriber.unsubscribe(channel);
			}
		});
	}

	/**
	 * Publishes some messages. Who is told that this has failed, as the connection has
	 * ended, was told before that it is lost, so nothing more is spent on it.
	 */
	CompletionStage<Void> publish(List<Outgoing> burst) {
		RedisPublisher current = this.publisher;
		CompletableFuture<Void> result = new CompletableFuture<>();
		CompletionStage<Void> published = (current != null) ? current.publish(burst)
				: CompletableFuture.failedFuture(new IllegalStateException("There is no connection to Redis"));
		published.whenComplete((done, failure) -> {
			if (failure == null) {
				result.complete(null);
			}
			else {
				this.thread.execute(() -> {
					if (current != null && !current.isOpen()) {
						end(current, failure);
					}
					result.completeExceptionally(failure);
				});
			}
		});
		return result;
	}

	private void connect() {
		if (this.stopped || this.connecting || this.connected) {
			return;
		}
		this.connecting = true;
		this.attempt++;
		this.address = this.connector.address(this.turn);
		int number = this.attempt;
		CompletableFuture<Void> made = withPublisher(number)
			.thenComposeAsync((done) -> withSubscriber(number), this.thread)
			.thenComposeAsync((done) -> probe(), this.thread);
		ScheduledFuture<?> limit = this.thread.schedule(
				() -> made.completeExceptionally(new TimeoutException("No answer for " + ATTEMPT_SECONDS + " s")),
				ATTEMPT_SECONDS, TimeUnit.SECONDS);
		made.whenCompleteAsync((done, failure) -> {
			limit.cancel(false);
			attempted(number, failure);
		}, this.thread);
	}

	private CompletableFuture<Void> withPublisher(int number) {
		if (this.publisher != null) {
			return CompletableFuture.completedFuture(null);
		}
		return this.connector.publishing(this.address).thenAcceptAsync((connection) -> {
			RedisPublisher made = new RedisPublisher(connection, this::ended);
			if (isOver(number)) {
				made.close();
			}
			else {
				this.publisher = made;
			}
		}, this.thread);
	}

	private CompletableFuture<Void> withSubscriber(int number) {
		if (this.subscriber != null || isOver(number)) {
			return CompletableFuture.completedFuture(null);
		}
		return this.connector.subscribing(this.address).thenComposeAsync((connection) -> {
			RedisSubscriber made = new RedisSubscriber(connection, this);
			if (isOver(number)) {
				made.close();
				return CompletableFuture.completedFuture(null);
			}
			this.subscriber = made;
			return made.begin(this.wishes);
		}, this.thread);
	}

	/** Whoever may not publish is told so at once, and not by a silence. */
	private CompletionStage<Void> probe() {
		RedisPublisher current = this.publisher;
		return (current != null && !this.wishes.isEmpty()) ? current.probe(this.wishes.iterator().next())
				: CompletableFuture.completedFuture(null);
	}

	private boolean isOver(int number) {
		return this.stopped || !this.connecting || this.attempt != number;
	}

	private void attempted(int number, @Nullable Throwable failure) {
		if (isOver(number)) {
			return;
		}
		this.connecting = false;
		RedisPublisher sending = this.publisher;
		RedisSubscriber hearing = this.subscriber;
		if (failure != null) {
			failed(failure);
		}
		else if (sending == null || !sending.isOpen() || hearing == null || !hearing.isOpen()) {
			failed(new IllegalStateException("The connection was closed"));
		}
		else {
			this.connected = true;
			this.connectedAt = System.nanoTime();
			this.teller.connected();
			hearing.heard().forEach(this.teller::subscribed);
		}
	}

	private void failed(Throwable cause) {
		close();
		this.teller.lost(RedisOutage.of(this.address, cause));
		this.failures++;
		this.turn++;
		connectLater();
	}

	private void connectLater() {
		long delay = Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(this.failures, 10));
		this.thread.schedule(this::connect, delay, TimeUnit.MILLISECONDS);
	}

	private void ended(RedisPublisher line, Throwable cause) {
		this.thread.execute(() -> end(line, cause));
	}

	private void end(RedisPublisher line, Throwable cause) {
		if (line == this.publisher && !this.stopped) {
			line.close();
			this.publisher = null;
			lost(cause);
		}
	}

	@Override
	public void ended(RedisSubscriber line, Throwable cause) {
		this.thread.execute(() -> {
			if (line == this.subscriber && !this.stopped) {
				line.close();
				this.subscriber = null;
				lost(cause);
			}
		});
	}

	/** The other connection stays, as there is no reason to miss anything by it. */
	private void lost(Throwable cause) {
		if (this.connected) {
			this.connected = false;
			this.teller.lost(RedisOutage.of(this.address, cause));
			boolean stable = System.nanoTime() - this.connectedAt >= STABLE_NANOS;
			this.failures = stable ? 0 : this.failures + 1;
			this.turn++;
			connectLater();
		}
	}

	@Override
	public void received(String channel, byte[] message) {
		this.teller.received(channel, message);
	}

	@Override
	public void subscribed(RedisSubscriber line, String channel) {
		this.thread.execute(() -> {
			if (line == this.subscriber && this.wishes.contains(channel)) {
				line.confirm(channel);
				if (this.connected) {
					this.teller.subscribed(channel);
				}
			}
		});
	}

	private void close() {
		RedisPublisher sending = this.publisher;
		RedisSubscriber hearing = this.subscriber;
		this.publisher = null;
		this.subscriber = null;
		this.connected = false;
		if (sending != null) {
			sending.close();
		}
		if (hearing != null) {
			hearing.close();
		}
	}

}
