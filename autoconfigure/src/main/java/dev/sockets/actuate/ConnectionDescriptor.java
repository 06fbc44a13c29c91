package dev.sockets.actuate;

import java.time.Instant;

import dev.sockets.AddressText;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionStatistics;

/**
 * A connection.
 *
 * @param id its id
 * @param remoteAddress the peer's address
 * @param localAddress its own address
 * @param openedAt when it was opened
 * @param lastActivity when bytes last went over it
 * @param messagesReceived messages received
 * @param messagesSent messages sent
 * @param bytesReceived bytes received
 * @param bytesSent bytes sent
 * @param pendingBytes bytes that wait to be written
 */
public record ConnectionDescriptor(String id, String remoteAddress, String localAddress, Instant openedAt,
		Instant lastActivity, long messagesReceived, long messagesSent, long bytesReceived, long bytesSent,
		long pendingBytes) {

	static ConnectionDescriptor of(Connection connection) {
		ConnectionStatistics statistics = connection.getStatistics();
		return new ConnectionDescriptor(connection.getId(), AddressText.of(connection.getRemoteAddress()),
				AddressText.of(connection.getLocalAddress()), connection.getOpenedAt(), statistics.lastActivity(),
				statistics.messagesReceived(), statistics.messagesSent(), statistics.bytesReceived(),
				statistics.bytesSent(), statistics.pendingBytes());
	}

}
