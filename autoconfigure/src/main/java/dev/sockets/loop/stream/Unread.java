package dev.sockets.loop.stream;

/**
 * What of the received bytes is for another thread to handle.
 *
 * @param bytes holds them
 * @param start index of the first one
 * @param end index after the last one
 */
public record Unread(byte[] bytes, int start, int end) {

}
