package dev.sockets.loop.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;

/**
 * A Unix domain socket as the classic API sees it, which has no such thing: one between
 * two programs on this machine, to be asked about and not to be used.
 */
final class UnixSocket extends Socket {

	private final SocketChannel channel;

	UnixSocket(SocketChannel channel) {
		this.channel = channel;
	}

	@Override
	public SocketChannel getChannel() {
		return this.channel;
	}

	@Override
	public InetAddress getInetAddress() {
		return InetAddress.getLoopbackAddress();
	}

	@Override
	public InetAddress getLocalAddress() {
		return InetAddress.getLoopbackAddress();
	}

	@Override
	public int getPort() {
		return 0;
	}

	@Override
	public int getLocalPort() {
		return 0;
	}

	@Override
	public @Nullable SocketAddress getRemoteSocketAddress() {
		try {
			return this.channel.getRemoteAddress();
		}
		catch (IOException ex) {
			return null;
		}
	}

	@Override
	public @Nullable SocketAddress getLocalSocketAddress() {
		try {
			return this.channel.getLocalAddress();
		}
		catch (IOException ex) {
			return null;
		}
	}

	@Override
	public boolean isConnected() {
		return this.channel.isConnected();
	}

	@Override
	public boolean isBound() {
		return this.channel.isConnected();
	}

	@Override
	public boolean isClosed() {
		return !this.channel.isOpen();
	}

	@Override
	public InputStream getInputStream() throws IOException {
		throw new SocketException("An event loop reads this socket");
	}

	@Override
	public OutputStream getOutputStream() throws IOException {
		throw new SocketException("An event loop writes to this socket");
	}

	@Override
	public int getReceiveBufferSize() throws SocketException {
		return option(StandardSocketOptions.SO_RCVBUF);
	}

	@Override
	public int getSendBufferSize() throws SocketException {
		return option(StandardSocketOptions.SO_SNDBUF);
	}

	@Override
	public int getSoLinger() throws SocketException {
		return option(StandardSocketOptions.SO_LINGER);
	}

	private int option(SocketOption<Integer> option) throws SocketException {
		try {
			return this.channel.getOption(option);
		}
		catch (IOException ex) {
			throw new SocketException(ex.getMessage());
		}
	}

	@Override
	public boolean getTcpNoDelay() {
		return false;
	}

	@Override
	public boolean getKeepAlive() {
		return false;
	}

	@Override
	public boolean getOOBInline() {
		return false;
	}

	@Override
	public boolean getReuseAddress() {
		return false;
	}

	@Override
	public int getTrafficClass() {
		return 0;
	}

	@Override
	public int getSoTimeout() {
		return 0;
	}

	@Override
	public void setSoTimeout(int timeout) {
		// nobody reads it by this API
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

	@Override
	public String toString() {
		return this.channel.toString();
	}

}
