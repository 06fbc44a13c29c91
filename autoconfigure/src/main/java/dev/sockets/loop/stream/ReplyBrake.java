package dev.sockets.loop.stream;

/**
 * Reads no more from a peer that does not take the replies. Only replies count: if other
 * sends did, two peers who send each other much would wait for each other. Open to all
 * threads.
 */
final class ReplyBrake {

	private ReplyBrake() {
	}

	/**
	 * Something more waits for the peer.
	 * @param channel is read no more when that is much
	 */
	static void holdBack(StreamChannel channel) {
		if (channel.waterMarks().areManyReplies()) {
			channel.pause(PauseReason.REPLIES);
			readOn(channel);
		}
	}

	/**
	 * The peer has taken something.
	 * @param channel is read again when little is left
	 */
	static void readOn(StreamChannel channel) {
		if (channel.waterMarks().areFewReplies()) {
			channel.resume(PauseReason.REPLIES);
		}
	}

}
