package dev.sockets.codec;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JacksonCodecTests {

	private static final int DEEP = 100_000;

	private final Codec json = Codecs.json(new JsonMapper(), Object.class);

	private final Codec cbor = Codecs.cbor(new CBORMapper(), Object.class);

	private record Order(String item, int count) {
	}

	@Test
	void whenPayloadTypeIsSetThenPayloadIsOfIt() throws Exception {
		Codec orders = Codecs.json(new JsonMapper(), Order.class);
		assertThat(decode(orders, "{\"item\":\"tea\",\"count\":2}")).isEqualTo(new Order("tea", 2));
		assertThat(orders.encode(new Order("tea", 2))).asString().isEqualTo("{\"item\":\"tea\",\"count\":2}");
		assertThat(orders).hasToString("json (" + Order.class.getName() + ")");
	}

	@Test
	void whenPayloadTypeHasParametersThenPayloadIsOfIt() throws Exception {
		JsonMapper mapper = new JsonMapper();
		Codec orders = Codecs.json(mapper, mapper.getTypeFactory().constructCollectionType(List.class, Order.class));
		assertThat(decode(orders, "[{\"item\":\"tea\",\"count\":2}]")).isEqualTo(List.of(new Order("tea", 2)));
	}

	@Test
	void whenPayloadHasNoTypeThenItIsOfTheJdk() throws Exception {
		assertThat(decode(this.json, " {\"a\": [1, 1.5, true, null, \"ä\"]} ")).asString()
			.isEqualTo("{a=[1, 1.5, true, null, ä]}");
		assertThat(decode(this.json, "\"text\"")).isEqualTo("text");
		assertThat(decode(this.json, "7")).isEqualTo(7);
		assertThat(decode(this.json, "[]")).isEqualTo(List.of());
	}

	@Test
	void whenFrameIsPartOfBufferThenOnlyItIsRead() throws Exception {
		assertThat(this.json.decode("9[1]9".getBytes(StandardCharsets.UTF_8), 1, 3)).isEqualTo(List.of(1));
	}

	@Test
	void whenTextIsSentThenItIsJsonString() throws Exception {
		assertThat(this.json.encode("a\"b")).asString().isEqualTo("\"a\\\"b\"");
		assertThat(this.json.encode(new StringBuilder("{}"))).asString().isEqualTo("\"{}\"");
		assertThat(this.json.encode(new byte[] { 1, 2, 3 })).asString().isEqualTo("\"AQID\"");
	}

	@Test
	void whenMapperIndentsThenCodecDoesNot() throws Exception {
		JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
		assertThat(Codecs.json(mapper, Object.class).encode(Map.of("a", List.of("x\ny")))).asString()
			.isEqualTo("{\"a\":[\"x\\ny\"]}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "{} {}", "[1]x", "nul", "'a'", "{\"a\":}" })
	void whenTextIsNotOneValueThenItFails(String text) {
		assertThatException().isThrownBy(() -> decode(this.json, text));
	}

	@Test
	void whenValueIsNullThenThatIsThePayload() throws Exception {
		assertThat(decode(this.json, "null")).isNull();
		assertThat(this.json.encode(null)).asString().isEqualTo("null");
		assertThat(this.cbor.decode(new byte[] { (byte) 0xf6 }, 0, 1)).isNull();
		assertThat(this.cbor.encode(null)).containsExactly(0xf6);
	}

	@Test
	void whenJsonIsTooDeepThenItFails() {
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> decode(this.json, "[".repeat(DEEP)));
		assertThatExceptionOfType(JacksonException.class)
			.isThrownBy(() -> decode(this.json, "[".repeat(DEEP) + "]".repeat(DEEP)));
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> decode(this.json, "{\"a\":".repeat(DEEP)));
	}

	@Test
	void whenCborIsTooDeepThenItFails() {
		byte[] bytes = "\u0081".repeat(DEEP).getBytes(StandardCharsets.ISO_8859_1);
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> this.cbor.decode(bytes, 0, bytes.length));
	}

	/**
	 * Jackson would work on a value with a million tags for half a minute.
	 */
	@Test
	void whenValueHasManyTagsThenItFailsAtOnce() {
		for (String tag : new String[] { "\u00c1", "\u00d8\u0020", "\u00db\0\0\0\0\0\0\0\1" }) {
			for (String before : new String[] { "", "\u0082\u0001", "\u0082\u007f\u0063abc\u00ff" }) {
				assertThatIllegalArgumentException().isThrownBy(() -> decodeCbor(before + tag.repeat(1_000_000) + "\1"))
					.withMessage("A value has more than 64 tags");
			}
		}
	}

	@Test
	void whenValuesHaveSomeTagsOrBytesThatLookLikeTagsThenTheyAreRead() throws Exception {
		String tagged = "\u00c1".repeat(64) + "\1";
		assertThat(decodeCbor("\u0098\u0020" + tagged.repeat(32))).isEqualTo(Collections.nCopies(32, 1));
		String bytes = "\u00c1".repeat(2000);
		assertThat(decodeCbor("\u0059\u0007\u00d0" + bytes)).isEqualTo(bytes.getBytes(StandardCharsets.ISO_8859_1));
		assertThat(decodeCbor("\u005f\u0059\u0007\u00d0" + bytes + "\u00ff"))
			.isEqualTo(bytes.getBytes(StandardCharsets.ISO_8859_1));
	}

	@Test
	void whenLongValueIsCutAnywhereThenItIsTheParserThatFails() throws Exception {
		Map<String, Object> value = new LinkedHashMap<>();
		for (int i = 0; i < 50; i++) {
			value.put("key " + i,
					List.of("x".repeat(i), i << 16, 0.5, BigInteger.TWO.pow(70 + i), new byte[] { -63, 2 }));
		}
		byte[] bytes = this.cbor.encode(value);
		for (int length = 1025; length < bytes.length; length++) {
			int each = length;
			assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> this.cbor.decode(bytes, 0, each));
		}
		assertThat(this.cbor.decode(bytes, 0, bytes.length)).asString().contains("key 49");
	}

	private Object decodeCbor(String latin1) throws Exception {
		byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
		return this.cbor.decode(bytes, 0, bytes.length);
	}

	@Test
	void whenObjectContainsItselfThenItFails() {
		Object[] endless = new Object[1];
		endless[0] = endless;
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> this.json.encode(endless));
	}

	@Test
	void whenCborIsReadAndWrittenThenItIsTheSame() throws Exception {
		Codec orders = Codecs.cbor(new CBORMapper(), Order.class);
		byte[] bytes = orders.encode(new Order("tea", 10));
		assertThat(orders.decode(bytes, 0, bytes.length)).isEqualTo(new Order("tea", 10));
		byte[] binary = this.cbor.encode(new byte[] { 1, 2 });
		assertThat(binary).containsExactly(0x42, 1, 2);
		assertThat(this.cbor.decode(binary, 0, 3)).isEqualTo(new byte[] { 1, 2 });
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\u0001\u0001", "\u0082\u0001" })
	void whenBytesAreNotOneValueThenItFails(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
		assertThatException().isThrownBy(() -> this.cbor.decode(bytes, 0, bytes.length));
	}

	private static Object decode(Codec codec, String text) throws Exception {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return codec.decode(bytes, 0, bytes.length);
	}

}
