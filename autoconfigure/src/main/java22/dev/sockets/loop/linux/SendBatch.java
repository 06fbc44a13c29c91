package dev.sockets.loop.linux;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What the thread of a selector sends between two selections, to leave in one call. When
 * its ring fails it sends what waits without it, and takes nothing more. Open to all
 * threads.
 */
final class SendBatch {

	/** What is longer is not worth to be copied. */
	static final int LONGEST = 8 * 1024;

	private static final int ENTRIES = 128;

	/** So many leave in one call; four times as many made no difference. */
	private static final int MOST = 32;

	private static final int ROOM = 64 * 1024;

	private final MemorySegment memory = Memory.allocate(ROOM);

	private final long bytes = this.memory.address();

	private final Scratch scratch = Scratch.own();

	private final @Nullable SocketOutput[] outputs = new SocketOutput[ENTRIES];

	private final long[] addresses = new long[ENTRIES];

	private final int[] lengths = new int[ENTRIES];

	private final SendRing ring = new SendRing(ENTRIES, this.scratch);

	private final Consumer<String> failures;

	private int count;

	private int used;

	private boolean closed;

	private @Nullable Thread owner;

	/**
	 * Creates a batch.
	 * @param failures told why once, when the ring fails
	 * @throws IOException when no ring can be had
	 */
	SendBatch(Consumer<String> failures) throws IOException {
		this.failures = failures;
	}

	SendRing ring() {
		return this.ring;
	}

	/**
	 * Sends what waits; from now on the calling thread may add to it, and is to come here
	 * again before it waits for anything.
	 */
	synchronized void begin() {
		this.owner = this.closed ? null : Thread.currentThread();
		submit();
	}

	/**
	 * Adds a send of a socket that has none here.
	 * @return {@code false} when it is to send for itself
	 */
	synchronized boolean add(SocketOutput output, ByteBuffer bytes, int length) {
		if (this.owner != Thread.currentThread()) {
			return false;
		}
		if (length > ROOM - this.used) {
			submit();
			if (this.closed) {
				return false;
			}
		}
		long address = this.bytes + this.used;
		Memory.copy(bytes, length, address);
		this.used += length + 63 & ~63;
		int id = this.count++;
		this.outputs[id] = output;
		this.addresses[id] = address;
		this.lengths[id] = length;
		output.waitsIn(this);
		this.ring.add(output.descriptor().number, address, length, id);
		if (this.count == MOST) {
			submit();
		}
		return true;
	}

	/** Sends what waits. */
	synchronized void submit() {
		int count = this.count;
		if (count == 0) {
			return;
		}
		int unsent = this.ring.submit(this.scratch);
		while (this.ring.hasNext()) {
			long next = this.ring.next();
			sent((int) next, (int) (next >> 32));
		}
		for (int id = count - unsent; id < count; id++) {
			sent(id, LibC.send(this.scratch.state, output(id).descriptor().number, this.addresses[id],
					this.lengths[id]));
		}
		for (int id = 0; id < count; id++) {
			output(id).waitsIn(null);
			this.outputs[id] = null;
		}
		this.count = 0;
		this.used = 0;
		String failure = this.ring.failure();
		if (failure != null && !this.closed) {
			closeRing();
			this.failures.accept(failure);
		}
	}

	private void sent(int id, int result) {
		output(id).sent(this.addresses[id], this.lengths[id], result);
	}

	private SocketOutput output(int id) {
		return Objects.requireNonNull(this.outputs[id]);
	}

	/** Without a ring nothing is added any more. */
	private void closeRing() {
		this.closed = true;
		this.owner = null;
		this.ring.close(this.scratch);
	}

	synchronized void close() {
		submit();
		if (!this.closed) {
			closeRing();
		}
	}

}
