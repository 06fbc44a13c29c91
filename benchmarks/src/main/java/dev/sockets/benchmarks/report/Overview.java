package dev.sockets.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.sockets.benchmarks.scenario.Metric;

/**
 * One table of the plain echo under each load: the rate of each server, its processor
 * time for a message, and from where to where the latter goes.
 */
final class Overview {

	private static final List<String> SCENARIOS = List.of("echo", "connections");

	private static final double NANOS_PER_MICRO = 1000;

	private Overview() {
	}

	/**
	 * Writes the table.
	 * @param results the results
	 * @return the text; empty when there is nothing to compare
	 */
	static String of(Results results) {
		List<List<Sample>> groups = results.groups()
			.stream()
			.filter((group) -> SCENARIOS.contains(group.get(0).scenario()))
			.toList();
		if (groups.size() < 2) {
			return "";
		}
		Map<String, List<String>> lines = new LinkedHashMap<>();
		List<String> headings = new ArrayList<>(List.of("messages/s, CPU µs/message"));
		for (List<Sample> group : groups) {
			for (Row row : Row.of(group)) {
				lines.computeIfAbsent(row.contestant(), (name) -> cells(name, headings.size())).add(cell(row));
			}
			headings.add(group.get(0).load().replace('x', '×'));
			lines.values().forEach((cells) -> fill(cells, headings.size()));
		}
		List<List<String>> table = new ArrayList<>(List.of(headings));
		table.addAll(lines.values());
		return Markdown.table(table) + "\n";
	}

	private static List<String> cells(String name, int count) {
		List<String> cells = new ArrayList<>(List.of(name));
		fill(cells, count);
		return cells;
	}

	private static void fill(List<String> cells, int count) {
		while (cells.size() < count) {
			cells.add("");
		}
	}

	private static String cell(Row row) {
		return String.format(Locale.ROOT, "%,.0f  %.2f (%.2f–%.2f)", row.median(Metric.RATE),
				row.median(Metric.CPU) / NANOS_PER_MICRO, row.min(Metric.CPU) / NANOS_PER_MICRO,
				row.max(Metric.CPU) / NANOS_PER_MICRO);
	}

}
