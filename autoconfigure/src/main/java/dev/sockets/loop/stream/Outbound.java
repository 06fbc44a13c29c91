package dev.sockets.loop.stream;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What one channel is given to send, as {@link StreamChannel} describes it: admitted as
 * far as there is room, by the rule for overflow otherwise, and left to the
 * {@link Flusher}. Open to all threads.
 */
final class Outbound {

	/** More bytes than these are not kept for one write. */
	private static final int MOST_GATHERED = 64 * 1024;

	private final StreamChannel channel;

	private final Flusher flusher;

	private final SocketWriter writer;

	private final WaterMarks pending;

	Outbound(StreamChannel channel, Flusher flusher, SocketWriter writer, WaterMarks pending) {
		this.channel = channel;
		this.flusher = flusher;
		this.writer = writer;
		this.pending = pending;
	}

	/** As {@link StreamChannel#send}, behind what the calling thread has collected. */
	@Nullable Throwable send(ByteBuffer bytes, @Nullable SendCallback callback) {
		boolean collecting = flushCollected();
		return send(new PendingWrite(bytes, 1, collecting, callback), collecting);
	}

	boolean offer(ByteBuffer bytes, @Nullable SendCallback callback) {
		boolean gathered = this.channel.loop().isRunByCaller();
		return (gathered ? post(bytes, callback) : send(bytes, callback)) == null;
	}

	@Nullable Throwable post(ByteBuffer bytes, @Nullable SendCallback callback) {
		if (isCollecting() || this.pending.count() > MOST_GATHERED) {
			return send(bytes, callback);
		}
		Throwable failure = send(new PendingWrite(bytes, 1, false, callback), true);
		this.channel.signal(Signal.WRITE);
		return failure;
	}

	/** As {@link StreamChannel#gather}. */
	@Nullable Throwable gather(ByteBuffer bytes, @Nullable SendCallback callback) {
		if (isCollecting() || this.pending.count() > MOST_GATHERED) {
			return send(bytes, callback);
		}
		if (this.pending.isFull(bytes.remaining())) {
			settle();
		}
		return send(new PendingWrite(bytes, 1, false, callback), true);
	}

	/** As {@link StreamChannel#sendAndAwait}, however much waits already. */
	@Nullable Throwable sendAndAwait(ByteBuffer bytes, @Nullable SendCallback callback) {
		PendingWrite outgoing = new PendingWrite(bytes, 1, flushCollected(), callback);
		if (this.writer.gate().refusal() == UnsentReason.ENDED) {
			return refuse(outgoing, UnsentReason.ENDED);
		}
		put(outgoing);
		settle(false);
		return outgoing.await();
	}

	private boolean isCollecting() {
		return this.flusher.ownBatch() != null;
	}

	/** What was collected leaves before what is sent otherwise. */
	boolean flushCollected() {
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
		UnsentReason refusal = this.writer.gate().refusal();
		if (refusal != null) {
			return refuse(outgoing, refusal);
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
			this.writer.add(outgoing);
		}
		catch (OutOfMemoryError ex) {
			this.pending.remove(outgoing);
			throw ex;
		}
	}

	private Throwable refuse(PendingWrite outgoing, UnsentReason reason) {
		WriteEnds.fail(this.channel, List.of(outgoing), reason);
		return Objects.requireNonNull(outgoing.failureSoFar());
	}

	/** Makes room for bytes if the rule lets it, but keeps none for them. */
	boolean admits(int size) {
		flushCollected();
		if (!claim(size)) {
			return false;
		}
		this.pending.subtract(size);
		return true;
	}

	/** As {@link StreamChannel#enqueue}, however much waits already. */
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
		if (this.writer.gate().isClosed()) {
			this.flusher.close();
		}
		else if (deferred) {
			ReplyBatch batch = this.flusher.ownBatch();
			if (batch != null) {
				this.flusher.letWatchdogLook(batch);
			}
			ReplyBrake.holdBack(this.channel);
		}
		else {
			this.flusher.pump();
		}
	}

	private boolean claim(int size) {
		return this.pending.reserve(size) || OverflowRule.reserve(this.channel, size);
	}

}
