package dev.sockets.tcp;

/**
 * Who acknowledges messages of HL7 version 2.
 */
public enum Hl7Ack {

	/** The application does. */
	NONE,

	/**
	 * Each message that no handler replies to is answered: by AA when it was handled, AE
	 * when a handler has failed or it has no control id, and AR when it is no message of
	 * HL7.
	 */
	AUTO

}
