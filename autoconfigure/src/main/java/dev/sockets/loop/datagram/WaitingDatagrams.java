package dev.sockets.loop.datagram;

import java.util.ArrayDeque;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.MemoryBudget;

/**
 * The datagrams that wait for handlers: a bounded number of them, with a bounded number
 * of bytes, which count into the memory of all. To be used under a lock.
 */
final class WaitingDatagrams {

	/** Most bytes that wait, however many datagrams may. */
	static final int MAX_BYTES = 16 * 1024 * 1024;

	/** Memory that a datagram takes beside its bytes, more or less. */
	private static final int DATAGRAM_BYTES = 96;

	private final ArrayDeque<WaitingDatagram> datagrams = new ArrayDeque<>();

	private final int capacity;

	private final boolean dropsOldest;

	private final MemoryBudget memory;

	private int bytes;

	WaitingDatagrams(int capacity, boolean dropsOldest, MemoryBudget memory) {
		this.capacity = capacity;
		this.dropsOldest = dropsOldest;
		this.memory = memory;
	}

	/**
	 * Adds a datagram.
	 * @return how many were dropped for it, itself among them
	 */
	int add(WaitingDatagram datagram) {
		int dropped = 0;
		while (isTooFull(datagram)) {
			if (!this.dropsOldest || this.datagrams.isEmpty()) {
				return dropped + 1;
			}
			poll();
			dropped++;
		}
		this.datagrams.add(datagram);
		count(datagram, 1);
		return dropped;
	}

	private boolean isTooFull(WaitingDatagram next) {
		return this.datagrams.size() >= this.capacity || this.bytes + next.bytes().length > MAX_BYTES
				|| this.memory.isUsedUp();
	}

	private void count(WaitingDatagram datagram, int sign) {
		this.bytes += sign * datagram.bytes().length;
		this.memory.add((long) sign * (datagram.bytes().length + DATAGRAM_BYTES));
	}

	@Nullable WaitingDatagram poll() {
		WaitingDatagram datagram = this.datagrams.poll();
		if (datagram != null) {
			count(datagram, -1);
		}
		return datagram;
	}

	int size() {
		return this.datagrams.size();
	}

}
