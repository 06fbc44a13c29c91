package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.DisconnectReason;

/**
 * Ends one connection when it is as old as it may become: at the first moment at which no
 * message is half received and no request waits for its answer, but not much later than
 * that. Used by whoever looks at the connection's deadlines; all times are those of its
 * channel.
 */
final class ConnectionAge {

	/** By which part an age may be shorter. */
	private static final double JITTER = 0.1;

	private final DefaultConnection connection;

	private final long limit;

	private final long patience;

	private volatile boolean begun;

	private volatile boolean ended;

	private volatile long since;

	private ConnectionAge(DefaultConnection connection, long limit, long patience) {
		this.connection = connection;
		this.limit = limit;
		this.patience = patience;
	}

	/**
	 * Returns what ends a connection.
	 * @param connection the connection
	 * @param context what it shares with others of its endpoint
	 * @return {@code null} when it may become any age
	 */
	static @Nullable ConnectionAge of(DefaultConnection connection, ConnectionContext context) {
		Duration max = context.settings().timeouts().maxAge();
		if (max == null) {
			return null;
		}
		double part = 1 - JITTER * ThreadLocalRandom.current().nextDouble();
		return new ConnectionAge(connection, (long) (Deadlines.nanos(max) * part), context.deadlines().frame());
	}

	/**
	 * Some time has passed; the first time the connection has begun.
	 * @param now the time
	 */
	void tick(long now) {
		if (!this.begun) {
			this.since = now;
			this.begun = true;
		}
		long over = now - this.since - this.limit;
		if (over >= 0 && !this.ended && (isQuiet() || over >= this.patience)) {
			this.ended = true;
			Drain.begin(this.connection, DisconnectReason.MAX_AGE);
		}
	}

	private boolean isQuiet() {
		return !this.connection.channel().activity().hasBegunFrame()
				&& !this.connection.reader().payloadHooks().await();
	}

}
