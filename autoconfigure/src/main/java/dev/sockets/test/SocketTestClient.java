package dev.sockets.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.UnixSocketAddress;

/**
 * Connects to a server as a peer would, with a plain socket, and says what it expects to
 * come back: lines of UTF-8, or bytes. What doesn't come is an {@link AssertionError}.
 *
 * <p>
 * A test has it injected, by the name of the field or parameter, or by
 * {@code @Qualifier}, as it would have the server; the name doesn't matter when there is
 * only one server. It is closed after each test. For one thread at a time.
 */
public final class SocketTestClient implements AutoCloseable {

	private final String name;

	private final Supplier<InetSocketAddress> server;

	private final Consumer<SocketTestClient> connected;

	private Duration timeout = Duration.ofSeconds(10);

	private @Nullable Socket socket;

	private InputStream in = InputStream.nullInputStream();

	SocketTestClient(String name, Supplier<InetSocketAddress> server, Consumer<SocketTestClient> connected) {
		this.name = name;
		this.server = server;
		this.connected = connected;
	}

	/**
	 * Returns a client of any server, to be closed by the caller.
	 * @param host address or name of the server
	 * @param port its port
	 * @return a client that is not connected yet
	 */
	public static SocketTestClient of(String host, int port) {
		return new SocketTestClient(host + ":" + port, () -> new InetSocketAddress(host, port), (client) -> {
		});
	}

	/**
	 * Sets how long it waits for each thing that is expected, and to connect; 10 s when
	 * it isn't set.
	 * @param timeout the time
	 * @return this client
	 */
	public SocketTestClient timeout(Duration timeout) {
		if (timeout.toMillis() < 1) {
			throw new IllegalArgumentException("The time-out must be at least a millisecond, not " + timeout);
		}
		this.timeout = timeout;
		return this;
	}

	/**
	 * Connects, unless it is connected. Sending and expecting do so too.
	 * @return this client
	 */
	public SocketTestClient connect() {
		open();
		return this;
	}

	/**
	 * Sends a line.
	 * @param line its text, without the line feed
	 * @return this client
	 */
	public SocketTestClient send(String line) {
		return send((line + "\n").getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Sends bytes as they are.
	 * @param bytes the bytes
	 * @return this client
	 */
	public SocketTestClient send(byte[] bytes) {
		Socket socket = open();
		try {
			socket.getOutputStream().write(bytes);
			return this;
		}
		catch (IOException ex) {
			throw failure("takes nothing any more", ex);
		}
	}

	/**
	 * Expects the next lines.
	 * @param lines their texts, without line ends
	 * @return this client
	 */
	public SocketTestClient expect(String... lines) {
		for (String line : lines) {
			String next = next("\"" + line + "\"");
			if (!next.equals(line)) {
				throw new AssertionError(this + " should send \"" + line + "\", but sent \"" + next + "\"");
			}
		}
		return this;
	}

	/**
	 * Expects the next bytes.
	 * @param bytes the bytes
	 * @return this client
	 */
	public SocketTestClient expect(byte[] bytes) {
		String wanted = SocketTestText.hex(bytes);
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		while (received.size() < bytes.length) {
			int next = read(wanted, received);
			if (next < 0) {
				throw ended(wanted, received);
			}
			received.write(next);
			if ((byte) next != bytes[received.size() - 1]) {
				throw new AssertionError(
						this + " should send " + wanted + ", but sent " + SocketTestText.hex(received.toByteArray()));
			}
		}
		return this;
	}

	/**
	 * Waits for the next line, whatever it is.
	 * @return its text, without the line end
	 */
	public String receive() {
		return next("a line");
	}

	/**
	 * Expects that the server closes the connection, and sends nothing before it does.
	 * @return this client
	 */
	public SocketTestClient expectEnd() {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		int next = read("nothing and close the connection", received);
		if (next >= 0) {
			throw new AssertionError(this + " should send nothing and close the connection, but sent "
					+ SocketTestText.hex(new byte[] { (byte) next }));
		}
		return this;
	}

	private String next(String wanted) {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int next = read(wanted, line);
		while (next >= 0 && next != '\n') {
			line.write(next);
			next = read(wanted, line);
		}
		if (next < 0) {
			throw ended(wanted, line);
		}
		String text = line.toString(StandardCharsets.UTF_8);
		return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
	}

	private AssertionError ended(String wanted, ByteArrayOutputStream received) {
		return new AssertionError(
				this + " should send " + wanted + ", but closed the connection" + SocketTestText.after(received));
	}

	private int read(String wanted, ByteArrayOutputStream received) {
		open();
		try {
			return this.in.read();
		}
		catch (SocketTimeoutException ex) {
			throw failure("should send " + wanted + ", but sent nothing for " + this.timeout.toMillis() + " ms"
					+ SocketTestText.after(received), ex);
		}
		catch (IOException ex) {
			throw failure("should send " + wanted + ", but broke the connection off" + SocketTestText.after(received),
					ex);
		}
	}

	private Socket open() {
		Socket socket = this.socket;
		try {
			if (socket == null) {
				socket = new Socket();
				socket.connect(reachable(), (int) this.timeout.toMillis());
				socket.setTcpNoDelay(true);
				this.in = new BufferedInputStream(socket.getInputStream());
				this.socket = socket;
				this.connected.accept(this);
			}
			socket.setSoTimeout((int) this.timeout.toMillis());
			return socket;
		}
		catch (IOException ex) {
			throw failure("cannot be connected to", ex);
		}
	}

	private InetSocketAddress reachable() {
		InetSocketAddress address = this.server.get();
		if (address instanceof UnixSocketAddress) {
			throw new IllegalStateException(
					this + " listens on " + address + ": connect to that with a SocketChannel of the JDK");
		}
		InetAddress host = address.getAddress();
		return (host != null && host.isAnyLocalAddress())
				? new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()) : address;
	}

	private AssertionError failure(String what, IOException cause) {
		return new AssertionError(this + " " + what, cause);
	}

	/**
	 * Closes the connection; it connects anew when it is used again.
	 */
	@Override
	public void close() {
		Socket socket = this.socket;
		this.socket = null;
		if (socket != null) {
			try {
				socket.close();
			}
			catch (IOException ex) {
				throw failure("cannot be left", ex);
			}
		}
	}

	@Override
	public String toString() {
		return "'" + this.name + "'";
	}

}
