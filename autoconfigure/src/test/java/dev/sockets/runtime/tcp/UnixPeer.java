package dev.sockets.runtime.tcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A foreign peer that speaks lines over a blocking Unix domain socket.
 */
final class UnixPeer implements AutoCloseable {

	private final SocketChannel socket;

	private final BufferedReader in;

	UnixPeer(Path path) {
		this(connect(path));
	}

	/** Uses a connection that is there. */
	UnixPeer(SocketChannel socket) {
		this.socket = socket;
		this.in = new BufferedReader(
				new InputStreamReader(Channels.newInputStream(this.socket), StandardCharsets.UTF_8));
	}

	private static SocketChannel connect(Path path) {
		try {
			SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
			socket.connect(UnixDomainSocketAddress.of(path));
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	UnixPeer send(String text) {
		try {
			ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
			while (bytes.hasRemaining()) {
				this.socket.write(bytes);
			}
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads a line.
	 * @return the line, or {@code null} at the end of the stream, also by a reset
	 */
	String readLine() {
		try {
			return this.in.readLine();
		}
		catch (IOException ex) {
			return null;
		}
	}

	/** Reads all lines up to the end of the stream. */
	List<String> readLines() {
		return this.in.lines().toList();
	}

	String ask(String line) {
		return send(line + "\n").readLine();
	}

	UnixPeer finish() {
		try {
			this.socket.shutdownOutput();
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Closes before its user is done. */
	void leave() {
		close();
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
