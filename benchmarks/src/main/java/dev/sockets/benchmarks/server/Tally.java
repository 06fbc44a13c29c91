package dev.sockets.benchmarks.server;

/**
 * Counts numbered datagrams, and those that came after one with a higher number.
 */
final class Tally {

	private long received;

	private long disordered;

	private long highest;

	/**
	 * A datagram was received.
	 * @param datagram its bytes, which begin with its number
	 */
	synchronized void count(byte[] datagram) {
		long number = number(datagram);
		this.received++;
		if (number < this.highest) {
			this.disordered++;
		}
		else {
			this.highest = number;
		}
	}

	private static long number(byte[] datagram) {
		long number = 0;
		for (int i = 0; i < Long.BYTES; i++) {
			number = number << Byte.SIZE | (datagram[i] & 0xff);
		}
		return number;
	}

	synchronized long received() {
		return this.received;
	}

	synchronized long disordered() {
		return this.disordered;
	}

}
