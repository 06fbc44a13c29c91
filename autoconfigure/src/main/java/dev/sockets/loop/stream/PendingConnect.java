package dev.sockets.loop.stream;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A transport on its way to its peer.
 *
 * @param transport the transport
 * @param address the peer's address
 * @param timeoutNanos how long to try
 */
record PendingConnect(Transport transport, SocketAddress address, long timeoutNanos) {

	/**
	 * Begins to connect.
	 * @return whether it is connected already
	 */
	boolean begin() throws IOException {
		return this.transport.connect(this.address);
	}

	/**
	 * Goes on when the socket is ready for it.
	 * @return whether it is connected
	 */
	boolean finish() throws IOException {
		return this.transport.finishConnect();
	}

	SocketTimeoutException timeout() {
		return new SocketTimeoutException(
				"No connection within " + TimeUnit.NANOSECONDS.toMillis(this.timeoutNanos) + " ms");
	}

}
