package dev.sockets.loop.stream;

/**
 * Ends the output of a channel that goes on reading: what was sent before leaves, and
 * then the peer is told that nothing more comes. Open to all threads.
 */
public final class OutputEnd {

	private OutputEnd() {
	}

	/**
	 * Begins. What is sent from now on fails with {@link UnsentReason#ENDED}.
	 * @param channel the channel
	 * @param callback told when the socket has taken everything and the end, or cannot
	 */
	public static void begin(StreamChannel channel, SendCallback callback) {
		channel.flushCollected();
		channel.writer().end(callback);
		if (channel.writer().gate().isClosed()) {
			channel.flusher().close();
		}
		else {
			channel.flusher().pump();
		}
	}

	/**
	 * Returns whether a channel's output has ended, or does.
	 * @param channel the channel
	 * @return whether nothing more is sent than what waits
	 */
	public static boolean hasBegun(StreamChannel channel) {
		return channel.writer().gate().refusal() == UnsentReason.ENDED;
	}

	/**
	 * Returns whether the peer of a channel was told that nothing more comes.
	 * @param channel the channel
	 * @return whether its output has ended
	 */
	public static boolean isOver(StreamChannel channel) {
		return channel.writer().gate().isEnded();
	}

}
