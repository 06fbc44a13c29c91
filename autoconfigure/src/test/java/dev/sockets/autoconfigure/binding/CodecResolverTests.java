package dev.sockets.autoconfigure.binding;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.Yaml;
import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;
import dev.sockets.tcp.Heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CodecResolverTests {

	private static final String PATH = "sockets.tcp.server.echo.";

	@Test
	void whenCodecIsTextThenItHasTheCharset() {
		assertThat(yaml("charset: utf-16le", "framing: length4").server().connection().codec())
			.usingRecursiveComparison()
			.isEqualTo(Codecs.text(StandardCharsets.UTF_16LE));
	}

	@Test
	void whenCodecIsBytesThenItIs() {
		assertThat(yaml("codec: bytes").server().connection().codec()).isSameAs(Codecs.bytes());
	}

	@Test
	void whenCodecNamesBeanThenItIsUsed() {
		Codec bean = new CustomCodec();
		assertThat(yaml("codec: mine").withBean("mine", bean).server().connection().codec()).isSameAs(bean);
	}

	@Test
	void whenCodecIsUnknownThenMessageListsNamesAndBeans() {
		Yaml yaml = yaml("codec: yaml").withBean("mine", new CustomCodec()).withBean("other", "no codec");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::server)
			.withMessage("'" + PATH + "codec' is 'yaml' but must be one of text, bytes, json, cbor, mine");
	}

	@Test
	void whenThereIsNoCodecBeanThenMessageSaysThatItCanBe() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml("codec: ''")::server)
			.withMessage("'" + PATH
					+ "codec' is '' but must be one of text, bytes, json, cbor, or the name of a Codec bean");
	}

	@Test
	void whenCodecDoesNotUseCharsetThenItFails() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(yaml("codec: bytes", "charset: UTF-8")::server)
			.withMessage("'" + PATH + "charset' is 'UTF-8' but must be left out: the codec 'bytes' does not use it");
	}

	@Test
	void whenMessageIsConfiguredThenCharsetIsOfUseToEveryCodec() {
		assertThat(yaml("codec: bytes", "charset: ISO-8859-1", "busy-message: voilà").server().busyMessage())
			.isEqualTo("voilà".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(yaml("codec: bytes", "charset: ISO-8859-1", "goodbye-message: voilà").server().goodbyeMessage())
			.isEqualTo("voilà".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(yaml("codec: bytes", "charset: ISO-8859-1", "heartbeat.interval: 1s", "heartbeat.message: voilà")
			.server()
			.connection()
			.heartbeat()).extracting(Heartbeat::message).isEqualTo("voilà".getBytes(StandardCharsets.ISO_8859_1));
	}

	@ParameterizedTest
	@CsvSource({ "line, UTF-16", "line, UTF-32LE", "crlf, UTF-16BE", "nul, UTF-16LE", "stx-etx, UTF-32",
			"stream, UTF-16", "stream, IBM037" })
	void whenFramingLooksForAsciiThenCharsetWithoutItFails(String framing, String charset) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(yaml("framing: " + framing, "charset: " + charset)::server)
			.withMessage("'" + PATH + "charset' is '" + charset
					+ "' but must be one that contains ASCII, as UTF-8 does: the framing '" + framing
					+ "' looks for ASCII characters. The framing 'length4' fits any charset");
	}

	@ParameterizedTest
	@CsvSource({ "line, ISO-8859-15", "crlf, windows-1252", "stream, US-ASCII", "nul, Shift_JIS", "length2, UTF-16",
			"raw, UTF-32", "stx-etx, EUC-JP" })
	void whenFramingFindsItsBytesThenCharsetIsUsed(String framing, String charset) {
		assertThat(yaml("framing: " + framing, "charset: " + charset).server().connection().codec())
			.usingRecursiveComparison()
			.isEqualTo(Codecs.text(Charset.forName(charset)));
	}

	@Test
	void whenCharsetCanOnlyDecodeThenItFails() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml("charset: x-JISAutoDetect")::server)
			.withMessage("'" + PATH + "charset' is 'x-JISAutoDetect' but must be a charset that can encode too, "
					+ "such as UTF-8");
	}

	@Test
	void whenDefaultsHaveCharsetThenOtherCodecsLeaveItAlone() {
		assertThat(Yaml.of("""
				sockets.tcp:
				  server-defaults.charset: ISO-8859-1
				  server.echo:
				    port: 0
				    codec: bytes
				""").server().connection().codec()).isSameAs(Codecs.bytes());
	}

	@Test
	void whenThereIsMapperThenCodecUsesIt() throws Exception {
		JsonMapper json = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
		CBORMapper cbor = CBORMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
		String type = "payload-type: " + Order.class.getName();
		Order order = new Order("tea");
		assertThat(yaml("codec: json", type).withBean("json", json)
			.withBean("cbor", cbor)
			.server()
			.connection()
			.codec()
			.encode(order)).asString().isEqualTo("{\"item_name\":\"tea\"}");
		assertThat(yaml("codec: cbor", "framing: length4", type).withBean("json", json)
			.withBean("cbor", cbor)
			.server()
			.connection()
			.codec()
			.encode(order)).asString().contains("item_name");
	}

	@Test
	void whenThereIsNoMapperThenPayloadTypeIsStillUsed() throws Exception {
		Codec codec = yaml("codec: json", "payload-type: " + Order.class.getName()).server().connection().codec();
		assertThat(codec.decode("{\"itemName\":\"tea\"}".getBytes(StandardCharsets.UTF_8), 0, 18))
			.isEqualTo(new Order("tea"));
	}

	@Test
	void whenThereIsNoPayloadTypeThenItIsObject() {
		assertThat(yaml("codec: json").server().connection().codec()).hasToString("json (java.lang.Object)");
		assertThat(yaml("codec: cbor", "framing: length2").server().connection().codec())
			.hasToString("cbor (java.lang.Object)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "no.such.Order", "''", "a b" })
	void whenPayloadTypeIsUnknownThenItFailsWithItsPath(String type) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(yaml("codec: json", "payload-type: " + type)::server)
			.withMessage("'" + PATH + "payload-type' is '" + type.replace("'", "")
					+ "' but must be the full name of a class on the class path");
	}

	@Test
	void whenCodecDoesNotUsePayloadTypeThenItFails() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(yaml("payload-type: java.lang.String")::server)
			.withMessage("'" + PATH + "payload-type' is 'java.lang.String' but must be left out: "
					+ "the codec 'text' does not use it");
	}

	@Test
	void whenDefaultsHavePayloadTypeThenOtherCodecsLeaveItAlone() {
		assertThat(Yaml.of("""
				sockets.tcp:
				  server-defaults.payload-type: no.such.Order
				  server.echo:
				    port: 0
				    codec: bytes
				""").server().connection().codec()).isSameAs(Codecs.bytes());
	}

	@ParameterizedTest
	@ValueSource(strings = { "line", "crlf", "nul", "stx-etx", "delimiter" })
	void whenFramingCannotCarryAnyBytesThenCborFails(String framing) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(yaml("codec: cbor", "framing: " + framing,
					framing.equals("delimiter") ? "framing-options.delimiter: ;" : "max-frame-size: 1KB")::server)
			.withMessage("'" + PATH + "framing' is '" + framing
					+ "' but must be one that carries any bytes, as the codec 'cbor' sends them, such as length4");
	}

	@Test
	void whenFramingIsStreamThenCborFails() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(yaml("codec: cbor", "framing: stream")::server)
			.withMessage("'" + PATH + "framing' is 'stream' but must be another one with the codec 'cbor', "
					+ "such as length4: stream finds the end of JSON only, not yet of CBOR");
	}

	private record Order(String itemName) {
	}

	private static Yaml yaml(String... lines) {
		return Yaml.of(PATH + "port: 0\n" + PATH + String.join("\n" + PATH, lines));
	}

	private static final class CustomCodec implements Codec {

		@Override
		public Object decode(byte[] buffer, int offset, int length) {
			return length;
		}

		@Override
		public byte[] encode(Object payload) {
			return new byte[0];
		}

	}

}
