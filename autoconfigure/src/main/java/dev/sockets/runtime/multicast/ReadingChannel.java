package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * A datagram channel that blocks nobody, with the selector on which its reader waits. So
 * a datagram that waits already costs one system call and little of the JDK, and an
 * interrupt closes nothing.
 */
final class ReadingChannel implements AutoCloseable {

	/** For how long sending waits for room in the system's buffer. */
	private static final int MOST_SEND_PAUSES = 1_000;

	private static final long SEND_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final DatagramChannel channel;

	private final Selector selector;

	/**
	 * Creates an instance.
	 * @param channel the channel; is closed when this fails
	 * @throws IOException when the system has no selector left
	 */
	ReadingChannel(DatagramChannel channel) throws IOException {
		this.channel = channel;
		try {
			channel.configureBlocking(false);
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
		channel.register(this.selector, SelectionKey.OP_READ);
	}

	DatagramChannel channel() {
		return this.channel;
	}

	/**
	 * Takes a datagram.
	 * @param buffer takes its bytes, from its position to its limit
	 * @return who sent it; {@code null} when none waits
	 * @throws IOException when that fails; a {@link ClosedChannelException} when this is
	 * closed
	 */
	@Nullable InetSocketAddress receive(ByteBuffer buffer) throws IOException {
		return (InetSocketAddress) this.channel.receive(buffer);
	}

	/**
	 * Waits for a datagram, or for no reason: an interrupt, which it clears.
	 * @throws IOException when that fails; a {@link ClosedChannelException} when this is
	 * closed
	 */
	void await() throws IOException {
		try {
			this.selector.select((key) -> {
			});
			Thread.interrupted();
		}
		catch (ClosedSelectorException ex) {
			throw new ClosedChannelException();
		}
	}

	/**
	 * Sends a datagram, and waits a second for room in the system's buffer.
	 * @throws IOException when there is none, or when that fails
	 */
	void send(byte[] bytes, InetSocketAddress to) throws IOException {
		ByteBuffer datagram = ByteBuffer.wrap(bytes);
		for (int pauses = 0; this.channel.send(datagram, to) == 0 && bytes.length > 0; pauses++) {
			if (pauses == MOST_SEND_PAUSES) {
				throw new IOException("the system's send buffer stays full");
			}
			LockSupport.parkNanos(this, SEND_PAUSE_NANOS);
		}
	}

	/** Closes the selector first, as a channel that it knows stays half open. */
	@Override
	public void close() {
		closeQuietly(this.selector);
		closeQuietly(this.channel);
	}

	static void closeQuietly(@Nullable AutoCloseable resource) {
		try {
			if (resource != null) {
				resource.close();
			}
		}
		catch (Exception ex) {
			// It is of no use any more, closed or not.
		}
	}

}
