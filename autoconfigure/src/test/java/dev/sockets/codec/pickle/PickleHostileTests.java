package dev.sockets.codec.pickle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.codec.PickledObject;
import dev.sockets.codec.Tuple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Pickles that are made to harm load nothing and cost no more than their bytes and the
 * limits allow.
 */
@Timeout(60)
class PickleHostileTests {

	private static final int MEGABYTE = 1 << 20;

	private static final String OCCURRENCES = "elements where its shared parts occur";

	private static final int FRAME = 64 * 1024;

	private final PickleCodec codec = PickleCodec.builder().build();

	@Test
	void whenPickleCallsFunctionThenItIsOnlyNamed() {
		assertThat(decode("cos\nsystem\n(S'touch /tmp/pwned'\ntR."))
			.isEqualTo(PickledObject.call("os", "system", "touch /tmp/pwned"));
		assertThat(decode("(S'touch /tmp/pwned'\nios\nsystem\n."))
			.isEqualTo(PickledObject.call("os", "system", "touch /tmp/pwned"));
		assertThat(decode("c__builtin__\neval\n(V1+1\ntR.")).isEqualTo(PickledObject.call("builtins", "eval", "1+1"));
		assertThat(decode("\u0080\u0003cjava.lang\nRuntime\n)\u0081."))
			.isEqualTo(PickledObject.instance("java.lang", "Runtime"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "42ffffff7f", "42ffffffff", "58ffffff7f", "54ffffff7f", "54ffffffff", "8bffffff7f",
			"8bffffffff", "8effffffffffffff7f", "8e0000004000000000", "8d0000004000000000", "960000004000000000",
			"8effffffffffffffff", "43ff", "55ff", "8cff", "8aff", "4a0000", "47000000", "4d00" })
	void whenLengthIsMoreThanIsThereThenNothingIsAllocated(String hex) {
		byte[] pickle = HexFormat.of().parseHex(hex);
		assertThat(Cost.of(() -> assertRefused(pickle, "ends too early"))).isLessThan(MEGABYTE);
	}

	@Test
	void whenFrameIsTooLongThenItsLengthMeansNothing() {
		assertThat(decode(HexFormat.of().parseHex("800495ffffffffffffff7f4e2e"))).isNull();
	}

	@Test
	void whenNestingIsDeepThenItIsRefused() {
		int depth = FRAME / 2 - 1;
		assertRefused("]".repeat(depth) + "a".repeat(depth - 1) + ".", "more than 500 levels");
		assertRefused("N" + "\u0085".repeat(depth) + ".", "more than 500 levels");
		assertRefused("(".repeat(depth) + "l".repeat(depth) + ".", "more than 500 levels");
		assertRefused("(".repeat(depth) + "\u0091".repeat(depth) + ".", "more than 500 levels");
		assertRefused("\u0080\u0004" + "}N".repeat(FRAME / 4) + "}" + "s".repeat(FRAME / 4) + ".",
				"more than 500 levels");
		assertRefused("\u0080\u0004c__main__\nA\nq\0" + "h\0".repeat(10000) + ")" + "R\u0085".repeat(10000) + ".",
				"more than 500 levels");
		assertRefused("(".repeat(FRAME), "ends too early");
	}

	@Test
	void whenNestingIsOfTheLimitThenItIsReadAndWritten() {
		for (String pickle : List.of("]".repeat(500) + "a".repeat(499) + ".", "N" + "\u0085".repeat(500) + ".")) {
			Object value = decode(pickle);
			assertThat(decode(this.codec.encode(value))).isEqualTo(value);
		}
		assertRefused("]".repeat(501) + "a".repeat(500) + ".", "more than 500 levels");
	}

	@Test
	void whenSharedPartsMultiplyThenTheyAreRefused() {
		String list = "](N" + "2".repeat(9) + "eq\0";
		assertRefused(multiplied(list, "](", "e", 30), OCCURRENCES);
		assertRefused(multiplied("NNN\u0087q\0", "(", "t", 30), OCCURRENCES);
		assertThat(decode(multiplied("NNN\u0087q\0", "(", "t", 4))).isInstanceOf(Tuple.class);
	}

	/**
	 * Ten times the last, ten times over: {@code [[l, l, …], [l, l, …], …]}.
	 */
	private static String multiplied(String first, String begin, String end, int levels) {
		return IntStream.range(0, levels)
			.mapToObj((i) -> "0" + begin + ("h" + (char) i).repeat(10) + end + "q" + (char) (i + 1))
			.collect(Collectors.joining("", first, "."));
	}

	@Test
	void whenSharedPartMakesNestingDeepThenItIsRefused() {
		String part = "N" + "\u0085".repeat(300) + "q\0";
		assertThat(decode("(" + part + "h\0" + "\u0085".repeat(199) + "t.")).isInstanceOf(Tuple.class);
		assertRefused("(" + part + "h\0" + "\u0085".repeat(200) + "t.", "more than 500 levels");
		String first = "(N" + "\u0085".repeat(300) + "]tq\0";
		assertRefused("(" + first + "h\0" + "\u0085".repeat(200) + "t.", "more than 500 levels");
	}

	@Test
	void whenLongPartIsSharedThenEachTimeCounts() {
		for (String part : List.of("X" + int4(30_000) + "x".repeat(30_000), "B" + int4(30_000) + "x".repeat(30_000),
				"\u008b" + int4(30_000) + "x".repeat(30_000))) {
			assertThat(decode("](" + part + "q\0" + "h\0".repeat(200) + "e."))
				.asInstanceOf(InstanceOfAssertFactories.LIST)
				.hasSize(201);
			assertRefused("](" + part + "q\0" + "h\0".repeat(400) + "e.", OCCURRENCES);
			assertRefused("}(" + part + "q\0" + "Nh\0".repeat(400) + "Nu.", OCCURRENCES);
		}
	}

	@Test
	void whenSharedPartIsCopiedThenItCostsNoMoreThanItMay() {
		String text = "X" + int4(30_000) + "x".repeat(30_000) + "q\0Vlatin1\nq\1c_codecs\nencode\nq\2";
		assertThat(decode(text + "h\0h\1\u0086R.")).isEqualTo("x".repeat(30_000).getBytes(StandardCharsets.US_ASCII));
		assertCheap("]" + text + "000" + "h\2h\0h\1\u0086Ra".repeat(1000) + ".");
		String list = "]("
				+ IntStream.range(0, 4000).mapToObj((i) -> "M" + int4(i).substring(0, 2)).collect(Collectors.joining())
				+ "eq\0c__builtin__\nset\nq\1";
		assertCheap("]" + list + "00" + "h\1h\0\u0085Ra".repeat(5000) + ".");
	}

	private void assertCheap(String pickle) {
		assertThat(Cost.of(() -> assertRefused(pickle, OCCURRENCES))).isLessThan(20 * MEGABYTE);
	}

	@Test
	void whenHashCodesAreAlikeThenKeysAreRefused() {
		assertRefused("(" + alike("\u0086") + "\u0091.", "more than 256 keys of one hash code");
		assertRefused("}(" + alike("\u0086N") + "u.", "more than 256 keys of one hash code");
	}

	private static String alike(String end) {
		return IntStream.range(0, 257)
			.mapToObj((i) -> "J" + int4(-i) + "J" + int4(31 * i) + end)
			.collect(Collectors.joining());
	}

	@Test
	void whenValueContainsItselfThenItIsRefused() {
		assertRefused("]q\0h\0a.", "contains itself");
		assertRefused("}q\0Nh\0s.", "contains itself");
		assertRefused("]q\0h\0\u0085a.", "contains itself");
		assertRefused("c__main__\nA\n)\u0081q\0}Vme\nh\0sb.", "contains itself");
		assertRefused("c__main__\nA\n)\u0081q\0h\0a.", "contains itself");
		assertRefused("}q\0h\0\u0085Ns.", "contains itself");
	}

	@Test
	void whenMemoIsLargeThenItCostsNoMoreThanThePickle() {
		byte[] sparse = latin1("N" + "r" + "\u00ff\u00ff\u00ff\u007f" + ".");
		assertThat(Cost.of(() -> assertRefused(sparse, "a memo index"))).isLessThan(MEGABYTE);
		byte[] lessSparse = latin1("Nr\u00a0\u00bb\r\0.");
		assertThat(Cost.of(() -> assertRefused(lessSparse, "a memo index"))).isLessThan(MEGABYTE);
		assertRefused("Nr\u00ff\u00ff\u00ff\u00ff.", "a memo index");
		assertRefused("Np99999999999999999999\n.", "a memo index");
		assertRefused("Np-1\n.", "a memo index");
		assertRefused("h\0.", "a memo index of 0 that has no value");
		assertRefused("g-1\n.", "a memo index");
		byte[] dense = latin1("N" + "\u0094".repeat(FRAME) + ".");
		assertThat(Cost.of(() -> assertThat(decode(dense)).isNull())).isLessThan(2 * MEGABYTE);
	}

	@Test
	void whenLimitsAreSmallerThenTheyHold() {
		PickleCodec small = PickleCodec.builder().limits(new PickleLimits(3, 10, 2)).build();
		assertThat(decode(small, "]" + ")a".repeat(9) + ".")).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(9);
		assertRefused(small, "]" + ")a".repeat(10) + ".", "more than 10 containers");
		assertRefused(small, "]]]]aaa.", "more than 3 levels");
		assertRefused(small, "N\u0094\u0094\u0094.", "a memo index of 2");
		assertThatIllegalArgumentException().isThrownBy(() -> new PickleLimits(0, 1, 1));
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> small.encode(List.of(List.of(List.of(List.of())))))
			.withMessageContaining("more than 3 levels");
	}

