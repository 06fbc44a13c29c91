package dev.sockets.framing;

import java.util.HexFormat;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Framings#escaped}, {@link Framings#dle} and {@link Framings#cobs}.
 */
class EscapedFramingTests {

	private final Framing slip = Framings.escaped(Escapes.SLIP);

	@Test
	void slipReplacesItsTwoBytes() {
		assertThat(TestBytes.encode(this.slip, "a\u00C0b\u00DB")).isEqualTo("\u00C0a\u00DB\u00DCb\u00DB\u00DD\u00C0");
		assertThat(new TestConnection(this.slip, 8).receive("a\u00DB\u00DC\u00C0\u00C0\u00C0b\u00C0").texts())
			.containsExactly("a\u00C0", "b");
		assertMalformed(() -> TestBytes.encode(this.slip, ""));
	}

	@Test
	void hdlcUnescapesWhateverIsEscapedAndAnAbortIsOneBadFrame() {
		TestConnection hdlc = new TestConnection(Framings.escaped(Escapes.HDLC), 8).receive("~a}1}^b~cd}~e~");
		assertThat(hdlc.texts()).containsExactly("a\21~b", "e");
		assertThat(hdlc.rejected()).containsExactly("cd}~");
	}

	@Test
	void wrongEscapeIsOneBadFrame() {
		TestConnection connection = new TestConnection(this.slip, 8).receive("a\u00DBx\u00C0b\u00C0");
		assertThat(connection.texts()).containsExactly("b");
		assertThat(connection.rejected()).containsExactly("a\u00DBx\u00C0");
		assertThat(connection.window().rejection()).isNull();
	}

	@Test
	void limitIsThatOfThePayloadNotOfTheEscapes() {
		String four = "\u00C0\u00C0\u00C0\u00C0";
		assertThat(new TestConnection(this.slip, 4).receive(TestBytes.encode(this.slip, four)).texts())
			.containsExactly(four);
		assertTooLarge(() -> new TestConnection(this.slip, 4).receive(TestBytes.encode(this.slip, four + "a")));
		assertTooLarge(() -> new TestConnection(this.slip, 4).receive("12345\u00C0"));
		assertTooLarge(() -> new TestConnection(this.slip, 4).receive("123456789"));
	}

	@Test
	void dleIsDoubledAndWhatIsBetweenFramesIsSkipped() {
		TestConnection dle = new TestConnection(Framings.dle(), 4).receive("x\20y\20\2a\20\20\20\3\6\20\2b\20")
			.receive("\3");
		assertThat(dle.texts()).containsExactly("a\20", "b");
		assertThat(TestBytes.encode(Framings.dle(), "a\20")).isEqualTo("\20\2a\20\20\20\3");
		assertTooLarge(() -> dle.receive("\20\00212345\20\3"));
	}

	@Test
	void dleWithAnythingElseIsOneBadFrame() {
		TestConnection dle = new TestConnection(Framings.dle(), 4).receive("\20\2a\20x\20\2b\20\2c\20\3");
		assertThat(dle.texts()).containsExactly("c");
		assertThat(dle.rejected()).containsExactly("\20\2a\20x", "\20\2b");
	}

	@ParameterizedTest
	@CsvSource({ "00, 01 01 00", "00 00, 01 01 01 00", "00 11 00, 01 02 11 01 00", "11 22 00 33, 03 11 22 02 33 00",
			"11 22 33 44, 05 11 22 33 44 00", "11 00 00 00, 02 11 01 01 01 00" })
	void cobsIsThatOfItsPaper(String payload, String frame) {
		HexFormat hex = HexFormat.ofDelimiter(" ");
		assertThat(TestBytes.encode(Framings.cobs(), hex.parseHex(payload))).isEqualTo(hex.parseHex(frame));
		assertThat(new TestConnection(Framings.cobs(), 8).receive(hex.parseHex(frame)).frames())
			.containsExactly(hex.parseHex(payload));
	}

	@ParameterizedTest
	@CsvSource({ "253", "254", "255", "508", "509" })
	void cobsOfLongRunsWithoutAZeroIsItselfAgain(int length) {
		byte[] run = TestBytes.repeat('x', length);
		byte[] ending = TestBytes.join(run, new byte[1]);
		TestConnection cobs = new TestConnection(Framings.cobs(), 512)
			.receive(TestBytes.encode(Framings.cobs(), run, ending));
		assertThat(cobs.frames()).containsExactly(run, ending);
	}

	@Test
	void cobsThatIsShorterThanItSaysIsOneBadFrame() {
		TestConnection cobs = new TestConnection(Framings.cobs(), 8).receive("\5ab\0\2c\0");
		assertThat(cobs.texts()).containsExactly("c");
		assertThat(cobs.rejected()).hasSize(1);
		assertTooLarge(() -> cobs.receive("12345678901"));
	}

	@Test
	void escapesThatCannotBeUndoneAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Escapes("x", (byte) 1, (byte) 1, Map.of()));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Escapes("x", (byte) 1, (byte) 2, Map.of((byte) 1, (byte) 3)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Escapes("x", (byte) 1, (byte) 2, Map.of((byte) 1, (byte) 3, (byte) 2, (byte) 3)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Escapes("x", (byte) 1, (byte) 2, Map.of((byte) 1, (byte) 3, (byte) 2, (byte) 1)));
	}

}
