package dev.sockets.runtime.tcp;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.loop.stream.StreamChannel;

/**
 * Sends the messages of one connection whose peer tells them apart by the silence behind
 * each. It is made longer than the peer needs, as nobody knows how the network moves it.
 */
final class PacedSends implements SendLine, PayloadHook {

	private static final long SLACK = Duration.ofMillis(5).toNanos();

	private final DefaultConnection connection;

	private final SendQueue queue;

	private final long pause;

	private boolean underWay;

	/** When the silence is over. */
	private long free;

	private boolean awaited;

	private @Nullable Runnable drained;

	private PacedSends(DefaultConnection connection, Duration gap) {
		this.connection = connection;
		this.queue = new SendQueue(connection);
		this.pause = gap.toNanos() + gap.toNanos() / 2 + SLACK;
		this.free = connection.channel().nanos();
	}

	/**
	 * Adds it to a new connection.
	 * @param connection the connection
	 * @return {@code null} when no silence is needed
	 */
	static @Nullable PacedSends addTo(DefaultConnection connection) {
		Duration gap = connection.context().settings().framing().gap();
		if (gap == null) {
			return null;
		}
		PacedSends sends = new PacedSends(connection, gap);
		connection.reader().add(sends);
		return sends;
	}

	private StreamChannel channel() {
		return this.connection.channel();
	}

	@Override
	public SendQueue queue() {
		return this.queue;
	}

	@Override
	public void sendNext() {
		if (!channel().isOpen()) {
			failAll();
			return;
		}
		QueuedSend next;
		Runnable drained = null;
		synchronized (this) {
			next = next();
			if (!this.underWay && this.queue.isEmpty()) {
				drained = this.drained;
				this.drained = null;
			}
		}
		if (next != null) {
			this.queue.write(next, (failure) -> written(next, failure));
		}
		if (drained != null) {
			drained.run();
		}
	}

	private @Nullable QueuedSend next() {
		if (this.underWay || this.queue.isEmpty()) {
			return null;
		}
		long wait = this.free - channel().nanos();
		if (wait > 0) {
			if (!this.awaited) {
				this.awaited = true;
				channel().timers().callBackLater(wait);
			}
			return null;
		}
		QueuedSend next = this.queue.poll();
		this.underWay = next != null;
		return next;
	}

	private void written(QueuedSend message, @Nullable Throwable failure) {
		synchronized (this) {
			this.underWay = false;
			this.free = channel().nanos() + this.pause;
		}
		this.queue.end(message, failure);
		sendNext();
	}

	/** The loop calls back; perhaps for another reason. */
	void calledBack() {
		synchronized (this) {
			this.awaited = false;
		}
		sendNext();
	}

	@Override
	public void whenDrained(Runnable action) {
		synchronized (this) {
			this.drained = action;
		}
		sendNext();
	}

	private void failAll() {
		Runnable drained;
		synchronized (this) {
			drained = this.drained;
			this.drained = null;
		}
		this.queue.pollAll().forEach((message) -> this.queue.end(message, this.connection.sendFailure()));
		if (drained != null) {
			drained.run();
		}
	}

	@Override
	public boolean takes(Object payload) {
		return false;
	}

	@Override
	public void ended(SocketOperationException cause) {
		sendNext();
	}

}
