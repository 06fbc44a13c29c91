package dev.sockets.runtime.tcp;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The header (MSH) of a message of HL7 version 2, and the acknowledgement that it asks
 * for.
 */
final class Hl7Header {

	/** Fields of the header as HL7 counts them, of which the first is the separator. */
	private static final int ENCODING = 2;

	private static final int SENDING_APPLICATION = 3;

	private static final int SENDING_FACILITY = 4;

	private static final int RECEIVING_APPLICATION = 5;

	private static final int RECEIVING_FACILITY = 6;

	private static final int TYPE = 9;

	private static final int CONTROL_ID = 10;

	private static final int PROCESSING_ID = 11;

	private static final int VERSION = 12;

	private static final int ACCEPT_ACKNOWLEDGEMENT = 15;

	private static final int APPLICATION_ACKNOWLEDGEMENT = 16;

	private static final String SEGMENT = "MSH";

	private static final String USUAL_ENCODING = "^~\\&";

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

	private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS", Locale.ROOT);

	private static final int NUMBERS = 1000;

	private static final AtomicInteger number = new AtomicInteger();

	/** In place of one that cannot be read: nothing is known but how HL7 is written. */
	static final Hl7Header UNKNOWN = new Hl7Header("|", new String[] { SEGMENT, USUAL_ENCODING }, false);

	private final String separator;

	private final String[] fields;

	private final boolean answer;

	private Hl7Header(String separator, String[] fields, boolean answer) {
		this.separator = separator;
		this.fields = fields;
		this.answer = answer;
	}

	/**
	 * Reads the header of a message.
	 * @param message the message, whose segments end with CR, or with LF
	 * @return {@code null} when it does not begin with one
	 */
	static @Nullable Hl7Header parse(String message) {
		int end = endOfSegment(message, 0);
		if (!message.startsWith(SEGMENT) || end < SEGMENT.length() + 2) {
			return null;
		}
		char separator = message.charAt(SEGMENT.length());
		if (Character.isLetterOrDigit(separator)) {
			return null;
		}
		return new Hl7Header(String.valueOf(separator), split(message.substring(0, end), separator),
				hasSegment(message, end, "MSA" + separator));
	}

	static int endOfSegment(String message, int from) {
		int end = from;
		while (end < message.length() && message.charAt(end) != '\r' && message.charAt(end) != '\n') {
			end++;
		}
		return end;
	}

	private static String[] split(String segment, char separator) {
		return segment.split(Pattern.quote(String.valueOf(separator)), -1);
	}

	private static boolean hasSegment(String message, int from, String start) {
		int at = from;
		while (at < message.length()) {
			if (message.startsWith(start, at)) {
				return true;
			}
			at = endOfSegment(message, at) + 1;
		}
		return false;
	}

	/**
	 * Returns the control id of the message that a message acknowledges.
	 * @param message a message that may be one
	 * @return {@code null} when it acknowledges none
	 */
	static @Nullable String acknowledgedId(String message) {
		Hl7Header header = parse(message);
		if (header == null || !header.answer) {
			return null;
		}
		int at = endOfSegment(message, 0) + 1;
		while (!message.startsWith("MSA" + header.separator, at)) {
			at = endOfSegment(message, at) + 1;
		}
		String[] fields = split(message.substring(at, endOfSegment(message, at)), header.separator.charAt(0));
		return (fields.length > 2) ? fields[2] : null;
	}

	/**
	 * Returns whether the message is itself an answer, which nobody acknowledges.
	 */
	boolean isAnswer() {
		return this.answer;
	}

	String controlId() {
		return field(CONTROL_ID);
	}

	private String field(int number) {
		return (number <= this.fields.length) ? this.fields[number - 1] : "";
	}

	/**
	 * Returns the acknowledgement of the message.
	 * @param outcome A for accepted, E for an error, R for rejected
	 * @return {@code null} when the sender wants none of that kind
	 */
	@Nullable String acknowledgement(char outcome) {
		String accept = field(ACCEPT_ACKNOWLEDGEMENT);
		String application = field(APPLICATION_ACKNOWLEDGEMENT);
		boolean enhanced = !accept.isEmpty() || !application.isEmpty();
		boolean commit = enhanced && (application.isEmpty() || application.equals("NE"));
		if (enhanced && !isWanted(commit ? accept : application, outcome)) {
			return null;
		}
		LocalDateTime now = LocalDateTime.now();
		String head = String.join(this.separator, SEGMENT, encoding(), field(RECEIVING_APPLICATION),
				field(RECEIVING_FACILITY), field(SENDING_APPLICATION), field(SENDING_FACILITY), TIME.format(now), "",
				type(), ID.format(now) + nextNumber(), orElse(field(PROCESSING_ID), "P"),
				orElse(field(VERSION), "2.3"));
		return head + "\r" + String.join(this.separator, "MSA", (commit ? "C" : "A") + outcome, controlId()) + "\r";
	}

	/** Ids have twenty characters at most. */
	private static String nextNumber() {
		return String.format(Locale.ROOT, "%03d", number.updateAndGet((last) -> (last + 1) % NUMBERS));
	}

	/** As table 0155 of HL7 has it. */
	private static boolean isWanted(String condition, char outcome) {
		return switch (condition) {
			case "AL" -> true;
			case "SU" -> outcome == 'A';
			case "ER" -> outcome != 'A';
			default -> false;
		};
	}

	/** The event of the message goes with it, and the structure where there is one. */
	private String type() {
		String component = encoding().substring(0, 1);
		String[] parts = split(field(TYPE), component.charAt(0));
		return "ACK" + ((parts.length > 1) ? component + parts[1] : "") + ((parts.length > 2) ? component + "ACK" : "");
	}

	private String encoding() {
		return orElse(field(ENCODING), USUAL_ENCODING);
	}

	private static String orElse(String value, String other) {
		return value.isEmpty() ? other : value;
	}

}
