package dev.sockets.loop.stream;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Tells senders what became of their bytes. What one of them throws is kept from the
 * others, who may wait for it. Used by all threads.
 */
final class WriteEnds {

	private WriteEnds() {
	}

	/**
	 * Bytes were not written.
	 * @param channel whose they were
	 * @param unsent what was taken from the queue
	 * @param reason why
	 */
	static void fail(StreamChannel channel, List<PendingWrite> unsent, UnsentReason reason) {
		for (PendingWrite outgoing : unsent) {
			end(channel, outgoing, failure(channel, reason));
		}
	}

	private static Throwable failure(StreamChannel channel, UnsentReason reason) {
		try {
			return channel.handler().unsent(reason);
		}
		catch (Throwable ex) {
			return ex;
		}
	}

	/**
	 * One sender's bytes were written, or were not.
	 * @param channel whose they were
	 * @param outgoing the bytes
	 * @param failure why they were not; {@code null} when they were
	 */
	static void end(StreamChannel channel, PendingWrite outgoing, @Nullable Throwable failure) {
		try {
			outgoing.end(failure);
		}
		catch (Throwable ex) {
			channel.loop().fail(ex);
		}
	}

}
