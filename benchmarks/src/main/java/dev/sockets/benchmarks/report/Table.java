package dev.sockets.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.sockets.benchmarks.scenario.Metric;
import dev.sockets.benchmarks.scenario.Scenario;
import dev.sockets.benchmarks.scenario.Scenarios;
import dev.sockets.benchmarks.server.Family;

/**
 * Writes results as tables of medians, in Markdown.
 */
public final class Table {

	private record Reference(String heading, Row row) {

	}

	private Table() {
	}

	/**
	 * Writes all tables.
	 * @param results the results
	 * @return the text
	 */
	public static String of(Results results) {
		String head = results.machine() + "; servers on " + results.java() + "\n\n";
		return head + results.groups().stream().map(Table::of).collect(Collectors.joining("\n"));
	}

	private static String of(List<Sample> group) {
		Scenario scenario = Scenarios.named(group.get(0).scenario());
		Metric first = scenario.metrics().get(0);
		List<Row> rows = Row.of(group);
		List<Reference> references = references(rows, first);
		List<List<String>> lines = new ArrayList<>();
		lines.add(headings(scenario.metrics(), references));
		for (Row row : rows) {
			lines.add(cells(row, scenario.metrics(), references));
		}
		int rounds = group.stream().mapToInt(Sample::round).max().orElse(0);
		return "%s: %s, %s, %d round%s%n%n%s".formatted(scenario.name(), scenario.description(), group.get(0).load(),
				rounds, (rounds == 1) ? "" : "s", markdown(lines));
	}

	private static List<String> headings(List<Metric> metrics, List<Reference> references) {
		List<String> cells = new ArrayList<>(List.of("server", metrics.get(0).label(), "min–max"));
		references.forEach((reference) -> cells.add("× " + reference.heading()));
		metrics.stream().skip(1).map(Metric::label).forEach(cells::add);
		return cells;
	}

	private static List<String> cells(Row row, List<Metric> metrics, List<Reference> references) {
		Metric first = metrics.get(0);
		List<String> cells = new ArrayList<>();
		cells.add(row.contestant());
		cells.add(first.format(row.median(first)));
		cells.add(first.format(row.min(first)) + "–" + first.format(row.max(first)));
		for (Reference reference : references) {
			cells.add(String.format(Locale.ROOT, "%.2f", row.ratio(reference.row(), first)));
		}
		for (Metric metric : metrics.subList(1, metrics.size())) {
			cells.add(metric.format(row.median(metric)));
		}
		return cells;
	}

	private static List<Reference> references(List<Row> rows, Metric metric) {
		List<Reference> references = new ArrayList<>();
		best(rows, Family.PEER, metric)
			.ifPresent((row) -> references.add(new Reference("best peer (" + row.contestant() + ")", row)));
		best(rows, Family.INTEGRATION, metric).ifPresent((row) -> references.add(new Reference(row.contestant(), row)));
		rows.stream()
			.filter((row) -> row.family() == Family.NATIVE_PEER || row.family() == Family.BARE)
			.forEach((row) -> references.add(new Reference(row.contestant(), row)));
		return references;
	}

	private static Optional<Row> best(List<Row> rows, Family family, Metric metric) {
		Comparator<Row> order = Comparator.comparingDouble((row) -> row.median(metric));
		return rows.stream()
			.filter((row) -> row.family() == family)
			.max(metric.isHigherBetter() ? order : order.reversed());
	}

	private static String markdown(List<List<String>> lines) {
		int columns = lines.get(0).size();
		int[] widths = IntStream.range(0, columns)
			.map((column) -> lines.stream().mapToInt((cells) -> cells.get(column).length()).max().orElse(0))
			.toArray();
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < lines.size(); i++) {
			for (int column = 0; column < columns; column++) {
				String width = (column == 0) ? "-" + widths[column] : Integer.toString(widths[column]);
				text.append(String.format("| %" + width + "s ", lines.get(i).get(column)));
			}
			text.append("|\n");
			if (i == 0) {
				for (int column = 0; column < columns; column++) {
					text.append("|").append("-".repeat(widths[column] + 1)).append((column == 0) ? "-" : ":");
				}
				text.append("|\n");
			}
		}
		return text.toString();
	}

}
