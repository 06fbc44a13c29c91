package dev.sockets.runtime.tcp;

/**
 * A message that is handled on another thread, with its length.
 *
 * @param item the payload, or the {@link MessageFault} in its place
 * @param bytes how long its frame was
 */
record SizedMessage(Object item, int bytes) {

}
