package dev.sockets.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import dev.sockets.tcp.TcpServer;

/**
 * Talks to a server of the sample over a plain socket.
 */
final class Peer implements AutoCloseable {

	private static final int DEADLINE = 30_000;

	private final Socket socket;

	private final BufferedReader lines;

	Peer(TcpServer server) throws IOException {
		this(new Socket("localhost", server.getLocalAddress().getPort()));
	}

	Peer(Socket socket) throws IOException {
		this.socket = socket;
		this.socket.setSoTimeout(DEADLINE);
		this.lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
	}

	void say(String text) throws IOException {
		this.socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
	}

	String line() throws IOException {
		return this.lines.readLine();
	}

	void write(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
	}

	byte[] read(int length) throws IOException {
		InputStream input = this.socket.getInputStream();
		return input.readNBytes(length);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
