package dev.sockets.loop.linux;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.stream.BatchedSocket;
import dev.sockets.loop.stream.ChannelSocket;

/**
 * A stream socket that never blocks.
 */
final class LinuxSocketChannel extends SocketChannel implements EpollChannel, BatchedSocket {

	private enum Phase {

		UNCONNECTED, CONNECTING, CONNECTED

	}

	private final int family;

	private final SocketOutput output;

	private final Descriptor descriptor;

	private volatile @Nullable SocketAddress remote;

	private volatile Phase phase;

	private volatile boolean inputShut;

	LinuxSocketChannel(SelectorProvider provider, int family) throws IOException {
		this(provider, family, SocketName.open(family), null, Phase.UNCONNECTED);
	}

	/**
	 * One that was accepted.
	 * @param remote the peer's address, which the system does not tell any more once the
	 * peer has gone
	 */
	LinuxSocketChannel(SelectorProvider provider, int family, int number, @Nullable SocketAddress remote) {
		this(provider, family, number, remote, Phase.CONNECTED);
	}

	private LinuxSocketChannel(SelectorProvider provider, int family, int number, @Nullable SocketAddress remote,
			Phase phase) {
		super(provider);
		this.family = family;
		this.output = new SocketOutput(number);
		this.descriptor = this.output.descriptor();
		this.remote = remote;
		this.phase = phase;
	}

	@Override
	public Descriptor descriptor() {
		return this.descriptor;
	}

	@Override
	public void registered(EpollKey key) {
		this.output.registered(key);
	}

	@Override
	public boolean hasNews() {
		return this.output.hasNews();
	}

	@Override
	public int read(ByteBuffer bytes) throws IOException {
		ensureConnected();
		if (this.inputShut) {
			return -1;
		}
		if (!bytes.hasRemaining()) {
			return 0;
		}
		this.descriptor.begin();
		try {
			return Receives.one(this.descriptor.number, bytes);
		}
		finally {
			this.descriptor.end();
		}
	}

	@Override
	public long read(ByteBuffer[] buffers, int offset, int length) throws IOException {
		ensureConnected();
		if (this.inputShut) {
			return -1;
		}
		this.descriptor.begin();
		try {
			return Receives.several(this.descriptor.number, buffers, offset, length);
		}
		finally {
			this.descriptor.end();
		}
	}

	@Override
	public int write(ByteBuffer bytes) throws IOException {
		ensureConnected();
		return this.output.write(bytes);
	}

	@Override
	public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
		ensureConnected();
		return this.output.write(buffers, offset, length);
	}

	@Override
	public int writeBatched(ByteBuffer bytes) throws IOException {
		ensureConnected();
		return this.output.writeBatched(bytes);
	}

	@Override
	public int sendHeld() throws IOException {
		return this.output.sendHeld();
	}

	private void ensureConnected() throws ClosedChannelException {
		if (!isOpen()) {
			throw new ClosedChannelException();
		}
		if (this.phase != Phase.CONNECTED) {
			throw new NotYetConnectedException();
		}
	}

	@Override
	public SocketChannel bind(@Nullable SocketAddress local) throws IOException {
		if (local != null) {
			SocketName.bind(this.descriptor, this.family, local);
		}
		return this;
	}

	@Override
	public boolean connect(SocketAddress remote) throws IOException {
		if (this.phase == Phase.CONNECTED) {
			throw new AlreadyConnectedException();
		}
		if (this.phase == Phase.CONNECTING) {
			throw new ConnectionPendingException();
		}
		int result = tryConnect(remote);
		if (result == -Constants.EINPROGRESS) {
			this.phase = Phase.CONNECTING;
			return false;
		}
		if (result < 0) {
			close();
			throw Failures.of(-result);
		}
		this.phase = Phase.CONNECTED;
		return true;
	}

	private int tryConnect(SocketAddress remote) throws IOException {
		Scratch scratch = Scratch.take();
		this.descriptor.begin();
		try {
			return LibC.connect(scratch.state, this.descriptor.number, scratch.small,
					Addresses.write(remote, this.family, scratch.small));
		}
		finally {
			this.descriptor.end();
			scratch.giveBack();
		}
	}

	@Override
	public boolean finishConnect() throws IOException {
		if (this.phase == Phase.CONNECTED) {
			return true;
		}
		if (this.phase == Phase.UNCONNECTED) {
			throw new NoConnectionPendingException();
		}
		int failure = Options.failure(this.descriptor);
		if (failure != 0) {
			close();
			throw Failures.of(failure);
		}
		if (getRemoteAddress() == null) {
			return false;
		}
		this.phase = Phase.CONNECTED;
		return true;
	}

	@Override
	public boolean isConnected() {
		return this.phase == Phase.CONNECTED && isOpen();
	}

	@Override
	public boolean isConnectionPending() {
		return this.phase == Phase.CONNECTING;
	}

	@Override
	public SocketChannel shutdownInput() throws IOException {
		ensureConnected();
		this.inputShut = true;
		this.descriptor.begin();
		try {
			int result = Scratch
				.with((scratch) -> LibC.shutdown(scratch.state, this.descriptor.number, Constants.SHUT_RD));
			if (result != -Constants.ENOTCONN) {
				Failures.check(result);
			}
		}
		finally {
			this.descriptor.end();
		}
		return this;
	}

	@Override
	public SocketChannel shutdownOutput() throws IOException {
		ensureConnected();
		this.output.shut();
		return this;
	}

	@Override
	public Socket socket() {
		return new ChannelSocket(this, () -> this.inputShut, this.output::isShut);
	}

	@Override
	public @Nullable SocketAddress getRemoteAddress() throws IOException {
		SocketAddress remote = this.remote;
		if (remote == null) {
			remote = SocketName.peer(this.descriptor);
			this.remote = remote;
		}
		return remote;
	}

	@Override
	public @Nullable SocketAddress getLocalAddress() throws IOException {
		return SocketName.local(this.descriptor);
	}

	@Override
	public <T> SocketChannel setOption(SocketOption<T> option, T value) throws IOException {
		Options.set(this.descriptor, option, value);
		return this;
	}

	@Override
	public Set<SocketOption<?>> supportedOptions() {
		return (this.family == Constants.AF_UNIX) ? Options.UNIX_OPTIONS : Options.TCP_OPTIONS;
	}

	@Override
	protected void implCloseSelectableChannel() {
		this.descriptor.release();
	}

	@Override
	protected void implConfigureBlocking(boolean block) {
		if (block) {
			throw new UnsupportedOperationException("It never blocks");
		}
	}

}
