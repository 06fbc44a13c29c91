package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A foreign server whose connections the test holds in its hand. */
final class Backend implements AutoCloseable {

	private final ServerSocket socket;

	Backend() {
		this(0);
	}

	Backend(int port) {
		try {
			this.socket = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
			this.socket.setSoTimeout(30_000);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.socket.getLocalPort();
	}

	Peer accept() {
		try {
			return new Peer(this.socket.accept());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
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
