package dev.sockets.loop.stream;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way to the socket. Ends exactly once, written or failed.
 */
final class PendingWrite {

	final ByteBuffer buffer;

	/** How many frames the bytes are that no one has counted yet. */
	final int frames;

	/** How many bytes they are. */
	final int size;

	/** Whether a handler of this channel's messages sends them. */
	final boolean reply;

	/**
	 * What becomes of the way out when everything before it is written; {@code null} when
	 * these are ordinary bytes.
	 */
	final @Nullable OutputState mark;

	private final @Nullable SendCallback callback;

	private volatile @Nullable Thread waiter;

	private volatile boolean ended;

	private @Nullable Throwable failure;

	PendingWrite(ByteBuffer buffer, int frames, boolean reply, @Nullable SendCallback callback) {
		this(buffer, frames, reply, null, callback);
	}

	private PendingWrite(ByteBuffer buffer, int frames, boolean reply, @Nullable OutputState mark,
			@Nullable SendCallback callback) {
		this.buffer = buffer;
		this.size = buffer.remaining();
		this.frames = frames;
		this.reply = reply;
		this.mark = mark;
		this.callback = callback;
	}

	/**
	 * Copies replies that were collected and have to wait.
	 * @param bytes the replies; valid only during the call
	 * @param frames how many they are, of those that no one has counted yet
	 * @param handler told when they are not sent
	 * @return the copy
	 */
	static PendingWrite replies(ByteBuffer bytes, int frames, ChannelHandler handler) {
		ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
		return new PendingWrite(copy, frames, true, (failure) -> {
			if (failure != null && frames > 0) {
				handler.repliesUnsent(frames, failure);
			}
		});
	}

	/**
	 * Makes a mark between what is sent before and after.
	 * @param state what becomes of the way out there
	 * @param callback told when that is over, or could not be
	 * @return the mark, which has no bytes
	 */
	static PendingWrite mark(OutputState state, SendCallback callback) {
		return new PendingWrite(ByteBuffer.allocate(0), 0, false, state, callback);
	}

	void end(@Nullable Throwable failure) {
		this.failure = failure;
		this.ended = true;
		LockSupport.unpark(this.waiter);
		if (this.callback != null) {
			this.callback.ended(failure);
		}
	}

	/**
	 * Returns the failure, if it has failed already.
	 * @return the failure; {@code null} when it has not ended, or was written
	 */
	@Nullable Throwable failureSoFar() {
		return this.ended ? this.failure : null;
	}

	/**
	 * Waits for the end. An interrupt does not end the waiting, which the write deadline
	 * bounds; it is kept for the caller.
	 * @return the failure, or {@code null} when the bytes were written
	 */
	@Nullable Throwable await() {
		boolean interrupted = false;
		this.waiter = Thread.currentThread();
		while (!this.ended) {
			LockSupport.park(this);
			interrupted |= Thread.interrupted();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return this.failure;
	}

}
