package dev.sockets.loop.stream;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The bytes on their way out of one channel. Senders append to a queue and whoever gets
 * the write lock writes for all; nobody waits for the lock but the thread that ends its
 * own batch, and no write blocks. What the socket does not take waits here for the loop.
 */
final class Outbound {

	private static final VarHandle BATCH;

	static {
		try {
			BATCH = MethodHandles.lookup().findVarHandle(Outbound.class, "batch", ReplyBatch.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/* Written with the lock held, so an ordered write without a fence will do. */
	private static final AtomicLongFieldUpdater<Outbound> WRITTEN = AtomicLongFieldUpdater.newUpdater(Outbound.class,
			"written");

	private static final AtomicLongFieldUpdater<Outbound> LAST_WRITE = AtomicLongFieldUpdater.newUpdater(Outbound.class,
			"lastWrite");

	private static final AtomicLongFieldUpdater<Outbound> FRAMES = AtomicLongFieldUpdater.newUpdater(Outbound.class,
			"frames");

	private final StreamChannel channel;

	private final SocketChannel socket;

	private final WaterMarks pending;

	private final Overflow overflow;

	private final ReentrantLock lock = new ReentrantLock();

	private final WriteQueue queue = new WriteQueue();

	/** Whether the socket was full and the loop is to go on when it isn't. */
	private volatile boolean waiting;

	private volatile long stuckSince;

	private volatile boolean closed;

	/** Whether a write has failed; what is left is to be failed without the lock. */
	private volatile boolean broken;

	private volatile @Nullable ReplyBatch batch;

	private volatile long written;

	private volatile long lastWrite;

	private volatile long frames;

	Outbound(StreamChannel channel, SocketChannel socket, int maxPending, Overflow overflow) {
		this.channel = channel;
		this.socket = socket;
		this.pending = new WaterMarks(maxPending);
		this.overflow = overflow;
		this.lastWrite = channel.loop().nanos();
	}

	int pending() {
		return this.pending.count();
	}

	long written() {
		return this.written;
	}

	boolean isStuck(long now, long timeout) {
		return this.waiting && now - this.stuckSince > timeout;
	}

	long lastWrite() {
		return this.lastWrite;
	}

	long frames() {
		return this.frames;
	}

	void beginBatch(ReplyBatch batch) {
		batch.begin();
		BATCH.setRelease(this, batch);
	}

	void interruptHandler() {
		ReplyBatch batch = this.batch;
		if (batch != null) {
			batch.interruptOwner();
		}
	}

	boolean isInBatch() {
		ReplyBatch batch = this.batch;
		return batch != null && batch.isMine();
	}

	void endBatch() {
		ReplyBatch batch = this.batch;
		if (batch == null) {
			return;
		}
		List<PendingWrite> done = List.of();
		this.lock.lock();
		try {
			done = writeBatch(batch);
			FRAMES.lazySet(this, this.frames + batch.takeFrames());
			BATCH.setRelease(this, null);
		}
		finally {
			this.lock.unlock();
		}
		if (batch.endsWaiting()) {
			this.channel.loop().left(this.channel);
		}
		finish(done);
		holdBack();
		pump();
	}

	/** Writes out what the batch of the calling thread holds so far. */
	void flushBatch() {
		ReplyBatch batch = this.batch;
		if (batch == null || !batch.isUsed()) {
			return;
		}
		List<PendingWrite> done = List.of();
		this.lock.lock();
		try {
			done = writeBatch(batch);
			FRAMES.lazySet(this, this.frames + batch.takeFrames());
			batch.rewind();
		}
		finally {
			this.lock.unlock();
		}
		finish(done);
		holdBack();
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
					addRest(batch.take());
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		if (hasWork() || this.broken || this.channel.isClosing()) {
			this.channel.signal(Signal.WRITE);
		}
	}

	/**
	 * Appends to the batch of the calling thread.
	 * @return whether it was appended
	 */
	boolean append(byte[] bytes, int length) {
		ReplyBatch batch = this.batch;
		if (batch == null || this.closed) {
			return false;
		}
		letWatchdogLook(batch);
		if (!batch.append(bytes, length)) {
			flushBatch();
			return !this.pending.isOverMax() && batch.append(bytes, length);
		}
		return true;
	}

	private void letWatchdogLook(ReplyBatch batch) {
		if (batch.beginsToWait()) {
			this.channel.loop().entered(this.channel);
			this.channel.loop().awake();
		}
	}

	/**
	 * Queues bytes, to be written as soon as possible.
	 * @param bounded whether the bound of waiting bytes holds for them
	 * @param deferred whether the calling thread will end its batch soon
	 * @return {@code false} when they have failed already
	 */
	boolean send(PendingWrite outgoing, boolean bounded, boolean deferred) {
		if (!this.closed && bounded && !claim(outgoing.size)) {
			outgoing.end(this.channel.overflowFailure());
			return false;
		}
		if (this.closed) {
			outgoing.end(this.channel.sendFailure());
			return false;
		}
		if (!bounded) {
			this.pending.add(outgoing.size);
		}
		this.pending.countReply(outgoing);
		this.queue.add(outgoing);
		return settle(deferred);
	}

	/**
	 * Makes room for bytes, as far as the overflow policy lets it; it is not kept for
	 * them.
	 * @return {@code false} when there is none
	 */
	boolean admits(int size) {
		if (!claim(size)) {
			return false;
		}
		this.pending.subtract(size);
		return true;
	}

	/** Queues bytes and calls no one; {@link #settle} is to follow. */
	void put(PendingWrite outgoing) {
		this.pending.add(outgoing.size);
		this.pending.countReply(outgoing);
		this.queue.add(outgoing);
	}

	/**
	 * Sees to what was queued.
	 * @param deferred whether the calling thread will end its batch soon
	 * @return {@code false} when it has failed already
	 */
	boolean settle(boolean deferred) {
		if (this.closed) {
			failAll();
			return false;
		}
		if (deferred) {
			ReplyBatch batch = this.batch;
			if (batch != null && batch.isMine()) {
				letWatchdogLook(batch);
			}
			holdBack();
		}
		else {
			pump();
		}
		return true;
	}

	boolean isFull(int size) {
		return this.pending.isFull(size);
	}

	/** Room is short only when the socket is full, not while bytes are gathered. */
	private boolean claim(int size) {
		if (this.pending.reserve(size)) {
			return true;
		}
		pump();
		return this.pending.reserve(size) || makeRoom(size);
	}

	private boolean makeRoom(int size) {
		switch (this.overflow) {
			case CLOSE -> this.channel.overflowed();
			case FAIL_OLDEST -> {
				List<PendingWrite> dropped;
				do {
					dropped = dropOldest(size);
					for (PendingWrite oldest : dropped) {
						oldest.end(this.channel.overflowFailure());
					}
					if (this.pending.reserve(size)) {
						return true;
					}
				}
				while (!dropped.isEmpty());
			}
			case FAIL_NEWEST -> {
			}
		}
		return false;
	}

	private List<PendingWrite> dropOldest(int size) {
		List<PendingWrite> dropped = new ArrayList<>();
		this.lock.lock();
		try {
			PendingWrite oldest;
			while (isFull(size) && (oldest = this.queue.pollNotBegun()) != null) {
				this.pending.subtract(oldest.size);
				this.pending.uncountReply(oldest);
				dropped.add(oldest);
			}
		}
		finally {
			this.lock.unlock();
		}
		return dropped;
	}

	/**
	 * Writes what is queued, unless another thread is at it or the socket is full.
	 * Whoever has held the lock comes here afterwards, as senders that met it have left
	 * their bytes to its holder.
	 */
	void pump() {
		writeOut();
		this.channel.drained();
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
		if (this.broken && !this.closed) {
			close();
		}
	}

	private boolean hasWork() {
		return !this.waiting && !this.broken && this.queue.hasAdded();
	}

	/** The socket takes bytes again. */
	void writable() {
		List<PendingWrite> done = List.of();
		this.lock.lock();
		try {
			this.waiting = false;
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

	/** Takes nothing more, and fails what was not written. */
	void close() {
		this.closed = true;
		failAll();
	}

	private void failAll() {
		List<PendingWrite> failed = new ArrayList<>();
		this.lock.lock();
		try {
			PendingWrite outgoing;
			while ((outgoing = this.queue.poll()) != null) {
				failed.add(outgoing);
			}
			this.waiting = false;
			this.pending.clear();
		}
		finally {
			this.lock.unlock();
		}
		for (PendingWrite outgoing : failed) {
			outgoing.end(this.channel.sendFailure());
		}
	}

	private List<PendingWrite> writeBatch(ReplyBatch batch) {
		if (!batch.hasBytes()) {
			return List.of();
		}
		ByteBuffer bytes = batch.take();
		if (this.closed) {
			return List.of();
		}
		if (this.queue.isEmpty()) {
			try {
				count(this.socket.write(bytes));
			}
			catch (IOException ex) {
				this.broken = true;
				this.channel.writeFailed(ex);
				return List.of();
			}
			if (bytes.hasRemaining()) {
				this.queue.addBegun(copy(bytes));
				waitForSocket();
			}
			return List.of();
		}
		addRest(bytes);
		return this.waiting ? List.of() : writeQueued();
	}

	private void addRest(ByteBuffer bytes) {
		this.queue.add(copy(bytes));
	}

	private PendingWrite copy(ByteBuffer bytes) {
		PendingWrite copy = new PendingWrite(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip(), 0, true, null);
		this.pending.add(copy.size);
		this.pending.countReply(copy);
		return copy;
	}

	private List<PendingWrite> writeQueued() {
		List<PendingWrite> done = List.of();
		while (this.queue.prepare()) {
			long count;
			try {
				count = this.queue.writeTo(this.socket);
			}
			catch (IOException ex) {
				this.broken = true;
				this.channel.writeFailed(ex);
				return done;
			}
			count(count);
			this.pending.subtract((int) count);
			PendingWrite written;
			while ((written = this.queue.pollWritten()) != null) {
				this.pending.uncountReply(written);
				if (done.isEmpty()) {
					done = new ArrayList<>();
				}
				done.add(written);
				FRAMES.lazySet(this, this.frames + written.frames);
			}
			if (!this.queue.isAllWritten()) {
				waitForSocket();
				return done;
			}
		}
		return done;
	}

	private void count(long count) {
		WRITTEN.lazySet(this, this.written + count);
		LAST_WRITE.lazySet(this, this.channel.loop().nanos());
		if (this.waiting && count > 0) {
			this.stuckSince = System.nanoTime();
		}
	}

	private void waitForSocket() {
		this.stuckSince = System.nanoTime();
		this.waiting = true;
		this.channel.interestOn(SelectionKey.OP_WRITE);
	}

	private void finish(List<PendingWrite> done) {
		for (PendingWrite outgoing : done) {
			outgoing.end(null);
		}
		if (this.pending.areFewReplies()) {
			this.channel.resume(PauseReason.REPLIES);
		}
	}

	/**
	 * Reads no more from a peer that does not take the replies. Only replies count: if
	 * other sends did, two peers who send each other much would wait for each other.
	 */
	private void holdBack() {
		if (this.pending.areManyReplies()) {
			this.channel.pause(PauseReason.REPLIES);
			if (this.pending.areFewReplies()) {
				this.channel.resume(PauseReason.REPLIES);
			}
		}
	}

}
