package dev.sockets.loop;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * The buffers that a late runner of one loop has left for the next one that is started,
 * one set at most. Open to all threads.
 */
final class SpareBuffers {

	private final AtomicReference<@Nullable LoopBuffers> spare = new AtomicReference<>();

	LoopBuffers take() {
		LoopBuffers buffers = this.spare.getAndSet(null);
		return (buffers != null) ? buffers : new LoopBuffers();
	}

	void giveBack(LoopBuffers buffers) {
		this.spare.compareAndSet(null, buffers);
	}

}
