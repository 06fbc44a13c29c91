package dev.sockets.autoconfigure.properties;

/**
 * Observations of messages.
 */
public class ObservationsProperties {

	/**
	 * Whether each message that is received, sent or requested is observed, when there is
	 * an ObservationRegistry.
	 */
	private boolean enabled;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

}
