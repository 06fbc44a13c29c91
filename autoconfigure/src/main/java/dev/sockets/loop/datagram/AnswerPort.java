package dev.sockets.loop.datagram;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.LoopRunner;
import dev.sockets.loop.Registration;
import dev.sockets.loop.Selectable;

/**
 * A datagram socket that asks something and waits for the first datagram that comes, on
 * an event loop. May be used by any thread.
 */
public final class AnswerPort implements Selectable {

	private static final int EXPIRED = Registration.URGENT;

	private final DatagramChannel channel;

	private final Registration registration;

	private final DatagramOutput output;

	private final Duration timeout;

	private final @Nullable InetAddress only;

	private final long deadline;

	private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

	private volatile @Nullable SocketAddress answerer;

	/**
	 * Creates a port; it hears nothing before it is started.
	 * @param channel a bound socket
	 * @param loop reads it
	 * @param timeout for how long it waits, exact to a tenth of a second
	 * @param only whose datagram is the answer; {@code null} for anybody's
	 */
	public AnswerPort(DatagramChannel channel, EventLoop loop, Duration timeout, @Nullable InetAddress only) {
		this.channel = channel;
		this.registration = new Registration(loop, this);
		this.output = new DatagramOutput(channel);
		this.timeout = timeout;
		this.only = only;
		this.deadline = loop.nanos() + timeout.toNanos();
	}

	/**
	 * Begins to wait.
	 * @throws IOException when the socket is closed
	 */
	public void start() throws IOException {
		this.channel.configureBlocking(false);
		this.registration.register(this.channel, SelectionKey.OP_READ);
		this.registration.loop().wakeUp();
	}

	/**
	 * Sends a datagram, and waits a second for room in the system's buffer.
	 * @param bytes its bytes
	 * @param to where to send it
	 * @throws IOException when there is no room, or when that fails
	 */
	public void send(byte[] bytes, InetSocketAddress to) throws IOException {
		this.output.send(bytes, to);
	}

	/**
	 * Returns the answer, which the loop completes.
	 * @return fails with a {@link TimeoutException}, with a
	 * {@link ClosedChannelException} when this is closed, or as reading does
	 */
	public CompletableFuture<byte[]> answer() {
		return this.answer;
	}

	/**
	 * Returns who has answered.
	 * @return the address; {@code null} while nobody has
	 */
	public @Nullable SocketAddress answerer() {
		return this.answerer;
	}

	@Override
	public void ready(int operations, LoopRunner runner) {
		ByteBuffer input = runner.buffers().input.clear();
		try {
			SocketAddress sender = this.channel.receive(input);
			if (sender != null && isAnswerer(sender)) {
				this.answerer = sender;
				byte[] bytes = new byte[input.flip().remaining()];
				input.get(bytes);
				this.answer.complete(bytes);
			}
		}
		catch (IOException ex) {
			this.answer.completeExceptionally(ex);
		}
	}

	private boolean isAnswerer(SocketAddress sender) {
		return this.only == null
				|| (sender instanceof InetSocketAddress address && this.only.equals(address.getAddress()));
	}

	@Override
	public void signalled(int signals, LoopRunner runner) {
		this.answer.completeExceptionally(new TimeoutException("nothing within " + this.timeout));
	}

	@Override
	public void tick(long now) {
		if (now - this.deadline >= 0) {
			this.registration.signal(EXPIRED);
		}
	}

	@Override
	public boolean guarded() {
		return true;
	}

	/** Waits no longer. */
	public void close() {
		try {
			this.channel.close();
			this.registration.loop().wakeUp();
		}
		catch (IOException ex) {
			this.answer.completeExceptionally(ex);
		}
		this.answer.completeExceptionally(new ClosedChannelException());
	}

}