	@Test
	void whenPickleIsLongThenItsCostGrowsWithItsBytes() {
		for (String piece : List.of("]", "}", ")", "\u008f", "(Ne", "Na", "NNs", "2", "(1", "c\n\n", "(l", "(d")) {
			long little = cost(piece, FRAME);
			long much = cost(piece, 4 * FRAME);
			assertThat(much).as(piece).isLessThan(6 * little + MEGABYTE).isLessThan(100L * 4 * FRAME + MEGABYTE);
		}
	}

	private long cost(String piece, int length) {
		String first = piece.startsWith("NN") ? "}" : "]";
		byte[] pickle = latin1(first + piece.repeat(length / piece.length()) + ".");
		return Cost.of(() -> {
			try {
				decode(pickle);
			}
			catch (SocketOperationException ex) {
				assertThat(ex.getCode()).isEqualTo(SocketErrorCode.CODEC_FAILED);
			}
		});
	}

	@Test
	void whenNumberIsLongThenItIsRefused() {
		String digits = "9".repeat(FRAME);
		assertRefused("L" + digits + "L\n.", "more than 4300 digits");
		assertRefused("I" + digits + "\n.", "more than 4300 digits");
		assertRefused("F" + digits + "\n.", "more than 4300 digits");
	}

	@ParameterizedTest
	@ValueSource(strings = { ".", "0.", "1.", "2.", "a.", "Na.", "NNa.", "]N(a.", "N(\u0085.", "e.", "(e.", "N(e.",
			"s.", "NNNs.", "](NNu.", "}(Nu.", "(Nd.", "u.", "t.", "\u0085.", "N\u0086.", "NN\u0087.", "R.", "NNR.",
			"N)R.", "\u0081.", "N)\u0081.", "\u0092.", "N)}\u0092.", "b.", "Nb.", "}Nb.", "o.", "(o.", "(No.",
			"\u0093.", "NN\u0093.", "VA\nN\u0093.", "V\nVA\n\u0093.", "Va b\nVA\n\u0093.", "c\nA\n.",
			"]c__main__\nA\nb.", "cA\nB\n)\u0081KabKab.", "cA\nB\nNR.", "cA\nB\n]R.", "cA\nB\n))\u0092.",
			"cA\nB\n)}KaKas\u0092.", "(N\u0090.", "}(N\u0090.", "}]Ns.", "}}Ns.", "(]\u0091.", "P1\n.", "NQ.",
			"\u0082a.", "\u0083ab.", "\u0084abcd.", "\u0097.", "N\u0098.", "\u00ff.", "\0.", "\u0080\u0006N.",
			"\u0080\u00ffN.", "I\n.", "I1.5\n.", "Iabc\n.", "I0x10\n.", "L\n.", "LL\n.", "F\n.", "F1f\n.", "FNaN\n.",
			"F0x1p3\n.", "F1e\n.", "S\n.", "Sabc\n.", "S'abc\n.", "S'\n.", "S'\\x1'\n.", "S'\\xzz'\n.", "V\\u12\n.",
			"V\\uzzzz\n.", "V\\U00110000\n.", "V\\u-123\n.", "U\u0002\u00ff", "\u008c\u0001\u00ff.",
			"\u008c\u0003\u00ed\u00a0\u0041.", "\u008c\u0002\u00c0\u0080.", "\u008c\u0004\u00f4\u0090\u0080\u0080.",
			"N.N", "N..", "" })
	void whenPickleIsMalformedThenItIsRefused(String pickle) {
		assertRefused(pickle, "Codec pickle received ");
	}

