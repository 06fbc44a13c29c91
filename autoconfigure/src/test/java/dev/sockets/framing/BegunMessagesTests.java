package dev.sockets.framing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.sockets.InvalidSettingException;
import dev.sockets.SocketErrorCode;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where something begins each message that ends with a delimiter, what it does not begin
 * is none.
 */
class BegunMessagesTests {

	private static final List<byte[]> LINES = List.of(TestBytes.of("\r\n"), TestBytes.of("\n"));

	private static final List<byte[]> NESTED = List.of(TestBytes.of("\r"), TestBytes.of("\r\n"));

	private static Delimiters delimiters(List<byte[]> delimiters, boolean deliverRest, String... begin) {
		return new Delimiters(delimiters, false, false, deliverRest, Stream.of(begin).map(TestBytes::of).toList());
	}

	private static Framing lines(String... begin) {
		return Framings.delimiters(delimiters(LINES, false, begin));
	}

	/**
	 * What is cut anywhere.
	 *
	 * @param framing tells the messages apart
	 * @param stream holds two messages
	 * @param messages both
	 * @param rejected what else is there
	 * @param unfinished what of that another message has ended
	 */
	record Stray(Framing framing, String stream, List<String> messages, List<String> rejected,
			List<String> unfinished) {

		@Override
		public String toString() {
			return this.framing.toString();
		}

	}

	static Stream<Stray> strays() {
		Framing kept = Framings.delimiters(new Delimiters(LINES, true, false, false, List.of(TestBytes.of("$"))));
		Framing checked = Framings.checked(lines("$"), ChecksumRule.of(ChecksumKind.XOR, ChecksumEncoding.HEX));
		return Stream.of(
				new Stray(lines("$", "!"), "$a\r\n%x\r\n\r\n\nno\n!b\n", List.of("$a", "!b"), List.of("%x", "no"),
						List.of()),
				new Stray(lines("$", "!"), "x\n$a\nno$b\r\n", List.of("$a", "$b"), List.of("x", "no"), List.of("no")),
				new Stray(lines("||"), "|x\n||a\n|\n||b\n", List.of("||a", "||b"), List.of("|x", "|"), List.of()),
				new Stray(Framings.delimiters(delimiters(NESTED, false, ":")), "\r\n:a\rx\r\n\r:b\r\n",
						List.of(":a", ":b"), List.of("x"), List.of()),
				new Stray(kept, "\r\n$a\r\nx\n$b\n", List.of("$a\r\n", "$b\n"), List.of("x\n"), List.of()),
				new Stray(checked, "$a45\n%a44\n$b46\n", List.of("$a", "$b"), List.of("%a44"), List.of()));
	}

	@ParameterizedTest
	@MethodSource("strays")
	void whenNothingBeginsAMessageThenItIsRejectedWhereverReadsCutIt(Stray stray) {
		byte[] stream = TestBytes.of(stray.stream());
		for (int first = 0; first <= stream.length; first++) {
			for (int second = first; second <= stream.length; second++) {
				TestConnection connection = new TestConnection(stray.framing(), 8).receive(Arrays.copyOf(stream, first))
					.receive(Arrays.copyOfRange(stream, first, second))
					.receive(Arrays.copyOfRange(stream, second, stream.length));
				assertThat(connection.texts()).containsExactlyElementsOf(stray.messages());
				assertThat(connection.rejected()).containsExactlyElementsOf(stray.rejected());
				assertThat(connection.unfinished()).containsExactlyElementsOf(stray.unfinished());
				assertThat(connection.receive("\r\n").unconsumed()).isZero();
			}
		}
	}

	@Test
	void whenNothingBeginsAMessageThenItIsMalformedAndTheReasonIsTold() {
		FrameWindow window = new FrameWindow();
		window.reset(TestBytes.of("%a\n$b\n"), 0, 6, 0, 8);
		Framing framing = lines("$", "!");
		assertThat(framing.next(window)).isTrue();
		assertThat(window.rejection()).isEqualTo(SocketErrorCode.MALFORMED_FRAME);
		assertThat(window.rejectionReason()).isEqualTo("it does not begin with 24 or 21");
		assertThat(window.isUnfinished()).isFalse();
		assertThat(framing.next(window)).isTrue();
		assertThat(window.rejection()).isNull();
	}

