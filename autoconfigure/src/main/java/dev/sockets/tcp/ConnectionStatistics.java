package dev.sockets.tcp;

import java.time.Instant;

/**
 * What went over a connection until one moment.
 *
 * @param messagesReceived messages received
 * @param messagesSent messages written to the socket
 * @param bytesReceived bytes received
 * @param bytesSent bytes written to the socket
 * @param pendingBytes bytes that wait to be written
 * @param lastActivity when bytes were last received or written, exact to a few hundred
 * milliseconds
 */
public record ConnectionStatistics(long messagesReceived, long messagesSent, long bytesReceived, long bytesSent,
		long pendingBytes, Instant lastActivity) {

}
