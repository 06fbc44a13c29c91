package dev.sockets.codec.pickle;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Numbers: an integer is the smallest of {@code Integer}, {@code Long} and
 * {@code BigInteger} that holds it.
 */
final class PickleNumbers {

	/** As in Python, since the time for reading decimals grows with their square. */
	private static final int MAX_DIGITS = 4300;

	private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

	private static final Pattern FLOAT = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

	private PickleNumbers() {
	}

	static Object of(long value) {
		if (value == (int) value) {
			return (int) value;
		}
		return value;
	}

	static Object of(BigInteger value) {
		return (value.bitLength() < Long.SIZE) ? of(value.longValue()) : value;
	}

	/**
	 * Returns the value of opcode {@code INT}: an integer, or 00 and 01 for a boolean.
	 */
	static Object ofInt(byte[] line) {
		String text = text(line);
		return switch (text) {
			case "00" -> false;
			case "01" -> true;
			default -> integer(text);
		};
	}

	/**
	 * Returns the value of opcode {@code LONG}, which may end with L.
	 */
	static Object ofLong(byte[] line) {
		String text = text(line);
		return integer(text.endsWith("L") ? text.substring(0, text.length() - 1) : text);
	}

	static double ofFloat(byte[] line) {
		String text = text(line);
		return switch (text) {
			case "nan", "-nan" -> Double.NaN;
			case "inf" -> Double.POSITIVE_INFINITY;
			case "-inf" -> Double.NEGATIVE_INFINITY;
			default -> Double.parseDouble(matching(FLOAT, text, "float"));
		};
	}

	/**
	 * Returns the index of opcodes {@code GET} and {@code PUT}, which may be too big.
	 */
	static long ofIndex(byte[] line) {
		return (integer(text(line)) instanceof Integer index) ? index : Long.MAX_VALUE;
	}

	private static Object integer(String text) {
		return of(new BigInteger(matching(INTEGER, text, "int")));
	}

	private static String matching(Pattern pattern, String text, String type) {
		if (!pattern.matcher(text).matches()) {
			throw PickleFault.received("a line that is no " + type);
		}
		return text;
	}

	private static String text(byte[] line) {
		if (line.length > MAX_DIGITS) {
			throw PickleFault.received("a number of more than " + MAX_DIGITS + " digits");
		}
		return new String(line, StandardCharsets.ISO_8859_1);
	}

}
