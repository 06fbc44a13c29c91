package dev.sockets.autoconfigure.properties;

import java.time.Duration;

/**
 * The end of a server.
 */
public class ShutdownProperties {

	/**
	 * Time that stopping waits for messages being handled.
	 */
	private Duration gracePeriod = Duration.ofSeconds(30);

	public Duration getGracePeriod() {
		return this.gracePeriod;
	}

	public void setGracePeriod(Duration gracePeriod) {
		this.gracePeriod = gracePeriod;
	}

}
