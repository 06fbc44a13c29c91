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

	static List<String> of(Enum<?>[] constants) {
		return Arrays.stream(constants).map(Labels::of).toList();
	}

}
