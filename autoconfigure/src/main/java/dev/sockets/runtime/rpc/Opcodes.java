package dev.sockets.runtime.rpc;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * Opcodes and return codes as keys: whole numbers are the same whatever their class, and
 * bytes are the same when their content is.
 */
final class Opcodes {

	private static final int MOST_SHOWN = 64;

	private Opcodes() {
	}

	/**
	 * Returns what an opcode is found by.
	 * @throws IllegalArgumentException when there is none
	 */
	static Object key(@Nullable Object opcode) {
		if (opcode == null) {
			throw new IllegalArgumentException("An opcode is an Integer, a Long, a String or a byte[], not null");
		}
		Long number = number(opcode);
		if (number != null) {
			return number;
		}
		return (opcode instanceof byte[] bytes) ? ByteBuffer.wrap(bytes.clone()) : opcode;
	}

	/**
	 * Returns the number that a code is.
	 * @return {@code null} when it is none, or one that is too large
	 */
	static @Nullable Long number(@Nullable Object code) {
		if (code instanceof Long number) {
			return number;
		}
		if (code instanceof Integer || code instanceof Short || code instanceof Byte) {
			return ((Number) code).longValue();
		}
		return (code instanceof BigInteger big && big.bitLength() < Long.SIZE) ? (Long) big.longValue() : null;
	}

	/**
	 * Returns a code as it is shown: texts and bytes as in Python, so that "1" is not 1.
	 */
	static String text(@Nullable Object opcode) {
		if (opcode instanceof BigInteger big && big.bitLength() > MOST_SHOWN) {
			return "of " + big.bitLength() + " bits";
		}
		if (opcode instanceof byte[] bytes) {
			return "b" + quoted(HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, MOST_SHOWN)));
		}
		return (opcode instanceof String text) ? quoted(text) : shortened(String.valueOf(opcode));
	}

	private static String quoted(String text) {
		return "'" + shortened(text) + "'";
	}

	private static String shortened(String text) {
		return (text.length() <= MOST_SHOWN) ? text : text.substring(0, MOST_SHOWN) + "...";
	}

}
