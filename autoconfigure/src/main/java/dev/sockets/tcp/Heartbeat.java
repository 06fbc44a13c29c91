package dev.sockets.tcp;

import java.time.Duration;

/**
 * Messages that keep a connection alive and show that the peer is.
 *
 * @param interval how long nothing is sent before a heartbeat is
 * @param timeout how much longer than the interval the peer may be silent
 * @param message the payload of a heartbeat; a received one is not delivered
 */
public record Heartbeat(Duration interval, Duration timeout, byte[] message) {

}
