package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.sockets.framing.FrameWindow;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Heartbeat;

/**
 * Sends a heartbeat over each connection that is silent, and keeps those that are
 * received from the application. That they are missed is seen by the {@link Deadlines}.
 */
final class Heartbeats implements FrameHook {

	private final byte[] message;

	private final ByteBuffer frame;

	private final long interval;

	private Heartbeats(Heartbeat heartbeat, ByteBuffer frame) {
		this.message = heartbeat.message();
		this.frame = frame;
		this.interval = Deadlines.nanos(heartbeat.interval());
	}

	/**
	 * Returns the heartbeats of an endpoint.
	 * @param settings its settings
	 * @return {@code null} when they are off
	 */
	static @Nullable Heartbeats of(ConnectionSettings settings) {
		Heartbeat heartbeat = settings.heartbeat();
		return (heartbeat != null)
				? new Heartbeats(heartbeat, FrameEncoder.frame(settings.framing(), heartbeat.message())) : null;
	}

	@Override
	public boolean takes(DefaultConnection connection, FrameWindow frame) {
		int start = frame.frameStart();
		return frame.frameLength() == this.message.length && Arrays.equals(frame.frameArray(), start,
				start + this.message.length, this.message, 0, this.message.length);
	}

	/** Sends a heartbeat when nothing was written for an interval, and nothing waits. */
	@Override
	public void tick(DefaultConnection connection, long now) {
		StreamChannel channel = connection.channel();
		if (channel.pending() == 0 && now - channel.lastWrite() >= this.interval) {
			channel.send(this.frame.duplicate(), null);
		}
	}

}