	@Test
	void whenNothingBeginsTheLastOneWithoutItsEndThenItIsRejectedToo() {
		Framing delivering = Framings.delimiters(delimiters(LINES, true, "$"));
		TestConnection begun = new TestConnection(delivering, 8).receive("$a").end();
		assertThat(begun.texts()).containsExactly("$a");
		TestConnection other = new TestConnection(delivering, 8).receive("$a\nx").end();
		assertThat(other.texts()).containsExactly("$a");
		assertThat(other.rejected()).containsExactly("x");
		assertThat(new TestConnection(lines("$"), 8).receive("x").end().rejected()).isEmpty();
	}

	@Test
	void whenNothingBeginsItAndNothingEndsItThenItIsTooLarge() {
		TestConnection connection = new TestConnection(lines("$"), 4).receive("1234\n");
		assertThat(connection.rejected()).containsExactly("1234");
		assertTooLarge(() -> connection.receive("12345"));
	}

	@ParameterizedTest
	@CsvSource({ "''", "a", "%a", "' $a'", "|a" })
	void whenNothingBeginsAPayloadThenItIsNotSent(String payload) {
		for (Framing framing : List.of(lines("$", "||"), Framings.delimiters(delimiters(NESTED, true, "$")))) {
			assertMalformed(() -> TestBytes.encode(framing, payload)).withMessageContaining("does not begin with ");
		}
	}

	@ParameterizedTest
	@CsvSource({ "'\n'", "'\n$'", "'\r\n$'" })
	void whenADelimiterIsAtTheStartOfWhatBeginsMessagesThenItIsRefused(String begin) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> lines("$", begin))
			.withMessageStartingWith(
					"'framing-options.begin' is '" + WireText.of(TestBytes.of(begin)) + "' but must be ");
	}

	static Stream<AcknowledgedFraming> acknowledged() {
		Framing skipping = Framings
			.delimiters(new Delimiters(LINES, false, true, false, List.of(TestBytes.of("$"), TestBytes.of("!"))));
		return Stream.of(lines("$", "!"), skipping)
			.flatMap((framing) -> Stream.of(TestBytes.of(6), TestBytes.of("OK\r\n"), TestBytes.of("$OK\n"))
				.map((ack) -> Framings.acknowledged(framing, ack, TestBytes.of(0x15))));
	}

	@ParameterizedTest
	@MethodSource("acknowledged")
	void whenAcknowledgementsStandBetweenThemThenTheyAreToldApartWhereverReadsCutThem(AcknowledgedFraming framing) {
		for (String ack : List.of("\6", "OK\r\n", "$OK\n")) {
			byte[] stream = TestBytes.of("\r\n" + ack + "\n$a\r\n" + ack + "\25!b\n%c\n" + ack + "\n\n\25");
			if (!framing.isAck(read(framing, ack))) {
				continue;
			}
			for (int first = 0; first <= stream.length; first++) {
				for (int second = first; second <= stream.length; second++) {
					TestConnection connection = new TestConnection(framing, 8).receive(Arrays.copyOf(stream, first))
						.receive(Arrays.copyOfRange(stream, first, second))
						.receive(Arrays.copyOfRange(stream, second, stream.length));
					assertThat(connection.texts()).containsExactly(ack, "$a", ack, "\25", "!b", ack, "\25");
					assertThat(connection.rejected()).containsExactly("%c");
				}
			}
		}
	}

	private static FrameWindow read(Framing framing, String bytes) {
		return new TestConnection(framing, 8).receive(bytes).window();
	}

	@ParameterizedTest
	@CsvSource({ "$", "!", "$A", "A$", "'O$K\n'", "'\n'", "'\r\n'", "'OK\nA'" })
	void whenAnAcknowledgementHasSomethingOfWhatBeginsOrEndsMessagesThenItIsRefused(String ack) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Framings.acknowledged(lines("$", "!"), TestBytes.of(ack), null))
			.withMessageStartingWith("'acknowledge.ack' is '" + WireText.of(TestBytes.of(ack)) + "' but must be ");
	}

}
