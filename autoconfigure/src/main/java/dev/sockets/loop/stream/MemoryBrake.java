package dev.sockets.loop.stream;

/**
 * Reads no more from a peer while there is no memory for what it sends; closes the
 * channel when there is none even for what was read, unless that is little. Open to all
 * threads.
 */
final class MemoryBrake {

	private MemoryBrake() {
	}

	/**
	 * More is kept of what was read; who keeps little is served on.
	 * @param channel whose peer has sent it
	 * @param bytes how many bytes
	 */
	static void hold(StreamChannel channel, long bytes) {
		channel.memory().add(bytes);
		if (channel.memory().hasUsedUp() && holdsBack(channel)) {
			closeWhenOverdrawn(channel);
		}
	}

	/**
	 * Returns whether nothing is to be read now, and reads on later then.
	 * @param channel whose peer sends it
	 * @return whether there is no memory for more
	 */
	static boolean holdsBack(StreamChannel channel) {
		boolean isUsedUp = channel.memory().isUsedUp();
		if (isUsedUp) {
			channel.pause(PauseReason.MEMORY);
		}
		return isUsedUp;
	}

	static void closeWhenOverdrawn(StreamChannel channel) {
		if (channel.memory().isOverdrawn()) {
			channel.abort(AbortReason.MEMORY, null);
		}
	}

	/**
	 * Some time has passed, so there may be memory again.
	 * @param channel is read again then
	 */
	static void readOn(StreamChannel channel) {
		if (channel.isPausedFor(PauseReason.MEMORY) && !channel.memory().isUsedUp()) {
			channel.resume(PauseReason.MEMORY);
		}
	}

}
