package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.sockets.SocketOperationException;
import dev.sockets.loop.MemoryBudget;
import dev.sockets.framing.FrameOutput;
import dev.sockets.tcp.ConnectionSettings;

/**
 * Messages of a client that wait for a connection, in order and bounded. Guarded by the
 * connector's lock.
 */
final class OfflineBuffer {

	/**
	 * A message that waits.
	 *
	 * @param payload what to send
	 * @param frame the same, encoded
	 * @param result completed when it was sent
	 */
	record Waiting(Object payload, ByteBuffer frame, CompletableFuture<Void> result) {

		static Waiting of(Object payload, ConnectionSettings settings) {
			FrameOutput frame = FrameEncoder.encode(settings, payload, null);
			return new Waiting(payload, ByteBuffer.wrap(frame.array(), 0, frame.size()), new CompletableFuture<>());
		}

	}

	private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

	private final int maxBytes;

	private final MemoryBudget memory;

	private int bytes;

	OfflineBuffer(int maxBytes, MemoryBudget memory) {
		this.maxBytes = maxBytes;
		this.memory = memory;
	}

	/**
	 * Adds a message if there is room, and memory.
	 * @param message the message
	 * @return whether there was room
	 */
	boolean offer(Waiting message) {
		int size = message.frame().remaining();
		if (size > this.maxBytes - this.bytes || this.memory.isUsedUp()) {
			return false;
		}
		this.bytes += size;
		this.memory.add(size);
		this.waiting.add(message);
		return true;
	}

	/**
	 * Takes all messages.
	 * @return the messages in their order
	 */
	List<Waiting> drain() {
		List<Waiting> all = new ArrayList<>(this.waiting);
		this.waiting.clear();
		this.memory.add(-this.bytes);
		this.bytes = 0;
		return all;
	}

	static void fail(List<Waiting> messages, SocketOperationException cause) {
		messages.forEach((message) -> message.result().completeExceptionally(cause));
	}

}
