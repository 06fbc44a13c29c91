package dev.sockets.loop.stream;

/**
 * The bounds of a channel.
 *
 * @param readBuffer most bytes that one read takes, at most 64 KiB
 * @param maxPending most bytes that may wait to be written when a send does not wait
 * @param overflow what becomes of a message when more would wait
 * @param writeTimeoutNanos how long the peer may take no bytes while some wait
 * @param resetOnClose whether closing resets the connection instead of ending it in order
 */
public record ChannelSettings(int readBuffer, int maxPending, Overflow overflow, long writeTimeoutNanos,
		boolean resetOnClose) {

}
