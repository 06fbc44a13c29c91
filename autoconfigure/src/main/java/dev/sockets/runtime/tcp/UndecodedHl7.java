package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.codec.Codec;
import dev.sockets.framing.FrameWindow;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Hl7Ack;

/**
 * The headers of messages of HL7 that cannot be decoded, or are too long: so that their
 * senders know which message is rejected.
 */
final class UndecodedHl7 {

	private static final String NOT_ASCII = "[^\\x00-\\x7F]";

	private UndecodedHl7() {
	}

	/**
	 * Reads the header of a message that the codec cannot decode.
	 * @param settings have the codec
	 * @param frame marks the message
	 * @return the header, if there is one and messages are acknowledged
	 */
	static List<@Nullable Object> head(ConnectionSettings settings, FrameWindow frame) {
		return read(settings, frame.frameArray(), frame.frameStart(), frame.frameStart() + frame.frameLength(), true);
	}

	/**
	 * Reads the header of a message of which only the beginning is there.
	 * @param settings have the codec
	 * @param bytes hold what was received
	 * @param start where the frame begins
	 * @param end where it ends
	 * @return the header, if it is there in whole and messages are acknowledged
	 */
	static List<@Nullable Object> headOfBegun(ConnectionSettings settings, byte[] bytes, int start, int end) {
		int from = start;
		while (from < end && bytes[from] >= 0 && bytes[from] < ' ') {
			from++;
		}
		return read(settings, bytes, from, end, false);
	}

	/**
	 * Returns the header of a message.
	 * @param fault stands in its place
	 * @return {@link Hl7Header#UNKNOWN} when it could not be read
	 */
	static Hl7Header header(MessageFault fault) {
		return (!fault.head().isEmpty() && fault.head().get(0) instanceof Hl7Header header) ? header
				: Hl7Header.UNKNOWN;
	}

	private static List<@Nullable Object> read(ConnectionSettings settings, byte[] bytes, int start, int end,
			boolean whole) {
		if (settings.hl7Ack() == Hl7Ack.NONE) {
			return List.of();
		}
		String message = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
		int length = Hl7Header.endOfSegment(message, 0);
		if (!whole && length == message.length()) {
			return List.of();
		}
		String segment = segment(settings.codec(), bytes, start, message.substring(0, length));
		Hl7Header header = Hl7Header.parse(segment + message.substring(length));
		return (header != null) ? List.of(header) : List.of();
	}

	/** Malformed may be what comes after the header, or the header itself. */
	private static String segment(Codec codec, byte[] bytes, int start, String segment) {
		try {
			return (codec.decode(bytes, start, segment.length()) instanceof String decoded) ? decoded : ascii(segment);
		}
		catch (Throwable ex) {
			return ascii(segment);
		}
	}

	private static String ascii(String segment) {
		return segment.replaceAll(NOT_ASCII, "?");
	}

}
