package dev.sockets;

import org.jspecify.annotations.Nullable;

/**
 * Finds in each message of an endpoint the key by which its handler is chosen: what
 * {@code route-by} stands for. Called by the thread that handles the message, so by
 * several at once.
 */
public interface RouteKey {

	/**
	 * Returns the key of a message.
	 * @param payload its payload, decoded by the endpoint's codec
	 * @return the key, compared by {@code equals}; {@code null} when the message has
	 * none, and goes to the ordinary handlers
	 */
	@Nullable Object of(Object payload);

	/**
	 * Returns the key that a route's value stands for.
	 * @param value the value, as it was written
	 * @return the key; the value itself by default
	 * @throws IllegalArgumentException when no message can have it
	 */
	default Object parse(String value) {
		return value;
	}

	/**
	 * Returns what finds the first word of a text: all up to the first blank, line end or
	 * the like, without those before it.
	 * @return the key {@code first-word}
	 */
	static RouteKey firstWord() {
		return new FirstWordKey();
	}

	/**
	 * Returns what finds a byte of a {@code byte[]}. A route's value is 0 to 255, or 0x00
	 * to 0xFF.
	 * @param offset how many bytes stand before it
	 * @return the key {@code byte:<offset>}
	 */
	static RouteKey byteAt(int offset) {
		return new ByteKey(offset);
	}

}
