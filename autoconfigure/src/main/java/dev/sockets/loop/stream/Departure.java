package dev.sockets.loop.stream;

import dev.sockets.loop.LoopCaller;

/**
 * Lets the thread that handles what a channel received wait for what the channel is still
 * to receive: another thread goes on with the event loop and reads the channel too, while
 * the first one is inside the handler. What is received meanwhile is handled after that.
 */
final class Departure {

	private Departure() {
	}

	/**
	 * Returns whether the calling thread may wait for something that a channel is to
	 * receive.
	 * @param channel the channel
	 * @return {@code false} when nothing would be read while it waits
	 */
	static boolean isPossible(StreamChannel channel) {
		Caller caller = channel.caller();
		return caller.mayAwaitWrite() && (!caller.isServing() || !channel.isOpen() || mayLeave(channel));
	}

	private static boolean mayLeave(StreamChannel channel) {
		return !channel.reader().isEnded() && channel.handler().mayLeave(isReceiving(channel));
	}

	private static boolean isReceiving(StreamChannel channel) {
		return channel.reader().isServing(LoopCaller.buffers());
	}

	/**
	 * The calling thread is about to wait for something that a channel is to receive.
	 * Nothing is done for threads without which the channel is read anyway.
	 * @param channel the channel
	 * @return {@code false} when nothing would be read while it waits
	 */
	static boolean begin(StreamChannel channel) {
		Caller caller = channel.caller();
		if (!caller.mayAwaitWrite()) {
			return false;
		}
		if (caller.isCollected()) {
			channel.flusher().flushOwnBatch();
			channel.flusher().pump();
		}
		if (caller.isServing()) {
			return !channel.isOpen() || leave(channel);
		}
		if (channel.loop().isRunByCaller()) {
			LoopCaller.handOver();
		}
		return true;
	}

	/** Without a successor everything stays as it is, and the answer comes too late. */
	private static boolean leave(StreamChannel channel) {
		if (!mayLeave(channel)) {
			return false;
		}
		if (LoopCaller.handOver()) {
			boolean receiving = isReceiving(channel);
			Unread unread = channel.handler().leave(receiving);
			if (unread != null) {
				channel.reader().leave(unread);
			}
			channel.resume(PauseReason.UNOPENED);
			LoopCaller.leave();
		}
		return true;
	}

}
