package dev.sockets.runtime;

import java.io.InvalidClassException;

import dev.sockets.FailureText;

/**
 * What a codec has refused of a message: a class that is not allowed has to be known to
 * be allowed. Other failures of codecs may quote any part of a message, so only their
 * causes have them.
 */
public final class CodecRefusal {

	private static final int LONGEST = 300;

	private CodecRefusal() {
	}

	/**
	 * Returns what to add to the text about a message that cannot be decoded.
	 * @param failure what the codec has thrown
	 * @return a printable text that is not long, mostly empty
	 */
	public static String of(Throwable failure) {
		if (!(failure instanceof InvalidClassException)) {
			return "";
		}
		String message = FailureText.message(failure);
		return ": " + ((message.length() > LONGEST) ? message.substring(0, LONGEST) + "..." : message);
	}

}
