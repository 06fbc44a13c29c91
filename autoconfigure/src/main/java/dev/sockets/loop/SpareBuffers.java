package dev.sockets.loop;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The buffers that a late runner of one loop has left for the next one that is started,
 * one set at most. Open to all threads.
 */
final class SpareBuffers {

	private final Queue<LoopBuffers> spare = new ConcurrentLinkedQueue<>();

	LoopBuffers take() {
		LoopBuffers buffers = this.spare.poll();
		return (buffers != null) ? buffers : new LoopBuffers();
	}

	void giveBack(LoopBuffers buffers) {
		if (this.spare.isEmpty()) {
			this.spare.add(buffers);
		}
	}

}
