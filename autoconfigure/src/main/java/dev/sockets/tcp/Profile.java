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
	 * Bytes as they come, for peers that use jfSocket: bytes 04 and nothing else end the
	 * connection, as they do there.
	 */
	JFSOCKET,

	/**
	 * Objects of Python, each after its length in hexadecimal, as obj-over-tcp has it.
	 */
	OBJ_OVER_TCP,

	/**
	 * Bytes as they come, for peers that use simplesockets: a client resets its
	 * connections, as servers of simplesockets do not see their ordinary end.
	 */
	SIMPLESOCKETS,

	/**
	 * Requests by opcode with programs that use TCPTalks: pickles one after another, and
	 * a password in clear at the beginning. A client goes on trying to connect until its
	 * deadline, as theirs do.
	 */
	TCPTALKS,

	/**
	 * Texts that end with a zero byte, and one client at a time: others are closed
	 * without a word, after a moment as the clients of tcpcom miss an end that comes at
	 * once.
	 */
	TCPCOM,

	/** Messages of HL7 version 2, as MLLP has them: VT, the text, FS and CR. */
	MLLP,

	/** Whole messages of Modbus over TCP, as bytes. */
	MODBUS_TCP,

	/** Sentences of NMEA 0183, whose checksum is no part of the text. */
	NMEA,

	/** Texts between STX and ETX with their longitudinal checksum behind. */
	STX_ETX_LRC,

	/** Messages of HSMS (SECS-II over TCP) with their header of ten bytes. */
	HSMS,

	/** Whole messages of SMPP, as bytes. */
	SMPP,

	/** Messages of syslog, after their length or as lines. */
	SYSLOG,

	/** Messages of JT/T 808 without what is around them, as bytes. */
	JT808,

	/** Whole messages of FIX, as text of which each byte is a character. */
	FIX,

	/** Lines of instruments, with their blocks, as text of which each byte is one. */
	SCPI

}
