package dev.sockets.framing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Framings#scpi()}.
 */
class ScpiFramingTests {

	private final TestConnection connection = new TestConnection(Framings.scpi(), 16);

	@Test
	void linesEndWithLfOrCrLf() {
		assertThat(this.connection.receive("*IDN?\n1.5\r\n\n").texts()).containsExactly("*IDN?", "1.5", "");
	}

	@Test
	void whatIsInABlockEndsNoLine() {
		assertThat(this.connection.receive("#14a\nb\n\nx;#12\r\n\r\n1, #202\r\r\n").texts())
			.containsExactly("#14a\nb\n", "x;#12\r\n", "1, #202\r\r");
	}

	@Test
	void aCrOfABlockAtTheEndIsKept() {
		assertThat(this.connection.receive("#11\r\n#11\r\r\n").texts()).containsExactly("#11\r", "#11\r");
	}

	@ParameterizedTest
	@ValueSource(strings = { "#H1F", "#B101", "#Q17", "a#15b", "\"#15\"", "'a,#15'", "#2a", "#21x", "\"it's #15\"",
			"#0abc", "#", "##", "it's #15", "5\"" })
	void whatIsNoBlockIsText(String text) {
		assertThat(this.connection.receive(text + "\nx\n").texts()).containsExactly(text, "x");
	}

	@Test
	void blockThatIsTooLongIsRefusedBeforeItArrives() {
		assertThat(this.connection.receive("#21").texts()).isEmpty();
		assertTooLarge(() -> this.connection.receive("3"));
		assertTooLarge(() -> new TestConnection(Framings.scpi(), 16).receive("#9999999999"));
		assertThat(new TestConnection(Framings.scpi(), 16).receive("#212" + "\n".repeat(13)).texts()).hasSize(1);
	}

	@Test
	void lineOfTheLimitIsAcceptedAndOneMoreIsRefused() {
		assertThat(this.connection.receive("x".repeat(16) + "\r\n" + "x".repeat(16)).receive("\n").texts()).hasSize(2);
		assertTooLarge(() -> this.connection.receive("x".repeat(17)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\r", "#15abc", "#14abc\n\n", "#", "#1", "#3", "'#14abc\n'" })
	void whatWouldArriveOtherwiseIsRefused(String text) {
		if (text.equals("#") || text.equals("#1") || text.equals("#3")) {
			assertThat(new TestConnection(Framings.scpi(), 16).receive(TestBytes.encode(Framings.scpi(), text)).texts())
				.containsExactly(text);
		}
		else {
			assertMalformed(() -> TestBytes.encode(Framings.scpi(), text))
				.withMessageStartingWith("Framing scpi cannot send");
		}
	}

}
