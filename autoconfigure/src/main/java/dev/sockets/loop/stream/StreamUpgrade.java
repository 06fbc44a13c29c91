package dev.sockets.loop.stream;

/**
 * Has a channel go on to another protocol, see {@link Transport#upgrade}. What was sent
 * before leaves first, what is sent from then on waits until the transport is prepared,
 * and nothing is read meanwhile but by the transport. It begins with the first byte that
 * is not consumed then: called within {@link ChannelHandler#received}, behind what that
 * says that it has consumed.
 */
public final class StreamUpgrade {

	private StreamUpgrade() {
	}

	/**
	 * Begins; open to all threads. To be called once for a channel.
	 * @param channel the channel
	 * @param callback told when its transport is prepared, before anything else is read
	 * or written; or that it was closed before
	 */
	public static void begin(StreamChannel channel, SendCallback callback) {
		channel.pause(PauseReason.UPGRADE);
		channel.flushCollected();
		channel.writer().add(PendingWrite.mark(OutputState.HELD, (failure) -> {
			if (failure != null && channel.isOpen()) {
				channel.resume(PauseReason.UPGRADE);
			}
			callback.ended(failure);
		}));
		if (channel.writer().gate().isClosed()) {
			channel.flusher().close();
		}
		else {
			channel.flusher().pump();
		}
	}

}
