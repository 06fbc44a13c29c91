package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.DisconnectReason;
import dev.sockets.framing.FrameWindow;
import dev.sockets.loop.stream.OutputEnd;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Heartbeat;

/**
 * Sends a heartbeat over each connection that is silent, and keeps those that are
 * received from the application. Closes a connection whose peer has not answered one by
 * anything; that it was silent without having been asked is nothing to close it for.
 */
final class Heartbeats implements FrameHook {

	private final byte[] message;

	private final ByteBuffer frame;

	private final long interval;

	private final long timeout;

	private Heartbeats(Heartbeat heartbeat, ByteBuffer frame) {
		this.message = heartbeat.message();
		this.frame = frame;
		this.interval = Deadlines.nanos(heartbeat.interval());
		this.timeout = Deadlines.nanos(heartbeat.timeout());
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

	@Override
	public void tick(DefaultConnection connection, long now) {
		StreamChannel channel = connection.channel();
		OpenBeat open = connection.reader().openBeat();
		boolean silent = channel.activity().silentFor(now) - this.interval > this.timeout;
		if (silent && open.isOlder(this.timeout, channel.activity().lastRead(), now)) {
			connection.closingBecause(DisconnectReason.HEARTBEAT, null);
			channel.abort();
		}
		else if (!OutputEnd.hasBegun(channel) && (now - channel.activity().lastWrite() >= this.interval
				|| (silent && !open.is(channel.activity().lastRead())))) {
			open.sent(channel.activity().lastRead(), now);
			send(connection);
		}
	}

	/** What waits already is as good a reason for the peer to show that it is there. */
	private void send(DefaultConnection connection) {
		StreamChannel channel = connection.channel();
		if (channel.pending() == 0) {
			channel.send(connection.isSwitched() ? FrameEncoder.frame(connection.settings().framing(), this.message)
					: this.frame.duplicate(), null);
		}
	}

}
