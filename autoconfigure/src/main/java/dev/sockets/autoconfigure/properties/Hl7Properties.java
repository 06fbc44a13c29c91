package dev.sockets.autoconfigure.properties;

import dev.sockets.tcp.Hl7Ack;

/**
 * Messages of HL7 version 2.
 */
public class Hl7Properties {

	/**
	 * Who acknowledges messages of HL7 that no handler replies to.
	 */
	private Hl7Ack ack = Hl7Ack.NONE;

	public Hl7Ack getAck() {
		return this.ack;
	}

	public void setAck(Hl7Ack ack) {
		this.ack = ack;
	}

}
