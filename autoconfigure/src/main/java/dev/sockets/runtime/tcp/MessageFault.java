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
 * @param head what could be decoded of it, if requests by opcode want to know
 */
record MessageFault(SocketOperationException cause, String firstBytes, boolean fatal, List<@Nullable Object> head) {

	/** Memory that it takes with its causes, more or less. */
	static final int BYTES = 4096;

	MessageFault(SocketOperationException cause, String firstBytes, boolean fatal) {
		this(cause, firstBytes, fatal, List.of());
	}

}
