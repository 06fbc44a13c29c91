package dev.sockets.runtime.tcp;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.RejectionReason;

/**
 * Counts a server's connections and decides whether one more may come. Only the acceptor
 * admits, so the limits are exact.
 */
final class ConnectionLimits {

	private final @Nullable Integer maxPerAddress;

	private final Map<InetAddress, Integer> perAddress = new HashMap<>();

	private int admitted;

	private int max;

	private boolean paused;

	ConnectionLimits(int max, @Nullable Integer maxPerAddress) {
		this.max = max;
		this.maxPerAddress = maxPerAddress;
	}

	synchronized void max(int max) {
		this.max = max;
	}

	synchronized int max() {
		return this.max;
	}

	synchronized void paused(boolean paused) {
		this.paused = paused;
	}

	synchronized boolean isPaused() {
		return this.paused;
	}

	/**
	 * Returns whether any connection could be admitted now.
	 * @return whether there is room
	 */
	synchronized boolean hasRoom() {
		return !this.paused && this.admitted < this.max;
	}

	/**
	 * Admits a connection.
	 * @param address the peer's address
	 * @return why it is not admitted; {@code null} when it is
	 */
	synchronized @Nullable RejectionReason admit(InetAddress address) {
		if (this.paused) {
			return RejectionReason.PAUSED;
		}
		if (this.admitted >= this.max) {
			return RejectionReason.FULL;
		}
		if (this.maxPerAddress != null) {
			if (this.perAddress.getOrDefault(address, 0) >= this.maxPerAddress) {
				return RejectionReason.ADDRESS_LIMIT;
			}
			this.perAddress.merge(address, 1, Integer::sum);
		}
		this.admitted++;
		return null;
	}

	/**
	 * An admitted connection has gone.
	 * @param address the peer's address
	 */
	synchronized void leave(InetAddress address) {
		this.admitted--;
		if (this.maxPerAddress != null) {
			this.perAddress.computeIfPresent(address, (key, count) -> (count > 1) ? count - 1 : null);
		}
	}

}
