package dev.sockets.loop.stream;

/**
 * The bounds of a channel.
 *
 * @param readBuffer most bytes that one read takes, at most 64 KiB
 * @param maxPending most bytes that may wait to be written when a send does not wait
 * @param overflow what becomes of a message when more would wait
 * @param writeTimeoutNanos how long the peer may take no bytes while some wait
 * @param resetOnClose whether closing resets the connection instead of ending it in order
 * @param mayBlock whether calls of the handler may block: if so the event loop goes on
 * without one that does, and a send within one may wait for a slow peer
 */
public record ChannelSettings(int readBuffer, int maxPending, Overflow overflow, long writeTimeoutNanos,
		boolean resetOnClose, boolean mayBlock) {

}
