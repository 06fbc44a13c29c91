package dev.sockets;

import org.jspecify.annotations.Nullable;

/**
 * The first word of a text.
 */
record FirstWordKey() implements RouteKey {

	@Override
	public @Nullable Object of(Object payload) {
		return (payload instanceof CharSequence text) ? firstWord(text) : null;
	}

	@Override
	public Object parse(String value) {
		if (!value.equals(firstWord(value))) {
			throw new IllegalArgumentException(
					"'" + value + "' is no first word of a text: it is empty, or has a blank");
		}
		return value;
	}

	private static @Nullable String firstWord(CharSequence text) {
		int length = text.length();
		int start = 0;
		while (start < length && Character.isWhitespace(text.charAt(start))) {
			start++;
		}
		int end = start;
		while (end < length && !Character.isWhitespace(text.charAt(end))) {
			end++;
		}
		return (start < end) ? text.subSequence(start, end).toString() : null;
	}

	@Override
	public String toString() {
		return "first-word";
	}

}
