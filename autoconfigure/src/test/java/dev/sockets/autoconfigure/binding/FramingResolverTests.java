package dev.sockets.autoconfigure.binding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.serializer.DefaultSerializer;
import org.springframework.integration.ip.tcp.serializer.ByteArrayLfSerializer;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.Yaml;
import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FramingResolverTests {

	private static final String PATH = "sockets.tcp.server.echo.";

	@ParameterizedTest
	@ValueSource(strings = { "line", "crlf", "nul", "stx-etx", "length1", "length2", "length4", "raw", "stream",
			"octet-counting", "ndjson", "fix", "end-of-stream" })
	void whenFramingIsBuiltInThenItIsFound(String name) {
		assertThat(framing("framing: " + name)).hasToString(name);
	}

	@Test
	void whenFramingIsStreamThenItFindsWhatTheCodecSends() {
		assertThat(framing("framing: stream", "codec: pickle")).isSameAs(Framings.pickleStream());
		assertThat(framing("framing: stream", "codec: json")).isSameAs(Framings.jsonStream());
		assertThat(framing("framing: stream")).isSameAs(Framings.jsonStream());
	}

	@ParameterizedTest
	@CsvSource({ "length1, 8", "length4, 3" })
	void whenHeaderSizeIsSetThenItWinsOverTheName(String name, int size) {
		assertThat(framing("framing: " + name, "framing-options.header-size: " + size)).hasToString("length" + size);
	}

	@Test
	void whenHeaderOptionsAreSetThenFramingHasThem() {
		assertThat(framing("framing: length2", "framing-options.byte-order: little-endian",
				"framing-options.header-included: true"))
			.hasToString("length2 little-endian header-included");
	}

	@Test
	void whenHeaderSizeIsImpossibleThenItFails() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> framing("framing: length4", "framing-options.header-size: 5"))
			.withMessage("'" + PATH + "framing-options.header-size' is '5' but must be 1, 2, 3, 4 or 8");
	}

	@Test
	void whenDelimiterHasEscapesThenTheyAreItsBytes() {
		Framing framing = framing("framing: delimiter", "framing-options.delimiter: 'é\\r\\n\\x1F'");
		assertThat(framing).usingRecursiveComparison()
			.isEqualTo(Framings.delimiter(new byte[] { (byte) 0xC3, (byte) 0xA9, '\r', '\n', 0x1F }));
	}

	@Test
	void whenDelimiterIsMissingThenItFails() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> framing("framing: delimiter"))
			.withMessageStartingWith("'" + PATH + "framing-options.delimiter' is not set but must be at least one");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\q", "\\x1", "\\" })
	void whenDelimiterHasUnknownEscapeThenItFails(String delimiter) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> framing("framing: delimiter", "framing-options.delimiter: '" + delimiter + "'"))
			.withMessageStartingWith("'" + PATH + "framing-options.delimiter' is '" + delimiter + "' but must be");
	}

	@Test
	void whenFixedSizeFitsThenFramingHasIt() {
		assertThat(framing("framing: fixed", "framing-options.size: 1024", "max-frame-size: 1KB"))
			.usingRecursiveComparison()
			.isEqualTo(Framings.fixed(1024));
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 1025 })
	void whenFixedSizeDoesNotFitThenItFails(int size) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> framing("framing: fixed", "framing-options.size: " + size, "max-frame-size: 1KB"))
			.withMessage("'" + PATH + "framing-options.size' is '" + size
					+ "' but must be from 1 to the max-frame-size, 1024");
	}

	@Test
	void whenFixedSizeIsMissingThenItFails() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> framing("framing: fixed"))
			.withMessageStartingWith("'" + PATH + "framing-options.size' is not set but must be from 1 to");
	}

	@ParameterizedTest
	@CsvSource({ "line, size, 4", "line, header-included, false", "length4, delimiter, x",
			"fixed, byte-order, big-endian", "raw, header-size, 2", "stream, delimiter, x" })
	void whenFramingDoesNotUseOptionThenItFails(String name, String option, String value) {
		String size = name.equals("fixed") ? "framing-options.size: 1" : "codec: text";
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> framing("framing: " + name, size, "framing-options." + option + ": " + value))
			.withMessage("'" + PATH + "framing-options." + option + "' is '" + value
					+ "' but must be left out: the framing '" + name + "' does not use it");
	}

	@Test
	void whenDefaultsHaveOptionThatFramingDoesNotUseThenItIsLeftAlone() {
		assertThat(Yaml.of("""
				sockets.tcp:
				  server-defaults:
				    framing: fixed
				    framing-options.size: 4
				  server.echo:
				    port: 0
				    framing: crlf
				""").server().connection().framing()).isSameAs(Framings.crlf());
	}

	@Test
	void whenDefaultsHaveOptionThenFramingOfEntryUsesIt() {
		assertThat(Yaml.of("""
				sockets.tcp:
				  server-defaults.framing-options.byte-order: little-endian
				  server.echo:
				    port: 0
				    framing: length2
				""").server().connection().framing()).hasToString("length2 little-endian");
	}

	@Test
	void whenFramingNamesFramingBeanThenItIsUsed() {
		Framing bean = new CustomFraming();
		assertThat(yaml("framing: mine").withBean("mine", bean).server().connection().framing()).isSameAs(bean);
	}

	@Test
	void whenFramingNamesSerializerBeanThenItIsUsed() {
		ByteArrayLfSerializer bean = new ByteArrayLfSerializer();
		assertThat(yaml("framing: lf").withBean("lf", bean).server().connection().framing()).usingRecursiveComparison()
			.isEqualTo(Framings.ofSerializer(bean, bean));
	}

	@Test
	void whenFramingIsUnknownThenMessageListsNamesAndFittingBeans() {
		Yaml yaml = yaml("framing: lines").withBean("mine", new CustomFraming())
			.withBean("lf", new ByteArrayLfSerializer())
			.withBean("half", new DefaultSerializer());
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::server)
			.withMessage("'" + PATH + "framing' is 'lines' but must be one of "
					+ "line, crlf, nul, stx-etx, length1, length2, length4, length, hex8, delimiter, marked, fixed, "
					+ "escaped, octet-counting, ndjson, fix, scpi, idle-gap, raw, stream, end-of-stream, mine, lf");
	}

	@Test
	void whenFramingNamesBeanThatIsOnlySerializerThenItFails() {
		Yaml yaml = yaml("framing: half").withBean("half", new DefaultSerializer());
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::server)
			.withMessageStartingWith("'" + PATH + "framing' is 'half' but must be one of line, ")
			.withMessageEndingWith(
					"end-of-stream, or the name of a Framing bean or of one that is both Serializer and Deserializer; "
							+ "the bean 'half' is a " + DefaultSerializer.class.getName());
	}

	private static Framing framing(String... lines) {
		return yaml(lines).server().connection().framing();
	}

	private static Yaml yaml(String... lines) {
		return Yaml.of(PATH + "port: 0\n" + PATH + String.join("\n" + PATH, lines));
	}

	private static final class CustomFraming implements Framing {

		@Override
		public boolean next(FrameWindow window) {
			return false;
		}

		@Override
		public void encode(byte[] payload, FrameOutput output) {
			output.write(payload);
		}

	}

}
