package dev.sockets.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sockets.benchmarks.scenario.Metric;
import dev.sockets.benchmarks.scenario.Scenario;
import dev.sockets.benchmarks.scenario.Scenarios;
import dev.sockets.benchmarks.server.Family;

/**
 * Writes results as tables of medians, in Markdown: one of all plain echoes, if there are
 * several, then one for each scenario and load.
 */
public final class Table {

	private record Reference(Metric metric, String heading, Row row) {

	}

	private Table() {
	}

	/**
	 * Writes all tables.
	 * @param results the results
	 * @return the text
	 */
	public static String of(Results results) {
		String head = results.head() + "\n\n";
		String notes = results.notes().stream().map((note) -> "\n" + note + "\n").collect(Collectors.joining());
		return head + Overview.of(results) + results.groups().stream().map(Table::of).collect(Collectors.joining("\n"))
				+ notes;
	}

	private static String of(List<Sample> group) {
		Scenario scenario = Scenarios.named(group.get(0).scenario());
		List<Metric> metrics = measured(scenario.metrics(), group);
		List<Row> rows = Row.of(group);
		List<Reference> references = references(rows, metrics);
		int rounds = group.stream().mapToInt(Sample::round).max().orElse(0);
		List<List<String>> lines = new ArrayList<>();
		lines.add(headings(metrics, references));
		for (Row row : rows) {
			lines.add(cells(row, rounds, metrics, references));
		}
		return "%s: %s, %s, %d round%s%n%n%s".formatted(scenario.name(), scenario.description(), group.get(0).load(),
				rounds, (rounds == 1) ? "" : "s", Markdown.table(lines));
	}

	/** What was measured earlier may lack what is measured now. */
	private static List<Metric> measured(List<Metric> metrics, List<Sample> group) {
		return metrics.stream()
			.filter((metric) -> group.stream().anyMatch((sample) -> sample.values().containsKey(metric)))
			.toList();
	}

	/**
	 * Whether the metric says who is better: then from where to where it goes is told.
	 */
	private static boolean decides(Metric metric, List<Metric> metrics) {
		return metric == metrics.get(0) || metric.isProcessorTime();
	}

	private static List<String> headings(List<Metric> metrics, List<Reference> references) {
		List<String> cells = new ArrayList<>(List.of("server"));
		for (Metric metric : metrics) {
			cells.add(metric.label());
			if (decides(metric, metrics)) {
				cells.add("min–max");
			}
			of(metric, references).forEach((reference) -> cells.add(reference.heading()));
		}
		return cells;
	}

	private static List<String> cells(Row row, int rounds, List<Metric> metrics, List<Reference> references) {
		List<String> cells = new ArrayList<>();
		boolean always = row.samples().size() == rounds;
		cells.add(always ? row.contestant() : row.contestant() + " (" + row.samples().size() + " of " + rounds + ")");
		for (Metric metric : metrics) {
			cells.add(metric.format(row.median(metric)));
			if (decides(metric, metrics)) {
				cells.add(metric.format(row.min(metric)) + "–" + metric.format(row.max(metric)));
			}
			for (Reference reference : of(metric, references)) {
				cells.add(String.format(Locale.ROOT, "%.2f", metric.isProcessorTime()
						? row.quotient(reference.row(), metric) : row.ratio(reference.row(), metric)));
			}
		}
		return cells;
	}

	private static List<Reference> of(Metric metric, List<Reference> references) {
		return references.stream().filter((reference) -> reference.metric() == metric).toList();
	}

	private static List<Reference> references(List<Row> rows, List<Metric> metrics) {
		List<Reference> references = new ArrayList<>();
		Metric first = metrics.get(0);
		best(rows, Family.PEER, first)
			.ifPresent((row) -> references.add(new Reference(first, "× best peer (" + row.contestant() + ")", row)));
		best(rows, Family.INTEGRATION, first)
			.ifPresent((row) -> references.add(new Reference(first, "× " + row.contestant(), row)));
		rows.stream()
			.filter((row) -> row.family() == Family.NATIVE_PEER || row.family() == Family.BARE)
			.forEach((row) -> references.add(new Reference(first, "× " + row.contestant(), row)));
		metrics.stream()
			.filter(Metric::isProcessorTime)
			.forEach((metric) -> Stream
				.concat(rows.stream().filter((row) -> row.family() == Family.PEER).limit(1),
						best(rows, Family.PEER, metric).stream())
				.distinct()
				.forEach((row) -> references.add(new Reference(metric, "× CPU of " + row.contestant(), row))));
		return references;
	}

	private static Optional<Row> best(List<Row> rows, Family family, Metric metric) {
		Comparator<Row> order = Comparator.comparingDouble((row) -> row.median(metric));
		return rows.stream()
			.filter((row) -> row.family() == family)
			.max(metric.isHigherBetter() ? order : order.reversed());
	}

}
