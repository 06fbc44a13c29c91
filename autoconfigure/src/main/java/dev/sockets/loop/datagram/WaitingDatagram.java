package dev.sockets.loop.datagram;

import java.net.InetSocketAddress;
import java.util.Arrays;

/**
 * A datagram that waits for its handler.
 *
 * @param handler its port's
 * @param bytes its bytes; only the first ones of one that is too long
 * @param length how many bytes were read
 * @param sender who sent it
 */
record WaitingDatagram(DatagramHandler handler, byte[] bytes, int length, InetSocketAddress sender) {

	/** What is kept of a datagram that is too long: enough to show how it begins. */
	private static final int SHOWN_BYTES = 16;

	/**
	 * Copies a datagram of a batch.
	 * @param longest how many bytes it may have
	 */
	static WaitingDatagram of(DatagramHandler handler, DatagramBatch batch, int index, int longest) {
		int length = batch.copy(index);
		int kept = (length > longest) ? Math.min(length, SHOWN_BYTES) : length;
		return new WaitingDatagram(handler, Arrays.copyOf(batch.bytes(), kept), length, batch.sender(index));
	}

	void handle() {
		this.handler.handle(this.bytes, this.length, this.sender);
	}

}
