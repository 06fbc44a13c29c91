package dev.sockets.autoconfigure.properties;

import java.time.Duration;

/**
 * New attempts of a client that could not connect or has lost its connection.
 */
public class ReconnectProperties {

	/**
	 * Whether the client connects again by itself.
	 */
	private boolean enabled = true;

	/**
	 * Time before the first new attempt.
	 */
	private Duration initialDelay = Duration.ofMillis(500);

	/**
	 * Factor by which each delay is longer than the one before.
	 */
	private double multiplier = 2;

	/**
	 * Longest delay.
	 */
	private Duration maxDelay = Duration.ofSeconds(30);

	/**
	 * Part of a delay, from 0 to 1, by which it is changed at random, up or down.
	 */
	private double jitter = 0.2;

	/**
	 * Attempts in a row that may fail before the client gives up; 0 for any number.
	 */
	private int maxAttempts = 0;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Duration getInitialDelay() {
		return this.initialDelay;
	}

	public void setInitialDelay(Duration initialDelay) {
		this.initialDelay = initialDelay;
	}

	public double getMultiplier() {
		return this.multiplier;
	}

	public void setMultiplier(double multiplier) {
		this.multiplier = multiplier;
	}

	public Duration getMaxDelay() {
		return this.maxDelay;
	}

	public void setMaxDelay(Duration maxDelay) {
		this.maxDelay = maxDelay;
	}

	public double getJitter() {
		return this.jitter;
	}

	public void setJitter(double jitter) {
		this.jitter = jitter;
	}

	public int getMaxAttempts() {
		return this.maxAttempts;
	}

	public void setMaxAttempts(int maxAttempts) {
		this.maxAttempts = maxAttempts;
	}

}
