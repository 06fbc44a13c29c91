package dev.sockets.loop.stream;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What one channel is given to send: admitted as far as there is room, by the rule for
 * overflow otherwise, and left to the {@link Flusher}. Open to all threads.
 */
final class Outbound {

	/** More bytes than these are not kept for one write. */
	private static final int MOST_GATHERED = 64 * 1024;

	private final StreamChannel channel;

	private final Flusher flusher;

	private final WaterMarks pending;

	private final Overflow overflow;

	Outbound(StreamChannel channel, Flusher flusher, WaterMarks pending, Overflow overflow) {
		this.channel = channel;
		this.flusher = flusher;
		this.pending = pending;
		this.overflow = overflow;
	}

	/**
	 * Appends to the batch of the calling thread.
	 * @param bytes holds the bytes
	 * @param length how many, from index 0
	 * @return whether they were appended
	 */
	boolean append(byte[] bytes, int length) {
		ReplyBatch batch = this.flusher.ownBatch();
		if (batch == null || this.flusher.isClosed()) {
			return false;
		}
		letWatchdogLook(batch);
		if (!batch.append(bytes, length)) {
			this.flusher.flushOwnBatch();
			return !this.pending.isOverMax() && batch.append(bytes, length);
		}
		return true;
	}

	private void letWatchdogLook(ReplyBatch batch) {
		if (batch.beginsToWait()) {
			this.channel.loop().entered(this.channel.port());
			this.channel.loop().awake();
		}
	}

	/**
	 * Queues bytes within the bound of what may wait, behind what is collected of the
	 * calling thread.
	 * @param bytes the bytes
	 * @param callback told how it ended
	 * @return why they have failed already; {@code null} when they have not
	 */
	@Nullable Throwable send(ByteBuffer bytes, @Nullable SendCallback callback) {
		boolean collecting = flushCollected();
		return send(new PendingWrite(bytes, 1, collecting, callback), collecting);
	}

	/**
	 * Queues bytes within the bound of what may wait. What a loop's own thread offers is
	 * gathered until the loop has served everything that is ready.
	 * @param bytes the bytes
	 * @param callback told how it ended
	 * @return {@code false} when it has failed already
	 */
	boolean offer(ByteBuffer bytes, @Nullable SendCallback callback) {
		boolean gathered = this.channel.loop().isRunByCaller();
		return (gathered ? post(bytes, callback) : send(bytes, callback)) == null;
	}

	/**
	 * Queues bytes within the bound of what may wait. What is posted is gathered until
	 * the loop comes to write it.
	 * @param bytes the bytes
	 * @param callback told how it ended
	 * @return why they have failed already; {@code null} when they have not
	 */
	@Nullable Throwable post(ByteBuffer bytes, @Nullable SendCallback callback) {
		if (isCollecting() || this.pending.count() > MOST_GATHERED) {
			return send(bytes, callback);
		}
		Throwable failure = send(new PendingWrite(bytes, 1, false, callback), true);
		this.channel.signal(Signal.WRITE);
		return failure;
	}

	/**
	 * Queues bytes without a bound, and waits for their end.
	 * @param bytes the bytes
	 * @param callback told how it ended
	 * @return why they have failed; {@code null} when they were written
	 */
	@Nullable Throwable sendAndAwait(ByteBuffer bytes, @Nullable SendCallback callback) {
		PendingWrite outgoing = new PendingWrite(bytes, 1, flushCollected(), callback);
		put(outgoing);
		settle(false);
		return outgoing.await();
	}

	private boolean isCollecting() {
		return this.flusher.ownBatch() != null;
	}

	/** What was collected leaves before what is sent otherwise. */
	private boolean flushCollected() {
		boolean collecting = isCollecting();
		if (collecting) {
			this.flusher.flushOwnBatch();
		}
		return collecting;
	}

	/**
	 * The bytes may wait until the calling thread ends its batch, or is told to write.
	 */
	private @Nullable Throwable send(PendingWrite outgoing, boolean deferred) {
		if (this.flusher.isClosed()) {
			return refuse(outgoing, UnsentReason.CLOSED);
		}
		if (!claim(outgoing.size)) {
			return refuse(outgoing, UnsentReason.OVERFLOW);
		}
		this.pending.countReply(outgoing);
		queue(outgoing);
		settle(deferred);
		return outgoing.failureSoFar();
	}

	/** What is counted but could not be queued would count for good. */
	private void queue(PendingWrite outgoing) {
		try {
			this.flusher.add(outgoing);
		}
		catch (OutOfMemoryError ex) {
			this.pending.remove(outgoing);
			throw ex;
		}
	}

	private Throwable refuse(PendingWrite outgoing, UnsentReason reason) {
		this.flusher.ends().fail(List.of(outgoing), reason);
		return Objects.requireNonNull(outgoing.failureSoFar());
	}

	/**
	 * Makes room for bytes, as far as the overflow policy lets it; it is not kept for
	 * them.
	 * @param size how many bytes
	 * @return {@code false} when there is none
	 */
	boolean admits(int size) {
		flushCollected();
		if (!claim(size)) {
			return false;
		}
		this.pending.subtract(size);
		return true;
	}

	/**
	 * Queues bytes without a bound and calls no one; {@link #settle} is to follow.
	 * @param bytes the bytes
	 * @param callback told how it ended
	 */
	void enqueue(ByteBuffer bytes, @Nullable SendCallback callback) {
		put(new PendingWrite(bytes, 1, isCollecting(), callback));
	}

	private void put(PendingWrite outgoing) {
		this.pending.add(outgoing);
		queue(outgoing);
	}

	/** Sees to what was queued. */
	void settle() {
		settle(isCollecting());
	}

	/** Deferred is what can wait until the calling thread ends its batch. */
	private void settle(boolean deferred) {
		if (this.flusher.isClosed()) {
			this.flusher.close();
		}
		else if (deferred) {
			ReplyBatch batch = this.flusher.ownBatch();
			if (batch != null) {
				letWatchdogLook(batch);
			}
			holdBack();
		}
		else {
			this.flusher.pump();
		}
	}

	/** Room is short only when the socket is full, not while bytes are gathered. */
	private boolean claim(int size) {
		if (this.pending.reserve(size)) {
			return true;
		}
		this.flusher.pump();
		return this.pending.reserve(size) || makeRoom(size);
	}

	private boolean makeRoom(int size) {
		return switch (this.overflow) {
			case CLOSE -> {
				this.channel.abort(this.pending.isOverdrawn() ? AbortReason.MEMORY : AbortReason.OVERFLOW, null);
				yield false;
			}
			case FAIL_OLDEST -> failOldest(size);
			case FAIL_NEWEST -> false;
		};
	}

	private boolean failOldest(int size) {
		List<PendingWrite> dropped;
		do {
			dropped = this.flusher.dropOldest(size);
			this.flusher.ends().fail(dropped, UnsentReason.OVERFLOW);
			if (this.pending.reserve(size)) {
				return true;
			}
		}
		while (!dropped.isEmpty());
		return false;
	}

	/**
	 * Reads no more from a peer that does not take the replies. Only replies count: if
	 * other sends did, two peers who send each other much would wait for each other.
	 */
	void holdBack() {
		if (this.pending.areManyReplies()) {
			this.channel.pause(PauseReason.REPLIES);
			readOn();
		}
	}

	/** Reads on when the peer has taken most replies. */
	void readOn() {
		if (this.pending.areFewReplies()) {
			this.channel.resume(PauseReason.REPLIES);
		}
	}

}
