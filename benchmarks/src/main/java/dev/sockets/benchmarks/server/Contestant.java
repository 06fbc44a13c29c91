package dev.sockets.benchmarks.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * What a measurement is about: a row of its table.
 */
public interface Contestant {

	/**
	 * Makes an {@link #id()} of the name of a constant.
	 * @param constant as {@code NETTY_FLUSH}
	 * @return as {@code netty-flush}
	 */
	static String id(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Finds a contestant.
	 * @param <C> type of the contestants
	 * @param all those to choose from
	 * @param id its {@link #id()}
	 * @return the contestant
	 * @throws IllegalArgumentException when there is none
	 */
	static <C extends Contestant> C named(C[] all, String id) {
		return Arrays.stream(all)
			.filter((contestant) -> contestant.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"There is no '" + id + "', but " + Arrays.stream(all).map(Contestant::id).toList()));
	}

	/**
	 * Returns the name in tables and on the command line.
	 * @return as {@code netty-flush}
	 */
	String id();

	/**
	 * Returns what it is in the comparison.
	 * @return the family
	 */
	Family family();

	/**
	 * Returns what it needs beside a JVM that runs this stand.
	 * @return nothing, usually
	 */
	default Set<Need> needs() {
		return Set.of();
	}

}
