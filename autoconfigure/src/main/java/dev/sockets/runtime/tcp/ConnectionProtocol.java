package dev.sockets.runtime.tcp;

import org.jspecify.annotations.Nullable;

/**
 * What goes over a connection beside or around its messages, as its settings want it.
 *
 * @param acknowledgements of each message; {@code null} for none
 * @param paced keeps messages apart by silence; {@code null} when they need not be
 * @param hl7 answers messages of HL7; {@code null} when handlers do, if anybody
 * @param rpc requests by opcode; {@code null} when its messages are ordinary ones
 */
record ConnectionProtocol(@Nullable Acknowledgements acknowledgements, @Nullable PacedSends paced,
		@Nullable Hl7Acknowledgements hl7, @Nullable RpcHook rpc) {

	private static final ConnectionProtocol PLAIN = new ConnectionProtocol(null, null, null, null);

	/**
	 * Gives a connection what its settings want. Handshakes come before answers, and
	 * behind what belongs to frames.
	 * @param connection the connection, which reads nothing yet
	 * @return what it has
	 */
	static ConnectionProtocol addTo(DefaultConnection connection) {
		Acknowledgements acknowledgements = Acknowledgements.addTo(connection);
		PacedSends paced = PacedSends.addTo(connection);
		Handshakes.addTo(connection);
		Hl7Acknowledgements hl7 = Hl7Acknowledgements.addTo(connection);
		RpcHook rpc = RpcHook.addTo(connection);
		boolean plain = acknowledgements == null && paced == null && hl7 == null && rpc == null;
		return plain ? PLAIN : new ConnectionProtocol(acknowledgements, paced, hl7, rpc);
	}

	/** Returns whether messages are answered by what their handlers end with. */
	boolean acknowledges() {
		return this.acknowledgements != null || this.hl7 != null;
	}

	/**
	 * Returns where messages stand in line before they leave.
	 * @return {@code null} when each may leave at once
	 */
	@Nullable SendLine sendLine() {
		return (this.acknowledgements != null) ? this.acknowledgements : this.paced;
	}

	/**
	 * Does something once no message stands in line any more.
	 * @param action what to do; at once where none does
	 */
	void whenDrained(Runnable action) {
		SendLine line = sendLine();
		if (line != null) {
			line.whenDrained(action);
		}
		else {
			action.run();
		}
	}

}
