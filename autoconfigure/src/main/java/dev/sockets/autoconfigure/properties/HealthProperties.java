package dev.sockets.autoconfigure.properties;

/**
 * An endpoint's part in the health of the application.
 */
public class HealthProperties {

	/**
	 * Whether the health of the application depends on the endpoint; when not, it is
	 * shown only.
	 */
	private boolean required = true;

	public boolean isRequired() {
		return this.required;
	}

	public void setRequired(boolean required) {
		this.required = required;
	}

}
