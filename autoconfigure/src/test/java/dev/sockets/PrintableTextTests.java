package dev.sockets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Text of a peer on one line. Break B7.
 */
class PrintableTextTests {

	@ParameterizedTest
	@CsvSource({ "1b, \\u001b", "0d, \\r", "0a, \\n", "09, \\t", "00, \\u0000", "7f, \\u007f", "85, \\u0085",
			"9b, \\u009b", "2028, \\u2028", "2029, \\u2029", "202e, \\u202e", "200b, \\u200b", "d800, \\ud800",
			"e0001, \\udb40\\udc01" })
	void whenACharacterIsNotForALineThenItIsEscaped(String character, String escaped) {
		String text = "a" + Character.toString(Integer.parseInt(character, 16)) + "b";
		assertThat(PrintableText.of(text)).isEqualTo("a" + escaped + "b");
		assertThat(PrintableText.isPrintable(text)).isFalse();
	}

	@Test
	void whenTextIsOrdinaryThenItIsTheSame() {
		String text = "Grüße, 世界 \uD83D\uDE00 \\ \"";
		assertThat(PrintableText.of(text)).isSameAs(text);
	}

	@Test
	void whenTextIsLongThenItEnds() {
		assertThat(PrintableText.of("x".repeat(13_345))).hasSize(1000 + "... and 12,345 more characters".length())
			.endsWith("x... and 12,345 more characters");
	}

}
