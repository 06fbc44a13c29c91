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

	private final Queue<PendingWrite> added = new ConcurrentLinkedQueue<>();

	/** Taken from those that were added, and not completely written. */
	private final ArrayDeque<PendingWrite> flight = new ArrayDeque<>(1);

	/** Comes behind those; nothing is taken from those that were added before it ends. */
	private @Nullable PendingWrite mark;

	private int offered;

	/* What the buffers that were offered last had before. */

	private int buffers;

	private int remaining;

	void add(PendingWrite outgoing) {
		this.added.add(outgoing);
	}

	/**
	 * Returns whether something was added that no one has begun to write.
	 * @return whether there is
	 */
	boolean hasAdded() {
		return !this.added.isEmpty();
	}

	boolean isEmpty() {
		return isWritten() && this.mark == null;
	}

	/**
	 * Returns whether all bytes were written, although there may be a mark.
	 * @return whether none wait
	 */
	boolean isWritten() {
		return this.flight.isEmpty() && this.added.isEmpty();
	}

	/**
	 * Adds what is left of a write that the queue was empty for.
	 * @param outgoing the rest
	 */
	void addBegun(PendingWrite outgoing) {
		this.flight.add(outgoing);
	}

	/**
	 * Takes the oldest.
	 * @return the oldest; {@code null} when there is none
	 */
	@Nullable PendingWrite poll() {
		PendingWrite oldest = this.flight.poll();
		if (oldest == null) {
			oldest = this.mark;
			this.mark = null;
		}
		return (oldest != null) ? oldest : this.added.poll();
	}

	/**
	 * Takes the oldest, but not one that may be written in part, and none behind a mark.
	 * @return the oldest; {@code null} when there is none
	 */
	@Nullable PendingWrite pollNotBegun() {
		PendingWrite begun = this.flight.poll();
		PendingWrite oldest = this.flight.poll();
		if (oldest == null && this.mark == null) {
			PendingWrite next = this.added.peek();
			oldest = (next != null && next.mark == null) ? this.added.poll() : null;
		}
		if (begun != null) {
			this.flight.addFirst(begun);
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
		PendingWrite first = this.flight.peek();
		return (first != null && !first.buffer.hasRemaining()) ? this.flight.poll() : null;
	}

	/**
	 * Takes some of those that were added, to write them together.
	 * @return whether there is something to write
	 */
	boolean prepare() {
		while (this.flight.size() < MOST_BUFFERS && this.mark == null) {
			PendingWrite next = this.added.poll();
			if (next == null) {
				break;
			}
			if (next.mark != null) {
				this.mark = next;
			}
			else {
				this.flight.add(next);
			}
		}
		return !this.flight.isEmpty();
	}

	/**
	 * Returns the mark before which everything is written.
	 * @return the mark; {@code null} when there is none, or something comes before it
	 */
	@Nullable PendingWrite reachedMark() {
		return this.flight.isEmpty() ? this.mark : null;
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
		int count = 0;
		int bytes = 0;
		for (PendingWrite outgoing : this.flight) {
			if (bytes + outgoing.buffer.remaining() > MOST_BYTES) {
				break;
			}
			bytes += outgoing.buffer.remaining();
			count++;
		}
		this.buffers = Math.max(count, 1);
		this.remaining = (count > 1) ? bytes : this.flight.getFirst().buffer.remaining();
		return (count > 1) ? writeTo(channel, transport, count, bytes)
				: writeTo(channel, transport, this.flight.getFirst().buffer);
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

	private long writeTo(StreamChannel channel, Transport transport, int count, int bytes) throws IOException {
		ByteBuffer[] buffers = new ByteBuffer[count];
		Iterator<PendingWrite> flight = this.flight.iterator();
		for (int i = 0; i < count; i++) {
			buffers[i] = flight.next().buffer;
		}
		this.offered = bytes;
		return ChannelTraffic.write(channel, transport, buffers);
	}

	/**
	 * Returns how many bytes the transport has taken before it threw.
	 * @return the number, which nobody was told
	 */
	int takenByFailure() {
		int left = this.flight.stream().limit(this.buffers).mapToInt((outgoing) -> outgoing.buffer.remaining()).sum();
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
