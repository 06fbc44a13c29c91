package dev.sockets.framing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * Messages of FIX in its tag=value form: the second field says how long the body is,
 * which begins with the type of the message, and a checksum of all before it is the last
 * one. Payloads are whole messages.
 */
final class FixFraming implements Framing {

	private static final byte SOH = 1;

	private static final byte[] BEGIN_STRING = "8=".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] BODY_LENGTH = "9=".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] MSG_TYPE = "35=".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] CHECK_SUM = "10=".getBytes(StandardCharsets.US_ASCII);

	private static final int TRAILER = "10=000".length() + 1;

	/** The third field is the type of the message, so a body has at least this one. */
	private static final int LEAST = "35=0".length() + 1;

	private static final int LEAST_MESSAGE = "8=X".length() + 1 + "9=5".length() + 1 + LEAST + TRAILER;

	/** More bytes than the first two fields have. */
	static final int HEADER = 32;

	private final Checksum checksum = new Checksum(new ChecksumRule(ChecksumKind.SUM8, ChecksumEncoding.DECIMAL,
			ChecksumRule.orderOf(ChecksumKind.SUM8), null, -TRAILER, -TRAILER + CHECK_SUM.length, false, new byte[0]),
			0);

	@Override
	public boolean next(FrameWindow window) {
		byte[] array = window.array();
		int start = window.start();
		int limit = Math.min(window.end(), start + HEADER);
		int first = field(window, start, limit, BEGIN_STRING);
		if (first == start + BEGIN_STRING.length) {
			throw notFix(window);
		}
		int second = (first < 0) ? -1 : field(window, first + 1, limit, BODY_LENGTH);
		if (second < 0) {
			if (limit < window.end()) {
				throw notFix(window);
			}
			return false;
		}
		long length = number(window, first + 1 + BODY_LENGTH.length, second);
		if (length < LEAST) {
			throw FrameFault.malformed(this,
					"the body length " + length + ", which is less than " + LEAST + ", as it has a MsgType (35=) first",
					window);
		}
		long total = second + 1 - start + length + TRAILER;
		if (total > window.maxFrameSize()) {
			throw FrameFault.tooLarge(this, "a message of " + total + " bytes", window);
		}
		int end = start + (int) total;
		if (end > window.end()) {
			return false;
		}
		int trailer = end - TRAILER;
		if (array[trailer - 1] != SOH || array[end - 1] != SOH
				|| !Arrays.equals(array, trailer, trailer + CHECK_SUM.length, CHECK_SUM, 0, CHECK_SUM.length)) {
			throw FrameFault.malformed(this, "a message whose checksum is not where its length says", window);
		}
		if (!this.checksum.matches(array, start, end)) {
			window.reject(end, SocketErrorCode.CHECKSUM, "its checksum is wrong");
		}
		else if (!hasType(array, second + 1)) {
			window.reject(end, "the first field of its body is not MsgType (35=)");
		}
		else {
			window.frame(start, end, end);
		}
		return true;
	}

	/**
	 * Returns whether a body begins with the type of the message, which is not empty.
	 */
	private static boolean hasType(byte[] array, int body) {
		int value = body + MSG_TYPE.length;
		return Arrays.equals(array, body, value, MSG_TYPE, 0, MSG_TYPE.length) && array[value] != SOH;
	}

	/**
	 * Returns where a field ends that has to have that tag; -1 when it has not arrived.
	 */
	private int field(FrameWindow window, int start, int limit, byte[] tag) {
		int available = Math.min(tag.length, Math.max(0, limit - start));
		if (!Arrays.equals(window.array(), start, start + available, tag, 0, available)) {
			throw notFix(window);
		}
		return Scan.indexOf(window.array(), SOH, start + available, limit);
	}

	private long number(FrameWindow window, int start, int end) {
		byte[] array = window.array();
		boolean fits = HeaderFormat.ASCII.highest(end - start) > 0 && array[start] != ' ';
		long number = fits ? HeaderFormat.ASCII.read(array, start, end - start) : -1;
		if (number < 0) {
			throw notFix(window);
		}
		return number;
	}

	private RuntimeException notFix(FrameWindow window) {
		return FrameFault.malformed(this, "bytes that are no message of FIX", window);
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		if (!isWhole(payload)) {
			throw FrameFault.payloadRefused(this, FixAdvice.of(payload), payload);
		}
		output.write(payload);
	}

	private boolean isWhole(byte[] payload) {
		FrameWindow window = new FrameWindow();
		window.reset(payload, 0, payload.length, 0, Integer.MAX_VALUE);
		try {
			return payload.length > 0 && next(window) && window.rejection() == null && window.start() == payload.length;
		}
		catch (SocketOperationException ex) {
			return false;
		}
	}

	@Override
	public long shortestPayload() {
		return LEAST_MESSAGE;
	}

	@Override
	public String toString() {
		return "fix";
	}

}
