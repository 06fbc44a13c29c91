package dev.sockets.loop.stream;

/**
 * Reads no more from a peer while there is no memory for what it sends; closes the
 * channel when there is none even for what was read, unless that is little. Open to all
 * threads.
 */
final class MemoryBrake {

	private final StreamChannel channel;

	private final ChannelMemory memory;

	private final ReadInterest interest;

	MemoryBrake(StreamChannel channel, ChannelMemory memory, ReadInterest interest) {
		this.channel = channel;
		this.memory = memory;
		this.interest = interest;
	}

	ChannelMemory memory() {
		return this.memory;
	}

	/** More is kept of what was read; who keeps little is served on. */
	void hold(long bytes) {
		this.memory.add(bytes);
		if (this.memory.hasUsedUp() && holdsBack()) {
			closeWhenOverdrawn();
		}
	}

	/** Returns whether nothing is to be read now, and reads on later then. */
	boolean holdsBack() {
		boolean isUsedUp = this.memory.isUsedUp();
		if (isUsedUp) {
			this.channel.pause(PauseReason.MEMORY);
		}
		return isUsedUp;
	}

	void closeWhenOverdrawn() {
		if (this.memory.isOverdrawn()) {
			this.channel.abort(AbortReason.MEMORY, null);
		}
	}

	/** Some time has passed, so there may be memory again. */
	void readOn() {
		if (this.interest.isShutFor(PauseReason.MEMORY) && !this.memory.isUsedUp()) {
			this.channel.resume(PauseReason.MEMORY);
		}
	}

}
