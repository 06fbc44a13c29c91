package dev.sockets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each test that stands for a promise is there, by that name.
 */
class PromisesTests {

	/** A class of tests, one of its methods, or another method of the class before. */
	private static final Pattern TEST = Pattern.compile("`(?:([A-Z]\\w*Tests))?(?:\\.(\\w+))?`");

	private static final Map<String, String> sources = sources();

	@ParameterizedTest
	@ValueSource(strings = { "promises.md", "threat-model.md" })
	void whenATestIsNamedThenItExists(String document) throws IOException {
		String type = "";
		int count = 0;
		Matcher matcher = TEST.matcher(Files.readString(Path.of("../docs", document)));
		while (matcher.find()) {
			if (matcher.group(1) == null && !isMethod(matcher.group(2))) {
				continue;
			}
			type = (matcher.group(1) != null) ? matcher.group(1) : type;
			assertThat(sources.containsKey(type)).as("%s of %s", type, document).isTrue();
			assertThat(matcher.group(2) == null || sources.get(type).contains(" " + matcher.group(2) + "("))
				.as("%s.%s of %s", type, matcher.group(2), document)
				.isTrue();
			count++;
		}
		assertThat(count).isGreaterThan(20);
	}

	private static boolean isMethod(String name) {
		return name != null && (name.startsWith("when") || name.contains("_when"));
	}

	private static Map<String, String> sources() {
		Map<String, String> sources = new TreeMap<>();
		try {
			Files.walkFileTree(Path.of(".."), new Sources(sources));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return sources;
	}

	/**
	 * Does not look where files come and go while other tests run.
	 */
	private static final class Sources extends SimpleFileVisitor<Path> {

		private static final Set<String> ELSEWHERE = Set.of("target", ".git");

		private final Map<String, String> found;

		Sources(Map<String, String> found) {
			this.found = found;
		}

		@Override
		public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
			return ELSEWHERE.contains(directory.getFileName().toString()) ? FileVisitResult.SKIP_SUBTREE
					: FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
			if (file.toString().contains("/src/test/java") && file.toString().endsWith("Tests.java")) {
				this.found.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
			}
			return FileVisitResult.CONTINUE;
		}

	}

}
