package dev.sockets.framing;

import org.junit.jupiter.api.Test;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Framings#delimiter(byte[])} and those made of it: {@code crlf} and
 * {@code nul}.
 */
class DelimiterFramingTests {

	private final Framing bars = Framings.delimiter(TestBytes.of("||"));

	private final TestConnection connection = new TestConnection(this.bars, 4);

	@Test
	void crlfTakesALoneCrOrLfAsData() {
		TestConnection crlf = new TestConnection(Framings.crlf(), 8).receive("a\rb\nc\r\n\n\r\n\r\r\n\r\n");
		assertThat(crlf.texts()).containsExactly("a\rb\nc", "\n", "\r", "");
		assertThat(TestBytes.encode(Framings.crlf(), "a\n\r")).isEqualTo("a\n\r\r\n");
	}

	@Test
	void nulEndsFramesAtZero() {
		assertThat(new TestConnection(Framings.nul(), 4).receive("a\0\0b\n\0c").texts()).containsExactly("a", "",
				"b\n");
		assertThat(TestBytes.encode(Framings.nul(), "a")).isEqualTo("a\0");
	}

	@Test
	void firstOfOverlappingDelimitersEndsTheFrame() {
		assertThat(this.connection.receive("a|||b||").texts()).containsExactly("a", "|b");
	}

	@Test
	void frameOfTheLimitIsAcceptedAndOneMoreIsRefused() {
		assertThat(this.connection.receive("1234||").receive("1234").receive("|").receive("|").texts()).hasSize(2);
		assertTooLarge(() -> this.connection.receive("12345||"));
	}

	@Test
	void oneByteOverTheLimitIsRefusedBeforeTheDelimiterArrives() {
		this.connection.receive("1234");
		assertTooLarge(() -> this.connection.receive("5"));
	}

	@Test
	void startOfADelimiterIsNotCountedUntilItTurnsOutToBeData() {
		this.connection.receive("1234|");
		assertTooLarge(() -> this.connection.receive("x"));
	}

	@Test
	void limitShorterThanTheDelimiterHolds() {
		TestConnection words = new TestConnection(Framings.delimiter(TestBytes.of("|--------|")), 1);
		assertThat(words.receive("x|---").receive("-----|").texts()).containsExactly("x");
		assertTooLarge(() -> words.receive("xy"));
	}

	@Test
	void nulOverTheLimitIsRefused() {
		TestConnection nul = new TestConnection(Framings.nul(), 4).receive("1234\0").receive("1234");
		assertTooLarge(() -> nul.receive("5"));
	}

	@Test
	void refusalNamesFramingLimitAndFirstBytes() {
		assertTooLarge(() -> this.connection.receive("12345")).withMessageStartingWith("Framing delimiter 7c 7c ")
			.withMessageEndingWith("(maximum frame size 4 bytes, first bytes 31 32 33 34 35)");
	}

	@Test
	void payloadWithTheDelimiterIsRefused() {
		assertMalformed(() -> TestBytes.encode(this.bars, "ab||c")).withMessageContaining("delimiter at index 2");
		assertMalformed(() -> TestBytes.encode(Framings.crlf(), "a\r\nb"))
			.withMessageStartingWith("Framing crlf cannot send");
		assertMalformed(() -> TestBytes.encode(Framings.nul(), "a\0b"))
			.withMessageStartingWith("Framing nul cannot send");
	}

	@Test
	void payloadThatCompletesADelimiterWithTheOneAfterItIsRefused() {
		assertMalformed(() -> TestBytes.encode(this.bars, "a|")).withMessageContaining("delimiter at index 1");
		Framing abab = Framings.delimiter(TestBytes.of("abab"));
		assertMalformed(() -> TestBytes.encode(abab, "ab")).withMessageContaining("delimiter at index 0");
		assertThat(TestBytes.encode(abab, "aba")).isEqualTo("abaabab");
	}

	@Test
	void laterChangesOfTheDelimiterHaveNoEffect() {
		byte[] delimiter = TestBytes.of("||");
		Framing framing = Framings.delimiter(delimiter);
		delimiter[0] = 'x';
		assertThat(TestBytes.encode(framing, "a")).isEqualTo("a||");
	}

	@Test
	void emptyDelimiterIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Framings.delimiter(new byte[0]));
	}

}
