package dev.sockets.loop.stream;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Tells senders what became of their bytes. What one of them throws is kept from the
 * others, who may wait for it. Used by all threads.
 */
final class WriteEnds {

	private final StreamChannel channel;

	WriteEnds(StreamChannel channel) {
		this.channel = channel;
	}

	/**
	 * Bytes were not written.
	 * @param unsent what was taken from the queue
	 * @param reason why
	 */
	void fail(List<PendingWrite> unsent, UnsentReason reason) {
		for (PendingWrite outgoing : unsent) {
			end(outgoing, failure(reason));
		}
	}

	private Throwable failure(UnsentReason reason) {
		try {
			return this.channel.handler().unsent(reason);
		}
		catch (Throwable ex) {
			return ex;
		}
	}

	/**
	 * One sender's bytes were written, or were not.
	 * @param outgoing the bytes
	 * @param failure why they were not; {@code null} when they were
	 */
	void end(PendingWrite outgoing, @Nullable Throwable failure) {
		try {
			outgoing.end(failure);
		}
		catch (Throwable ex) {
			this.channel.loop().fail(ex);
		}
	}

}
