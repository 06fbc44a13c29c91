package dev.sockets.runtime.multicast;

import java.util.ArrayDeque;

import org.jspecify.annotations.Nullable;

import dev.sockets.multicast.QueueOverflow;

/**
 * The datagrams that wait for handlers: a bounded number of them, with a bounded number
 * of bytes. To be used under a lock.
 */
final class DatagramQueue {

	/** Most bytes that wait, however many datagrams may. */
	static final int MAX_BYTES = 16 * 1024 * 1024;

	private final ArrayDeque<QueuedDatagram> datagrams = new ArrayDeque<>();

	private final int capacity;

	private final QueueOverflow overflow;

	private int bytes;

	DatagramQueue(int capacity, QueueOverflow overflow) {
		this.capacity = capacity;
		this.overflow = overflow;
	}

	/**
	 * Adds a datagram.
	 * @return how many were dropped for it, itself among them
	 */
	int add(QueuedDatagram datagram) {
		int dropped = 0;
		while (isTooFull(datagram)) {
			if (this.overflow == QueueOverflow.DROP_NEWEST) {
				return 1;
			}
			poll();
			dropped++;
		}
		this.datagrams.add(datagram);
		this.bytes += datagram.bytes().length;
		return dropped;
	}

	private boolean isTooFull(QueuedDatagram next) {
		return this.datagrams.size() >= this.capacity || this.bytes + next.bytes().length > MAX_BYTES;
	}

	@Nullable QueuedDatagram poll() {
		QueuedDatagram datagram = this.datagrams.poll();
		if (datagram != null) {
			this.bytes -= datagram.bytes().length;
		}
		return datagram;
	}

	int size() {
		return this.datagrams.size();
	}

	int clear() {
		int dropped = this.datagrams.size();
		this.datagrams.clear();
		this.bytes = 0;
		return dropped;
	}

}
