package dev.sockets.tcp;

/**
 * Values of keys that go together. What is set nearer wins: first the keys of the entry
 * itself, then its profile, then the keys of the defaults, and at last their profile.
 */
public enum Profile {

	/** Lines of text. */
	TEXT,

	/** Texts that end with a zero byte. */
	TEXT_NUL,

	/** Bytes after their length. */
	BYTES,

	/** JSON after its length. */
	JSON,

	/** CBOR after its length. */
	CBOR,

	/** Requests by opcode, as CBOR after its length. */
	RPC,

	/**
	 * Texts that end with a zero byte, and one client at a time: others are closed
	 * without a word, after a moment as the clients of tcpcom miss an end that comes at
	 * once.
	 */
	TCPCOM

}
