package dev.sockets.testslice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Somebody outside of a test, to whom nobody should connect.
 */
final class Outsider implements AutoCloseable {

	private final ServerSocket socket;

	Outsider() {
		try {
			this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
			this.socket.setSoTimeout(30_000);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.socket.getLocalPort();
	}

	/**
	 * Connects, and returns whether that is the first connection of all.
	 */
	boolean isUntouched() throws IOException {
		try (Socket own = new Socket(this.socket.getInetAddress(), port()); Socket first = this.socket.accept()) {
			return first.getPort() == own.getLocalPort();
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
