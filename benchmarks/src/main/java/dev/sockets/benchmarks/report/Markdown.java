package dev.sockets.benchmarks.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes tables in Markdown, with columns as wide as they need.
 */
final class Markdown {

	private Markdown() {
	}

	/**
	 * Writes a table.
	 * @param lines its cells, the headings first
	 * @return the text; its first column is on the left, the others on the right
	 */
	static String table(List<List<String>> lines) {
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
