package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * A thread of a receiver. It reads a socket and has its datagrams handled, or watches the
 * threads that do, ready to go on reading for one that is held up by a handler. There is
 * one thread for each socket and one that watches, and they change places.
 */
final class Worker implements Runnable {

	private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	/** Ticks without a datagram after which the watching thread sleeps. */
	private static final int QUIET_TICKS = 10;

	private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	private final ReceiverSession session;

	private final Turn turn;

	private final CoarseClock clock;

	private final @Nullable Reading first;

	private final Batch batch;

	/**
	 * Creates a worker.
	 * @param session whose thread it is
	 * @param turn the turn to handle datagrams
	 * @param first what it reads first; {@code null} to watch
	 * @param longest how many bytes of a datagram are read at most
	 */
	Worker(ReceiverSession session, Turn turn, @Nullable Reading first, int longest) {
		this.session = session;
		this.turn = turn;
		this.clock = session.clock();
		this.first = first;
		this.batch = new Batch(longest);
	}

	@Override
	public void run() {
		Reading reading = this.first;
		do {
			if (reading != null) {
				read(reading);
			}
			reading = this.turn.watch() ? watch() : null;
		}
		while (reading != null);
	}

	private void read(Reading reading) {
		reading.begin();
		GroupMembership socket = reading.socket();
		long pause = 0;
		int most = 1;
		ReadingChannel channel = socket.channel();
		while (channel != null && reading.goesOn()) {
			try {
				boolean more = this.batch.read(channel, most);
				if (pause > 0) {
					pause = 0;
					this.session.receives(socket);
				}
				handle(reading);
				most = more ? Math.min(2 * most, Batch.MOST) : 1;
				if (!more && reading.goesOn()) {
					channel.await();
					this.clock.refresh();
				}
			}
			catch (IOException ex) {
				if (socket.channel() == channel) {
					pause = Math.min(Math.max(SHORTEST_PAUSE, 2 * pause), LONGEST_PAUSE);
					this.session.receiveFailed(socket, ex);
					pause(pause);
				}
			}
			channel = socket.channel();
		}
	}

	/** Nothing is handled any more when the socket was closed just now. */
	private void handle(Reading reading) {
		int size = this.batch.size();
		if (size > 0 && reading.socket().channel() != null) {
			this.session.counters().received(size, this.batch.totalBytes());
			this.turn.handle(reading, this.batch);
		}
	}

	/** Somebody may have interrupted the thread, which would then wait no more. */
	private void pause(long nanos) {
		Thread.interrupted();
		LockSupport.parkNanos(this, nanos);
		Thread.interrupted();
	}

	/**
	 * Watches until it has to go on reading for another thread.
	 * @return its reading; {@code null} when the receiver is stopped
	 */
	private @Nullable Reading watch() {
		Suspicion suspicion = new Suspicion();
		int quiet = 0;
		while (!this.turn.isClosed()) {
			this.clock.refresh();
			Reading.Hold hold = this.turn.holder();
			quiet = (hold == null) ? quiet + 1 : 0;
			if (quiet > QUIET_TICKS) {
				this.turn.sleepUntilTaken();
				this.clock.refresh();
				quiet = 0;
			}
			Reading heldUp = suspicion.heldUp(hold);
			Reading next = (heldUp != null) ? this.turn.takeOver(heldUp) : null;
			if (next != null) {
				return next;
			}
			LockSupport.parkNanos(this, TICK_NANOS);
			Thread.interrupted();
		}
		return null;
	}

}
