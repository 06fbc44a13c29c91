package dev.sockets.runtime.tcp;

import java.util.Arrays;

/**
 * Prints what fault tests have measured, to be read; nothing is asserted on it.
 */
final class Figures {

	private Figures() {
	}

	static void print(String id, String format, Object... values) {
		System.out.println("[figures] " + id + ": " + String.format(format, values));
	}

	/**
	 * Returns a percentile.
	 * @param values the values in any order
	 * @param share such as 0.99
	 * @return the value that this share of the others does not exceed
	 */
	static long percentile(long[] values, double share) {
		long[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[Math.min((int) (sorted.length * share), sorted.length - 1)];
	}

}
