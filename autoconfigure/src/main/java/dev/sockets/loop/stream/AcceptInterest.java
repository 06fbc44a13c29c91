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

	private final Registration registration;

	private final Set<ShutReason> reasons = EnumSet.of(ShutReason.UNOPENED);

	AcceptInterest(Registration registration) {
		this.registration = registration;
	}

	synchronized boolean isShutFor(ShutReason reason) {
		return this.reasons.contains(reason);
	}

	synchronized void shut(ShutReason reason) {
		this.reasons.add(reason);
		this.registration.interestOff(SelectionKey.OP_ACCEPT);
	}

	synchronized void open(ShutReason reason) {
		if (this.reasons.remove(reason) && this.reasons.isEmpty()) {
			this.registration.interestOn(SelectionKey.OP_ACCEPT);
		}
	}

}
