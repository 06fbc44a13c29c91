package dev.sockets.codec.pickle;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.codec.Tuple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What is written, a real Python reads.
 */
@Timeout(120)
class PickleWriteTests {

	private static Python python;

	private final PickleCodec codec = PickleCodec.builder().build();

	private final PickleCodec protocol3 = PickleCodec.builder().protocol(3).build();

	record Point(int x, List<String> tags) {
	}

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
		return Stream.of(arguments(null, "None"), arguments(true, "True"), arguments(false, "False"), arguments(0, "0"),
				arguments(255, "255"), arguments(256, "256"), arguments(65535, "65535"), arguments(65536, "65536"),
				arguments(-1, "-1"), arguments(Integer.MAX_VALUE, "2**31-1"), arguments(Integer.MIN_VALUE, "-2**31"),
				arguments(1L << 31, "2**31"), arguments(-(1L << 31) - 1, "-2**31-1"), arguments(-(1L << 39), "-2**39"),
				arguments(Long.MAX_VALUE, "2**63-1"), arguments(Long.MIN_VALUE, "-2**63"), arguments((short) -2, "-2"),
				arguments((byte) -2, "-2"), arguments(BigInteger.TEN, "10"),
				arguments(BigInteger.ONE.shiftLeft(63), "2**63"),
				arguments(BigInteger.ONE.shiftLeft(3000).negate(), "-2**3000"), arguments(1.5, "1.5"),
				arguments(1.5f, "1.5"), arguments(-0.0, "-0.0"), arguments(Double.NaN, "float('nan')"),
				arguments(Double.NEGATIVE_INFINITY, "float('-inf')"), arguments(Double.MIN_VALUE, "5e-324"));
	}

	private static Stream<Arguments> texts() {
		return Stream.of(arguments("", "''"), arguments("ä\0€\n", "'ä\\0€\\n'"),
				arguments("\uD83D\uDE00", "'\\U0001F600'"), arguments("\uD800", "'\\ud800'"),
				arguments("a\uDFFFb\uD800\uD83D\uDE00", "'a\\udfffb\\ud800\\U0001F600'"),
				arguments("x".repeat(255), "'x' * 255"), arguments("x".repeat(256), "'x' * 256"),
				arguments("ä".repeat(70000), "'ä' * 70000"), arguments(new StringBuilder("ab"), "'ab'"),
				arguments('c', "'c'"), arguments(DayOfWeek.MONDAY, "'MONDAY'"), arguments(new byte[0], "b''"),
				arguments(new byte[] { 0, -1, '.' }, "b'\\0\\xff.'"), arguments(new byte[256], "bytes(256)"),
				arguments(ByteBuffer.wrap(new byte[] { 1, 2, 3 }, 1, 1), "b'\\2'"));
	}

	private static Stream<Arguments> collections() {
		Map<Object, Object> map = new LinkedHashMap<>();
		map.put("b", 1);
		map.put(null, List.of());
		map.put(Tuple.of("a", Set.of(1)), null);
		return Stream.of(arguments(List.of(), "[]"), arguments(List.of(1), "[1]"),
				arguments(Arrays.asList("a", 1, null), "['a', 1, None]"), arguments(Tuple.of(), "()"),
				arguments(Tuple.of(1), "(1,)"), arguments(Tuple.of(1, 2), "(1, 2)"),
				arguments(Tuple.of(1, 2, 3), "(1, 2, 3)"),
				arguments(Tuple.of(1, 2, 3, Tuple.of(List.of())), "(1, 2, 3, ([],))"), arguments(Map.of(), "{}"),
				arguments(Map.of("a", 1), "{'a': 1}"),
				arguments(map, "{'b': 1, None: [], ('a', frozenset([1])): None}"), arguments(Set.of(), "set()"),
				arguments(Set.of(1), "{1}"), arguments(Set.of(1, Set.of(), Tuple.of()), "{1, frozenset(), ()}"),
				arguments(List.of(Set.of(2, 3)), "[{2, 3}]"), arguments(new int[] { 1, 2 }, "[1, 2]"),
				arguments(new String[] { "a" }, "['a']"),
				arguments(IntStream.range(0, 2500).boxed().toList(), "list(range(2500))"),
				arguments(new Point(1, List.of("a")), "(1, ['a'])"));
	}

	@ParameterizedTest
	@MethodSource("values")
	void whenValueIsSentThenPythonReadsIt(Object value, String expression) {
		python.assertReads(this.codec.encode(value), expression);
		python.assertReads(this.protocol3.encode(value), expression);
	}

	@ParameterizedTest
	@ValueSource(strings = { "None", "1", "'ä'", "(b'A', 7, ('Bien reçu', 10))", "[[], [1], [2, 3], {}]",
			"{'a': {}, 'b': {'c': (1, 2, 3, 4)}}", "{5}", "{frozenset([6]): 7}", "2**70", "[1.5, True]",
			"list(map(str, range(300)))", "shop.Order('tea', 2)", "shop.Outer.Inner(1)", "ValueError('boom')" })
	void whenProtocolIs3ThenBytesAreThoseOfPython(String expression) {
		byte[] pickle = python.dumps(expression, 3);
		Object value = this.codec.decode(pickle, 0, pickle.length);
		assertThat(this.protocol3.encode(value)).isEqualTo(pickle);
	}

	@Test
	void whenRequestGoesToEsp32ThenItFindsItsBytes() {
		byte[] request = this.protocol3.encode(Tuple.of(new byte[] { 'R' }, 0x41, 0x1234567890L, Tuple.of(), Map.of()));
		assertThat(HexFormat.of().formatHex(request))
			.startsWith("800328" + "430152" + "7100" + "4b41" + "8a059078563412");
	}

	@Test
	void whenProtocolIs4ThenItIsOneFrameWithoutMemo() {
		byte[] pickle = this.codec.encode(Tuple.of("Bien reçu", 10));
		assertThat(HexFormat.of().formatHex(pickle))
			.isEqualTo("800495" + "1000000000000000" + "8c0a4269656e207265c3a775" + "4b0a" + "86" + "2e");
		byte[] large = this.codec.encode("x".repeat(200_000));
		assertThat(HexFormat.of().formatHex(large, 0, 11)).isEqualTo("800495" + "460d030000000000");
	}

	@Test
	void whenClassIsNotMappedThenItsNameIsNotSent() {
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> this.codec.encode(List.of(new Thread())))
			.withMessageContaining("Codec pickle cannot send a java.lang.Thread: map its class in pickle.classes")
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.CODEC_FAILED));
	}

	@Test
	void whenValueContainsItselfThenItIsRefused() {
		Object[] endless = new Object[1];
		endless[0] = endless;
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> this.codec.encode(endless))
			.withMessageContaining("500 levels")
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.CODEC_FAILED));
	}

	@Test
	void whenKeyMayChangeThenItIsRefused() {
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> this.codec.encode(Map.of(List.of(1), 1)))
			.withMessageContaining("a list as a key");
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> this.codec.encode(Set.of(Tuple.of(Map.of()))))
			.withMessageContaining("a map as a key");
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 2, 5 })
	void whenProtocolIsNotWrittenThenItIsRefused(int protocol) {
		assertThatIllegalArgumentException().isThrownBy(() -> PickleCodec.builder().protocol(protocol));
	}

}
