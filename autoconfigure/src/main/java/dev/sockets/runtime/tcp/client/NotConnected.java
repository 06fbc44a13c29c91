package dev.sockets.runtime.tcp.client;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.tcp.TcpClient;

/**
 * Says that a client has no connection, and why: who sends while an application starts is
 * often too early.
 */
final class NotConnected {

	private NotConnected() {
	}

	/**
	 * Returns the failure of who wants to send.
	 * @param client the client
	 */
	static SocketOperationException failure(TcpClient client) {
		return new SocketOperationException(SocketErrorCode.NOT_CONNECTED,
				client + " is not connected" + reason(client));
	}

	private static String reason(TcpClient client) {
		if (!client.isRunning()) {
			return ", as it is not running: clients start when all beans are there";
		}
		return client.isConnecting() ? " yet; connect() waits until it is" : "";
	}

}
