package dev.sockets.loop.stream;

/**
 * Reads no more from a peer that does not take the replies. Only replies count: if other
 * sends did, two peers who send each other much would wait for each other. Open to all
 * threads.
 */
final class ReplyBrake {

	private final StreamChannel channel;

	private final WaterMarks pending;

	ReplyBrake(StreamChannel channel, WaterMarks pending) {
		this.channel = channel;
		this.pending = pending;
	}

	/** Something more waits for the peer. */
	void holdBack() {
		if (this.pending.areManyReplies()) {
			this.channel.pause(PauseReason.REPLIES);
			readOn();
		}
	}

	/** The peer has taken something. */
	void readOn() {
		if (this.pending.areFewReplies()) {
			this.channel.resume(PauseReason.REPLIES);
		}
	}

}
