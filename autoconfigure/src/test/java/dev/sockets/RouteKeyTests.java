package dev.sockets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Keys of texts and bytes by which messages are routed.
 */
class RouteKeyTests {

	@ParameterizedTest
	@CsvSource({ "'LOGIN a b',LOGIN", "LOGIN,LOGIN", "'  LOGIN\ta',LOGIN", "'LOGIN\r\na',LOGIN",
			"'$GPGGA,1 2','$GPGGA,1'" })
	void whenATextHasAWordThenItsKeyIsTheFirst(String text, String word) {
		assertThat(RouteKey.firstWord().of(text)).isEqualTo(word);
		assertThat(RouteKey.firstWord().of(new StringBuilder(text))).isEqualTo(word);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\r\n" })
	void whenATextHasNoWordThenItHasNoKey(String text) {
		assertThat(RouteKey.firstWord().of(text)).isNull();
		assertThatIllegalArgumentException().isThrownBy(() -> RouteKey.firstWord().parse(text))
			.withMessageContaining("is no first word of a text");
	}

	@Test
	void whenAWordHasABlankThenNoTextStartsWithIt() {
		assertThatIllegalArgumentException().isThrownBy(() -> RouteKey.firstWord().parse("LOG IN"))
			.withMessage("'LOG IN' is no first word of a text: it is empty, or has a blank");
	}

	@Test
	void whenAMessageIsNothingToLookIntoThenItHasNoKey() {
		assertThat(RouteKey.firstWord().of(7)).isNull();
		assertThat(RouteKey.byteAt(0).of("text")).isNull();
		assertThat(RouteKey.byteAt(1).of(new byte[1])).isNull();
		assertThat(RouteKey.byteAt(0).of(new byte[0])).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "0,0", "16,16", "0x10,16", "0X1a,26", "0xFF,-1", "255,-1", "010,10" })
	void whenAByteIsGivenInDecimalOrHexThenItIsThatOfTheMessage(String value, byte expected) {
		RouteKey key = RouteKey.byteAt(2);
		assertThat(key.parse(value)).isEqualTo(expected).isEqualTo(key.of(new byte[] { 7, 7, expected, 7 }));
	}

	@ParameterizedTest
	@ValueSource(strings = { "256", "-1", "0x100", "0x", "x", "", "0xFFFFFFFF" })
	void whenAValueIsNoByteThenItIsRefused(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> RouteKey.byteAt(0).parse(value))
			.withMessage("'" + value + "' is no byte: give it as 0 to 255 or 0x00 to 0xFF");
	}

}
