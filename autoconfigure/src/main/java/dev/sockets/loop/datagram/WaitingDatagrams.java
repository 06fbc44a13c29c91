package dev.sockets.loop.datagram;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;

import org.jspecify.annotations.Nullable;

/**
 * The datagrams that wait for handlers: a bounded number of them, with a bounded number
 * of bytes. To be used under a lock.
 */
final class WaitingDatagrams {

	/** Most bytes that wait, however many datagrams may. */
	static final int MAX_BYTES = 16 * 1024 * 1024;

	/**
	 * A datagram that waits.
	 *
	 * @param handler its port's
	 * @param bytes its bytes; only the first ones of one that is too long
	 * @param length how many bytes were read
	 * @param sender who sent it
	 */
	record Waiting(DatagramHandler handler, byte[] bytes, int length, InetSocketAddress sender) {

	}

	private final ArrayDeque<Waiting> datagrams = new ArrayDeque<>();

	private final int capacity;

	private final boolean dropsOldest;

	private int bytes;

	WaitingDatagrams(int capacity, boolean dropsOldest) {
		this.capacity = capacity;
		this.dropsOldest = dropsOldest;
	}

	/**
	 * Adds a datagram.
	 * @return how many were dropped for it, itself among them
	 */
	int add(Waiting datagram) {
		int dropped = 0;
		while (isTooFull(datagram)) {
			if (!this.dropsOldest) {
				return 1;
			}
			poll();
			dropped++;
		}
		this.datagrams.add(datagram);
		this.bytes += datagram.bytes().length;
		return dropped;
	}

	private boolean isTooFull(Waiting next) {
		return this.datagrams.size() >= this.capacity || this.bytes + next.bytes().length > MAX_BYTES;
	}

	@Nullable Waiting poll() {
		Waiting datagram = this.datagrams.poll();
		if (datagram != null) {
			this.bytes -= datagram.bytes().length;
		}
		return datagram;
	}

	int size() {
		return this.datagrams.size();
	}

}
