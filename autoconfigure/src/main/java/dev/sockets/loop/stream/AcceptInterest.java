package dev.sockets.loop.stream;

import java.nio.channels.SelectionKey;
import java.util.EnumSet;
import java.util.Set;

import dev.sockets.loop.Registration;

/**
 * Whether an acceptor accepts, and why it does not: it is open when no reason is left to
 * keep it shut. The interest of the selection key follows it, both guarded by its
 * monitor. Open to all threads.
 */
final class AcceptInterest {

	/** Why nothing is accepted. */
	enum Reason {

		/** The acceptor is not open yet. */
		UNOPENED,

		/** The handler has no room for more connections. */
		FULL,

		/** Accepting has failed, and is tried again later. */
		OUTAGE,

		/** A late handler is still inside. */
		LATE_HANDLER

	}

	private final Registration registration;

	private final Set<Reason> reasons = EnumSet.of(Reason.UNOPENED);

	AcceptInterest(Registration registration) {
		this.registration = registration;
	}

	synchronized boolean isShutFor(Reason reason) {
		return this.reasons.contains(reason);
	}

	synchronized void shut(Reason reason) {
		this.reasons.add(reason);
		this.registration.interestOff(SelectionKey.OP_ACCEPT);
	}

	synchronized void open(Reason reason) {
		if (this.reasons.remove(reason) && this.reasons.isEmpty()) {
			this.registration.interestOn(SelectionKey.OP_ACCEPT);
		}
	}

}
