package dev.sockets.codec.pickle;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.codec.Tuple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What a real Python pickles is read, in every protocol.
 */
@Timeout(120)
class PickleReadTests {

	private static final int HIGHEST_PROTOCOL = 5;

	private static Python python;

	private final PickleCodec codec = PickleCodec.builder().build();

	@BeforeAll
	static void startPython() throws IOException {
		python = Python.start();
	}

	@AfterAll
	static void stopPython() throws IOException {
		if (python != null) {
			python.close();
		}
	}

	static Stream<Arguments> values() {
		return Stream.of(scalars(), texts(), collections()).flatMap((values) -> values);
	}

	private static Stream<Arguments> scalars() {
		return Stream.of(arguments("None", null), arguments("True", true), arguments("False", false), arguments("0", 0),
				arguments("255", 255), arguments("256", 256), arguments("65535", 65535), arguments("65536", 65536),
				arguments("-1", -1), arguments("2**31-1", Integer.MAX_VALUE), arguments("-2**31", Integer.MIN_VALUE),
				arguments("2**31", 1L << 31), arguments("-2**31-1", -(1L << 31) - 1),
				arguments("2**63-1", Long.MAX_VALUE), arguments("-2**63", Long.MIN_VALUE),
				arguments("2**63", BigInteger.ONE.shiftLeft(63)),
				arguments("-2**63-1", BigInteger.ONE.shiftLeft(63).not()),
				arguments("2**64-1", BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE)),
				arguments("-2**3000", BigInteger.ONE.shiftLeft(3000).negate()), arguments("1.5", 1.5),
				arguments("0.1", 0.1), arguments("-0.0", -0.0), arguments("1e308", 1e308),
				arguments("5e-324", Double.MIN_VALUE), arguments("float('nan')", Double.NaN),
				arguments("float('inf')", Double.POSITIVE_INFINITY),
				arguments("float('-inf')", Double.NEGATIVE_INFINITY));
	}

	private static Stream<Arguments> texts() {
		return Stream.of(arguments("''", ""), arguments("'a'", "a"),
				arguments("'ä\\0€\\r\\n\\t\\x1a'", "ä\0€\r\n\t\u001a"), arguments("'\\U0001F600'", "\uD83D\uDE00"),
				arguments("'\\\\ \\\\u0041 \\\\\\\\u'", "\\ \\u0041 \\\\u"), arguments("'\\ud800'", "\uD800"),
				arguments("'a\\udfffb\\ud800'", "a\uDFFFb\uD800"),
				arguments("'\\udc00\\ud800\\ufffd'", "\uDC00\uD800\uFFFD"), arguments("'x' * 300", "x".repeat(300)),
				arguments("'ä' * 70000", "ä".repeat(70000)), arguments("b''", bytes("")),
				arguments("b'\\0\\xff'", bytes("\0\u00FF")), arguments("b'x' * 300", bytes("x".repeat(300))),
				arguments("bytearray(b'')", bytes("")), arguments("bytearray(b'\\0\\xff.')", bytes("\0\u00FF.")));
	}

	private static Stream<Arguments> collections() {
		return Stream.of(arguments("[]", List.of()), arguments("[1]", List.of(1)),
				arguments("['a', 1, None]", Arrays.asList("a", 1, null)), arguments("()", Tuple.of()),
				arguments("(1,)", Tuple.of(1)), arguments("(1, 2)", Tuple.of(1, 2)),
				arguments("(1, 2, 3)", Tuple.of(1, 2, 3)),
				arguments("(1, 2, 3, (4, []))", Tuple.of(1, 2, 3, Tuple.of(4, List.of()))), arguments("{}", Map.of()),
				arguments("{'a': 1}", Map.of("a", 1)),
				arguments("{(1, 'a'): [{}], None: 2}", mapOf(Tuple.of(1, "a"), List.of(Map.of()), null, 2)),
				arguments("collections.OrderedDict(a=1)", Map.of("a", 1)), arguments("set()", Set.of()),
				arguments("{1}", Set.of(1)), arguments("{1, 'a', (2,)}", Set.of(1, "a", Tuple.of(2))),
				arguments("frozenset()", Set.of()), arguments("frozenset([1, 2])", Set.of(1, 2)),
				arguments("{frozenset([1]), frozenset()}", Set.of(Set.of(1), Set.of())),
				arguments("list(range(2500))", IntStream.range(0, 2500).boxed().toList()));
	}

	@ParameterizedTest
	@MethodSource("values")
	void whenPythonSendsValueThenItIsReadInEveryProtocol(String expression, Object value) {
		for (int protocol = 0; protocol <= HIGHEST_PROTOCOL; protocol++) {
			Object read = read(expression, protocol);
			assertThat(read).as("protocol " + protocol).isEqualTo(value);
			if (value != null && !(value instanceof Collection) && !(value instanceof Map)) {
				assertThat(read).as("protocol " + protocol).hasSameClassAs(value);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5 })
	void whenPythonSendsTupleOrListThenTheyAreToldApart(int protocol) {
		assertThat(read("(1, [2, (3,)])", protocol)).isInstanceOfSatisfying(Tuple.class, (tuple) -> {
			assertThat(tuple.get(1)).isInstanceOf(ArrayList.class);
			assertThat((List<?>) tuple.get(1)).element(1).isInstanceOf(Tuple.class);
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5 })
	void whenPythonSendsDictThenItsOrderIsKept(int protocol) {
		assertThat((Map<?, ?>) read("{str(i): i for i in range(2000, 0, -1)}", protocol)).extracting(Map::keySet)
			.asInstanceOf(InstanceOfAssertFactories.COLLECTION)
			.containsExactlyElementsOf(IntStream.range(0, 2000).mapToObj((i) -> String.valueOf(2000 - i)).toList());
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5 })
	void whenPartIsSharedThenItIsReadOnce(int protocol) {
		List<?> list = (List<?>) read("shop.shared()", protocol);
		assertThat(list.get(1)).isSameAs(list.get(0)).isEqualTo(List.of("x"));
		Tuple tuple = (Tuple) list.get(2);
		assertThat(tuple.get(0)).isSameAs(list.get(0));
		assertThat(((Map<?, ?>) tuple.get(1)).get("part")).isSameAs(list.get(0));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5 })
	void whenBytesAreKeyThenTheyAreFoundByContent(int protocol) {
		assertThat((Map<?, ?>) read("{b'ab': 1, (b'c',): 2}", protocol))
			.isEqualTo(Map.of(ByteBuffer.wrap(bytes("ab")), 1, Tuple.of(ByteBuffer.wrap(bytes("c"))), 2));
		assertThat(read("{b'ab'}", protocol)).isEqualTo(Set.of(ByteBuffer.wrap(bytes("ab"))));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2, 4 })
	void whenMessageIsLargeThenItIsRead(int protocol) {
		assertThat(read("list(range(200000))", protocol)).isEqualTo(IntStream.range(0, 200_000).boxed().toList());
	}

	@Test
	void whenFrozenSetIsReadThenItDoesNotChange() {
		assertThat((Set<?>) read("frozenset([1])", 4)).isUnmodifiable();
		assertThat((Set<?>) read("frozenset([1])", 3)).isUnmodifiable();
	}

	@Test
	void whenTopLevelIsNoneThenReaderReturnsNull() {
		assertThat(this.codec.decode(new byte[] { 'N', '.' }, 0, 2)).isNull();
	}

	private Object read(String expression, int protocol) {
		byte[] pickle = python.dumps(expression, protocol);
		byte[] buffer = new byte[pickle.length + 2];
		System.arraycopy(pickle, 0, buffer, 1, pickle.length);
		return this.codec.decode(buffer, 1, pickle.length);
	}

	private static byte[] bytes(String latin1) {
		return latin1.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static Map<Object, Object> mapOf(Object... keysAndValues) {
		return Keys.map(keysAndValues);
	}

}
