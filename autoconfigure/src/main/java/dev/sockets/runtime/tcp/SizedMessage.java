package dev.sockets.runtime.tcp;

/**
 * A message that is handled on another thread, with its size.
 *
 * @param item the payload, or the {@link MessageFault} in its place
 * @param bytes how many bytes count for it
 */
record SizedMessage(Object item, long bytes) {

}
