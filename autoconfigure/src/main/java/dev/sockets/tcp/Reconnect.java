package dev.sockets.tcp;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import dev.sockets.InvalidSettingException;

/**
 * When a client tries again after it could not connect or has lost its connection. The
 * delay grows from attempt to attempt, and starts over after a connection that was open
 * for at least as long as the delay before it, and a second.
 *
 * @param enabled whether it tries again by itself
 * @param initialDelay delay before the first attempt
 * @param multiplier how much longer each delay is than the one before
 * @param maxDelay longest delay, before it is changed at random
 * @param jitter by how much a delay is changed at random, as a part of it, up or down
 * @param maxAttempts attempts in a row that may fail before it gives up; 0 for any number
 */
public record Reconnect(boolean enabled, Duration initialDelay, double multiplier, Duration maxDelay, double jitter,
		int maxAttempts) {

	/** From 500 ms doubled up to 30 s, give or take 20 %, without end. */
	public static final Reconnect DEFAULTS = new Reconnect(true, Duration.ofMillis(500), 2, Duration.ofSeconds(30), 0.2,
			0);

	/** Never by itself. */
	public static final Reconnect OFF = new Reconnect(false, Duration.ofMillis(500), 2, Duration.ofSeconds(30), 0.2, 0);

	/**
	 * Returns how long to wait after some attempts have failed.
	 * @param failed how many attempts have failed in a row; 0 after a lost connection
	 * @return the delay, changed at random
	 */
	public Duration delay(int failed) {
		double millis = this.initialDelay.toMillis() * Math.pow(this.multiplier, Math.max(failed - 1, 0));
		return changed(Math.min(millis, this.maxDelay.toMillis()));
	}

	/**
	 * Returns how long to wait after the peer has refused the password.
	 * @return the longest delay, changed at random
	 */
	public Duration longestDelay() {
		return changed(this.maxDelay.toMillis());
	}

	/** Refuses values that cannot be. */
	void check(String path) {
		if (this.initialDelay.isNegative() || this.initialDelay.isZero()) {
			throw new InvalidSettingException(path + ".initial-delay", this.initialDelay, "a positive duration");
		}
		if (!(this.multiplier >= 1) || Double.isInfinite(this.multiplier)) {
			throw new InvalidSettingException(path + ".multiplier", this.multiplier,
					(this.multiplier > 1) ? "at least 1, and finite" : "at least 1");
		}
		if (this.maxDelay.compareTo(this.initialDelay) < 0) {
			throw new InvalidSettingException(path + ".max-delay", this.maxDelay,
					"at least as long as reconnect.initial-delay", new InvalidSettingException(path + ".initial-delay",
							this.initialDelay, "at most as long as reconnect.max-delay"));
		}
		if (!(this.jitter >= 0 && this.jitter <= 1)) {
			throw new InvalidSettingException(path + ".jitter", this.jitter, "from 0 to 1");
		}
		if (this.maxAttempts < 0) {
			throw new InvalidSettingException(path + ".max-attempts", this.maxAttempts, "0 (any number) or more");
		}
	}

	private Duration changed(double millis) {
		return Duration
			.ofMillis(Math.round(millis * (1 + this.jitter * ThreadLocalRandom.current().nextDouble(-1, 1))));
	}

	/**
	 * Returns whether another attempt is made.
	 * @param failed how many attempts have failed in a row
	 * @return whether there is another one
	 */
	public boolean triesAgain(int failed) {
		return this.enabled && (this.maxAttempts == 0 || failed < this.maxAttempts);
	}

}
