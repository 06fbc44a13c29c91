package dev.sockets.loop.stream;

import java.io.IOException;

/**
 * What is looked at about ten times a second: whether the peer of a channel takes too
 * long for something. Used on the loop, also while a late thread is still inside.
 */
final class ChannelTick {

	private ChannelTick() {
	}

	/**
	 * Some time has passed.
	 * @param channel the channel, which is aborted when looking at it throws
	 * @param transport carries its bytes
	 * @param now the time, as {@link StreamChannel#nanos()}
	 */
	static void tick(StreamChannel channel, Transport transport, long now) {
		try {
			look(channel, transport, now);
		}
		catch (Throwable ex) {
			channel.abort(AbortReason.FAILED, ex);
			throw ex;
		}
	}

	private static void look(StreamChannel channel, Transport transport, long now) {
		try {
			transport.tick(now);
		}
		catch (IOException ex) {
			transportFailed(channel, ex);
			return;
		}
		MemoryBrake.readOn(channel);
		if (!channel.port().isPreparing()
				&& channel.writer().gate().isStuck(now, channel.settings().writeTimeoutNanos())) {
			channel.abort(AbortReason.STALLED, null);
		}
		else if (channel.isOpen()) {
			channel.handler().tick(now);
		}
	}

	static boolean isAtRest(StreamChannel channel, Transport transport, long now) {
		return channel.isOpen() && channel.isReading() && !channel.reader().hasRest()
				&& channel.writer().gate().isReady() && transport.isAtRest() && channel.handler().isAtRest(now);
	}

	private static void transportFailed(StreamChannel channel, IOException cause) {
		StreamOpener opener = channel.port().opener();
		if (opener != null && (channel.closer().isUnopened() || opener.isPreparing())) {
			opener.fail(cause);
		}
		else {
			channel.abort(AbortReason.BROKEN, cause);
		}
	}

}
