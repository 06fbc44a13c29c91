package dev.sockets.runtime.multicast;

import java.util.concurrent.ScheduledFuture;

import org.jspecify.annotations.Nullable;

/**
 * How one endpoint looks at the network interfaces while it runs.
 */
final class RepeatedCheck {

	private final InterfaceChecks checks;

	private volatile @Nullable ScheduledFuture<?> present;

	RepeatedCheck(InterfaceChecks checks) {
		this.checks = checks;
	}

	/** The endpoint has started. */
	void begin(Runnable check) {
		this.present = this.checks.repeat(check);
	}

	/** The endpoint stops; a check that is under way goes on to its end. */
	void end() {
		ScheduledFuture<?> present = this.present;
		if (present != null) {
			present.cancel(false);
		}
	}

}
