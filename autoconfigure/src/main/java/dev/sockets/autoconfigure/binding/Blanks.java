package dev.sockets.autoconfigure.binding;

import java.util.regex.Pattern;

/**
 * What nobody sees around a text: spaces and tabs, those that don't break lines, and what
 * has no width, as it comes along with what is copied from a page.
 */
public final class Blanks {

	/** Of one character, for a class in a regular expression. */
	static final String ANY = "\\s\\p{Z}\\p{Cc}\\p{Cf}";

	private static final Pattern AROUND = Pattern.compile("^[" + ANY + "]+|[" + ANY + "]+$");

	private Blanks() {
	}

	/**
	 * Returns a text without blanks around it.
	 * @param text the text
	 */
	public static String without(String text) {
		return AROUND.matcher(text).replaceAll("");
	}

}
