package dev.sockets.multicast.endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
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

	/** Ticks in a row in which handlers were busy and slow, after which they are. */
	private static final int SLOW_TICKS = 5;

	/** Handlers that handle fewer datagrams in a tick are slow. */
	private static final int FEW = 40;

	private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	private final Reception reception;

	private final Turn turn;

	private final @Nullable Reading first;

	private final ByteBuffer buffer;

	private final byte[] bytes;

	/**
	 * Creates a worker.
	 * @param reception whose thread it is
	 * @param turn the turn to handle datagrams
	 * @param first what it reads first; {@code null} to watch
	 * @param bufferSize one byte more than the longest datagram
	 */
	Worker(Reception reception, Turn turn, @Nullable Reading first, int bufferSize) {
		this.reception = reception;
		this.turn = turn;
		this.first = first;
		this.buffer = ByteBuffer.allocateDirect(bufferSize);
		this.bytes = new byte[bufferSize];
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

	/** Closing a channel wakes its reader a little later, so it may read one more. */
	private void read(Reading reading) {
		GroupSocket socket = reading.socket();
		long pause = 0;
		DatagramChannel channel = socket.channel();
		while (channel != null && reading.goesOn()) {
			try {
				InetSocketAddress sender = GroupSocket.receive(channel, this.buffer);
				if (socket.channel() == null) {
					return;
				}
				int length = this.buffer.remaining();
				this.buffer.get(this.bytes, 0, length);
				if (pause > 0) {
					pause = 0;
					this.reception.receives(socket);
				}
				this.reception.counters().received(length);
				this.turn.handle(reading, this.bytes, length, sender);
			}
			catch (IOException ex) {
				if (socket.channel() == channel) {
					pause = Math.min(Math.max(SHORTEST_PAUSE, 2 * pause), LONGEST_PAUSE);
					this.reception.receiveFailed(socket, ex);
					pause(pause);
					this.reception.reopenIfClosed(socket, channel);
				}
			}
			channel = socket.channel();
		}
	}

	/**
	 * Somebody may have interrupted the thread, which would close the next channel too.
	 */
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
		Reading suspect = null;
		long seen = 0;
		int slow = 0;
		int quiet = 0;
		while (!this.turn.isClosed()) {
			Reading.Hold hold = this.turn.holder();
			if (hold == null) {
				suspect = null;
				slow = 0;
				if (++quiet > QUIET_TICKS) {
					this.turn.sleepUntilTaken();
					quiet = 0;
				}
			}
			else {
				quiet = 0;
				Reading reading = hold.reading();
				long handled = reading.handled();
				boolean same = reading == suspect;
				slow = (same && handled - seen < FEW) ? slow + 1 : 0;
				if (same && (handled == seen || slow >= SLOW_TICKS)) {
					Reading next = this.turn.takeOver(reading);
					if (next != null) {
						return next;
					}
				}
				suspect = reading;
				seen = handled;
			}
			LockSupport.parkNanos(this, TICK_NANOS);
			Thread.interrupted();
		}
		return null;
	}

}
