package dev.sockets.runtime.tcp;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;

/**
 * What stands in the place of a message that cannot be read.
 *
 * @param cause what is wrong
 * @param firstBytes the first bytes of what was received, in hexadecimal
 * @param fatal whether what comes after it cannot be told apart any more
 * @param unfinished whether its peer has begun another one instead of finishing it, so
 * that it is to get no answer: it would take that for the answer to the other one
 * @param head what could be read of it for who answers it: the head of a request by
 * opcode, or the header of a message of HL7
 */
record MessageFault(SocketOperationException cause, String firstBytes, boolean fatal, boolean unfinished,
		List<@Nullable Object> head) {

	/** Memory that it takes with its causes, more or less. */
	static final int BYTES = 4096;

	MessageFault(SocketOperationException cause, String firstBytes, boolean fatal) {
		this(cause, firstBytes, fatal, false, List.of());
	}

	/**
	 * Returns the same fault when nothing that comes after it can be trusted.
	 */
	MessageFault asFatal() {
		return new MessageFault(cause(), firstBytes(), true);
	}

}
