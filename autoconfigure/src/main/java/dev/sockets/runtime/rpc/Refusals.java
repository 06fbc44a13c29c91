package dev.sockets.runtime.rpc;

/**
 * Why this side does not execute or answer a request, as its sender is told.
 */
final class Refusals {

	private static final String UNBOUND = " is not bound to any instruction";

	private Refusals() {
	}

	/**
	 * Says that nothing is bound to an opcode, in the words of TCPTalks.
	 */
	static ErrorReport unknownOpcode(Object opcode) {
		return new ErrorReport(Errors.UNKNOWN, "opcode " + Opcodes.text(opcode) + UNBOUND);
	}

	/** Returns whether a peer says so. */
	static boolean isUnknownOpcode(ErrorReport error) {
		return error.type().equals(Errors.UNKNOWN) && error.message().contains(UNBOUND);
	}

	static ErrorReport tooMany(int max) {
		return new ErrorReport(Errors.OTHER, max + " requests are being handled already");
	}

	static ErrorReport stopping() {
		return new ErrorReport(Errors.OTHER, "the application stops");
	}

	static ErrorReport noResult() {
		return new ErrorReport(Errors.OTHER, "the result cannot be sent");
	}

	static ErrorReport undecodable(String what) {
		return new ErrorReport("TypeError", what + " cannot be decoded");
	}

	/** Leaves out what may keep an error from being sent. */
	static ErrorReport withoutDetail(ErrorReport error) {
		return new ErrorReport(error.type(), "the message of the error cannot be sent");
	}

}
