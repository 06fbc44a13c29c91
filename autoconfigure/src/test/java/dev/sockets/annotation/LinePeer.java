package dev.sockets.annotation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import dev.sockets.tcp.TcpServer;

/**
 * A peer that speaks lines over a blocking socket.
 */
final class LinePeer implements AutoCloseable {

	private final Socket socket;

	private final BufferedReader in;

	LinePeer(TcpServer server) throws IOException {
		this(new Socket("localhost", server.getLocalAddress().getPort()));
	}

	LinePeer(Socket socket) throws IOException {
		this.socket = socket;
		this.socket.setSoTimeout(30_000);
		this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
	}

	/** Sends lines in one write. */
	LinePeer tell(String... lines) throws IOException {
		write(String.join("\n", lines) + "\n");
		return this;
	}

	/** Sends text as it is, in one write. */
	void write(String text) throws IOException {
		this.socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
	}

	/** Returns the next line, or {@code null} at the end. */
	String hear() throws IOException {
		return this.in.readLine();
	}

	String ask(String line) throws IOException {
		return tell(line).hear();
	}

	static String ask(TcpServer server, String line) throws IOException {
		try (LinePeer peer = new LinePeer(server)) {
			return peer.ask(line);
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
