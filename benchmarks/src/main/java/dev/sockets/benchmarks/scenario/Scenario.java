package dev.sockets.benchmarks.scenario;

import java.util.List;

import dev.sockets.benchmarks.server.Contestant;

/**
 * Something that is measured of several contestants, under one or more loads.
 */
public interface Scenario {

	/**
	 * Returns the name on the command line.
	 * @return one word
	 */
	String name();

	/**
	 * Returns what is measured, in a line.
	 * @return a sentence without its full stop
	 */
	String description();

	/**
	 * Returns the columns of the table; the first decides who is better.
	 * @return at least one
	 */
	List<Metric> metrics();

	/**
	 * Returns who takes part.
	 * @return the rows of the table
	 */
	List<? extends Contestant> contestants();

	/**
	 * Returns the loads; there is one table for each.
	 * @return their names, as {@code 64x1}
	 */
	List<String> loads();

	/**
	 * Says why a contestant is left out here.
	 * @param stand what would be measured with
	 * @param contestant who
	 * @return the reason; empty when it takes part
	 */
	String obstacle(Stand stand, Contestant contestant);

	/**
	 * Begins a series of measurements.
	 * @param stand what to measure with
	 * @param load under which load
	 * @return measures the contestants, in turn and again and again; to be closed
	 */
	Series begin(Stand stand, String load);

}
