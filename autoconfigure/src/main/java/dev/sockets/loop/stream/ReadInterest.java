package dev.sockets.loop.stream;

import java.nio.channels.SelectionKey;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.HeldUpCredit;
import dev.sockets.loop.Registration;

/**
 * Whether a channel reads, and why it does not: it is open when no reason is left to keep
 * it shut. The interest of the selection key follows it, both guarded by its monitor. A
 * little is read ahead while only the application keeps it shut, as nothing else shows
 * that the peer has gone.
 */
final class ReadInterest {

	/** For these a little is read ahead. */
	private static final int AHEAD = PauseReason.APPLICATION.bit | PauseReason.ANSWERS.bit;

	private final Registration registration;

	private volatile int reasons;

	private volatile int ahead = AHEAD;

	private volatile boolean enoughAhead;

	/** Deadlines of the peer don't run while nobody reads what it sends. */
	private volatile long openSince;

	/** When the first reason came that keeps it shut, or did before it was open. */
	private long shutSince;

	/** Given when it was shut for the first time. */
	private volatile @Nullable HeldUpCredit credit;

	ReadInterest(Registration registration, PauseReason reason, long now) {
		this.registration = registration;
		this.reasons = reason.bit;
		this.openSince = now;
		this.shutSince = now;
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

	/**
	 * Returns what the peer has to its credit because it was not read lately.
	 * @return how long ago, in nanoseconds, what comes now may have been sent
	 */
	long credit() {
		HeldUpCredit credit = this.credit;
		return (credit != null) ? credit.left(this.registration.loop().nanos()) : 0;
	}

	/** Returns whether a little is to be read that has to wait. */
	boolean isOpenAhead() {
		int reasons = this.reasons;
		return reasons != 0 && (reasons & ~this.ahead) == 0 && !this.enoughAhead;
	}

	/** Nothing is ever read that has to wait, as it may be meant for somebody else. */
	void readNothingAhead() {
		this.ahead = 0;
	}

	/** Nothing more is read before the gate is open. */
	synchronized void endAhead() {
		this.enoughAhead = true;
		if (this.reasons != 0) {
			this.registration.interestOff(SelectionKey.OP_READ);
		}
	}

	synchronized void shut(PauseReason reason) {
		int before = this.reasons;
		this.reasons = before | reason.bit;
		if (before == 0) {
			this.shutSince = this.registration.loop().nanos();
		}
		if (isReadFor(before) && !isReadFor(this.reasons)) {
			this.registration.interestOff(SelectionKey.OP_READ);
		}
	}

	private boolean isReadFor(int reasons) {
		return reasons == 0 || (!this.enoughAhead && (reasons & ~this.ahead) == 0);
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
			long now = this.registration.loop().nanos();
			int before = this.reasons;
			this.openSince = now;
			if (before == reason.bit && now > this.shutSince) {
				credit(now).add(now - this.shutSince, now);
			}
			this.reasons = before & ~reason.bit;
			if (this.reasons == 0) {
				this.enoughAhead = false;
				return true;
			}
			if (isOpenAhead()) {
				this.registration.interestOn(SelectionKey.OP_READ);
			}
			return false;
		}
	}

	private HeldUpCredit credit(long now) {
		HeldUpCredit credit = this.credit;
		if (credit == null) {
			credit = new HeldUpCredit(now);
			this.credit = credit;
		}
		return credit;
	}

	/** Asks the selector for more to read, unless the gate is shut again. */
	synchronized void readOn() {
		if (isReadFor(this.reasons)) {
			this.registration.interestOn(SelectionKey.OP_READ);
		}
	}

}
