package dev.sockets.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.springframework.util.ClassUtils;

/**
 * How an endpoint is set, as its line of log says at its start. Not for several threads.
 */
public final class SettingsLine {

	private static final int KILO = 1024;

	private final List<String> parts = new ArrayList<>();

	/**
	 * Adds a part.
	 * @param part the part
	 * @return this line
	 */
	public SettingsLine add(String part) {
		this.parts.add(part);
		return this;
	}

	/**
	 * Adds a framing or a codec, which may be the application's.
	 * @param part what it says of itself, or else the name of its class
	 * @return this line
	 */
	public SettingsLine addNameOf(Object part) {
		return add(nameOf(part));
	}

	/**
	 * Adds how long something may be.
	 * @param what the plural of what
	 * @param bytes how long
	 * @return this line
	 */
	public SettingsLine addSize(String what, int bytes) {
		return add(what + " up to " + size(bytes));
	}

	/**
	 * Adds a number.
	 * @param format has one {@code %,d}
	 * @param number the number
	 * @return this line
	 */
	public SettingsLine addNumber(String format, int number) {
		return add(String.format(Locale.ROOT, format, number));
	}

	private static String nameOf(Object part) {
		String byClass = ClassUtils.getShortName(part.getClass());
		try {
			String text = part.toString();
			return isOfObject(text, part) ? byClass : text;
		}
		catch (Throwable ex) {
			return byClass;
		}
	}

	/** What each object says that has nothing to say. */
	private static boolean isOfObject(String text, Object part) {
		return text.startsWith(part.getClass().getName() + "@");
	}

	private static String size(int bytes) {
		if (bytes >= KILO * KILO && bytes % (KILO * KILO) == 0) {
			return bytes / (KILO * KILO) + "MB";
		}
		return (bytes >= KILO && bytes % KILO == 0) ? bytes / KILO + "KB" : bytes + "B";
	}

	/** Returns the parts, to stand behind what the endpoint does. */
	@Override
	public String toString() {
		return ": " + String.join(", ", this.parts);
	}

}
