package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;

import dev.sockets.loop.stream.SendCallback;

/**
 * A message that waits for its turn, or for its end. How often it was sent is guarded by
 * the monitor of who sends it.
 */
final class QueuedSend {

	/** Memory that it takes beside its bytes, more or less. */
	private static final int KEPT = 128;

	private final ByteBuffer frame;

	private final SendCallback callback;

	private int copies;

	private boolean written;

	private long deadline;

	/**
	 * Creates a message that was not sent yet.
	 * @param frame its bytes, not to be changed
	 * @param callback told how it has ended
	 */
	QueuedSend(ByteBuffer frame, SendCallback callback) {
		this.frame = frame;
		this.callback = callback;
	}

	ByteBuffer frame() {
		return this.frame.duplicate();
	}

	SendCallback callback() {
		return this.callback;
	}

	int size() {
		return this.frame.remaining() + KEPT;
	}

	/** One more copy is sent. */
	void sending() {
		this.copies++;
		this.written = false;
	}

	/**
	 * Returns how often it was sent.
	 */
	int copies() {
		return this.copies;
	}

	/**
	 * The socket has taken what was sent last.
	 * @param deadline when it is to be acknowledged, as {@code StreamChannel.nanos()}
	 */
	void written(long deadline) {
		this.written = true;
		this.deadline = deadline;
	}

	boolean isLate(long now) {
		return this.written && now - this.deadline >= 0;
	}

}
