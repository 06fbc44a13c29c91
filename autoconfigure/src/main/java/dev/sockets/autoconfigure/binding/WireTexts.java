package dev.sockets.autoconfigure.binding;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads the keys whose values are bytes on the wire, written as text.
 */
final class WireTexts {

	/** What is allowed behind a backslash. */
	static final String ESCAPED = "text in which a backslash starts \\n, \\r, \\t, \\0, \\\\ or \\x and two hex digits";

	private static final String ESCAPES = "; a backslash starts \\n, \\r, \\t, \\0, \\\\ or \\x and two hex digits";

	private WireTexts() {
	}

	/**
	 * Returns the bytes of a key that has to have some.
	 */
	static byte[] bytes(BoundEntry<?> entry, String key, @Nullable String text) {
		return EscapedBytes.parse(text)
			.filter((bytes) -> bytes.length > 0)
			.orElseThrow(() -> entry.invalid(key, text, "at least one character" + ESCAPES));
	}

	/**
	 * Returns the bytes of a key that may have none.
	 */
	static byte[] bytesOrNone(BoundEntry<?> entry, String key, @Nullable String text) {
		return (text == null || text.isEmpty()) ? new byte[0] : bytes(entry, key, text);
	}

	/**
	 * Returns the bytes of each text of a list, which has to have one.
	 */
	static List<byte[]> all(BoundEntry<?> entry, String key, List<String> texts) {
		if (texts.isEmpty()) {
			throw entry.invalid(key, null, "at least one character, or a list of such texts" + ESCAPES);
		}
		return texts.stream()
			.map((text) -> EscapedBytes.parse(text)
				.filter((bytes) -> bytes.length > 0)
				.orElseThrow(() -> entry.invalid(key, text,
						"at least one character; write what contains a comma or begins or ends with a space as a "
								+ "list, as in [',']" + ESCAPES)))
			.toList();
	}

	/**
	 * Returns the one byte of a key.
	 */
	static byte one(BoundEntry<?> entry, String key, @Nullable String text) {
		return EscapedBytes.parse(text)
			.filter((bytes) -> bytes.length == 1)
			.orElseThrow(() -> entry.invalid(key, text, "one byte" + ESCAPES))[0];
	}

}
