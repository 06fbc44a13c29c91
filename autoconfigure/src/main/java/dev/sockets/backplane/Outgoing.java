package dev.sockets.backplane;

/**
 * Bytes to be published.
 *
 * @param channel the channel
 * @param message the bytes, not changed afterwards
 */
public record Outgoing(String channel, byte[] message) {

}
