package dev.sockets.framing;

import java.util.List;

import org.junit.jupiter.api.Test;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Framings#delimiters(Delimiters)}.
 */
class DelimitersFramingTests {

	private static final byte[] CR = { '\r' };

	private static final byte[] LF = { '\n' };

	private static final byte[] CRLF = { '\r', '\n' };

	private final Framing lines = Framings.delimiters(Delimiters.of(CR, LF, CRLF));

	private final TestConnection connection = new TestConnection(this.lines, 4);

	@Test
	void crLfCountsOnceAlsoWhenCutBetween() {
		assertThat(this.connection.receive("a\r\nb\rc\nd\r").texts()).containsExactly("a", "b", "c", "d");
		assertThat(this.connection.receive("\ne\r").receive("\r").receive("\n\n").texts()).containsExactly("a", "b",
				"c", "d", "e", "", "");
		assertThat(this.connection.unconsumed()).isZero();
	}

	@Test
	void frameIsNotHeldBackByADelimiterThatMayGoOn() {
		assertThat(this.connection.receive("a\r").texts()).containsExactly("a");
	}

	@Test
	void longerDelimiterIsOneThoughItComesInThreeParts() {
		TestConnection long3 = new TestConnection(
				Framings.delimiters(Delimiters.of(TestBytes.of("#"), TestBytes.of("#+-"))), 4);
		assertThat(long3.receive("a#").receive("+").receive("-b#").receive("+").receive("x#").texts())
			.containsExactly("a", "b", "+x");
	}

	@Test
	void emptyFramesAreSkippedWhenTheyAreToBe() {
		Framing framing = Framings.delimiters(new Delimiters(List.of(CR, LF), false, true, false));
		assertThat(new TestConnection(framing, 4).receive("\r\n\na\r\n").receive("\r\r").receive("\nb\n").texts())
			.containsExactly("a", "b");
		assertMalformed(() -> TestBytes.encode(framing, ""));
	}

	@Test
	void delimiterIsKeptWhenItIsToBe() {
		Framing framing = Framings.delimiters(new Delimiters(List.of(CR, LF), true, false, false));
		TestConnection kept = new TestConnection(framing, 4).receive("a\rb\n\r123\r");
		assertThat(kept.texts()).containsExactly("a\r", "b\n", "\r", "123\r");
		assertTooLarge(() -> kept.receive("1234\r"));
		assertThat(TestBytes.encode(framing, "a")).isEqualTo("a\r");
		assertThat(TestBytes.encode(framing, "a\n")).isEqualTo("a\n");
		assertThatIllegalArgumentException().isThrownBy(() -> new Delimiters(List.of(CR, CRLF), true, false, false));
	}

	@Test
	void lastMessageWithoutItsEndIsDroppedOrDelivered() {
		assertThat(this.connection.receive("a\nb").end().texts()).containsExactly("a");
		assertThat(this.connection.unconsumed()).isOne();
		TestConnection delivering = new TestConnection(
				Framings.delimiters(new Delimiters(List.of(LF), false, false, true)), 4);
		assertThat(delivering.receive("a\nb").end().texts()).containsExactly("a", "b");
		assertThat(delivering.unconsumed()).isZero();
	}

	@Test
	void frameOfTheLimitIsAcceptedAndOneMoreIsRefused() {
		assertThat(this.connection.receive("1234\r\n").receive("1234").receive("\r").texts()).hasSize(2);
		assertTooLarge(() -> this.connection.receive("\n12345"));
		assertTooLarge(() -> new TestConnection(this.lines, 4).receive("12345\r"));
	}

	@Test
	void payloadThatWouldBeTwoMessagesIsRefused() {
		assertMalformed(() -> TestBytes.encode(this.lines, "a\nb")).withMessageContaining("at index 1");
		Framing crFirst = Framings.delimiters(Delimiters.of(CR, CRLF));
		assertMalformed(() -> TestBytes.encode(crFirst, "\na")).withMessageContaining("at index 0");
	}

}
