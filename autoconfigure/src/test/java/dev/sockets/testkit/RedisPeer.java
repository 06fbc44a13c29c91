package dev.sockets.testkit;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a Redis server, without any library.
 */
final class RedisPeer implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 30_000;

	private final Socket socket;

	private final DataInputStream input;

	RedisPeer(InetSocketAddress address, boolean tls) {
		try {
			this.socket = tls ? TestTls.context("client").getSocketFactory().createSocket() : new Socket();
			this.socket.connect(address, TIMEOUT_MILLIS);
			this.socket.setSoTimeout(TIMEOUT_MILLIS);
			this.input = new DataInputStream(this.socket.getInputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns the parts of the answer, in order. */
	List<String> ask(String... command) {
		StringBuilder text = new StringBuilder("*" + command.length + "\r\n");
		for (String part : command) {
			text.append('$').append(part.getBytes(StandardCharsets.UTF_8).length).append("\r\n");
			text.append(part).append("\r\n");
		}
		try {
			this.socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
			List<String> answer = new ArrayList<>();
			read(answer);
			return answer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read(List<String> answer) throws IOException {
		String line = line();
		String rest = line.substring(1);
		switch (line.charAt(0)) {
			case '*' -> {
				for (int i = Integer.parseInt(rest); i > 0; i--) {
					read(answer);
				}
			}
			case '$' -> {
				byte[] bytes = new byte[Math.max(0, Integer.parseInt(rest))];
				this.input.readFully(bytes);
				answer.add(new String(bytes, StandardCharsets.UTF_8));
				line();
			}
			case '-' -> throw new IllegalStateException(rest);
			default -> answer.add(rest);
		}
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.input.read(); next != '\n'; next = this.input.read()) {
			if (next < 0) {
				throw new IOException("Redis has closed the connection");
			}
			if (next != '\r') {
				line.append((char) next);
			}
		}
		return line.toString();
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
