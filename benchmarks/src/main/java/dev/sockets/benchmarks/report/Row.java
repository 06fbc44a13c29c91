package dev.sockets.benchmarks.report;

import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;

import dev.sockets.benchmarks.scenario.Metric;
import dev.sockets.benchmarks.server.Family;

/**
 * All samples of one contestant under one load.
 *
 * @param contestant who
 * @param family what that is in the comparison
 * @param samples one a round
 */
record Row(String contestant, Family family, List<Sample> samples) {

	static List<Row> of(List<Sample> group) {
		return Results.split(group, Sample::contestant)
			.stream()
			.map((samples) -> new Row(samples.get(0).contestant(), samples.get(0).family(), samples))
			.toList();
	}

	double median(Metric metric) {
		return median(values(metric));
	}

	double min(Metric metric) {
		return values(metric).min().orElse(Double.NaN);
	}

	double max(Metric metric) {
		return values(metric).max().orElse(Double.NaN);
	}

	/**
	 * Compares with another row, round by round, as the machine is not the same all the
	 * time.
	 * @param other the other row
	 * @param metric what to compare
	 * @return the median of the rounds' ratios; more than 1 when this row is better
	 */
	double ratio(Row other, Metric metric) {
		double quotient = quotient(other, metric);
		return metric.isHigherBetter() ? quotient : 1 / quotient;
	}

	/**
	 * Divides by another row, round by round.
	 * @param other the other row
	 * @param metric what to divide
	 * @return the median of the rounds' quotients; less than 1 when this row has less
	 */
	double quotient(Row other, Metric metric) {
		return median(this.samples.stream().mapToDouble((sample) -> {
			Double mine = sample.values().get(metric);
			Double theirs = other.inRound(sample.round(), metric);
			return (mine == null || theirs == null) ? Double.NaN : mine / theirs;
		}).filter((value) -> !Double.isNaN(value)));
	}

	private Double inRound(int round, Metric metric) {
		return this.samples.stream()
			.filter((sample) -> sample.round() == round)
			.map((sample) -> sample.values().getOrDefault(metric, Double.NaN))
			.findFirst()
			.orElse(Double.NaN);
	}

	private DoubleStream values(Metric metric) {
		return this.samples.stream()
			.map((sample) -> sample.values().get(metric))
			.filter(Objects::nonNull)
			.mapToDouble(Double::doubleValue);
	}

	private static double median(DoubleStream values) {
		double[] sorted = values.sorted().toArray();
		int half = sorted.length / 2;
		if (sorted.length == 0) {
			return Double.NaN;
		}
		return (sorted.length % 2 == 1) ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
	}

}
