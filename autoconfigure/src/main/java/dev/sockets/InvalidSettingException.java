package dev.sockets;

import org.jspecify.annotations.Nullable;

/**
 * A setting of an endpoint has a value that cannot work.
 */
public class InvalidSettingException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String property;

	private final String value;

	private final String allowed;

	/**
	 * Creates an exception.
	 * @param property the full property path
	 * @param value the value that was given; {@code null} when none was
	 * @param allowed what is allowed, as the end of a sentence
	 */
	public InvalidSettingException(String property, @Nullable Object value, String allowed) {
		super("'%s' is %s but must be %s".formatted(property, (value != null) ? "'" + value + "'" : "not set",
				allowed));
		this.property = property;
		this.value = String.valueOf(value);
		this.allowed = allowed;
	}

	/**
	 * Returns which property it is.
	 * @return the full property path
	 */
	public String getProperty() {
		return this.property;
	}

	/**
	 * Returns the value that was given.
	 * @return the value as text
	 */
	public String getValue() {
		return this.value;
	}

	/**
	 * Returns what is allowed instead.
	 * @return the end of a sentence that starts with "must be"
	 */
	public String getAllowed() {
		return this.allowed;
	}

}
