package dev.sockets.codec;

/**
 * What becomes of a received text whose bytes are malformed in its charset.
 */
public enum CharsetErrors {

	/** It is an error: no handler gets a damaged text. */
	REPORT,

	/** It is delivered, with U+FFFD in place of what is malformed. */
	REPLACE

}
