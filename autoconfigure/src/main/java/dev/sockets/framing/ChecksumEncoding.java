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
	DECIMAL

}
