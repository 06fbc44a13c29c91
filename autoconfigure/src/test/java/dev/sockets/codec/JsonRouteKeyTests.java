package dev.sockets.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Keys of objects by which messages are routed.
 */
class JsonRouteKeyTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
			/type   | {"type":"login"}          | login
			/type   | {"type":7}                | 7
			/type   | {"type":true}             | true
			/a/b    | {"a":{"b":"x"}}           | x
			/a/1/b  | {"a":[{"b":1},{"b":"x"}]} | x
			/0      | ["open",1]                | open
			/a~1b   | {"a/b":"x"}               | x
			/a~0b   | {"a~b":"x"}               | x
			/       | {"":"x"}                  | x
			/1      | {"1":"x"}                 | x
			""")
	void whenThereIsAScalarThenItIsTheKey(String pointer, String json, String expected) throws Exception {
		assertThat(key(pointer, json)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
			/type   | {"kind":"login"}
			/type   | {"type":null}
			/type   | {"type":{"a":1}}
			/type   | {"type":["a"]}
			/type   | ["type"]
			/1      | ["a"]
			/01     | ["a","b"]
			/-      | ["a"]
			/a/b    | {"a":"b"}
			/type   | "type"
			/type   | 7
			""")
	void whenThereIsNoneThenTheMessageHasNoKey(String pointer, String json) throws Exception {
		assertThat(key(pointer, json)).isNull();
	}

	@Test
	void whenObjectsAreOfAClassThenTheKeyIsWhatTheCodecWouldWrite() throws Exception {
		Codec codec = Codecs.json(new JsonMapper(), Report.class);
		JsonRouteKey key = new JsonRouteKey("/of/type", codec);
		assertThat(key.of(new Report(new Kind("login")))).isEqualTo("login");
		assertThat(new JsonRouteKey("/of/name", codec).of(new Report(new Kind("login")))).isNull();
		assertThat(key.of(new Object())).isNull();
		Codec nodes = Codecs.json(new JsonMapper(), JsonNode.class);
		assertThat(new JsonRouteKey("/type", nodes).of(decode(nodes, "{\"type\":\"login\"}"))).isEqualTo("login");
	}

	@Test
	void whenTheCodecCannotConvertThenOnlyMapsAndListsHaveKeys() {
		JsonRouteKey key = new JsonRouteKey("/type", Codecs.bytes());
		assertThat(key.of(Map.of("type", "login"))).isEqualTo("login");
		assertThat(key.of(List.of("type"))).isNull();
		assertThat(key.of(new byte[] { 1 })).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "type", "/a~", "/a~2", "#/type" })
	void whenAPointerIsMalformedThenItIsRefused(String pointer) {
		Codec codec = Codecs.json();
		assertThatIllegalArgumentException().isThrownBy(() -> new JsonRouteKey(pointer, codec))
			.withMessage("'" + pointer + "' is no JSON pointer such as /type");
	}

	private static @Nullable Object key(String pointer, String json) throws Exception {
		Codec codec = Codecs.json();
		return new JsonRouteKey(pointer, codec).of(decode(codec, json));
	}

	private static Object decode(Codec codec, String json) throws Exception {
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		return codec.decode(bytes, 0, bytes.length);
	}

	record Report(Kind of) {

	}

	record Kind(@JsonProperty("type") String name) {

	}

}
