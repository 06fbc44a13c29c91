package dev.sockets.loop.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one socket, in its order. All threads may
 * {@linkplain #add(PendingWrite) add} to it and see whether something was added;
 * everything else is guarded by the write lock.
 */
final class WriteQueue {

	private static final int MOST_BUFFERS = 64;

	/**
	 * More bytes are not offered at a time: the JDK copies all that is offered, however
	 * little of it the socket takes.
	 */
	static final int MOST_BYTES = 128 * 1024;

	/** Made when it is needed: most channels only ever write batches. */
	private volatile @Nullable Queue<PendingWrite> added;

	/** Taken from those that were added, and not completely written; made as late. */
	private @Nullable ArrayDeque<PendingWrite> flight;

	/** Comes behind those; nothing is taken from those that were added before it ends. */
	private @Nullable PendingWrite mark;

	private int offered;

	/* What the buffers that were offered last had before. */

	private int buffers;

	private int remaining;

	void add(PendingWrite outgoing) {
		Queue<PendingWrite> added = this.added;
		((added != null) ? added : requireAdded()).add(outgoing);
	}

	private synchronized Queue<PendingWrite> requireAdded() {
		Queue<PendingWrite> added = this.added;
		if (added == null) {
			added = new ConcurrentLinkedQueue<>();
			this.added = added;
		}
		return added;
	}

	private @Nullable PendingWrite pollAdded() {
		Queue<PendingWrite> added = this.added;
		return (added != null) ? added.poll() : null;
	}

	private @Nullable PendingWrite pollFlight() {
		ArrayDeque<PendingWrite> flight = this.flight;
		return (flight != null) ? flight.poll() : null;
	}

	private boolean isInFlight() {
		ArrayDeque<PendingWrite> flight = this.flight;
		return flight != null && !flight.isEmpty();
	}

	private ArrayDeque<PendingWrite> flight() {
		ArrayDeque<PendingWrite> flight = this.flight;
		if (flight == null) {
			flight = new ArrayDeque<>(1);
			this.flight = flight;
		}
		return flight;
	}

	/**
	 * Returns whether something was added that no one has begun to write.
	 * @return whether there is
	 */
	boolean hasAdded() {
		Queue<PendingWrite> added = this.added;
		return added != null && !added.isEmpty();
	}

	boolean isEmpty() {
		return isWritten() && this.mark == null;
	}

	/**
	 * Returns whether all bytes were written, although there may be a mark.
	 * @return whether none wait
	 */
	boolean isWritten() {
		return !isInFlight() && !hasAdded();
	}

	/**
	 * Adds what is left of a write that the queue was empty for.
	 * @param outgoing the rest
	 */
	void addBegun(PendingWrite outgoing) {
		flight().add(outgoing);
	}

	/**
	 * Takes the oldest.
	 * @return the oldest; {@code null} when there is none
	 */
	@Nullable PendingWrite poll() {
		PendingWrite oldest = pollFlight();
		if (oldest == null) {
			oldest = this.mark;
			this.mark = null;
		}
		return (oldest != null) ? oldest : pollAdded();
	}

	/**
	 * Takes the oldest, but not one that may be written in part, and none behind a mark.
	 * @return the oldest; {@code null} when there is none
	 */
	@Nullable PendingWrite pollNotBegun() {
		PendingWrite begun = pollFlight();
		PendingWrite oldest = pollFlight();
		if (oldest == null && this.mark == null) {
			Queue<PendingWrite> added = this.added;
			PendingWrite next = (added != null) ? added.peek() : null;
			oldest = (next != null && next.mark == null) ? pollAdded() : null;
		}
		if (begun != null) {
			flight().addFirst(begun);
		}
		return oldest;
	}

	/**
	 * Takes the oldest that were not begun until there is room, or none is left.
	 * @param size how many bytes there is to be room for
	 * @param pending counts what waits
	 * @return what was taken, to be failed
	 */
	List<PendingWrite> takeOldest(int size, WaterMarks pending) {
		List<PendingWrite> taken = new ArrayList<>();
		PendingWrite oldest;
		while (pending.isFull(size) && (oldest = pollNotBegun()) != null) {
			pending.remove(oldest);
			taken.add(oldest);
		}
		return taken;
	}

	/**
	 * Takes everything.
	 * @param pending counts what waits
	 * @return what was taken, to be failed
	 */
	List<PendingWrite> takeAll(WaterMarks pending) {
		List<PendingWrite> taken = new ArrayList<>();
		PendingWrite next;
		while ((next = poll()) != null) {
			pending.remove(next);
			taken.add(next);
		}
		return taken;
	}

	/**
	 * Takes the oldest if it is written completely.
	 * @return the oldest; {@code null} when it is not, or there is none
	 */
	@Nullable PendingWrite pollWritten() {
		ArrayDeque<PendingWrite> flight = this.flight;
		PendingWrite first = (flight != null) ? flight.peek() : null;
		return (first != null && !first.buffer.hasRemaining()) ? pollFlight() : null;
	}

	/**
	 * Takes some of those that were added, to write them together.
	 * @return whether there is something to write
	 */
	boolean prepare() {
		while (this.mark == null && (this.flight == null || this.flight.size() < MOST_BUFFERS)) {
			PendingWrite next = pollAdded();
			if (next == null) {
				break;
			}
			if (next.mark != null) {
				this.mark = next;
			}
			else {
				flight().add(next);
			}
		}
		return isInFlight();
	}

	/**
	 * Returns the mark before which everything is written.
	 * @return the mark; {@code null} when there is none, or something comes before it
	 */
	@Nullable PendingWrite reachedMark() {
		return isInFlight() ? null : this.mark;
	}

	/** What was added behind the mark may be written. */
	void passMark() {
		this.mark = null;
	}

	/**
	 * Writes what was prepared, as far as the socket takes it.
	 * @param channel the channel
	 * @param transport its transport
	 * @return how many bytes it took
	 */
	long writeTo(StreamChannel channel, Transport transport) throws IOException {
		ArrayDeque<PendingWrite> flight = flight();
		int count = 0;
		int bytes = 0;
		for (PendingWrite outgoing : flight) {
			if (bytes + outgoing.buffer.remaining() > MOST_BYTES) {
				break;
			}
			bytes += outgoing.buffer.remaining();
			count++;
		}
		this.buffers = Math.max(count, 1);
		this.remaining = (count > 1) ? bytes : flight.getFirst().buffer.remaining();
		return (count > 1) ? writeTo(channel, transport, buffers(flight, count), bytes)
				: writeTo(channel, transport, flight.getFirst().buffer);
	}

	private long writeTo(StreamChannel channel, Transport transport, ByteBuffer first) throws IOException {
		int limit = first.limit();
		this.offered = Math.min(first.remaining(), MOST_BYTES);
		first.limit(first.position() + this.offered);
		try {
			return ChannelTraffic.write(channel, transport, first);
		}
		finally {
			first.limit(limit);
		}
	}

	private long writeTo(StreamChannel channel, Transport transport, ByteBuffer[] buffers, int bytes)
			throws IOException {
		this.offered = bytes;
		return ChannelTraffic.write(channel, transport, buffers);
	}

	private static ByteBuffer[] buffers(ArrayDeque<PendingWrite> flight, int count) {
		ByteBuffer[] buffers = new ByteBuffer[count];
		Iterator<PendingWrite> outgoing = flight.iterator();
		for (int i = 0; i < count; i++) {
			buffers[i] = outgoing.next().buffer;
		}
		return buffers;
	}

	/**
	 * Returns how many bytes the transport has taken before it threw.
	 * @return the number, which nobody was told
	 */
	int takenByFailure() {
		int left = flight().stream().limit(this.buffers).mapToInt((outgoing) -> outgoing.buffer.remaining()).sum();
		return this.remaining - left;
	}

	/**
	 * Returns how many bytes were offered to the socket last.
	 * @return the number; the socket is full when it has taken fewer
	 */
	int offered() {
		return this.offered;
	}

}
