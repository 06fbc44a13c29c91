package dev.sockets.loop.datagram;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.LoopRunner;
import dev.sockets.loop.Registration;
import dev.sockets.loop.Selectable;

/**
 * A datagram socket that an event loop reads. While a handler is late the loop reads on,
 * into the queue. Whoever closes the socket says so by {@link #closed()}. {@link #send}
 * may be called by any thread.
 */
public final class DatagramPort implements Selectable {

	private static final int READ_AGAIN = Registration.URGENT;

	private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	private final DatagramChannel channel;

	private final DatagramQueue queue;

	private final DatagramHandler handler;

	private final Registration registration;

	private final DatagramOutput output;

	private final CompletableFuture<Void> finished = new CompletableFuture<>();

	private volatile boolean finishing;

	private volatile boolean silent;

	/* The two are used by who runs the loop. */

	private int most = 1;

	private long pause;

	/**
	 * Creates a port; nothing is read before it is started.
	 * @param channel a bound socket
	 * @param loop reads it
	 * @param queue gives the turn to handle what was read
	 * @param handler handles it
	 */
	public DatagramPort(DatagramChannel channel, EventLoop loop, DatagramQueue queue, DatagramHandler handler) {
		this.channel = channel;
		this.queue = queue;
		this.handler = handler;
		this.registration = new Registration(loop, this);
		this.output = new DatagramOutput(channel);
	}

	/**
	 * Begins to read.
	 * @throws IOException when the socket is closed
	 */
	public void start() throws IOException {
		this.channel.configureBlocking(false);
		this.registration.register(this.channel, SelectionKey.OP_READ);
		this.registration.loop().wakeUp();
	}

	@Override
	public void ready(int operations, LoopRunner runner) {
		if (!this.silent) {
			read(runner);
		}
	}

	@Override
	public void signalled(int signals, LoopRunner runner) {
		if (this.silent) {
			return;
		}
		this.registration.interestOn(SelectionKey.OP_READ);
		boolean more = read(runner);
		if (this.finishing) {
			finish(more);
		}
	}

	private void finish(boolean more) {
		if (more) {
			this.registration.signal(READ_AGAIN);
			return;
		}
		try {
			this.channel.close();
			this.finished.complete(null);
		}
		catch (IOException ex) {
			this.finished.completeExceptionally(ex);
		}
	}

	/**
	 * Reads what waits, for a tick of the watchdog at most, as others wait too.
	 * @return whether more may wait
	 */
	private boolean read(LoopRunner runner) {
		DatagramBatch batch = runner.buffers().tool(DatagramBatch::new);
		EventLoop loop = this.registration.loop();
		long tick = loop.tick();
		boolean more;
		do {
			try {
				more = batch.read(this.channel, this.queue.longestRead(), this.most);
			}
			catch (Throwable ex) {
				failed((ex instanceof IOException io) ? io : new IOException("Reading has failed", ex));
				return false;
			}
			recovered();
			this.most = more ? Math.min(2 * this.most, DatagramBatch.MOST) : 1;
			if (batch.size() > 0 && this.channel.isOpen()) {
				this.handler.received(batch);
				if (!this.queue.handle(this.handler, batch, more, loop, runner)) {
					return true;
				}
			}
		}
		while (more && loop.tick() == tick);
		return more;
	}

	private void failed(IOException cause) {
		if (!(cause instanceof ClosedChannelException)) {
			this.pause = Math.min(Math.max(SHORTEST_PAUSE, 2 * this.pause), LONGEST_PAUSE);
			this.registration.loop().schedule(this.pause, this.registration, READ_AGAIN);
			this.registration.interestOff(SelectionKey.OP_READ);
			this.handler.failed(cause);
		}
	}

	private void recovered() {
		if (this.pause > 0) {
			this.pause = 0;
			this.handler.recovered();
		}
	}

	@Override
	public void held() {
		this.queue.held(this.registration.loop().nanos());
	}

	@Override
	public void tick(long now) {
		this.handler.tick(now, this.queue.isStuck(now));
	}

	@Override
	public int operationsWhileHeld() {
		return SelectionKey.OP_READ;
	}

	/**
	 * Only handling is guarded, by {@link LoopRunner#beginHandling()}: two threads that
	 * read at once would mix up the order.
	 */
	@Override
	public boolean guarded() {
		return false;
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

	/** Reads nothing more; sending goes on. */
	public void stopReading() {
		this.silent = true;
		this.registration.interestOff(SelectionKey.OP_READ);
	}

	/**
	 * Has the loop close the socket when it has read what waits there.
	 * @return completed when it is closed
	 */
	public CompletableFuture<Void> finish() {
		this.finishing = true;
		this.registration.signal(READ_AGAIN);
		return this.finished;
	}

	/** The socket was closed, which the loop is to notice, so that it is free. */
	public void closed() {
		this.registration.loop().wakeUp();
	}

}
