package dev.sockets.autoconfigure.properties;

import org.jspecify.annotations.Nullable;

/**
 * What answers have in common with their requests. What is written as a single value is
 * the name of a bean.
 */
public class CorrelationProperties {

	private @Nullable String bean;

	/**
	 * Bytes of each frame before the key.
	 */
	private @Nullable Integer offset;

	/**
	 * Bytes of the key in each frame.
	 */
	private @Nullable Integer size;

	/**
	 * Regular expression that finds the key in each text: its first group, or all of it.
	 */
	private @Nullable String pattern;

	/**
	 * Makes properties of the value of {@code correlation} itself.
	 * @param bean the name of a Correlation bean
	 * @return properties that hold nothing else
	 */
	public static CorrelationProperties valueOf(String bean) {
		CorrelationProperties properties = new CorrelationProperties();
		properties.bean = bean;
		return properties;
	}

	public @Nullable String bean() {
		return this.bean;
	}

	/** Returns whether any of it says how answers are told apart. */
	public boolean areSet() {
		return this.bean != null || this.offset != null || this.size != null || this.pattern != null;
	}

	public void use(@Nullable String bean) {
		this.bean = bean;
	}

	public @Nullable Integer getOffset() {
		return this.offset;
	}

	public void setOffset(@Nullable Integer offset) {
		this.offset = offset;
	}

	public @Nullable Integer getSize() {
		return this.size;
	}

	public void setSize(@Nullable Integer size) {
		this.size = size;
	}

	public @Nullable String getPattern() {
		return this.pattern;
	}

	public void setPattern(@Nullable String pattern) {
		this.pattern = pattern;
	}

}
