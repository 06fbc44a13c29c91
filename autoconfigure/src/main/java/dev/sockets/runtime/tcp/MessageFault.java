package dev.sockets.runtime.tcp;

import dev.sockets.SocketOperationException;

/**
 * What stands in the place of a message that cannot be read.
 *
 * @param cause what is wrong
 * @param firstBytes the first bytes of what was received, in hexadecimal
 * @param fatal whether what comes after it cannot be told apart any more
 */
record MessageFault(SocketOperationException cause, String firstBytes, boolean fatal) {

}
