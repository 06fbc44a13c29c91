package dev.sockets.runtime.tcp;

import dev.sockets.tcp.ConnectionStatistics;

/**
 * What the connections of one endpoint have counted altogether.
 *
 * @param opened how many were opened
 * @param messagesReceived messages they received
 * @param messagesSent messages they sent
 * @param bytesReceived bytes they received
 * @param bytesSent bytes they sent
 * @param pendingBytes bytes that wait to be sent
 */
public record ConnectionTotals(long opened, long messagesReceived, long messagesSent, long bytesReceived,
		long bytesSent, long pendingBytes) {

	static ConnectionTotals none() {
		return new ConnectionTotals(0, 0, 0, 0, 0, 0);
	}

	ConnectionTotals plusOpened() {
		return new ConnectionTotals(this.opened + 1, this.messagesReceived, this.messagesSent, this.bytesReceived,
				this.bytesSent, this.pendingBytes);
	}

	ConnectionTotals plus(ConnectionStatistics more, long pendingBytes) {
		return new ConnectionTotals(this.opened, this.messagesReceived + more.messagesReceived(),
				this.messagesSent + more.messagesSent(), this.bytesReceived + more.bytesReceived(),
				this.bytesSent + more.bytesSent(), this.pendingBytes + pendingBytes);
	}

}
