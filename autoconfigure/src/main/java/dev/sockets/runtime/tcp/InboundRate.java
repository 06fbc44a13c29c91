package dev.sockets.runtime.tcp;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.DisconnectReason;
import dev.sockets.framing.FrameWindow;
import dev.sockets.tcp.InboundLimit;
import dev.sockets.tcp.OnExcess;

/**
 * Keeps what comes over a connection to a rate of messages or bytes: reads no further for
 * a while, or closes the connection. Counts bytes as they were read, also those that are
 * no messages; what is read at once may be more than there is room for, and is made up
 * for later. Used by one thread after another.
 */
public final class InboundRate implements FrameHook {

	/** Shorter pauses cost more than they are worth. */
	private static final long SHORTEST_PAUSE = 10_000_000;

	private final InboundLimit settings;

	private final RateLimit limit;

	private long paid;

	private long counted;

	private boolean begun;

	private InboundRate(InboundLimit settings) {
		this.settings = settings;
		this.limit = new RateLimit(settings.rate());
	}

	/**
	 * Returns what keeps the connections of a server to a rate.
	 * @param settings the rate; {@code null} for none
	 * @return the hook; {@code null} when there is no rate
	 */
	public static @Nullable InboundRate of(@Nullable InboundLimit settings) {
		return (settings != null) ? new InboundRate(settings) : null;
	}

	@Override
	public FrameHook forConnection() {
		return new InboundRate(this.settings);
	}

	@Override
	public boolean takes(DefaultConnection connection, FrameWindow frame) {
		return !admits(connection, 1);
	}

	/** Bytes may come without an end to a message. */
	@Override
	public void tick(DefaultConnection connection, long now) {
		admits(connection, 0);
	}

	/** Nothing is done with the lock held that may call the application. */
	private boolean admits(DefaultConnection connection, int messages) {
		long excess = count(connection, messages, System.nanoTime());
		if (excess <= 0) {
			return true;
		}
		if (this.settings.onExcess() == OnExcess.DISCONNECT) {
			connection.close(DisconnectReason.INBOUND_RATE, null);
			return false;
		}
		connection.channel().timers().pauseForRate(Math.max(excess, SHORTEST_PAUSE));
		return true;
	}

	/**
	 * Counts what has come.
	 * @return for how long nothing more is to come, in nanoseconds, or positive when
	 * there was too much
	 */
	private synchronized long count(DefaultConnection connection, int messages, long now) {
		long sent = now - connection.channel().activity().credit(now);
		long amount = this.settings.rate().bytes() ? newBytes(connection) : messages;
		if (amount == 0) {
			return 0;
		}
		long paid = this.limit.pay(this.begun ? this.paid : sent, sent, amount);
		if (this.settings.onExcess() == OnExcess.DISCONNECT) {
			long excess = this.limit.excess(paid, now);
			if (excess > 0) {
				return excess;
			}
		}
		this.begun = true;
		this.paid = paid;
		return (this.settings.onExcess() == OnExcess.DELAY) ? this.limit.delay(paid, now) : 0;
	}

	private long newBytes(DefaultConnection connection) {
		long received = connection.channel().activity().bytesReceived();
		long bytes = received - this.counted;
		this.counted = received;
		return bytes;
	}

}
