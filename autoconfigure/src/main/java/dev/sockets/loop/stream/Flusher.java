package dev.sockets.loop.stream;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
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

	private final Transport transport;

	private final WaterMarks pending;

	private final OutputCounters counters;

	private final ReentrantLock lock = new ReentrantLock();

	private final WriteQueue queue = new WriteQueue();

	private final WriteEnds ends;

	private volatile OutputState state = OutputState.READY;

	/** Since when the socket takes nothing. */
	private volatile long fullSince;

	private volatile @Nullable ReplyBatch batch;

	Flusher(StreamChannel channel, Transport transport, WaterMarks pending, long now) {
		this.channel = channel;
		this.transport = transport;
		this.pending = pending;
		this.counters = new OutputCounters(now);
		this.ends = new WriteEnds(channel);
	}

	WriteEnds ends() {
		return this.ends;
	}

	OutputCounters counters() {
		return this.counters;
	}

	boolean isClosed() {
		return this.state == OutputState.CLOSED;
	}

	boolean isStuck(long now, long timeout) {
		return this.state == OutputState.FULL && now - this.fullSince > timeout;
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
		this.lock.lock();
		try {
			done = writeBatch(batch);
			this.counters.addFrames(batch.takeFrames());
		}
		finally {
			BATCH.setRelease(this, null);
			this.lock.unlock();
		}
		if (batch.endsWaiting()) {
			this.channel.loop().left(this.channel.port());
		}
		finish(done);
		this.channel.outbound().holdBack();
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
			done = writeBatch(batch);
			this.counters.addFrames(batch.takeFrames());
			batch.rewind();
		}
		finally {
			this.lock.unlock();
		}
		finish(done);
		this.channel.outbound().holdBack();
		pump();
	}

	/**
	 * Writes out what the batch of another thread holds, because that thread is late.
	 * Calls no one back.
	 */
	void flushStale() {
		if ((this.batch == null && !this.queue.hasAdded()) || !this.lock.tryLock()) {
			return;
		}
		try {
			ReplyBatch batch = this.batch;
			if (batch != null && batch.hasBytes()) {
				if (this.queue.isEmpty()) {
					writeBatch(batch);
				}
				else {
					takeOver(batch);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		if (hasWork() || this.state == OutputState.BROKEN || this.channel.closer().isClosing()) {
			this.channel.signal(Signal.WRITE);
		}
	}

	/**
	 * Queues bytes and calls no one; {@link #pump()} is to follow, or the end of a batch.
	 * @param outgoing the bytes, counted as pending
	 */
	void add(PendingWrite outgoing) {
		this.queue.add(outgoing);
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
		while (hasWork() && this.lock.tryLock()) {
			List<PendingWrite> done = List.of();
			try {
				done = writeQueued();
			}
			finally {
				this.lock.unlock();
			}
			finish(done);
		}
		if (this.state == OutputState.BROKEN) {
			close();
		}
	}

	private boolean hasWork() {
		return this.state == OutputState.READY && this.queue.hasAdded();
	}

	/** The socket takes bytes again. Called on the loop. */
	void writable() {
		List<PendingWrite> done = List.of();
		this.lock.lock();
		try {
			if (this.state == OutputState.FULL) {
				this.state = OutputState.READY;
			}
			this.channel.interestOff(SelectionKey.OP_WRITE);
			done = writeQueued();
		}
		finally {
			this.lock.unlock();
		}
		finish(done);
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
				empty = this.queue.isEmpty() && (batch == null || !batch.hasBytes());
			}
			finally {
				this.lock.unlock();
			}
		}
		while (!empty && hasWork());
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
			return this.queue.takeOldest(size, this.pending);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes nothing more, and fails what was not written. Called again for what was
	 * queued meanwhile.
	 */
	void close() {
		List<PendingWrite> failed;
		this.lock.lock();
		try {
			this.state = OutputState.CLOSED;
			failed = this.queue.takeAll(this.pending);
		}
		finally {
			this.lock.unlock();
		}
		this.ends.fail(failed, UnsentReason.CLOSED);
	}

	private List<PendingWrite> writeBatch(ReplyBatch batch) {
		if (!batch.hasBytes()) {
			return List.of();
		}
		if (!this.queue.isEmpty()) {
			takeOver(batch);
			return writeQueued();
		}
		ByteBuffer bytes = batch.take();
		if (this.state.isOver()) {
			return List.of();
		}
		try {
			this.counters.wrote(this.transport.write(bytes), now());
			if (bytes.hasRemaining()) {
				this.queue.addBegun(copy(bytes, 0));
				waitForSocket();
			}
		}
		catch (Throwable ex) {
			fail(ex);
		}
		return List.of();
	}

	/** Queues what a batch holds behind what is queued already. */
	private void takeOver(ReplyBatch batch) {
		ByteBuffer bytes = batch.take();
		if (!this.state.isOver()) {
			this.queue.add(copy(bytes, batch.takeFrames()));
		}
	}

	private PendingWrite copy(ByteBuffer bytes, int frames) {
		PendingWrite copy = PendingWrite.replies(bytes, frames, this.channel.handler());
		this.pending.add(copy);
		return copy;
	}

	private List<PendingWrite> writeQueued() {
		List<PendingWrite> done = List.of();
		while (this.state == OutputState.READY && this.queue.prepare()) {
			long count;
			try {
				count = this.queue.writeTo(this.transport);
				this.counters.wrote(count, now());
				this.pending.subtract((int) count);
			}
			catch (Throwable ex) {
				this.pending.subtract(this.queue.takenByFailure());
				fail(ex);
				return done;
			}
			done = takeWritten(done);
			if (count < this.queue.offered()) {
				waitForSocket();
			}
		}
		return done;
	}

	private List<PendingWrite> takeWritten(List<PendingWrite> before) {
		List<PendingWrite> done = before;
		PendingWrite written;
		while ((written = this.queue.pollWritten()) != null) {
			this.pending.remove(written);
			if (done.isEmpty()) {
				done = new ArrayList<>();
			}
			done.add(written);
			this.counters.addFrames(written.frames);
		}
		return done;
	}

	/** What was to be written may be in the socket in part, so nothing can follow it. */
	private void fail(Throwable cause) {
		this.state = OutputState.BROKEN;
		this.channel.closer().writeFailed(cause);
	}

	private long now() {
		return this.channel.loop().nanos();
	}

	private void waitForSocket() {
		this.fullSince = now();
		this.state = OutputState.FULL;
		this.channel.interestOn(SelectionKey.OP_WRITE);
	}

	private void finish(List<PendingWrite> done) {
		for (PendingWrite outgoing : done) {
			this.ends.end(outgoing, null);
		}
		this.channel.outbound().readOn();
	}

}
