package dev.sockets.framing;

/**
 * How a checksum is written.
 */
public enum ChecksumEncoding {

	/** As bytes. */
	RAW,

	/** As two hexadecimal digits for each byte, in capitals; small ones are read too. */
	HEX,

	/** As decimal digits after zeros, so many as the highest checksum has. */
	DECIMAL;

	private static final int TEN = 10;

	private static final int SIXTEEN = 16;

	/**
	 * Returns whether a byte may be one of a checksum that is written so.
	 */
	boolean mayHave(ChecksumKind kind, byte value) {
		return switch (this) {
			case RAW -> kind != ChecksumKind.MOD10 || (value >= 0 && value < TEN);
			case HEX -> value > 0 && Character.digit(value, SIXTEEN) >= 0;
			case DECIMAL -> value > 0 && Character.digit(value, TEN) >= 0;
		};
	}

}
