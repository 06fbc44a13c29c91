package dev.sockets.runtime.trace;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.MemoryShare;

/**
 * What has gone over the wire of one endpoint in a while: the newest {@value #MOST_BYTES}
 * bytes of it, which count into the memory of all. When that is used up, nothing more is
 * kept. Fed by the threads that read and write; open to all.
 */
public final class WireTrace {

	/** How much is kept, with what it takes beside the bytes. */
	public static final int MOST_BYTES = 4 * 1024 * 1024;

	/** Most bytes of a packet, so that its length fits into its headers. */
	static final int SEGMENT = 65_000;

	private final Instant until;

	private final long deadline;

	private final @Nullable String connection;

	private final MemoryShare memory;

	private Deque<TracedSegment> segments = new ArrayDeque<>();

	private long size;

	private long missing;

	private boolean ended;

	/**
	 * Creates a trace that has begun.
	 * @param nanos how long it lasts
	 * @param connection id of the only connection that is traced; {@code null} for all
	 * @param memory counts what is kept
	 */
	WireTrace(long nanos, @Nullable String connection, MemoryShare memory) {
		this.until = Instant.now().plusNanos(nanos);
		this.deadline = System.nanoTime() + nanos;
		this.connection = connection;
		this.memory = memory;
	}

	/**
	 * Keeps bytes that have gone over a connection.
	 * @param stream the connection
	 * @param received whether the peer has sent them
	 * @param bytes the bytes; not changed
	 */
	synchronized void add(TracedStream stream, boolean received, ByteBuffer bytes) {
		if (!isRunning() || (this.connection != null && !this.connection.equals(stream.connection()))) {
			return;
		}
		stream.enter(this);
		int start = bytes.position();
		int skipped = Math.max(0, bytes.remaining() - MOST_BYTES);
		stream.advance(received, skipped);
		this.missing += skipped;
		for (int at = start + skipped; at < bytes.limit(); at += SEGMENT) {
			add(stream, received, bytes, at, Math.min(SEGMENT, bytes.limit() - at));
		}
	}

	private void add(TracedStream stream, boolean received, ByteBuffer bytes, int at, int length) {
		long position = stream.position(received);
		stream.advance(received, length);
		if (this.memory.isUsedUp()) {
			this.missing += length;
			return;
		}
		byte[] copy = new byte[length];
		bytes.get(at, copy);
		TracedSegment segment = new TracedSegment(now(), stream, received, position, stream.position(!received), copy);
		this.segments.add(segment);
		count(segment.size());
		while (this.size > MOST_BYTES) {
			TracedSegment oldest = this.segments.remove();
			count(-oldest.size());
			this.missing += oldest.bytes().length;
		}
	}

	private static long now() {
		Instant now = Instant.now();
		return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
	}

	private void count(long bytes) {
		this.size += bytes;
		this.memory.add(bytes);
	}

	/** Keeps nothing more. */
	synchronized void end() {
		this.ended = true;
	}

	/** Gives back what is kept. */
	synchronized void drop() {
		this.ended = true;
		this.segments = new ArrayDeque<>(0);
		count(-this.size);
	}

	/**
	 * Returns whether more is kept.
	 * @return whether it was not stopped, and its time is not over
	 */
	public synchronized boolean isRunning() {
		return !this.ended && System.nanoTime() - this.deadline < 0;
	}

	/**
	 * Returns when it ends by itself.
	 * @return the time, also once it has ended
	 */
	public Instant until() {
		return this.until;
	}

	/**
	 * Returns which connection is traced.
	 * @return its id; {@code null} for all
	 */
	public @Nullable String connection() {
		return this.connection;
	}

	/**
	 * Returns how many packets are kept.
	 * @return the number
	 */
	public synchronized int packets() {
		return this.segments.size();
	}

	/**
	 * Returns how many bytes that went over the wire are not there, or not any more.
	 * @return the number
	 */
	public synchronized long missing() {
		return this.missing;
	}

	/**
	 * Returns it as a file that Wireshark opens.
	 * @return the bytes of the file, in the format pcap
	 */
	public byte[] toPcap() {
		return PcapFile.of(snapshot());
	}

	private synchronized List<TracedSegment> snapshot() {
		return List.copyOf(this.segments);
	}

}
