package dev.sockets.loop.linux;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * An io_uring that has many sends leave together. Each is tried once, when it is
 * submitted, so that nothing is under way between two submissions, and completes only
 * when not everything was taken. Not thread-safe.
 */
final class SendRing {

	private static final int SETUP = 425;

	private static final int ENTER = 426;

	private static final int SQE = 64;

	private static final int CQE = 16;

	private static final int SUBMIT_ALL = 1 << 7;

	private static final int NO_SQARRAY = 1 << 16;

	private static final int PARAMS = 120;

	private static final long SQES_OFFSET = 0x10000000L;

	private static final int SEND = 26;

	private static final int SKIP_SUCCESS = 64;

	/** Not waiting for the rest is what tells of it: a short send counts as failed. */
	private static final int FLAGS = Constants.MSG_NOSIGNAL | Constants.MSG_WAITALL | Constants.MSG_DONTWAIT;

	final int descriptor;

	private final long rings;

	private final long ringsSize;

	private final long sqes;

	private final long sqesSize;

	private final int sqMask;

	private final long sqHead;

	private final long sqTail;

	private final int cqMask;

	private final long cqHead;

	private final long cqTail;

	private final long cqes;

	private int tail;

	private int head;

	/** Why it can be used no more. */
	private @Nullable String failure;

	/**
	 * Opens a ring.
	 * @param entries how many sends can be queued; a power of two
	 * @param scratch the caller's
	 * @throws IOException when it is not allowed, or there is no memory for it
	 */
	SendRing(int entries, Scratch scratch) throws IOException {
		long params = scratch.small;
		int flags = SUBMIT_ALL | NO_SQARRAY;
		long result = setUp(entries, flags, scratch);
		if (result == -Constants.EINVAL) {
			flags = SUBMIT_ALL;
			result = setUp(entries, flags, scratch);
		}
		this.descriptor = Failures.check((int) result);
		int sqCount = Memory.getInt(params);
		int cqCount = Memory.getInt(params + 4);
		long sq = params + 40;
		long cq = params + 80;
		this.ringsSize = Math.max(Memory.getInt(sq + 24) + 4L * sqCount, Memory.getInt(cq + 20) + (long) CQE * cqCount);
		this.sqesSize = (long) SQE * sqCount;
		this.rings = LibC.map(scratch.state, this.ringsSize, this.descriptor, 0);
		this.sqes = LibC.map(scratch.state, this.sqesSize, this.descriptor, SQES_OFFSET);
		if (this.rings < 0 || this.sqes < 0) {
			close(scratch);
			throw new IOException("io_uring cannot be mapped");
		}
		this.sqHead = this.rings + Memory.getInt(sq);
		this.sqTail = this.rings + Memory.getInt(sq + 4);
		this.sqMask = sqCount - 1;
		if ((flags & NO_SQARRAY) == 0) {
			long array = this.rings + Memory.getInt(sq + 24);
			for (int i = 0; i < sqCount; i++) {
				Memory.putInt(array + 4L * i, i);
			}
		}
		this.cqHead = this.rings + Memory.getInt(cq);
		this.cqTail = this.rings + Memory.getInt(cq + 4);
		this.cqMask = cqCount - 1;
		this.cqes = this.rings + Memory.getInt(cq + 20);
	}

	private static long setUp(int entries, int flags, Scratch scratch) {
		Memory.clear(scratch.small, PARAMS);
		Memory.putInt(scratch.small + 8, flags);
		return LibC.syscall(scratch.state, SETUP, entries, scratch.small, 0, 0);
	}

	/** Queues a send. There must be room for it. */
	void add(int socket, long address, int length, int id) {
		long sqe = this.sqes + (long) SQE * (this.tail++ & this.sqMask);
		Memory.putInt(sqe, SEND | SKIP_SUCCESS << 8);
		Memory.putInt(sqe + 4, socket);
		Memory.putLong(sqe + 8, 0);
		Memory.putLong(sqe + 16, address);
		Memory.putInt(sqe + 24, length);
		Memory.putInt(sqe + 28, FLAGS);
		Memory.putLong(sqe + 32, id);
		Memory.putLong(sqe + 40, 0);
	}

	/**
	 * Sends what is queued.
	 * @return how many were not sent, the last ones, as the ring has {@linkplain #failure
	 * failed}
	 */
	int submit(Scratch scratch) {
		int unsent = unsent();
		while (unsent > 0) {
			int result = enter(unsent, scratch);
			unsent = unsent();
			if (result <= 0 && result != -Constants.EINTR) {
				this.failure = (result < 0) ? LibC.describe(-result) : "nothing is taken";
				return unsent;
			}
		}
		return 0;
	}

	/**
	 * Has the system take some of what is queued.
	 * @return how many it has taken, or minus errno
	 */
	int enter(int count, Scratch scratch) {
		Memory.putIntRelease(this.sqTail, this.tail);
		return (int) LibC.syscall(scratch.state, ENTER, this.descriptor, count, 0, 0);
	}

	private int unsent() {
		return this.tail - Memory.getIntAcquire(this.sqHead);
	}

	/**
	 * Returns why it can be used no more.
	 * @return what the system has said; {@code null} while it can be used
	 */
	@Nullable String failure() {
		return this.failure;
	}

	/** Returns whether there is a send that was not taken whole. */
	boolean hasNext() {
		return this.head != Memory.getIntAcquire(this.cqTail);
	}

	/** Returns the identifier of that send in the lower half, its result in the upper. */
	long next() {
		long cqe = this.cqes + (long) CQE * (this.head++ & this.cqMask);
		long next = Memory.getLong(cqe) & 0xFFFF_FFFFL | (long) Memory.getInt(cqe + 8) << 32;
		Memory.putIntRelease(this.cqHead, this.head);
		return next;
	}

	void close(Scratch scratch) {
		if (this.rings >= 0) {
			LibC.unmap(scratch.state, this.rings, this.ringsSize);
		}
		if (this.sqes >= 0) {
			LibC.unmap(scratch.state, this.sqes, this.sqesSize);
		}
		LibC.close(scratch.state, this.descriptor);
	}

}
