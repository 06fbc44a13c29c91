package dev.sockets.codec;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Codecs}.
 */
class CodecsTests {

	private final Codec text = Codecs.text(StandardCharsets.UTF_8);

	private final Codec bytes = Codecs.bytes();

	@Test
	void textIsReadAndWrittenInItsCharset() throws Exception {
		Codec latin1 = Codecs.text(StandardCharsets.ISO_8859_1);
		assertThat(latin1.encode("ä")).containsExactly(0xE4);
		assertThat(latin1.decode(new byte[] { 'x', (byte) 0xE4, 'x' }, 1, 1)).isEqualTo("ä");
		assertThat(this.text.encode("ä")).containsExactly(0xC3, 0xA4);
		assertThat(this.text.decode(new byte[] { 'x', (byte) 0xC3, (byte) 0xA4 }, 1, 2)).isEqualTo("ä");
	}

	@Test
	void malformedTextIsAnErrorOrBecomesReplacementCharacters() throws Exception {
		byte[] malformed = { 'a', (byte) 0xFF, 'b' };
		assertFails(() -> this.text.decode(malformed, 0, 3)).withMessageContaining("malformed in the charset UTF-8");
		assertFails(() -> Codecs.text(StandardCharsets.US_ASCII).decode(malformed, 0, 3));
		assertThat(Codecs.text(StandardCharsets.UTF_8, CharsetErrors.REPLACE).decode(malformed, 0, 3))
			.isEqualTo("a\uFFFDb");
	}

	@Test
	void replacementCharacterThatWasSentIsNoError() throws Exception {
		byte[] bytes = "a\uFFFDb".getBytes(StandardCharsets.UTF_8);
		assertThat(this.text.encode("a\uFFFDb")).isEqualTo(bytes);
		assertThat(this.text.decode(bytes, 0, bytes.length)).isEqualTo("a\uFFFDb");
	}

	@ParameterizedTest
	@CsvSource({ "US-ASCII, ä", "ISO-8859-1, €", "windows-1252, Ω", "GBK, \uD83D\uDE00", "Shift_JIS, ä",
			"ISO-2022-JP, ä", "IBM037, €" })
	void characterThatTheCharsetLacksIsAnError(String charset, String text) throws Exception {
		Codec codec = Codecs.text(Charset.forName(charset));
		assertFails(() -> codec.encode(text)).withMessageContaining("lacks");
		assertFails(() -> codec.encode("what? " + text + "?"));
		assertFails(() -> Codecs.text(Charset.forName(charset), CharsetErrors.REPLACE).encode("0123456789" + text));
		assertThat(codec.encode("what? is ? this?")).isEqualTo("what? is ? this?".getBytes(charset));
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-8", "UTF-16", "UTF-16LE", "UTF-32", "GB18030" })
	void halfACharacterIsAnError(String charset) {
		assertFails(() -> Codecs.text(Charset.forName(charset)).encode("a\uD83D?b"));
	}

	@Test
	void textTakesAnyCharSequenceAndBytes() throws Exception {
		assertThat(this.text.encode(new StringBuilder("ab"))).containsExactly('a', 'b');
		assertThat(this.text.encode(new byte[] { (byte) 0xFF })).containsExactly(0xFF);
	}

	@Test
	void textRefusesOtherPayloads() {
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> this.text.encode(42))
			.withMessage("Codec text (UTF-8) cannot send a java.lang.Integer: send a String, any other CharSequence or "
					+ "byte[], or use another codec")
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.CODEC_FAILED));
	}

	@Test
	void charsetThatCannotEncodeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Codecs.text(Charset.forName("ISO-2022-CN")))
			.withMessageContaining("ISO-2022-CN");
	}

	@Test
	void bytesAreCopiedOnReceiptAndSentAsTheyAre() throws Exception {
		byte[] buffer = { 1, 2, 3, 4 };
		Object payload = this.bytes.decode(buffer, 1, 2);
		buffer[1] = 9;
		assertThat(payload).isEqualTo(new byte[] { 2, 3 });
		assertThat(this.bytes.encode(buffer)).isSameAs(buffer);
	}

	@Test
	void bytesRefusesTextAndSaysWhichCodecToUse() {
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> this.bytes.encode("ab"))
			.withMessage("Codec bytes cannot send a java.lang.String: send byte[], or use codec text")
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.CODEC_FAILED));
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> this.bytes.encode(42))
			.withMessageContaining("java.lang.Integer");
	}

	private static ThrowableAssertAlternative<SocketOperationException> assertFails(ThrowingCallable action) {
		return assertThatExceptionOfType(SocketOperationException.class).isThrownBy(action)
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.CODEC_FAILED));
	}

}
