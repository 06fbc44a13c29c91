package dev.sockets.loop.linux;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Opens stream sockets of Linux, and selectors for them.
 */
public final class LinuxSelectorProvider extends SelectorProvider {

	private final int internet = internet();

	private final Consumer<String> failures;

	private final boolean ring;

	private volatile @Nullable String withoutRing;

	/**
	 * Creates a provider.
	 * @param failures told why, whenever sending by io_uring has failed and goes on
	 * without it
	 */
	LinuxSelectorProvider(Consumer<String> failures) {
		this(failures, null);
	}

	private LinuxSelectorProvider(Consumer<String> failures, @Nullable String withoutRing) {
		this.failures = failures;
		this.ring = withoutRing == null;
		this.withoutRing = withoutRing;
	}

	/**
	 * Returns a provider that does without io_uring.
	 * @param reason why
	 * @return the provider
	 */
	static LinuxSelectorProvider withoutRing(String reason) {
		return new LinuxSelectorProvider((failure) -> {
		}, reason);
	}

	/**
	 * Returns why a selector has no ring to send by.
	 * @return a clause; {@code null} when all have one
	 */
	@Nullable String withoutRing() {
		return this.withoutRing;
	}

	private static int internet() {
		int number = Scratch.with((scratch) -> {
			int socket = LibC.socket(scratch.state, Constants.AF_INET6, Constants.STREAM);
			return (socket < 0) ? socket : LibC.close(scratch.state, socket);
		});
		return (number < 0 || Boolean.getBoolean("java.net.preferIPv4Stack")) ? Constants.AF_INET : Constants.AF_INET6;
	}

	private @Nullable SendBatch batch() {
		if (!this.ring) {
			return null;
		}
		try {
			return new SendBatch(this::ringFailed);
		}
		catch (IOException ex) {
			this.withoutRing = ex.getMessage();
			return null;
		}
	}

	private void ringFailed(String reason) {
		this.withoutRing = reason;
		this.failures.accept(reason);
	}

	@Override
	public AbstractSelector openSelector() throws IOException {
		SendBatch batch = batch();
		try {
			return new EpollSelector(this, batch);
		}
		catch (Throwable ex) {
			if (batch != null) {
				batch.close();
			}
			throw ex;
		}
	}

	@Override
	public SocketChannel openSocketChannel() throws IOException {
		return new LinuxSocketChannel(this, this.internet);
	}

	@Override
	public SocketChannel openSocketChannel(ProtocolFamily family) throws IOException {
		return new LinuxSocketChannel(this, number(family));
	}

	@Override
	public ServerSocketChannel openServerSocketChannel() throws IOException {
		return new LinuxServerSocketChannel(this, this.internet);
	}

	@Override
	public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) throws IOException {
		return new LinuxServerSocketChannel(this, number(family));
	}

	private int number(ProtocolFamily family) {
		return (family == StandardProtocolFamily.UNIX) ? Constants.AF_UNIX : this.internet;
	}

	@Override
	public DatagramChannel openDatagramChannel() {
		throw new UnsupportedOperationException();
	}

	@Override
	public DatagramChannel openDatagramChannel(ProtocolFamily family) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Pipe openPipe() {
		throw new UnsupportedOperationException();
	}

}
