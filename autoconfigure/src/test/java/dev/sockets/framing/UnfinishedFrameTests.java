package dev.sockets.framing;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.sockets.SocketErrorCode;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A frame that its peer has not finished before it has begun another one is never joined
 * with that one.
 */
class UnfinishedFrameTests {

	private static final FrameMarks STX_ETX = FrameMarks.of(new byte[] { 2 }, new byte[] { 3 });

	private static FrameMarks marks(String begin, String end, BeginInside beginInside) {
		return new FrameMarks(List.of(TestBytes.of(begin)), List.of(TestBytes.of(end)), true, false, beginInside);
	}

	private static Framing lines(String... begin) {
		return Framings.delimiters(new Delimiters(List.of(TestBytes.of("\r\n"), TestBytes.of("\n")), false, false,
				false, Stream.of(begin).map(TestBytes::of).toList()));
	}

	private static ChecksumRule xor(ChecksumEncoding encoding, boolean behindEnd) {
		return new ChecksumRule(ChecksumKind.XOR, encoding, ByteOrder.BIG_ENDIAN, null, null, null, behindEnd,
				new byte[0]);
	}

	/**
	 * What is cut within its second frame.
	 *
	 * @param framing tells the frames apart
	 * @param stream holds three frames, of which the second one is not finished
	 * @param unfinished what has come of it
	 */
	record Cut(Framing framing, String stream, String unfinished) {

		/** It is while nothing behind the mark has come that may be a checksum. */
		List<String> ambiguous() {
			boolean ambiguous = unfinished() != null && unfinished().contains("\3");
			return ambiguous ? List.of() : List.of("never");
		}

		@Override
		public String toString() {
			return this.framing.toString();
		}

	}

	static Stream<Cut> cuts() {
		Framing kept = Framings.marked(new FrameMarks(List.of(TestBytes.of("$"), TestBytes.of("!")),
				List.of(TestBytes.of("\r\n")), true, true, BeginInside.REJECT));
		return Stream.of(new Cut(Framings.stxEtx(), "\2a\3\2xy\2b\3", "\2xy"),
				new Cut(Framings.stxEtx(), "\2a\3\2\2b\3", "\2"),
				new Cut(Framings.marked(marks("\13", "\34\r", null)), "\13a\34\r\13x\34\13b\34\r", "\13x\34"),
				new Cut(Framings.marked(marks("\1\2", "\3", null)), "\1\2a\3\1\2x\1\1\2b\3", "\1\2x\1"),
				new Cut(Framings.marked(marks("<<", "<", BeginInside.REJECT)), "<<a<<<x<<<b<", null),
				new Cut(Framings.marked(marks("<", "</>", BeginInside.REJECT)), "<a</><x/<b</>", "<x/"),
				new Cut(kept, "$a\r\n!xy\r$b\r\n", "!xy\r"),
				new Cut(Framings.marked(STX_ETX, xor(ChecksumEncoding.RAW, true)), "\2a\3b\2x\2b\3a", "\2x"),
				new Cut(Framings.marked(STX_ETX, xor(ChecksumEncoding.RAW, true)), "\2a\3b\2x\3\2b\3a", "\2x\3"),
				new Cut(Framings.marked(STX_ETX, xor(ChecksumEncoding.HEX, true)), "\2a\00362\2x\0037\2b\00361",
						"\2x\0037"),
				new Cut(Framings.marked(marks("\1\2", "\3", null), xor(ChecksumEncoding.RAW, true)),
						"\1\2a\3b\1\2x\3\1\2b\3a", "\1\2x\3"),
				new Cut(Framings.checked(Framings.stxEtx(), xor(ChecksumEncoding.HEX, false)), "\2a61\3\2x\2b62\3",
						"\2x"),
				new Cut(lines("$", "!"), "$a\r\n!xy\r$b\n", "!xy\r"), new Cut(lines(":"), ":a\nx:b\r\n", "x"),
				new Cut(lines("||"), "||a\n||x|||b\n", "||x"),
				new Cut(Framings.checked(lines("$"), xor(ChecksumEncoding.HEX, false)), "$a45\n$x$b46\n", "$x"),
				new Cut(Framings.dle(), "\20\2a\20\3\20\2x\20\2b\20\3", "\20\2x"));
	}

	@ParameterizedTest
	@MethodSource("cuts")
	void whenAFrameBeginsWithinAnotherThenTheFirstPartIsRefusedAndTheOtherIsReadWhereverReadsCutThem(Cut cut) {
		byte[] stream = TestBytes.of(cut.stream());
		for (int first = 0; first <= stream.length; first++) {
			for (int second = first; second <= stream.length; second++) {
				TestConnection connection = new TestConnection(cut.framing(), 8).receive(Arrays.copyOf(stream, first))
					.receive(Arrays.copyOfRange(stream, first, second))
					.receive(Arrays.copyOfRange(stream, second, stream.length));
				assertThat(connection.texts().stream().map((text) -> text.replaceAll("[^a-z]", "")))
					.containsExactlyElementsOf((cut.unfinished() != null) ? List.of("a", "b") : List.of("a", "x", "b"));
				assertThat(connection.rejected())
					.containsExactlyElementsOf((cut.unfinished() != null) ? List.of(cut.unfinished()) : List.of());
				assertThat(connection.unfinished()).isIn(connection.rejected(), cut.ambiguous());
				assertThat(connection.unconsumed()).isZero();
			}
		}
	}

