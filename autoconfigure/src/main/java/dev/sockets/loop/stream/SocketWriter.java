package dev.sockets.loop.stream;

import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * Writes to the transport of one channel what its {@link Flusher} tells it to, as far as
 * it takes that: batches first come, first served with what is queued. To be used with
 * the write lock held, but for {@link #add} and questions, which are open to all. Returns
 * what was written, whose ends are to be told without the lock.
 */
final class SocketWriter {

	/* Written with the write lock held, so an ordered write without a fence will do. */
	private static final AtomicLongFieldUpdater<SocketWriter> BYTES = AtomicLongFieldUpdater
		.newUpdater(SocketWriter.class, "bytes");

	private static final AtomicLongFieldUpdater<SocketWriter> FRAMES = AtomicLongFieldUpdater
		.newUpdater(SocketWriter.class, "frames");

	private static final AtomicLongFieldUpdater<SocketWriter> REPLIES = AtomicLongFieldUpdater
		.newUpdater(SocketWriter.class, "replies");

	private static final AtomicLongFieldUpdater<SocketWriter> LAST_WRITE = AtomicLongFieldUpdater
		.newUpdater(SocketWriter.class, "lastWrite");

	private final StreamChannel channel;

	private final Transport transport;

	private final WaterMarks pending;

	/** Made when something has to wait: most channels only ever write batches. */
	private volatile @Nullable WriteQueue queue;

	private final OutputGate gate = new OutputGate();

	private volatile long bytes;

	private volatile long frames;

	/** Written by who handles what was received. */
	private volatile long replies;

	private volatile long lastWrite;

	/**
	 * What the transport has taken and not sent, as far as that is known; it counts as
	 * waiting.
	 */
	private int held;

	SocketWriter(StreamChannel channel, Transport transport, WaterMarks pending, long now) {
		this.channel = channel;
		this.transport = transport;
		this.pending = pending;
		this.lastWrite = now;
	}

	OutputGate gate() {
		return this.gate;
	}

	/** Returns how many bytes were written. */
	long bytes() {
		return this.bytes;
	}

	/** Returns how many frames were written. */
	long frames() {
		return this.frames;
	}

	/** Returns how many frames were sent by who handled what was received. */
	long replies() {
		return this.replies;
	}

	/** Counts frames that were sent by who handles what was received, as that does. */
	void addReplies(int count) {
		REPLIES.lazySet(this, this.replies + count);
	}

	/** Returns when bytes were last written, or the channel was made. */
	long lastWrite() {
		return this.lastWrite;
	}

	private void wrote(long count) {
		BYTES.lazySet(this, this.bytes + count);
		LAST_WRITE.lazySet(this, now());
	}

	private void addFrames(int count) {
		FRAMES.lazySet(this, this.frames + count);
	}

	boolean hasWork() {
		return this.gate.isReady() && hasAdded();
	}

	boolean hasAdded() {
		WriteQueue queue = this.queue;
		return queue != null && queue.hasAdded();
	}

	boolean isWritten() {
		WriteQueue queue = this.queue;
		return queue == null || queue.isWritten();
	}

	private WriteQueue queue() {
		WriteQueue queue = this.queue;
		return (queue != null) ? queue : makeQueue();
	}

	private synchronized WriteQueue makeQueue() {
		WriteQueue queue = this.queue;
		if (queue == null) {
			queue = new WriteQueue();
			this.queue = queue;
		}
		return queue;
	}

	/**
	 * Queues bytes; {@link Flusher#pump()} is to follow, or the end of a batch.
	 * @param outgoing the bytes, counted as pending
	 */
	void add(PendingWrite outgoing) {
		queue().add(outgoing);
	}

	/**
	 * Ends the output behind what waits; {@link Flusher#pump()} is to follow.
	 * @param callback told when that is done, or cannot be
	 */
	void end(SendCallback callback) {
		this.gate.beginEnd();
		queue().add(PendingWrite.mark(OutputState.ENDED, callback));
	}

	/** The socket takes bytes again. */
	List<PendingWrite> writable() {
		this.gate.writable();
		this.channel.interestOff(SelectionKey.OP_WRITE);
		return awaitsSocket() ? List.of() : writeQueued();
	}

	List<PendingWrite> write(ReplyBatch batch) {
		List<PendingWrite> done = batch.hasBytes() ? writeBytes(batch) : List.of();
		int frames = batch.takeFrames();
		addFrames(frames);
		addReplies(frames);
		return done;
	}

	private List<PendingWrite> writeBytes(ReplyBatch batch) {
		if (isBehindOthers()) {
			takeOver(batch);
			return writeQueued();
		}
		writeAtOnce(batch);
		return List.of();
	}

	/** Writes what a late thread has collected so far; its end is told by that thread. */
	void writeStale(ReplyBatch batch) {
		if (isBehindOthers()) {
			takeOver(batch);
		}
		else {
			writeAtOnce(batch);
		}
	}

	private boolean isBehindOthers() {
		WriteQueue queue = this.queue;
		return (queue != null && !queue.isEmpty()) || this.held > 0 || this.gate.isEnded();
	}

	private void writeAtOnce(ReplyBatch batch) {
		ByteBuffer bytes = batch.take();
		if (this.gate.isOver()) {
			return;
		}
		try {
			wrote(ChannelTraffic.writeBatched(this.channel, this.transport, bytes));
			if (bytes.hasRemaining()) {
				queue().addBegun(copy(bytes, 0));
				waitForSocket();
			}
		}
		catch (Throwable ex) {
			fail(ex);
		}
	}

	/** Queues what a batch holds behind what is queued already. */
	private void takeOver(ReplyBatch batch) {
		ByteBuffer bytes = batch.take();
		if (!this.gate.isOver()) {
			queue().add(copy(bytes, batch.takeFrames()));
		}
	}

	private PendingWrite copy(ByteBuffer bytes, int frames) {
		PendingWrite copy = PendingWrite.replies(bytes, frames, this.channel.handler());
		this.pending.add(copy);
		return copy;
	}

	List<PendingWrite> writeQueued() {
		WriteQueue queue = this.queue;
		return (queue != null) ? write(queue) : List.of();
	}

	private List<PendingWrite> write(WriteQueue queue) {
		List<PendingWrite> done = List.of();
		while (this.gate.isReady() && queue.prepare()) {
			long count;
			try {
				count = queue.writeTo(this.channel, this.transport);
				wrote(count);
				this.pending.subtract((int) count);
			}
			catch (Throwable ex) {
				this.pending.subtract(queue.takenByFailure());
				fail(ex);
				return done;
			}
			done = takeWritten(queue, done);
			if (count < queue.offered()) {
				waitForSocket();
			}
		}
		PendingWrite mark = queue.reachedMark();
		return (mark != null && this.gate.isReady()) ? reached(queue, mark, done) : done;
	}

	private List<PendingWrite> reached(WriteQueue queue, PendingWrite mark, List<PendingWrite> done) {
		if (awaitsSocket() || !this.gate.isReady()) {
			return done;
		}
		if (mark.mark == OutputState.HELD) {
			this.gate.shut(OutputState.HELD, now());
			this.channel.timers().stir();
			this.channel.signal(Signal.UPGRADE);
			return done;
		}
		try {
			this.transport.endOutput();
		}
		catch (Throwable ex) {
			fail(ex);
			return done;
		}
		this.gate.goTo(OutputState.ENDED);
		queue.passMark();
		List<PendingWrite> all = new ArrayList<>(done);
		all.add(mark);
		return all;
	}

	/**
	 * The transport was upgraded: what has waited for that may be written.
	 * @return what is to be told so; {@code null} when nothing waits for it
	 */
	@Nullable PendingWrite upgraded() {
		WriteQueue queue = this.queue;
		if (!this.gate.upgraded() || queue == null) {
			return null;
		}
		PendingWrite mark = queue.reachedMark();
		queue.passMark();
		return mark;
	}

	private List<PendingWrite> takeWritten(WriteQueue queue, List<PendingWrite> before) {
		List<PendingWrite> done = before;
		PendingWrite written;
		while ((written = queue.pollWritten()) != null) {
			this.pending.remove(written);
			if (done.isEmpty()) {
				done = new ArrayList<>();
			}
			done.add(written);
			addFrames(written.frames);
		}
		return done;
	}

	/** What was to be written may be in the socket in part, so nothing can follow it. */
	private void fail(Throwable cause) {
		this.gate.goTo(OutputState.BROKEN);
		hold(0);
		this.channel.closer().writeFailed(cause);
	}

	private long now() {
		return this.channel.loop().nanos();
	}

	private void waitForSocket() {
		this.gate.shut(OutputState.FULL, now());
		this.channel.interestOn(SelectionKey.OP_WRITE);
	}

	/**
	 * Has the transport send what it keeps back.
	 * @return whether the socket does not take all of it now
	 */
	boolean awaitsSocket() {
		if (!this.gate.isReady()) {
			return this.held > 0;
		}
		try {
			hold(this.transport.sendHeld());
		}
		catch (Throwable ex) {
			fail(ex);
		}
		if (this.held > 0) {
			waitForSocket();
		}
		return this.held > 0;
	}

	private void hold(int held) {
		this.pending.addHeld(held - this.held);
		this.held = held;
	}

	/**
	 * Takes the oldest that were not begun until there is room, or none is left.
	 * @param size how many bytes there is to be room for
	 * @return what was taken, to be failed
	 */
	List<PendingWrite> takeOldest(int size) {
		WriteQueue queue = this.queue;
		return (queue != null) ? queue.takeOldest(size, this.pending) : List.of();
	}

	/**
	 * Takes what was added, as it cannot be written.
	 * @return what was taken, to be failed
	 */
	List<PendingWrite> takeAll() {
		WriteQueue queue = this.queue;
		return (queue != null) ? queue.takeAll(this.pending) : List.of();
	}

	/**
	 * Takes nothing more.
	 * @return what was not written, to be failed
	 */
	List<PendingWrite> close() {
		this.gate.goTo(OutputState.CLOSED);
		hold(0);
		return takeAll();
	}

}
