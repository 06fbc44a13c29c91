package dev.sockets.autoconfigure.properties;

import java.nio.ByteOrder;

/**
 * Orders of the bytes in a length header.
 */
public enum HeaderByteOrder {

	/** Highest byte first. */
	BIG_ENDIAN(ByteOrder.BIG_ENDIAN),

	/** Lowest byte first. */
	LITTLE_ENDIAN(ByteOrder.LITTLE_ENDIAN);

	private final ByteOrder order;

	HeaderByteOrder(ByteOrder order) {
		this.order = order;
	}

	public ByteOrder order() {
		return this.order;
	}

}
