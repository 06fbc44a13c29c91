package dev.sockets.framing;

import java.util.Map;

/**
 * Bytes that each frame of a protocol has at certain places.
 */
final class FixedBytes {

	private final int[] places;

	private final byte[] values;

	FixedBytes(Map<Integer, Byte> fixed) {
		this.places = new int[fixed.size()];
		this.values = new byte[fixed.size()];
		int count = 0;
		for (Map.Entry<Integer, Byte> each : fixed.entrySet()) {
			this.places[count] = each.getKey();
			this.values[count++] = each.getValue();
		}
	}

	/**
	 * Returns whether they are in a frame, of which there are enough bytes.
	 */
	boolean areIn(byte[] array, int start) {
		for (int i = 0; i < this.places.length; i++) {
			if (array[start + this.places[i]] != this.values[i]) {
				return false;
			}
		}
		return true;
	}

}
