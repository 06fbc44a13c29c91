package dev.sockets.loop.tls;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * The memory that a thread works with while it encrypts or decrypts; what is at rest owns
 * none. The JDK works on arrays faster than on direct memory.
 */
final class TlsBuffers {

	/** Larger records are refused. */
	static final int LARGEST_RECORD = 33 * 1024;

	private static final int SPARE = 16;

	private static final AtomicReferenceArray<@Nullable TlsBuffers> spare = new AtomicReferenceArray<>(SPARE);

	/** Records from the peer; some may be there before the socket is read. */
	final ByteBuffer input = ByteBuffer.allocate(64 * 1024 + LARGEST_RECORD);

	/** Records to the peer. */
	final ByteBuffer output = ByteBuffer.allocate(4 * 17 * 1024);

	/** What is in one record, where it fits nowhere else. */
	final ByteBuffer plain = ByteBuffer.allocate(LARGEST_RECORD);

	/** Takes a single buffer to where several can be written. */
	final ByteBuffer[] single = { ByteBuffer.allocate(0) };

	private TlsBuffers() {
	}

	/**
	 * Takes buffers, to be {@linkplain #giveBack() given back} by the same thread.
	 * @return buffers that nobody else uses
	 */
	static TlsBuffers take() {
		int start = slot();
		for (int i = 0; i < SPARE; i++) {
			TlsBuffers buffers = spare.getAndSet((start + i) % SPARE, null);
			if (buffers != null) {
				return buffers;
			}
		}
		return new TlsBuffers();
	}

	void giveBack() {
		int start = slot();
		for (int i = 0; i < SPARE; i++) {
			if (spare.compareAndSet((start + i) % SPARE, null, this)) {
				return;
			}
		}
	}

	private static int slot() {
		return (int) (Thread.currentThread().getId() % SPARE);
	}

}
