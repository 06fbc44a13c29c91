package dev.sockets.loop.linux;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A socket that listens and never blocks.
 */
final class LinuxServerSocketChannel extends ServerSocketChannel implements EpollChannel {

	private static final int BACKLOG = 50;

	private final int family;

	private final Descriptor descriptor;

	LinuxServerSocketChannel(SelectorProvider provider, int family) throws IOException {
		super(provider);
		this.family = family;
		this.descriptor = new Descriptor(SocketName.open(family), () -> {
		});
		if (family != Constants.AF_UNIX) {
			Options.set(this.descriptor, StandardSocketOptions.SO_REUSEADDR, true);
		}
	}

	@Override
	public Descriptor descriptor() {
		return this.descriptor;
	}

	@Override
	public ServerSocketChannel bind(@Nullable SocketAddress local, int backlog) throws IOException {
		if (local != null) {
			SocketName.bind(this.descriptor, this.family, local);
		}
		Scratch scratch = Scratch.take();
		this.descriptor.begin();
		try {
			Failures.check(LibC.listen(scratch.state, this.descriptor.number, (backlog > 0) ? backlog : BACKLOG));
		}
		finally {
			this.descriptor.end();
			scratch.giveBack();
		}
		return this;
	}

	@Override
	public @Nullable SocketChannel accept() throws IOException {
		Scratch scratch = Scratch.take();
		this.descriptor.begin();
		try {
			long at = scratch.small;
			int number;
			do {
				Memory.clear(at, Addresses.LONGEST);
				Memory.putInt(at + Addresses.LONGEST, Addresses.LONGEST);
				number = LibC.accept(scratch.state, this.descriptor.number, at, at + Addresses.LONGEST,
						Constants.NONBLOCK_CLOEXEC);
			}
			while (number == -Constants.ECONNABORTED);
			if (number == -Constants.EAGAIN || number == -Constants.EINTR) {
				return null;
			}
			return accepted(Failures.check(number), at);
		}
		finally {
			this.descriptor.end();
			scratch.giveBack();
		}
	}

	private SocketChannel accepted(int number, long address) throws IOException {
		boolean kept = false;
		try {
			SocketChannel channel = new LinuxSocketChannel(provider(), this.family, number,
					Addresses.read(address, Memory.getInt(address + Addresses.LONGEST)));
			kept = true;
			return channel;
		}
		finally {
			if (!kept) {
				Descriptor.close(number);
			}
		}
	}

	@Override
	public ServerSocket socket() {
		throw new UnsupportedOperationException("Ask the channel");
	}

	@Override
	public @Nullable SocketAddress getLocalAddress() throws IOException {
		return SocketName.local(this.descriptor);
	}

	@Override
	public <T> ServerSocketChannel setOption(SocketOption<T> option, T value) throws IOException {
		Options.set(this.descriptor, option, value);
		return this;
	}

	@Override
	public Set<SocketOption<?>> supportedOptions() {
		return Options.SERVER_OPTIONS;
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
