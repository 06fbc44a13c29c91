package dev.sockets.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import dev.sockets.tcp.TcpServer;

/**
 * Speaks lines over a blocking socket.
 */
final class TestPeer implements AutoCloseable {

	private final Socket socket;

	private final BufferedReader reader;

	TestPeer(TcpServer server) {
		try {
			this.socket = new Socket("127.0.0.1", server.getLocalAddress().getPort());
			this.socket.setSoTimeout(30_000);
			this.reader = new BufferedReader(
					new InputStreamReader(this.socket.getInputStream(), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	TestPeer send(String line) {
		try {
			this.socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns the next line; {@code null} when the server has closed. */
	String readLine() {
		try {
			return this.reader.readLine();
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
