package dev.sockets.autoconfigure.properties;

/**
 * Known ways to replace bytes within frames.
 */
public enum EscapeKind {

	/** Serial line IP. */
	SLIP,

	/** HDLC on asynchronous lines. */
	HDLC,

	/** DLE STX and DLE ETX around frames. */
	DLE,

	/** Consistent overhead byte stuffing. */
	COBS

}
