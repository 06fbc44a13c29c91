package dev.sockets.loop.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * A channel's socket as the classic API sees it, to be asked about, set and closed. The
 * channel reads it and writes to it. A Unix domain socket, which that API does not know,
 * is one between two programs on this machine. What the channel has no option for is off,
 * and stays so.
 */
public final class ChannelSocket extends Socket {

	private final SocketChannel channel;

	private final BooleanSupplier inputShut;

	private final BooleanSupplier outputShut;

	/**
	 * Creates a view of a channel.
	 * @param channel the channel
	 * @param inputShut whether its input is shut down, as it does not tell
	 * @param outputShut whether its output is
	 */
	public ChannelSocket(SocketChannel channel, BooleanSupplier inputShut, BooleanSupplier outputShut) {
		this.channel = channel;
		this.inputShut = inputShut;
		this.outputShut = outputShut;
	}

	static boolean isUnix(SocketChannel channel) {
		return !channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY);
	}

	@Override
	public SocketChannel getChannel() {
		return this.channel;
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
	public @Nullable InetAddress getInetAddress() {
		if (getRemoteSocketAddress() instanceof InetSocketAddress inet) {
			return inet.getAddress();
		}
		return isUnix(this.channel) ? InetAddress.getLoopbackAddress() : null;
	}

	@Override
	public int getPort() {
		return (getRemoteSocketAddress() instanceof InetSocketAddress inet) ? inet.getPort() : 0;
	}

	@Override
	public InetAddress getLocalAddress() {
		return (getLocalSocketAddress() instanceof InetSocketAddress inet) ? inet.getAddress()
				: InetAddress.getLoopbackAddress();
	}

	@Override
	public int getLocalPort() {
		if (getLocalSocketAddress() instanceof InetSocketAddress inet) {
			return inet.getPort();
		}
		return isUnix(this.channel) ? 0 : -1;
	}

	@Override
	public <T> Socket setOption(SocketOption<T> option, T value) throws IOException {
		this.channel.setOption(option, value);
		return this;
	}

	@Override
	public <T> T getOption(SocketOption<T> option) throws IOException {
		return this.channel.getOption(option);
	}

	@Override
	public Set<SocketOption<?>> supportedOptions() {
		return this.channel.supportedOptions();
	}

	@Override
	public boolean isConnected() {
		return this.channel.isConnected();
	}

	@Override
	public boolean isBound() {
		return isUnix(this.channel) ? isConnected() : getLocalSocketAddress() != null;
	}

	@Override
	public boolean isClosed() {
		return !this.channel.isOpen();
	}

	@Override
	public boolean isInputShutdown() {
		return this.inputShut.getAsBoolean();
	}

	@Override
	public boolean isOutputShutdown() {
		return this.outputShut.getAsBoolean();
	}

	@Override
	public void shutdownInput() throws IOException {
		this.channel.shutdownInput();
	}

	@Override
	public void shutdownOutput() throws IOException {
		this.channel.shutdownOutput();
	}

	@Override
	public InputStream getInputStream() throws IOException {
		throw new SocketException("An event loop reads this socket");
	}

	@Override
	public OutputStream getOutputStream() throws IOException {
		throw new SocketException("An event loop writes to this socket");
	}

	private <T> T get(SocketOption<T> option, T otherwise) throws SocketException {
		try {
			return supportedOptions().contains(option) ? this.channel.getOption(option) : otherwise;
		}
		catch (IOException ex) {
			throw failure(ex);
		}
	}

	private <T> void set(SocketOption<T> option, T value) throws SocketException {
		try {
			if (supportedOptions().contains(option)) {
				this.channel.setOption(option, value);
			}
		}
		catch (IOException ex) {
			throw failure(ex);
		}
	}

	private static SocketException failure(IOException cause) {
		return (cause instanceof SocketException exception) ? exception
				: (SocketException) new SocketException(cause.toString()).initCause(cause);
	}

	@Override
	public int getReceiveBufferSize() throws SocketException {
		return get(StandardSocketOptions.SO_RCVBUF, 0);
	}

	@Override
	public void setReceiveBufferSize(int size) throws SocketException {
		set(StandardSocketOptions.SO_RCVBUF, size);
	}

	@Override
	public int getSendBufferSize() throws SocketException {
		return get(StandardSocketOptions.SO_SNDBUF, 0);
	}

	@Override
	public void setSendBufferSize(int size) throws SocketException {
		set(StandardSocketOptions.SO_SNDBUF, size);
	}

	@Override
	public int getSoLinger() throws SocketException {
		return get(StandardSocketOptions.SO_LINGER, -1);
	}

	@Override
	public void setSoLinger(boolean on, int linger) throws SocketException {
		set(StandardSocketOptions.SO_LINGER, on ? linger : -1);
	}

	@Override
	public boolean getTcpNoDelay() throws SocketException {
		return get(StandardSocketOptions.TCP_NODELAY, false);
	}

	@Override
	public void setTcpNoDelay(boolean on) throws SocketException {
		set(StandardSocketOptions.TCP_NODELAY, on);
	}

	@Override
	public boolean getKeepAlive() throws SocketException {
		return get(StandardSocketOptions.SO_KEEPALIVE, false);
	}

	@Override
	public void setKeepAlive(boolean on) throws SocketException {
		set(StandardSocketOptions.SO_KEEPALIVE, on);
	}

	@Override
	public boolean getReuseAddress() throws SocketException {
		return get(StandardSocketOptions.SO_REUSEADDR, false);
	}

	@Override
	public void setReuseAddress(boolean on) throws SocketException {
		set(StandardSocketOptions.SO_REUSEADDR, on);
	}

	@Override
	public int getTrafficClass() throws SocketException {
		return get(StandardSocketOptions.IP_TOS, 0);
	}

	@Override
	public void setTrafficClass(int trafficClass) throws SocketException {
		set(StandardSocketOptions.IP_TOS, trafficClass);
	}

	@Override
	public boolean getOOBInline() {
		return false;
	}

	@Override
	public int getSoTimeout() {
		return 0;
	}

	/** Nobody reads it by this API. */
	@Override
	public void setSoTimeout(int timeout) {
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

	@Override
	public String toString() {
		return isUnix(this.channel) ? this.channel.toString()
				: "Socket[addr=" + getInetAddress() + ",port=" + getPort() + ",localport=" + getLocalPort() + "]";
	}

}
