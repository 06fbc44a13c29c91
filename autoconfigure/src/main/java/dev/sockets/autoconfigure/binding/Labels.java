package dev.sockets.autoconfigure.binding;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The names of constants as they are written in the configuration.
 */
final class Labels {

	private Labels() {
	}

	static String of(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Returns whether a text is the name of a constant in one of the ways that Spring
	 * Boot lets enumerations be written: {@code stx-etx}, {@code STX_ETX} or
	 * {@code stxEtx}.
	 */
	static boolean isRelaxed(Enum<?> constant, String text) {
		return plain(constant.name()).equals(plain(text));
	}

	private static String plain(String text) {
		return text.replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
	}

	static List<String> of(Enum<?>[] constants) {
		return Arrays.stream(constants).map(Labels::of).toList();
	}

}
