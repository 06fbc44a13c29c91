package dev.sockets.benchmarks.report;

import java.util.List;
import java.util.Locale;

import dev.sockets.benchmarks.scenario.Metric;
import dev.sockets.benchmarks.scenario.Scenario;
import dev.sockets.benchmarks.scenario.Scenarios;
import dev.sockets.benchmarks.server.Family;

/**
 * Draws results as an SVG: a group of bars for each scenario and load, with the median as
 * the bar and a line from the least to the most.
 */
public final class Chart {

	private static final int WIDTH = 860;

	private static final int LEFT = 140;

	private static final int BARS = 560;

	private static final int LINE = 22;

	private static final int HEAD = 40;

	private final StringBuilder svg = new StringBuilder();

	private int y = 10;

	private Chart() {
	}

	/**
	 * Draws results.
	 * @param results the results
	 * @return the SVG
	 */
	public static String of(Results results) {
		Chart chart = new Chart();
		results.groups().forEach(chart::group);
		return """
				<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
				<rect width="100%%" height="100%%" fill="#ffffff"/>
				%s<text x="10" y="%d" fill="#666666" font-size="11">%s</text>
				</svg>
				""".formatted(WIDTH, chart.y + HEAD, chart.svg, chart.y + LINE, escape(results.head()));
	}

	private void group(List<Sample> group) {
		Scenario scenario = Scenarios.named(group.get(0).scenario());
		Metric metric = scenario.metrics().get(0);
		List<Row> rows = Row.of(group);
		double most = rows.stream().mapToDouble((row) -> row.max(metric)).max().orElse(1);
		text(10, this.y + LINE, "#111111", "bold",
				"%s, %s: %s%s".formatted(scenario.description(), group.get(0).load().replace('x', '×'), metric.label(),
						metric.isHigherBetter() ? "" : " (less is better)"));
		this.y += HEAD - 8;
		for (Row row : rows) {
			bar(row, metric, BARS / most);
		}
		this.y += HEAD / 2;
	}

	private void bar(Row row, Metric metric, double scale) {
		double median = row.median(metric);
		int middle = this.y + LINE / 2;
		text(10, middle + 4, "#111111", "normal", row.contestant());
		this.svg
			.append(String.format(Locale.ROOT, "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
					LEFT, this.y + 3, median * scale, LINE - 6, colour(row.family())));
		this.svg.append(
				String.format(Locale.ROOT, "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#111111\"/>%n",
						LEFT + row.min(metric) * scale, LEFT + row.max(metric) * scale, middle, middle));
		text((int) (LEFT + row.max(metric) * scale) + 8, middle + 4, "#111111", "normal", metric.format(median));
		this.y += LINE;
	}

	private void text(int x, int y, String colour, String weight, String text) {
		this.svg.append("<text x=\"%d\" y=\"%d\" fill=\"%s\" font-weight=\"%s\">%s</text>%n".formatted(x, y, colour,
				weight, escape(text)));
	}

	private static String colour(Family family) {
		return switch (family) {
			case OURS -> "#2e7d32";
			case PEER -> "#7693b5";
			case NATIVE_PEER -> "#a9bdd3";
			case INTEGRATION -> "#c9a46b";
			case BARE -> "#b8b8b8";
		};
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

}
