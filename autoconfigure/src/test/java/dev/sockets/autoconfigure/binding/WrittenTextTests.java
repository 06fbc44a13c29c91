package dev.sockets.autoconfigure.binding;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How numbers and the like are written in files.
 */
class WrittenTextTests {

	@ParameterizedTest
	@CsvSource(delimiter = '=', quoteCharacter = '`', textBlock = """
			it: 022010 = 022010
			it: 1:30 = 1:30
			it: +1_000 = +1_000
			it: -0b11 # one = -0b11
			it: .nan = .nan
			it: No = No
			a: {b: "😀😀", it: 24233} = 24233
			a: {"😀": 😀, b: '𝄞', it: 022010, c: 1:30} = 022010
			{"a":"😀","it":022010} = 022010
			a: ä€\\nit: 022010 = 022010
			# a\\u2028b\\nit: 022010 = 022010
			# a\\u0085b\\rit: 022010 = 022010
			\\uFEFFit: 022010 = 022010
			a: b\\rit: 022010\\r = 022010
			a: b\\r\\nit: 022010\\r\\n = 022010
			it:\\n  022010 = 022010
			it: !!int 022010 = 022010
			it: &a 022010 = 022010
			a: &a 022010\\nit: *a = 022010
			a: &a {it: 022010}\\n<<: *a = 022010
			'it': 022010 = 022010
			? "it"\\n: 022010 = 022010
			a: |\\n  022010\\n  x\\nit: 1:30 = 1:30
			a: x\\n---\\nit: 022010 = 022010
			it: !!int "022010" =
			it: !!float 1 =
			it: !!bool "no" =
			it: '022010' =
			it: !!str 022010 =
			it: |\\n  022010 =
			it: ${b}\\na: 022010 =
			""")
	void whenAFileHasAValueThenItsTextIsThatOfTheValueOrUnknown(String yaml, String text) throws IOException {
		String file = yaml.replace("\\n", "\n")
			.replace("\\r", "\r")
			.replace("\\u2028", "\u2028")
			.replace("\\u0085", "\u0085")
			.replace("\\uFEFF", "\uFEFF");
		assertThat(written(file, StandardCharsets.UTF_8)).isEqualTo(Optional.ofNullable(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16BE", "UTF-16LE" })
	void whenAFileIsInAnotherCharsetThenItIsReadAsItsValuesAre(String charset) throws IOException {
		assertThat(written("\uFEFFa: {b: \"😀\", it: 022010}", Charset.forName(charset))).contains("022010");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "it: 07", "a: 0\nit: 022010", "it: ", "it: [022010]", "it: x", "it: '022010'", "it: {",
			"\t", "it: @", "it: 9224.0", "it: 2026-01-01" })
	void whenAFileHasChangedSinceThenTheTextIsUnknown(String now, @TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("application.yml"), "it: 022010");
		ConfigurationProperty property = property(new FileSystemResource(file));
		Files.writeString(file, now);
		assertThat(new WrittenText().of(property)).isEmpty();
	}

	@Test
	void whenAFileIsGoneThenTheTextIsUnknown(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("application.yml"), "it: 022010");
		ConfigurationProperty property = property(new FileSystemResource(file));
		Files.delete(file);
		assertThat(new WrittenText().of(property)).isEmpty();
	}

	private static Optional<String> written(String file, Charset charset) throws IOException {
		return new WrittenText().of(property(new ByteArrayResource(file.getBytes(charset), "application.yml")));
	}

	private static ConfigurationProperty property(Resource file) throws IOException {
		return new YamlPropertySourceLoader().load("application.yml", file)
			.stream()
			.map(ConfigurationPropertySource::from)
			.map(IterableConfigurationPropertySource.class::cast)
			.flatMap((source) -> source.stream()
				.filter((name) -> name.getLastElement(Form.UNIFORM).equals("it"))
				.map(source::getConfigurationProperty))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow();
	}

}
