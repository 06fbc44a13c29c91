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

	/** Where among the encoding characters that of subcomponents is. */
	private static final int SUBCOMPONENT = 3;

	/** A value that is to be deleted. */
	private static final String NULL = "\"\"";

	private static final String NO_CONTROL_ID = "MSH-10 (message control id) is missing";

	/** Of table 0357 of HL7: the code, its text, and the table. */
	private static final String[] REQUIRED_FIELD_MISSING = { "101", "Required field missing", "HL70357" };

	/** From this version on an ERR has its location and its code in fields. */
	private static final String ERROR_IN_FIELDS = "2.5";

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

	/**
	 * Returns whether the message has a control id, by which an acknowledgement can name
	 * it.
	 */
	boolean hasControlId() {
		return !controlId().isBlank() && !controlId().equals(NULL);
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

	/**
	 * Returns the answer to the message, which could not be handed to anybody: the
	 * content of one without a control id is an error, others are rejected.
	 * @return {@code null} when the sender wants none
	 */
	@Nullable String rejection() {
		if (this == UNKNOWN || hasControlId()) {
			return acknowledgement('R');
		}
		String error = acknowledgement('E');
		return (error != null)
				? error.substring(0, error.length() - 1) + this.separator + NO_CONTROL_ID + "\r" + missing() + "\r"
				: null;
	}

	/** The segment that says where the control id is missing. */
	private String missing() {
		String encoding = encoding();
		String component = encoding.substring(0, 1);
		String place = String.join(component, SEGMENT, "1", String.valueOf(CONTROL_ID));
		if (field(VERSION).compareTo(ERROR_IN_FIELDS) >= 0) {
			return String.join(this.separator, "ERR", "", place, String.join(component, REQUIRED_FIELD_MISSING), "E");
		}
		String subcomponent = (encoding.length() > SUBCOMPONENT) ? encoding.substring(SUBCOMPONENT, SUBCOMPONENT + 1)
				: USUAL_ENCODING.substring(SUBCOMPONENT);
		return String.join(this.separator, "ERR",
				place + component + String.join(subcomponent, REQUIRED_FIELD_MISSING));
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
