package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.DisconnectReason;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;
import dev.sockets.loop.stream.OutputEnd;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Heartbeat;

/**
 * Sends a heartbeat over each connection that is silent, and keeps those that are
 * received from the application, or answers them. Closes a connection whose peer has not
 * answered one by anything; that it was silent without having been asked is nothing to
 * close it for.
 */
public final class Heartbeats implements FrameHook {

	private final byte[] message;

	private final byte @Nullable [] answer;

	private final ByteBuffer frame;

	private final @Nullable ByteBuffer answerFrame;

	/** {@code Long.MAX_VALUE} when none are sent. */
	private final long interval;

	private final long timeout;

	private Heartbeats(Heartbeat heartbeat, Framing framing) {
		this.message = heartbeat.message();
		this.answer = heartbeat.answer();
		this.frame = FrameEncoder.frame(framing, this.message);
		this.answerFrame = (this.answer != null) ? FrameEncoder.frame(framing, this.answer) : null;
		this.interval = Deadlines.nanos(heartbeat.interval());
		this.timeout = Deadlines.nanos(heartbeat.timeout());
	}

	/**
	 * Returns the heartbeats of an endpoint.
	 * @param settings its settings
	 * @return {@code null} when they are off
	 */
	public static @Nullable Heartbeats of(ConnectionSettings settings) {
		Heartbeat heartbeat = settings.heartbeat();
		return (heartbeat != null) ? new Heartbeats(heartbeat, settings.framing()) : null;
	}

	@Override
	public boolean takes(DefaultConnection connection, FrameWindow frame) {
		if (isIn(frame, this.message)) {
			if (this.answer != null && this.answerFrame != null && connection.reader().hold() == null) {
				answer(connection, this.answer, this.answerFrame);
			}
			return true;
		}
		return this.answer != null && this.interval != Long.MAX_VALUE && isIn(frame, this.answer);
	}

	private static boolean isIn(FrameWindow frame, byte[] message) {
		int start = frame.frameStart();
		return frame.frameLength() == message.length
				&& Arrays.equals(frame.frameArray(), start, start + message.length, message, 0, message.length);
	}

	private static void answer(DefaultConnection connection, byte[] answer, ByteBuffer frame) {
		StreamChannel channel = connection.channel();
		ByteBuffer bytes = connection.isSwitched() ? FrameEncoder.frame(connection.settings().framing(), answer)
				: frame.duplicate();
		if (!channel.caller().isCollected() || !channel.append(bytes.array(), bytes.remaining())) {
			channel.send(bytes, null);
		}
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
