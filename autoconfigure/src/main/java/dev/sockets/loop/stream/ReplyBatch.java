package dev.sockets.loop.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Replies collected while a thread handles the messages of one read, to leave in one
 * write. Only that thread appends; whoever holds the channel's write lock may write out
 * what was appended completely.
 */
final class ReplyBatch {

	private static final int FIRST_BYTES = 512;

	private static final byte[] NOTHING = {};

	private static final VarHandle END;

	private static final VarHandle BYTES;

	static {
		try {
			END = MethodHandles.lookup().findVarHandle(ReplyBatch.class, "end", int.class);
			BYTES = MethodHandles.lookup().findVarHandle(ReplyBatch.class, "bytes", byte[].class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final int size;

	private final @Nullable ByteBuffer direct;

	private volatile byte[] bytes;

	private @Nullable Thread owner;

	/** Written by the owner before the end that covers them. */
	private int frames;

	private boolean waiting;

	private volatile int end;

	/** Up to where the bytes were written out; guarded by the write lock. */
	private int start;

	/** How many frames were taken; guarded by the write lock. */
	private int framesTaken;

	/**
	 * Creates the batch of an event loop, which is used again and again.
	 * @param direct what is written to the socket; as large as the batch may get
	 */
	ReplyBatch(ByteBuffer direct) {
		this.size = direct.capacity();
		this.direct = direct;
		this.bytes = new byte[this.size];
	}

	/**
	 * Creates a batch for a while, which takes no more memory than is appended.
	 * @param size how large it may get
	 */
	ReplyBatch(int size) {
		this.size = size;
		this.direct = null;
		this.bytes = NOTHING;
	}

	void begin() {
		this.owner = Thread.currentThread();
		this.start = 0;
		this.frames = 0;
		this.framesTaken = 0;
		END.setRelease(this, 0);
	}

	boolean isMine() {
		return this.owner == Thread.currentThread();
	}

	void interruptOwner() {
		Thread owner = this.owner;
		if (owner != null) {
			owner.interrupt();
		}
	}

	boolean append(byte[] source, int length) {
		int end = (int) END.get(this);
		if (length > this.size - end) {
			return false;
		}
		byte[] bytes = (byte[]) BYTES.get(this);
		if (length > bytes.length - end) {
			bytes = Arrays.copyOf(bytes, Math.min(this.size, Math.max(end + length, Math.max(FIRST_BYTES, 2 * end))));
			BYTES.setRelease(this, bytes);
		}
		System.arraycopy(source, 0, bytes, end, length);
		this.frames++;
		END.setRelease(this, end + length);
		return true;
	}

	/**
	 * Notes that something is to wait for the end of the batch. Nobody but the watchdog
	 * would send it when the owner takes long, unless that is a loop's thread, which is
	 * watched anyway.
	 * @return whether it is the first thing that waits for a thread that nobody watches
	 */
	boolean beginsToWait() {
		if (this.waiting || this.direct != null) {
			return false;
		}
		this.waiting = true;
		return true;
	}

	/**
	 * Notes that nothing waits any more.
	 * @return whether something did that {@link #beginsToWait()} had told of
	 */
	boolean endsWaiting() {
		boolean waiting = this.waiting;
		this.waiting = false;
		return waiting;
	}

	/**
	 * Returns whether anything was appended since the last {@link #rewind()}, written out
	 * or not; asked by the owner.
	 * @return whether something was
	 */
	boolean isUsed() {
		return this.end > 0;
	}

	boolean hasBytes() {
		return this.end > this.start;
	}

	/**
	 * Returns what was appended and not yet taken, and marks it as taken. The buffer is
	 * valid while the write lock is held.
	 * @return the bytes
	 */
	ByteBuffer take() {
		int from = this.start;
		int to = this.end;
		this.start = to;
		if (this.direct == null) {
			return ByteBuffer.wrap(this.bytes, from, to - from);
		}
		return this.direct.clear().put(this.bytes, from, to - from).flip();
	}

	/**
	 * Returns how many frames were appended since this was asked last. Asked with the
	 * lock held; beside the owner it may tell of one too many, which is then missing the
	 * next time.
	 * @return the number of frames
	 */
	int takeFrames() {
		int frames = this.frames - this.framesTaken;
		this.framesTaken += frames;
		return frames;
	}

	/** Makes room again after all was taken; called by the owner with the lock held. */
	void rewind() {
		this.start = 0;
		END.setRelease(this, 0);
	}

}
