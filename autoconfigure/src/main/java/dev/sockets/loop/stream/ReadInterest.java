package dev.sockets.loop.stream;

import java.nio.channels.SelectionKey;

import dev.sockets.loop.Registration;

/**
 * Whether a channel reads, and why it does not: it is open when no reason is left to keep
 * it shut. The interest of the selection key follows it, both guarded by its monitor.
 */
final class ReadInterest {

	private final Registration registration;

	private volatile int reasons;

	/** Deadlines of the peer don't run while nobody reads what it sends. */
	private volatile long openSince;

	ReadInterest(Registration registration, PauseReason reason, long now) {
		this.registration = registration;
		this.reasons = reason.bit;
		this.openSince = now;
	}

	boolean isOpen() {
		return this.reasons == 0;
	}

	/**
	 * Returns whether there is at most one reason.
	 * @param reason the reason
	 * @return {@code false} when there are others
	 */
	boolean isOpenBut(PauseReason reason) {
		return (this.reasons & ~reason.bit) == 0;
	}

	boolean isShutFor(PauseReason reason) {
		return (this.reasons & reason.bit) != 0;
	}

	/**
	 * Returns when a reason was taken away last.
	 * @return the time, as {@link dev.sockets.loop.EventLoop#nanos()}
	 */
	long openSince() {
		return this.openSince;
	}

	synchronized void shut(PauseReason reason) {
		if (this.reasons == 0) {
			this.registration.interestOff(SelectionKey.OP_READ);
		}
		this.reasons |= reason.bit;
	}

	/**
	 * Takes a reason away; {@link #readOn()} is to follow, on the loop.
	 * @param reason the reason
	 * @return whether it was the last one
	 */
	boolean open(PauseReason reason) {
		if ((this.reasons & reason.bit) == 0) {
			return false;
		}
		synchronized (this) {
			this.openSince = this.registration.loop().nanos();
			this.reasons &= ~reason.bit;
			return this.reasons == 0;
		}
	}

	/** Asks the selector for more to read, unless the gate is shut again. */
	synchronized void readOn() {
		if (this.reasons == 0) {
			this.registration.interestOn(SelectionKey.OP_READ);
		}
	}

}
