package dev.sockets.autoconfigure.binding;

import java.util.regex.Pattern;

/**
 * The properties whose values nobody is to read in a log.
 */
public final class SecretKeys {

	private static final Pattern SECRET = Pattern.compile(
			".*(password|backplane\\.(secret|old-secrets.*|redis\\.url)|session(\\.(hello|expect))?|credentials(\\.username)?)");

	private SecretKeys() {
	}

	/**
	 * Returns whether a value is to be hidden.
	 * @param property the full path of its property
	 */
	public static boolean has(String property) {
		return SECRET.matcher(property).matches();
	}

}