	@Test
	void whenPickleIsCutThenItIsRefused() {
		byte[] pickle = this.codec.encode(Tuple.of("ab", 1L << 40, 1.5, List.of(300, 70000, new byte[300]),
				PickledObject.call("shop", "f").withState(1)));
		for (int length = 0; length < pickle.length; length++) {
			assertRefused(Arrays.copyOf(pickle, length), "Codec pickle received ");
		}
	}

	private static String int4(int value) {
		return "" + (char) (value & 0xff) + (char) (value >> 8 & 0xff) + (char) (value >> 16 & 0xff)
				+ (char) (value >>> 24);
	}

	private void assertRefused(String pickle, String message) {
		assertRefused(this.codec, pickle, message);
	}

	private void assertRefused(byte[] pickle, String message) {
		assertRefused(this.codec, new String(pickle, StandardCharsets.ISO_8859_1), message);
	}

	private static void assertRefused(PickleCodec codec, String pickle, String message) {
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> decode(codec, pickle))
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.CODEC_FAILED));
	}

	private Object decode(String latin1) {
		return decode(this.codec, latin1);
	}

	private Object decode(byte[] pickle) {
		return this.codec.decode(pickle, 0, pickle.length);
	}

	private static Object decode(PickleCodec codec, String latin1) {
		byte[] pickle = latin1(latin1);
		return codec.decode(pickle, 0, pickle.length);
	}

	private static byte[] latin1(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
