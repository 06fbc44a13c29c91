package dev.sockets.tcp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import org.jspecify.annotations.Nullable;

/**
 * A password that both sides of a connection know. Never shows itself by accident.
 */
public final class Password {

	private final String text;

	private Password(String text) {
		this.text = text;
	}

	/**
	 * Returns the password of a text.
	 * @param text the text
	 * @return the password
	 */
	public static Password of(String text) {
		return new Password(text);
	}

	/**
	 * Returns the password itself, to be sent.
	 * @return the text
	 */
	public String text() {
		return this.text;
	}

	/**
	 * Returns whether a peer knows this password, in a time that does not tell how much
	 * of it was right.
	 * @param offered what the peer has sent
	 * @return {@code true} only for an equal text
	 */
	public boolean matches(@Nullable Object offered) {
		return offered instanceof String other && MessageDigest.isEqual(bytes(other), bytes(this.text));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_16BE);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Password password && matches(password.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	@Override
	public String toString() {
		return "******";
	}

}
