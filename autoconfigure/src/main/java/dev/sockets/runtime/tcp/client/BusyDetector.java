package dev.sockets.runtime.tcp.client;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.framing.FrameWindow;
import dev.sockets.runtime.tcp.ConnectionHold;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.FrameHook;
import dev.sockets.tcp.TcpClientSettings;

/**
 * Whether the server of a client is full: knows the ways in which it may say so. It looks
 * at the first message of each connection and at the end of those that bring none.
 */
final class BusyDetector implements FrameHook {

	private final byte @Nullable [] busyMessage;

	private final @Nullable Duration occupiedWithin;

	private final boolean holds;

	private final ToLongFunction<DefaultConnection> openFor;

	private final ClientEvents news;

	private volatile boolean occupied;

	/**
	 * Creates a detector.
	 * @param settings how a server that is full says so
	 * @param openFor for how long a connection was the client's, in nanoseconds, unless
	 * it is held back first; {@code Long.MAX_VALUE} when it no longer is
	 * @param news tells the application
	 */
	BusyDetector(TcpClientSettings settings, ToLongFunction<DefaultConnection> openFor, ClientEvents news) {
		this.busyMessage = settings.busyMessage();
		this.occupiedWithin = settings.occupiedWithin();
		this.holds = !settings.holdTime().isZero();
		this.openFor = openFor;
		this.news = news;
	}

	boolean isOccupied() {
		return this.occupied;
	}

	void clear() {
		this.occupied = false;
	}

	private long openFor(DefaultConnection connection) {
		if (!this.holds) {
			return this.openFor.applyAsLong(connection);
		}
		ConnectionHold hold = connection.reader().hold();
		return (hold != null) ? hold.duration() : Long.MAX_VALUE;
	}

	@Override
	public boolean takes(DefaultConnection connection, FrameWindow frame) {
		connection.reader().frames().drop(this);
		byte[] busy = this.busyMessage;
		int start = frame.frameStart();
		if (busy == null
				|| !Arrays.equals(frame.frameArray(), start, start + frame.frameLength(), busy, 0, busy.length)) {
			return false;
		}
		this.occupied = true;
		connection.close(DisconnectReason.REMOTE, isFull());
		tell(connection);
		return true;
	}

	@Override
	public void ended(DefaultConnection connection) {
		Duration within = this.occupiedWithin;
		if (within != null && connection.channel().activity().bytesReceived() == 0
				&& openFor(connection) <= within.toNanos()) {
			this.occupied = true;
			boolean shown = connection.reader().hold() == null;
			connection.closingBecause(DisconnectReason.REMOTE, isFull());
			if (shown) {
				tell(connection);
			}
			else {
				this.news.occupiedAtOnce(connection);
			}
		}
	}

	private void tell(DefaultConnection connection) {
		connection.reader().delivery().tell(() -> this.news.occupied(connection));
	}

	static SocketOperationException isFull() {
		return new SocketOperationException(SocketErrorCode.SERVER_OCCUPIED, "The server is full");
	}

}
