package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.DisconnectReason;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.tcp.ConnectionSettings;

/**
 * The deadlines of an endpoint's connections, in nanoseconds; {@code Long.MAX_VALUE} for
 * those that are off. That heartbeats are missed is seen by the {@link Heartbeats}.
 */
public record Deadlines(long frame, long idle, long read, long firstData) {

	private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(1);

	public static Deadlines of(ConnectionSettings settings, @Nullable Duration firstData) {
		return new Deadlines(nanos(settings.timeouts().frame()), nanos(settings.timeouts().idle()),
				nanos(settings.timeouts().read()), nanos(firstData));
	}

	/**
	 * Returns which deadline a connection has missed.
	 * @param channel the connection's channel
	 * @param now the time, as {@code StreamChannel.nanos()}
	 * @return the reason to close it; {@code null} when it has missed none
	 */
	@Nullable DisconnectReason missed(StreamChannel channel, long now) {
		long silent = channel.activity().silentFor(now);
		if (channel.activity().isFrameLate(now, this.frame)) {
			return DisconnectReason.FRAME_TIMEOUT;
		}
		if (silent > this.firstData && channel.activity().bytesReceived() == 0) {
			return DisconnectReason.IDLE;
		}
		if (silent > this.read) {
			return DisconnectReason.READ_TIMEOUT;
		}
		if (silent > this.idle && now - channel.activity().lastWrite() > this.idle) {
			return DisconnectReason.IDLE;
		}
		return null;
	}

	/**
	 * Returns whether a connection that has begun no frame can miss no deadline within a
	 * second.
	 * @param channel the connection's channel
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	boolean areFar(StreamChannel channel, long now) {
		long soon = now + SOON_NANOS;
		long silent = channel.activity().silentFor(now) + SOON_NANOS;
		return silent <= this.read && (silent <= this.firstData || channel.activity().bytesReceived() > 0)
				&& (silent <= this.idle || soon - channel.activity().lastWrite() <= this.idle);
	}

	public static long nanos(@Nullable Duration duration) {
		if (duration == null) {
			return Long.MAX_VALUE;
		}
		try {
			return duration.toNanos();
		}
		catch (ArithmeticException ex) {
			return Long.MAX_VALUE;
		}
	}

}
