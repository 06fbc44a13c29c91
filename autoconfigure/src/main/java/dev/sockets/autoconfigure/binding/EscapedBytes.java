package dev.sockets.autoconfigure.binding;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Bytes written as text in which a backslash escapes what can't be typed.
 */
final class EscapedBytes {

	private static final Pattern PART = Pattern.compile("([^\\\\]+)|\\\\([nrt0\\\\])|\\\\x([0-9a-fA-F]{2})",
			Pattern.DOTALL);

	private EscapedBytes() {
	}

	/**
	 * Parses a text whose other characters are UTF-8.
	 * @param text the text
	 * @return the bytes; empty when there is no text or an escape is unknown
	 */
	static Optional<byte[]> parse(@Nullable String text) {
		return parse(text, StandardCharsets.UTF_8);
	}

	/**
	 * Parses a text.
	 * @param text the text
	 * @param charset what its other characters are encoded by
	 * @return the bytes; empty when there is no text or an escape is unknown
	 */
	static Optional<byte[]> parse(@Nullable String text, Charset charset) {
		if (text == null) {
			return Optional.empty();
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		Matcher part = PART.matcher(text);
		int end = 0;
		while (part.find() && part.start() == end) {
			bytes.writeBytes(bytes(part, charset));
			end = part.end();
		}
		return (end == text.length()) ? Optional.of(bytes.toByteArray()) : Optional.empty();
	}

	private static byte[] bytes(MatchResult part, Charset charset) {
		if (part.group(1) != null) {
			return part.group(1).getBytes(charset);
		}
		if (part.group(3) != null) {
			return HexFormat.of().parseHex(part.group(3));
		}
		return new byte[] { switch (part.group(2)) {
			case "n" -> '\n';
			case "r" -> '\r';
			case "t" -> '\t';
			case "0" -> 0;
			default -> '\\';
		} };
	}

}
