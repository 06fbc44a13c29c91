package dev.sockets.runtime.tcp.server;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.RejectionReason;
import dev.sockets.runtime.tcp.EndpointRun;

/**
 * Counts a server's connections and decides whether one more may come. Only the acceptor
 * admits, so the limits are exact. Each run of the server begins with all places free:
 * handlers of a former one may never give theirs back.
 */
final class ConnectionLimits {

	private final @Nullable AddressCounts perAddress;

	private @Nullable EndpointRun run;

	private int admitted;

	private int max;

	private boolean paused;

	ConnectionLimits(int max, @Nullable Integer maxPerAddress) {
		this.max = max;
		this.perAddress = (maxPerAddress != null) ? new AddressCounts(maxPerAddress) : null;
	}

	/**
	 * The server starts.
	 * @param run the run that is admitted to from now on
	 */
	synchronized void begin(EndpointRun run) {
		this.run = run;
		this.admitted = 0;
		if (this.perAddress != null) {
			this.perAddress.clear();
		}
	}

	/** Returns whether a run is the one that is admitted to. */
	synchronized boolean areOf(EndpointRun run) {
		return run == this.run;
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
	 * @param coming how many others will want to be
	 * @return whether there is room
	 */
	synchronized boolean hasRoom(int coming) {
		return !this.paused && this.admitted + coming < this.max;
	}

	/**
	 * Returns how many have to leave so that others can come.
	 * @param coming how many those are
	 * @return the number; 0 while nobody may come
	 */
	synchronized int missing(int coming) {
		return (this.paused || coming == 0) ? 0 : Math.max(0, this.admitted + coming - this.max);
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
		if (this.perAddress != null && !this.perAddress.add(address)) {
			return RejectionReason.ADDRESS_LIMIT;
		}
		this.admitted++;
		return null;
	}

	/**
	 * Counts a connection that waits for the place of another one by its address.
	 * @param address the peer's address
	 * @return why it is not to wait; {@code null} when it is, and is to be
	 * {@linkplain #admitCounted() admitted} later or to {@linkplain #forget be forgotten}
	 */
	synchronized @Nullable RejectionReason count(InetAddress address) {
		if (this.paused) {
			return RejectionReason.PAUSED;
		}
		return (this.perAddress != null && !this.perAddress.add(address)) ? RejectionReason.ADDRESS_LIMIT : null;
	}

	/**
	 * Admits a connection that was counted by its address.
	 * @return whether there is a place for it now
	 */
	synchronized boolean admitCounted() {
		if (this.paused || this.admitted >= this.max) {
			return false;
		}
		this.admitted++;
		return true;
	}

	/**
	 * A connection that was counted by its address is not admitted.
	 * @param address the peer's address
	 */
	synchronized void forget(InetAddress address) {
		if (this.perAddress != null) {
			this.perAddress.remove(address);
		}
	}

	/**
	 * An admitted connection has gone.
	 * @param address the peer's address
	 * @param run the run that it was admitted to
	 */
	synchronized void leave(InetAddress address, EndpointRun run) {
		if (run != this.run) {
			return;
		}
		this.admitted--;
		forget(address);
	}

}
