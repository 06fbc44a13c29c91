package dev.sockets.loop.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Writes what one channel sends: the batch of who handles its messages, and what is
 * queued. Whoever gets the write lock writes for all; nobody waits for it but the thread
 * that ends its own batch, and no write blocks. What the socket does not take waits for
 * the loop. Callbacks are told when the lock is free again.
 */
final class Flusher {

	private static final VarHandle BATCH;

	static {
		try {
			BATCH = MethodHandles.lookup().findVarHandle(Flusher.class, "batch", ReplyBatch.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final StreamChannel channel;

	private final SocketWriter writer;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable ReplyBatch batch;

	Flusher(StreamChannel channel, SocketWriter writer) {
		this.channel = channel;
		this.writer = writer;
	}

	/**
	 * Makes the calling thread collect what it sends.
	 * @param batch where to collect it
	 */
	void beginBatch(ReplyBatch batch) {
		batch.begin();
		BATCH.setRelease(this, batch);
	}

	/**
	 * Returns the batch of the calling thread.
	 * @return the batch; {@code null} when that thread collects nothing here
	 */
	@Nullable ReplyBatch ownBatch() {
		ReplyBatch batch = this.batch;
		return (batch != null && batch.isMine()) ? batch : null;
	}

	/** As {@link StreamChannel#append}. */
	boolean append(byte[] bytes, int length) {
		ReplyBatch batch = ownBatch();
		if (batch == null || this.writer.gate().refusal() != null) {
			return false;
		}
		letWatchdogLook(batch);
		if (!batch.append(bytes, length)) {
			flushOwnBatch();
			if (this.channel.waterMarks().isOverMax() || !batch.append(bytes, length)) {
				this.writer.addReplies(1);
				return false;
			}
		}
		return true;
	}

	void letWatchdogLook(ReplyBatch batch) {
		if (batch.beginsToWait()) {
			this.channel.loop().entered(this.channel.port());
			this.channel.loop().awake();
		}
	}

	/**
	 * Interrupts the thread that handles what the channel received, if one does. The lock
	 * keeps it from beginning with something else before it is interrupted.
	 */
	void interruptHandler() {
		this.lock.lock();
		try {
			ReplyBatch batch = this.batch;
			if (batch != null) {
				batch.interruptOwner();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Writes out the batch of the calling thread, which collects nothing any more. */
	void endOwnBatch() {
		ReplyBatch batch = ownBatch();
		if (batch == null) {
			return;
		}
		List<PendingWrite> done = List.of();
		boolean written = false;
		this.lock.lock();
		try {
			done = this.writer.write(batch);
			written = this.writer.isWritten();
		}
		finally {
			BATCH.setRelease(this, null);
			this.lock.unlock();
		}
		if (batch.endsWaiting()) {
			this.channel.loop().left(this.channel.port());
		}
		finish(done);
		if (!written) {
			ReplyBrake.holdBack(this.channel);
		}
		pump();
	}

	/** Writes out what the batch of the calling thread holds so far. */
	void flushOwnBatch() {
		ReplyBatch batch = ownBatch();
		if (batch == null || !batch.isUsed()) {
			return;
		}
		List<PendingWrite> done = List.of();
		this.lock.lock();
		try {
			done = this.writer.write(batch);
			batch.rewind();
		}
		finally {
			this.lock.unlock();
		}
		finish(done);
		ReplyBrake.holdBack(this.channel);
		pump();
	}

	/**
	 * Writes out what the batch of another thread holds, because that thread is late.
	 * Calls no one back.
	 */
	void flushStale() {
		if ((this.batch == null && !this.writer.hasAdded()) || !this.lock.tryLock()) {
			return;
		}
		try {
			ReplyBatch batch = this.batch;
			if (batch != null && batch.hasBytes()) {
				this.writer.writeStale(batch);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (this.writer.hasWork() || this.writer.gate().isBroken() || this.channel.closer().isClosing()) {
			this.channel.signal(Signal.WRITE);
		}
	}

	/**
	 * Writes what is queued, unless another thread is at it or the socket is full.
	 * Whoever has held the lock comes here afterwards, as senders that met it have left
	 * their bytes to its holder.
	 */
	void pump() {
		writeOut();
		this.channel.closer().drained();
	}

	private void writeOut() {
		while (this.writer.hasWork() && this.lock.tryLock()) {
			List<PendingWrite> done = List.of();
			try {
				done = this.writer.writeQueued();
			}
			finally {
				this.lock.unlock();
			}
			finish(done);
		}
		if (this.writer.gate().isBroken()) {
			close();
		}
		else if (this.writer.gate().isEnded() && this.writer.hasAdded()) {
			failAdded();
		}
	}

	/** Senders that did not know yet that the output ends have added something. */
	private void failAdded() {
		List<PendingWrite> failed;
		this.lock.lock();
		try {
			failed = this.writer.takeAll();
		}
		finally {
			this.lock.unlock();
		}
		WriteEnds.fail(this.channel, failed, UnsentReason.ENDED);
	}

	/** The socket takes bytes again. Called on the loop. */
	void writable() {
		List<PendingWrite> done = List.of();
		this.lock.lock();
		try {
			done = this.writer.writable();
		}
		finally {
			this.lock.unlock();
		}
		finish(done);
		pump();
	}

	/** The transport was upgraded. Called on the loop. */
	void upgraded() {
		PendingWrite mark;
		this.lock.lock();
		try {
			mark = this.writer.upgraded();
		}
		finally {
			this.lock.unlock();
		}
		if (mark != null) {
			WriteEnds.end(this.channel, mark, null);
		}
		pump();
	}

	/**
	 * Returns whether everything was written; what can be is written first.
	 * @return {@code false} while the socket is full, or a batch is not ended
	 */
	boolean isEmpty() {
		boolean empty;
		do {
			writeOut();
			this.lock.lock();
			try {
				ReplyBatch batch = this.batch;
				empty = this.writer.isWritten() && (batch == null || !batch.hasBytes()) && !this.writer.awaitsSocket();
			}
			finally {
				this.lock.unlock();
			}
		}
		while (!empty && this.writer.hasWork());
		if (this.writer.gate().isBroken()) {
			close();
		}
		return empty;
	}

	/**
	 * Takes the oldest that were not begun until there is room, or none is left.
	 * @param size how many bytes there is to be room for
	 * @return what was taken, to be failed
	 */
	List<PendingWrite> dropOldest(int size) {
		this.lock.lock();
		try {
			return this.writer.takeOldest(size);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns whether a thread is writing. */
	boolean isWriting() {
		return this.lock.isLocked();
	}

	/**
	 * Takes nothing more, and fails what was not written. Called again for what was
	 * queued meanwhile.
	 */
	void close() {
		List<PendingWrite> failed;
		this.lock.lock();
		try {
			failed = this.writer.close();
		}
		finally {
			this.lock.unlock();
		}
		WriteEnds.fail(this.channel, failed, UnsentReason.CLOSED);
	}

	private void finish(List<PendingWrite> done) {
		if (done.isEmpty()) {
			return;
		}
		for (PendingWrite outgoing : done) {
			WriteEnds.end(this.channel, outgoing, null);
		}
		ReplyBrake.readOn(this.channel);
	}

}
