package dev.sockets;

import org.jspecify.annotations.Nullable;

/**
 * A setting of an endpoint has a value that cannot work.
 */
public class InvalidSettingException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String property;

	private final @Nullable String value;

	private final String allowed;

	private final @Nullable InvalidSettingException other;

	/**
	 * Creates an exception.
	 * @param property the full property path
	 * @param value the value that was given; {@code null} when none was
	 * @param allowed what is allowed, as the end of a sentence
	 */
	public InvalidSettingException(String property, @Nullable Object value, String allowed) {
		this(property, value, allowed, null);
	}

	/**
	 * Creates an exception about two settings that do not go together, of which either
	 * could be changed.
	 * @param property the full property path of the one
	 * @param value the value that it has
	 * @param allowed what is allowed while the other stays, as the end of a sentence
	 * @param other the same about the other, while this one stays
	 */
	public InvalidSettingException(String property, @Nullable Object value, String allowed,
			@Nullable InvalidSettingException other) {
		super("'%s' is %s but must be %s".formatted(property, (value != null) ? "'" + value + "'" : "not set",
				allowed));
		this.property = property;
		this.value = (value != null) ? value.toString() : null;
		this.allowed = allowed;
		this.other = other;
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
	 * @return the value as text; {@code null} when none was given
	 */
	public @Nullable String getValue() {
		return this.value;
	}

	/**
	 * Returns what is allowed instead.
	 * @return the end of a sentence that starts with "must be"
	 */
	public String getAllowed() {
		return this.allowed;
	}

	/**
	 * Returns what could be changed instead.
	 * @return the setting that this one does not go with; {@code null} when it is wrong
	 * by itself
	 */
	public @Nullable InvalidSettingException getOther() {
		return this.other;
	}

}
