package dev.sockets.loop.stream;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * A socket on its way to its peer.
 *
 * @param socket the socket, not blocking
 * @param address the peer's address
 * @param timeoutNanos how long to try
 */
record PendingConnect(SocketChannel socket, InetSocketAddress address, long timeoutNanos) {

	/**
	 * Begins to connect.
	 * @return whether it is connected already
	 */
	boolean begin() throws IOException {
		return isThere(this.socket.connect(this.address));
	}

	/**
	 * Goes on when the socket is ready for it.
	 * @return whether it is connected
	 */
	boolean finish() throws IOException {
		return isThere(this.socket.finishConnect());
	}

	/**
	 * When nobody listens on a port of this host, the system may give that very port to
	 * the socket that connects to it, and so keep it from who is to listen there.
	 */
	private boolean isThere(boolean connected) throws IOException {
		if (connected && this.socket.getLocalAddress().equals(this.socket.getRemoteAddress())) {
			this.socket.setOption(StandardSocketOptions.SO_LINGER, 0);
			throw new ConnectException("Connection refused: it was the socket itself that listened");
		}
		return connected;
	}

	SocketTimeoutException timeout() {
		return new SocketTimeoutException(
				"No connection within " + TimeUnit.NANOSECONDS.toMillis(this.timeoutNanos) + " ms");
	}

}
