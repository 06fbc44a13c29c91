package dev.sockets.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page for users: the README of the project, or one of its documentation.
 *
 * @param path where it is
 * @param text what it says
 */
record Page(Path path, String text) {

	private static final Path PROJECT = Path.of("..");

	private static final Path DOCS = PROJECT.resolve("docs");

	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

	private static final Pattern CELL_BORDER = Pattern.compile("(?<!\\\\)\\|");

	/**
	 * Returns the README.
	 */
	static Page readme() {
		return at(PROJECT.resolve("README.md"));
	}

	/**
	 * Returns a page of the documentation.
	 */
	static Page of(String name) {
		return at(DOCS.resolve(name + ".md"));
	}

	/**
	 * Returns the README and all pages of the documentation.
	 */
	static List<Page> all() {
		return Stream.concat(Stream.of(readme()), docs()).toList();
	}

	/**
	 * Returns all pages of the documentation, in the order of their names.
	 */
	static Stream<Page> docs() {
		try (Stream<Path> files = Files.list(DOCS)) {
			return files.filter((file) -> file.toString().endsWith(".md")).sorted().map(Page::at).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Page at(Path path) {
		try {
			return new Page(path.normalize(), Files.readString(path, StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the blocks of one language.
	 */
	List<String> blocks(String language) {
		return Pattern.compile("^```" + language + "\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
			.matcher(this.text)
			.results()
			.map((block) -> block.group(1))
			.toList();
	}

	/**
	 * Returns the first block of YAML that contains a text.
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
			.map(Page::row)
			.toList();
	}

	/**
	 * Returns what the page links to, outside of blocks.
	 */
	List<String> links() {
		return LINK.matcher(withoutBlocks()).results().map((link) -> link.group(1)).toList();
	}

	/**
	 * Returns the names by which others link to the headings of the page.
	 */
	List<String> anchors() {
		return withoutBlocks().lines().filter((line) -> line.matches("#+ .*")).map(Page::anchor).toList();
	}

	private String withoutBlocks() {
		return this.text.replaceAll("(?ms)^```.*?^```", "");
	}

	private static String anchor(String heading) {
		return heading.replaceFirst("#+ ", "")
			.toLowerCase(Locale.ROOT)
			.replaceAll("[^\\p{L}\\p{N}_ -]", "")
			.replace(' ', '-');
	}

	private static Row row(String line) {
		return new Row(Arrays.stream(CELL_BORDER.split(line)).skip(1).map(String::strip).toList());
	}

	static String withoutIndentation(String source) {
		return source.lines().map(String::strip).collect(Collectors.joining("\n"));
	}

	@Override
	public String toString() {
		return this.path.getFileName().toString();
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
