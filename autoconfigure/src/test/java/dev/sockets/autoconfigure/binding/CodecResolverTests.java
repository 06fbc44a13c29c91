package dev.sockets.autoconfigure.binding;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

import dev.sockets.InvalidSettingException;
import dev.sockets.SocketOperationException;
import dev.sockets.autoconfigure.Yaml;
import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;
import dev.sockets.codec.PickledObject;
import dev.sockets.codec.pickle.PickleCodec;
import dev.sockets.tcp.Heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CodecResolverTests {

	private static final String PATH = "sockets.tcp.server.echo.";

	private static final String ORDER = "dev.sockets.autoconfigure.binding.CodecResolverTests$Order";

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
			.withMessage(
					"'" + PATH + "codec' is 'yaml' but must be one of text, bytes, json, cbor, pickle, object, mine");
	}

	@Test
	void whenThereIsNoCodecBeanThenMessageSaysThatItCanBe() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml("codec: ''")::server)
			.withMessage("'" + PATH
					+ "codec' is '' but must be one of text, bytes, json, cbor, pickle, object, or the name of a Codec bean, or left out");
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
					+ "' but must be the full name of a class on the class path"
					+ (type.equals("''") ? ", or left out" : ""));
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
	@CsvSource({ "line, cbor", "crlf, cbor", "nul, cbor", "stx-etx, cbor", "delimiter, cbor", "line, pickle",
			"delimiter, pickle" })
	void whenFramingCannotCarryAnyBytesThenBinaryCodecFails(String framing, String codec) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(yaml("codec: " + codec, "framing: " + framing,
					framing.equals("delimiter") ? "framing-options.delimiter: ;" : "max-frame-size: 1KB")::server)
			.withMessage("'" + PATH + "framing' is '" + framing + "' but must be one that carries any bytes, "
					+ "as the codec '" + codec + "' sends them, such as length4");
	}

	@Test
	void whenCodecIsPickleThenDefaultsAreThoseOfTheBuilder() {
		assertThat(yaml("codec: pickle", "framing: stream").server().connection().codec()).usingRecursiveComparison()
			.isEqualTo(PickleCodec.builder().build());
	}

	@Test
	void whenPickleIsForRequestsByOpcodeThenObjectsThatDoNotFitAreKept() throws Exception {
		String classes = "pickle.classes[shop.Order]: " + Order.class.getName();
		PickledObject unfit = PickledObject.instance("shop", "Order").withState(Map.of("itemName", List.of()));
		byte[] pickle = PickleCodec.builder().build().encode(unfit);
		for (String rpc : List.of("profile: tcptalks", "rpc.handlers: concurrent")) {
			Codec codec = yaml("codec: pickle", "framing: length4", rpc, classes).server().connection().codec();
			assertThat(codec.decode(pickle, 0, pickle.length)).isEqualTo(unfit);
		}
		Codec codec = yaml("codec: pickle", "framing: length4", classes).server().connection().codec();
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> codec.decode(pickle, 0, pickle.length));
	}

	@Test
	void whenPickleHasProtocolAndClassesThenCodecHasThem() throws Exception {
		Codec codec = yaml("codec: pickle", "framing: stream", "pickle.protocol: 3",
				"pickle.classes.shop.Order: " + Order.class.getName(),
				"pickle.classes[my_shop.stock.Item]: " + Item.class.getName())
			.server()
			.connection()
			.codec();
		byte[] pickle = codec.encode(List.of(new Order("tea"), new Item(1)));
		assertThat(pickle).startsWith(0x80, 3)
			.asString(StandardCharsets.ISO_8859_1)
			.contains("cshop\nOrder\n")
			.contains("cmy_shop.stock\nItem\n");
		assertThat(codec.decode(pickle, 0, pickle.length)).isEqualTo(List.of(new Order("tea"), new Item(1)));
	}

	@Test
	void whenDefaultsHavePickleClassesThenEntryAddsToThem() throws Exception {
		Yaml yaml = Yaml.of("""
				sockets.tcp:
				  server-defaults.pickle.classes: {shop.Order: %s}
				  server.echo:
				    port: 0
				    codec: pickle
				    framing: length4
				    pickle.classes: {shop.Item: %s}
				""".formatted(Order.class.getName(), Item.class.getName()));
		assertThat(yaml.server().connection().codec().encode(List.of(new Order("tea"), new Item(1))))
			.asString(StandardCharsets.ISO_8859_1)
			.contains("shop", "Order", "Item");
	}

	@Test
	void whenPickleProtocolIsNotWrittenThenItFails() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(yaml("codec: pickle", "framing: stream", "pickle.protocol: 5")::server)
			.withMessage("'" + PATH + "pickle.protocol' is '5' but must be 3 or 4");
	}

	@ParameterizedTest
	@CsvSource({ "shop.Order, no.such.Order", "shop.Order, java.lang.Number", "Order, " + ORDER,
			"shop.Order, java.lang.Comparable" })
	void whenPickleClassIsOfNoUseThenItFails(String python, String type) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(yaml("codec: pickle", "framing: stream", "pickle.classes[" + python + "]: " + type)::server)
			.withMessage("'" + PATH + "pickle.classes[" + python + "]' is '" + type
					+ "' but must be the full name of a record or bean on the class path, for one class of Python "
					+ "with its module, such as shop.Order");
	}

	@Test
	void whenCodecIsNotPickleThenItsKeysFail() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml("pickle.protocol: 4")::server)
			.withMessage("'" + PATH + "pickle.protocol' is '4' but must be left out: the codec 'text' does not use it");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(yaml("pickle.classes[shop.Order]: " + ORDER)::server)
			.withMessage("'" + PATH + "pickle.classes' is '{shop.Order=" + ORDER
					+ "}' but must be left out: the codec 'text' does not use it");
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

	private record Item(int number) {
	}

	@Test
	void whenCodecIsObjectThenItHasTheAllowedClasses() {
		assertThat(yaml("codec: object", "framing: length4", "allowed-classes: com.example.Order, java.util.*").server()
			.connection()
			.codec()).hasToString("object [com.example.Order, java.util.*]");
	}

	@Test
	void whenNoClassesAreAllowedThenCodecObjectIsRefused() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(yaml("codec: object", "framing: length4")::server)
			.withMessageStartingWith("'" + PATH + "allowed-classes' is not set but must be a list of the classes that "
					+ "may be received: full names such as com.example.Order");
	}

	@ParameterizedTest
	@ValueSource(strings = { "'*'", "'**'", "'.*'", "'com..Order'", "'com.*.Order'", "'com.example. Order'",
			"'!com.Order'", "'com.example.Order,*'" })
	void whenWhatIsAllowedIsNoClassThenItFails(String classes) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(yaml("codec: object", "framing: length4", "allowed-classes: [" + classes + "]")::server)
			.withMessageStartingWith("'" + PATH + "allowed-classes' is '");
	}

	@ParameterizedTest
	@ValueSource(strings = { "line", "crlf", "nul", "stx-etx", "raw", "stream" })
	void whenFramingDoesNotCarryObjectsThenItFails(String framing) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(yaml("codec: object", "framing: " + framing, "allowed-classes: java.util.*")::server)
			.withMessage("'" + PATH + "framing' is '" + framing + "' but must be one that carries any bytes of any "
					+ "length, as the codec 'object' sends them, such as length4");
	}

	@Test
	void whenAnotherCodecHasAllowedClassesThenItFails() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(yaml("codec: bytes", "allowed-classes: [java.util.ArrayList]")::server)
			.withMessageStartingWith("'" + PATH + "allowed-classes' is ")
			.withMessageEndingWith("but must be left out: the codec 'bytes' does not use it");
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
