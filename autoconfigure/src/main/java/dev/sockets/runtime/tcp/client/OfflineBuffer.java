package dev.sockets.runtime.tcp.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import dev.sockets.SocketOperationException;
import dev.sockets.loop.MemoryBudget;
import dev.sockets.runtime.tcp.WaitingMessage;

/**
 * Messages of a client that wait for a connection, in order and bounded. Guarded by the
 * connector's lock.
 */
final class OfflineBuffer {

	private final ArrayDeque<WaitingMessage> waiting = new ArrayDeque<>();

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
	boolean offer(WaitingMessage message) {
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
	List<WaitingMessage> drain() {
		List<WaitingMessage> all = new ArrayList<>(this.waiting);
		this.waiting.clear();
		this.memory.add(-this.bytes);
		this.bytes = 0;
		return all;
	}

	static void fail(List<WaitingMessage> messages, SocketOperationException cause) {
		messages.forEach((message) -> message.result().completeExceptionally(cause));
	}

}
