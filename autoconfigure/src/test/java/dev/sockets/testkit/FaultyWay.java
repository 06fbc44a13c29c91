package dev.sockets.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What a {@link FaultProxy} does to the bytes that go one way. Faults add up: bytes can
 * be delayed and sliced and end in a reset. Usable from any thread.
 */
public final class FaultyWay {

	private static final long ENDLESS = Long.MAX_VALUE;

	private static final long RECHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private final Set<Socket> receivers = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private volatile long delayNanos;

	private volatile int slice = Integer.MAX_VALUE;

	private volatile boolean stalled;

	private volatile boolean dropping;

	private long left = ENDLESS;

	private boolean resetAtEnd;

	FaultyWay() {
	}

	/**
	 * Forwards whatever is read only after a while.
	 * @param delay how long each piece waits
	 * @return this way
	 */
	public FaultyWay delay(Duration delay) {
		this.delayNanos = delay.toNanos();
		return this;
	}

	/**
	 * Forwards in small pieces, each in a segment of its own.
	 * @param bytes how many bytes a piece has
	 * @return this way
	 */
	public FaultyWay slice(int bytes) {
		if (bytes < 1) {
			throw new IllegalArgumentException("A slice has at least one byte, not " + bytes);
		}
		this.slice = bytes;
		return this;
	}

	/**
	 * Reads no more, as a receiver that hangs does, until {@link #heal()}: the sender
	 * feels it when the buffers are full.
	 * @return this way
	 */
	public FaultyWay stall() {
		this.stalled = true;
		return this;
	}

	/**
	 * Swallows everything silently, the end of the stream too.
	 * @return this way
	 */
	public FaultyWay drop() {
		this.dropping = true;
		return this;
	}

	/**
	 * Ends the stream in order after some bytes more, counted over all connections.
	 * @param bytes how many more to forward
	 * @return this way
	 */
	public FaultyWay cutAfter(long bytes) {
		return endAfter(bytes, false);
	}

	/**
	 * Breaks the connection after some bytes more, counted over all connections: both
	 * sides get a RST.
	 * @param bytes how many more to forward
	 * @return this way
	 */
	public FaultyWay resetAfter(long bytes) {
		return endAfter(bytes, true);
	}

	/**
	 * Writes bytes to all open connections that their sender has not sent.
	 * @param bytes the bytes
	 * @return this way
	 */
	public FaultyWay inject(byte... bytes) {
		try {
			for (Socket receiver : this.receivers) {
				receiver.getOutputStream().write(bytes);
			}
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Forwards faithfully again.
	 * @return this way
	 */
	public FaultyWay heal() {
		this.lock.lock();
		try {
			this.delayNanos = 0;
			this.slice = Integer.MAX_VALUE;
			this.stalled = false;
			this.dropping = false;
			this.left = ENDLESS;
			this.changed.signalAll();
			return this;
		}
		finally {
			this.lock.unlock();
		}
	}

	private FaultyWay endAfter(long bytes, boolean reset) {
		this.lock.lock();
		try {
			this.left = bytes;
			this.resetAtEnd = reset;
			return this;
		}
		finally {
			this.lock.unlock();
		}
	}

	void opened(Socket receiver) {
		this.receivers.add(receiver);
	}

	void closed(Socket receiver) {
		this.receivers.remove(receiver);
	}

	boolean isDropping() {
		return this.dropping;
	}

	/** Waits while this way is stalled. */
	void awaitFlow(BooleanSupplier closed) {
		this.lock.lock();
		try {
			while (this.stalled && !closed.getAsBoolean()) {
				this.changed.awaitNanos(RECHECK_NANOS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Forwards bytes, as far as the faults let them.
	 * @return whether more can follow
	 */
	boolean forward(byte[] bytes, int count, Socket to, FaultyConnection connection) throws IOException {
		OutputStream out = to.getOutputStream();
		int done = 0;
		while (done < count) {
			awaitFlow(connection::isClosed);
			pause(connection);
			if (this.dropping) {
				return true;
			}
			int piece = take(Math.min(count - done, this.slice));
			if (piece > 0) {
				out.write(bytes, done, piece);
			}
			done += piece;
			if (hasEnded()) {
				end(to, connection);
				return false;
			}
		}
		return true;
	}

	private void pause(FaultyConnection connection) {
		long delay = this.delayNanos;
		if (delay > 0) {
			long until = System.nanoTime() + delay;
			this.lock.lock();
			try {
				while (until - System.nanoTime() > 0 && !connection.isClosed()) {
					this.changed.awaitNanos(Math.min(until - System.nanoTime(), RECHECK_NANOS));
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	private int take(int wanted) {
		this.lock.lock();
		try {
			int piece = (int) Math.min(wanted, this.left);
			if (this.left != ENDLESS) {
				this.left -= piece;
			}
			return piece;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean hasEnded() {
		this.lock.lock();
		try {
			return this.left == 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void end(Socket to, FaultyConnection connection) throws IOException {
		if (this.resetAtEnd) {
			connection.reset();
		}
		else {
			to.shutdownOutput();
		}
	}

}
