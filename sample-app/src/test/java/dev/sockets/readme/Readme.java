package dev.sockets.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The README of the project, and the sources of its examples.
 */
final class Readme {

	private static final List<Path> EXAMPLES = List.of(Path.of("src/test/java/dev/sockets/readme"),
			Path.of("src/test/java/com/example"));

	private static final Pattern CELL_BORDER = Pattern.compile("(?<!\\\\)\\|");

	private final String text = read(Path.of("../README.md"));

	/**
	 * Returns the blocks of one language.
	 */
	List<String> blocks(String language) {
		return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
			.matcher(this.text)
			.results()
			.map((block) -> block.group(1))
			.toList();
	}

	/**
	 * Returns the block of YAML that contains a text.
	 */
	String yaml(String part) {
		return blocks("yaml").stream().filter((block) -> block.contains(part)).findFirst().orElseThrow();
	}

	/**
	 * Returns the rows of the first table below a heading.
	 */
	List<Row> table(String heading) {
		return this.text.lines()
			.dropWhile((line) -> !line.matches("#+ " + Pattern.quote(heading)))
			.skip(1)
			.dropWhile((line) -> !line.startsWith("|"))
			.takeWhile((line) -> line.startsWith("|"))
			.skip(2)
			.map(Readme::row)
			.toList();
	}

	/**
	 * Returns the examples' sources, each without indentation.
	 */
	static List<String> sources() {
		return EXAMPLES.stream().flatMap(Readme::list).map(Readme::read).map(Readme::withoutIndentation).toList();
	}

	static String withoutIndentation(String source) {
		return source.lines().map(String::strip).collect(Collectors.joining("\n"));
	}

	private static Row row(String line) {
		return new Row(Arrays.stream(CELL_BORDER.split(line)).skip(1).map(String::strip).toList());
	}

	private static Stream<Path> list(Path directory) {
		try (Stream<Path> files = Files.list(directory)) {
			return files.toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path path) {
		try {
			return Files.readString(path, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A row of a table.
	 *
	 * @param cells its cells
	 */
	record Row(List<String> cells) {

		String cell(int index) {
			return this.cells.get(index);
		}

		/**
		 * Returns a cell that is code, or the code it begins with.
		 */
		String code(int index) {
			String cell = cell(index);
			return cell.startsWith("`") ? cell.substring(1, cell.indexOf('`', 1)) : "";
		}

	}

}
