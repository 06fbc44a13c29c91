package dev.sockets.benchmarks.server;

/**
 * What a measurement is about: a row of its table.
 */
public interface Contestant {

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

}
