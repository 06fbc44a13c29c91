package dev.sockets;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that was probably meant by one that nothing has.
 */
public final class NearestName {

	private static final int MOST_TYPING_ERRORS = 2;

	private NearestName() {
	}

	/**
	 * Returns the name that was probably meant.
	 * @param name what was written
	 * @param names what there is
	 * @return one of them that is known by that name elsewhere, or differs by two letters
	 * at most, and by less than half, capitals aside; empty when there is none
	 */
	public static Optional<String> of(String name, Collection<String> names) {
		String lower = name.toLowerCase(Locale.ROOT);
		return OtherNames.find(name, names)
			.or(() -> names.stream()
				.filter((choice) -> typingErrors(lower, choice.toLowerCase(Locale.ROOT)) <= Math.min(MOST_TYPING_ERRORS,
						name.length() / 2))
				.min(Comparator.comparingInt((choice) -> typingErrors(lower, choice.toLowerCase(Locale.ROOT)))));
	}

	/** Counts the letters to insert, delete or replace. */
	private static int typingErrors(String name, String choice) {
		int[] errors = new int[choice.length() + 1];
		Arrays.setAll(errors, (i) -> i);
		for (int row = 1; row <= name.length(); row++) {
			int diagonal = errors[0];
			errors[0] = row;
			for (int column = 1; column <= choice.length(); column++) {
				int replaced = diagonal + ((name.charAt(row - 1) == choice.charAt(column - 1)) ? 0 : 1);
				diagonal = errors[column];
				errors[column] = Math.min(replaced, Math.min(errors[column], errors[column - 1]) + 1);
			}
		}
		return errors[choice.length()];
	}

}