	@Test
	void whenAFrameIsNotFinishedThenItIsMalformedAndTheReasonIsTold() {
		FrameWindow window = new FrameWindow();
		window.reset(TestBytes.of("\2x\2b\3"), 0, 5, 0, 8);
		assertThat(Framings.stxEtx().next(window)).isTrue();
		assertThat(window.rejection()).isEqualTo(SocketErrorCode.MALFORMED_FRAME);
		assertThat(window.rejectionReason()).isEqualTo("another one begins before its end");
		assertThat(window.isUnfinished()).isTrue();
		assertThat(Framings.stxEtx().next(window)).isTrue();
		assertThat(window.isUnfinished()).isFalse();
	}

	@Test
	void whenPartsAreOfTheLimitThenNoneIsTooLarge() {
		TestConnection connection = new TestConnection(Framings.stxEtx(), 4).receive("\0021234\0025678\3");
		assertThat(connection.texts()).containsExactly("5678");
		assertThat(connection.rejected()).containsExactly("\0021234");
		assertTooLarge(() -> connection.receive("\00212345\0026\3"));
	}

	@ParameterizedTest
	@CsvSource({ "'<', a<b", "'$', a$b", "'\n', 'a\nb'", "'\t', 'a\tb'", "'\r', 'a\rb'" })
	void whenTextsMayHaveWhatBeginsAFrameThenItIsAPartOfThem(String begin, String text) {
		TestConnection connection = new TestConnection(Framings.marked(marks(begin, ">", null)), 8)
			.receive(begin + text + ">" + begin + "c>");
		assertThat(connection.texts()).containsExactly(text, "c");
		assertThat(connection.rejected()).isEmpty();
		assertMalformed(() -> TestBytes.encode(Framings.marked(marks(begin, ">", null)), text));
	}

	@Test
	void whenWhatBeginsAFrameIsToBeRejectedOrKeptThenItIs() {
		TestConnection rejecting = new TestConnection(Framings.marked(marks("<", ">", BeginInside.REJECT)), 8)
			.receive("<a<b>");
		assertThat(rejecting.texts()).containsExactly("b");
		assertThat(rejecting.rejected()).containsExactly("<a");
		Framing keeping = Framings.marked(marks("\2", "\3", BeginInside.KEEP));
		TestConnection kept = new TestConnection(keeping, 8).receive("\2a\2b\3");
		assertThat(kept.texts()).containsExactly("a\2b");
		assertThat(kept.rejected()).isEmpty();
		assertThat(TestBytes.encode(keeping, "a\2b")).isEqualTo("\2a\2b\3");
		assertMalformed(() -> TestBytes.encode(keeping, "a\3b"));
	}

	@Test
	void whenALineHasWhatBeginsAnotherThenItIsNotSent() {
		assertThat(TestBytes.encode(lines("$"), "$a")).isEqualTo("$a\r\n");
		assertMalformed(() -> TestBytes.encode(lines("$"), ""));
		assertMalformed(() -> TestBytes.encode(lines("$"), "$a$")).withMessageContaining("at index 2");
		assertTooLarge(() -> new TestConnection(lines("$"), 4).receive("$1234"));
		assertThat(new TestConnection(lines("$"), 4).receive("$123$567\n").texts()).containsExactly("$567");
	}

	@Test
	void whenAChecksumIsWrongButNothingBeginsThenTheFrameWasFinished() {
		TestConnection connection = new TestConnection(Framings.marked(STX_ETX, xor(ChecksumEncoding.RAW, true)), 8)
			.receive("\2a\3x\2b\3a");
		assertThat(connection.texts()).containsExactly("b");
		assertThat(connection.rejected()).containsExactly("\2a\3x");
		assertThat(connection.unfinished()).isEmpty();
	}

	@Test
	void whenTheByteThatBeginsAFrameIsAWrongChecksumThenTheFrameIsAnsweredAndTheNextOneIsFound() {
		Framing framing = Framings.marked(STX_ETX, xor(ChecksumEncoding.RAW, true));
		TestConnection connection = new TestConnection(framing, 8).receive("\2a\3\2");
		assertThat(connection.rejected()).containsExactly("\2a\3");
		assertThat(connection.unfinished()).isEmpty();
		assertThat(connection.receive("\2b\3a").texts()).containsExactly("b");
		assertThat(connection.unfinished()).containsExactly("\2");
		TestConnection joined = new TestConnection(framing, 8).receive("\2a\3\2b\3a");
		assertThat(joined.texts()).containsExactly("b");
		assertThat(joined.unfinished()).containsExactly("\2a\3");
	}

	@Test
	void whenTheByteThatBeginsAFrameIsARightChecksumThenItIsNoBegin() {
		TestConnection behind = new TestConnection(Framings.marked(STX_ETX, xor(ChecksumEncoding.RAW, true)), 8)
			.receive("\2\1\3\2\2\1\3\2");
		assertThat(behind.texts()).containsExactly("\1", "\1");
	}

	@Test
	void whenAnyBytesAreKeptThenAWrongChecksumIsOneBadFrame() {
		TestConnection connection = new TestConnection(Framings
			.checked(Framings.marked(marks("\2", "\3", BeginInside.KEEP)), xor(ChecksumEncoding.HEX, false)), 8)
			.receive("\2x\2b00\3");
		assertThat(connection.texts()).isEmpty();
		assertThat(connection.rejected()).containsExactly("x\2b00");
		assertThat(connection.unfinished()).isEmpty();
	}

}
