package dev.sockets.benchmarks.report;

import java.util.Map;

import dev.sockets.benchmarks.scenario.Metric;
import dev.sockets.benchmarks.server.Family;

/**
 * One measurement.
 *
 * @param scenario its scenario
 * @param load its load
 * @param contestant who was measured
 * @param family what that is in the comparison
 * @param round in which round
 * @param values what was measured
 */
public record Sample(String scenario, String load, String contestant, Family family, int round,
		Map<Metric, Double> values) {

}
