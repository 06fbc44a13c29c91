package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.tcp.TcpClientSettings;

/**
 * Whether the server of a client is full: knows the ways in which it may say so.
 */
final class BusyDetector {

	private final TcpClientSettings settings;

	private volatile boolean occupied;

	BusyDetector(TcpClientSettings settings) {
		this.settings = settings;
	}

	boolean isOccupied() {
		return this.occupied;
	}

	void clear() {
		this.occupied = false;
	}

	/**
	 * Closes a connection whose first message says that the server is full.
	 * @return whether it does
	 */
	boolean firstMessage(DefaultConnection connection, byte[] bytes, int start, int length) {
		byte[] busy = this.settings.busyMessage();
		if (busy == null || !Arrays.equals(bytes, start, start + length, busy, 0, busy.length)) {
			return false;
		}
		this.occupied = true;
		connection.close(DisconnectReason.REMOTE, isFull());
		return true;
	}

	/**
	 * Returns whether a connection that ends without having received a byte says that the
	 * server is full.
	 * @param openFor how long it was open, in nanoseconds
	 */
	boolean endedInSilence(DefaultConnection connection, long openFor) {
		Duration within = this.settings.occupiedWithin();
		if (within == null || openFor > within.toNanos()) {
			return false;
		}
		this.occupied = true;
		connection.closingBecause(DisconnectReason.REMOTE, isFull());
		return true;
	}

	private static SocketOperationException isFull() {
		return new SocketOperationException(SocketErrorCode.SERVER_OCCUPIED, "The server is full");
	}

}
