package dev.sockets.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Replies collected while a thread handles the messages of one read, to leave in one
 * write. Only that thread appends; whoever holds the channel's write lock may write out
 * what was appended completely.
 */
final class Batch {

	private static final VarHandle END;

	static {
		try {
			END = MethodHandles.lookup().findVarHandle(Batch.class, "end", int.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final byte[] bytes;

	private final @Nullable ByteBuffer direct;

	private @Nullable Thread owner;

	private int frames;

	private volatile int end;

	/** Up to where the bytes were written out; guarded by the write lock. */
	private int start;

	Batch(int size, @Nullable ByteBuffer direct) {
		this.bytes = new byte[size];
		this.direct = direct;
	}

	void begin() {
		this.owner = Thread.currentThread();
		this.start = 0;
		this.frames = 0;
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
		if (length > this.bytes.length - end) {
			return false;
		}
		System.arraycopy(source, 0, this.bytes, end, length);
		END.setRelease(this, end + length);
		this.frames++;
		return true;
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
	 * Returns how often was appended since this was asked last; asked by the owner.
	 * @return the number of frames
	 */
	int takeFrames() {
		int frames = this.frames;
		this.frames = 0;
		return frames;
	}

	/** Makes room again after all was taken; called by the owner with the lock held. */
	void rewind() {
		this.start = 0;
		END.setRelease(this, 0);
	}

}
