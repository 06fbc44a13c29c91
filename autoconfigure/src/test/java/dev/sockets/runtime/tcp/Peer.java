package dev.sockets.runtime.tcp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.sockets.tcp.TcpServer;

/**
 * A foreign peer that speaks lines over a blocking socket.
 */
final class Peer implements AutoCloseable {

	private final Socket socket;

	private final InputStream in;

	private final OutputStream out;

	Peer(TcpServer server) {
		this(server.getLocalAddress(), 0);
	}

	/** Connects from a chosen address of this host. */
	Peer(InetSocketAddress from, InetSocketAddress address) {
		this(from, address, 0);
	}

	Peer(InetSocketAddress address, int receiveBuffer) {
		this(null, address, receiveBuffer);
	}

	private Peer(InetSocketAddress from, InetSocketAddress address, int receiveBuffer) {
		this(connect(from, address, receiveBuffer));
	}

	/** Uses a connection that is there. */
	Peer(Socket socket) {
		this.socket = socket;
		try {
			this.socket.setTcpNoDelay(true);
			this.socket.setSoTimeout(30_000);
			this.in = new BufferedInputStream(this.socket.getInputStream(), 64 * 1024);
			this.out = this.socket.getOutputStream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Socket connect(InetSocketAddress from, InetSocketAddress address, int receiveBuffer) {
		try {
			Socket socket = new Socket();
			socket.bind(from);
			if (receiveBuffer > 0) {
				socket.setReceiveBufferSize(receiveBuffer);
			}
			socket.connect(address, 30_000);
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Peer timeout(Duration timeout) {
		try {
			this.socket.setSoTimeout((int) timeout.toMillis());
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	InetSocketAddress address() {
		return (InetSocketAddress) this.socket.getLocalSocketAddress();
	}

	/** Sends lines in one write. */
	Peer send(String... lines) {
		return sendRaw((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
	}

	Peer sendRaw(byte[] bytes) {
		try {
			this.out.write(bytes);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Sends bytes unless the connection is gone. */
	Peer trySend(byte[] bytes) {
		try {
			this.out.write(bytes);
		}
		catch (IOException ex) {
			// what it was closed for is seen elsewhere
		}
		return this;
	}

	/**
	 * Reads a line.
	 * @return the line, or {@code null} at the end of the stream
	 */
	String readLine() {
		try {
			ByteArrayOutputStream line = new ByteArrayOutputStream();
			int value;
			while ((value = this.in.read()) != '\n') {
				if (value < 0) {
					return null;
				}
				line.write(value);
			}
			return line.toString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads a line; a reset counts as the end of the stream.
	 * @return the line, or {@code null} at the end of the stream
	 */
	String readLineOrReset() {
		try {
			return readLine();
		}
		catch (UncheckedIOException ex) {
			return null;
		}
	}

	/**
	 * Reads a line if one comes soon. Not to be used after a part of one was read.
	 * @param timeout how long to wait
	 * @return the line, or {@code null} when none has come
	 */
	String readLine(Duration timeout) {
		try {
			this.socket.setSoTimeout((int) timeout.toMillis());
			try {
				return readLine();
			}
			catch (UncheckedIOException ex) {
				if (ex.getCause() instanceof SocketTimeoutException) {
					return null;
				}
				throw ex;
			}
			finally {
				this.socket.setSoTimeout(30_000);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String ask(String line) {
		return send(line).readLine();
	}

	InputStream in() {
		return this.in;
	}

	byte[] readAll() {
		try {
			return this.in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Peer finish() {
		try {
			this.socket.shutdownOutput();
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void reset() {
		try {
			this.socket.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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
