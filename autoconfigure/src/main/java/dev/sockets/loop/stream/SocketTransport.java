package dev.sockets.loop.stream;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.Registration;

/**
 * A plain socket.
 */
final class SocketTransport implements Transport {

	private final SocketChannel socket;

	/** The same, if it is one that batches. */
	private final @Nullable BatchedSocket batched;

	/** Belongs to the reading thread. */
	private @Nullable ByteBuffer first;

	SocketTransport(SocketChannel socket) {
		this(socket, null);
	}

	/**
	 * Creates a transport.
	 * @param socket the socket, not blocking
	 * @param first what was read already; {@code null} for nothing
	 */
	SocketTransport(SocketChannel socket, @Nullable ByteBuffer first) {
		this.socket = socket;
		this.batched = (socket instanceof BatchedSocket batched) ? batched : null;
		this.first = first;
	}

	@Override
	public void register(Registration registration, int operations) throws IOException {
		registration.register(this.socket, operations);
	}

	@Override
	public boolean connect(SocketAddress address) throws IOException {
		return isThere(this.socket.connect(address));
	}

	@Override
	public boolean finishConnect() throws IOException {
		return isThere(this.socket.finishConnect());
	}

	/**
	 * When nobody listens on a port of this host, the system may give that very port to
	 * the socket that connects to it, and so keep it from who is to listen there.
	 */
	private boolean isThere(boolean connected) throws IOException {
		if (connected && this.socket.getLocalAddress().equals(this.socket.getRemoteAddress())) {
			this.socket.setOption(StandardSocketOptions.SO_LINGER, 0);
			throw new ConnectException("Connection refused: it was the socket itself that listened");
		}
		return connected;
	}

	@Override
	public int read(ByteBuffer bytes) throws IOException {
		ByteBuffer first = this.first;
		return (first != null) ? readFirst(first, bytes) : this.socket.read(bytes);
	}

	private int readFirst(ByteBuffer first, ByteBuffer bytes) {
		int count = Math.min(first.remaining(), bytes.remaining());
		bytes.put(first.slice(first.position(), count));
		first.position(first.position() + count);
		if (!first.hasRemaining()) {
			this.first = null;
		}
		return count;
	}

	@Override
	public boolean hasBufferedInput() {
		return this.first != null;
	}

	@Override
	public int write(ByteBuffer bytes) throws IOException {
		return this.socket.write(bytes);
	}

	@Override
	public long write(ByteBuffer[] bytes) throws IOException {
		return this.socket.write(bytes);
	}

	@Override
	public boolean isAtRest() {
		return true;
	}

	@Override
	public int writeBatched(ByteBuffer bytes) throws IOException {
		BatchedSocket batched = this.batched;
		return (batched != null) ? batched.writeBatched(bytes) : this.socket.write(bytes);
	}

	@Override
	public int sendHeld() throws IOException {
		BatchedSocket batched = this.batched;
		return (batched != null) ? batched.sendHeld() : 0;
	}

	@Override
	public void finishOutput() throws IOException {
		this.socket.shutdownOutput();
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			// it is closed as far as that is possible
		}
	}

	@Override
	public boolean isOpen() {
		return this.socket.isOpen();
	}

	@Override
	public boolean isConnected() {
		return this.socket.isConnected();
	}

	@Override
	public Socket socket() {
		return ChannelSocket.isUnix(this.socket) ? new ChannelSocket(this.socket, () -> false, () -> false)
				: this.socket.socket();
	}

}
