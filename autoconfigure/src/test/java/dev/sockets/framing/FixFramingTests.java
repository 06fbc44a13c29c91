package dev.sockets.framing;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Framings#fix()}.
 */
class FixFramingTests {

	private static final String MESSAGE = ("8=FIX.4.2|9=178|35=8|49=PHLX|56=PERS|52=20071123-05:30:00.000|"
			+ "11=ATOMNOCCC9990900|20=3|150=E|39=E|55=MSFT|167=CS|54=1|38=15|40=2|44=15|58=PHLX EQUITY TESTING|59=0|"
			+ "47=C|32=0|31=0|151=15|14=0|6=0|10=128|")
		.replace('|', '\1');

	private final TestConnection connection = new TestConnection(Framings.fix(), 4096);

	@Test
	void messageIsWholeAtEverySplitPoint() {
		for (int at = 0; at <= MESSAGE.length(); at++) {
			TestConnection split = new TestConnection(Framings.fix(), MESSAGE.length())
				.receive(MESSAGE.substring(0, at))
				.receive(MESSAGE.substring(at) + MESSAGE);
			assertThat(split.texts()).containsExactly(MESSAGE, MESSAGE);
		}
	}

	@Test
	void messageByOneByteAReadIsWhole() {
		for (byte value : TestBytes.of(MESSAGE)) {
			this.connection.receive(value);
		}
		assertThat(this.connection.texts()).containsExactly(MESSAGE);
		assertThat(TestBytes.encode(Framings.fix(), MESSAGE)).isEqualTo(MESSAGE);
	}

	@Test
	void wrongChecksumIsOneBadMessage() {
		String bad = MESSAGE.replace("35=8", "35=9");
		assertThat(this.connection.receive(bad + MESSAGE).texts()).containsExactly(MESSAGE);
		assertThat(this.connection.rejected()).containsExactly(bad);
		assertMalformed(() -> TestBytes.encode(Framings.fix(), bad));
	}

	/** It would be the right one but for the bits above 64. */
	@Test
	void lengthOfMoreDigitsThanANumberHasIsMalformed() {
		String message = "8=FIX|9=18446744073709551621|35=0|10=000|".replace('|', '\1');
		int sum = message.substring(0, message.indexOf("10=")).chars().sum() & 0xFF;
		assertMalformed(() -> this.connection.receive(message.replace("10=000", "10=%03d".formatted(sum))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1", "9=5", "8=FIX.4.4|35=A|", "8=FIX.4.4|9=|", "8=FIX.4.4|9=-1|",
			"8=FIX.4.4|9= 5|35=0|10=163|", "8=FIX.4.4|9=5 |35=0|10=163|", "8=FIX.4.4|9=0|10=192|",
			"8=FIX.4.4|9=2|35=A|10=000|", "8=12345678901234567890123456789012345678901234567890" })
	void anythingElseIsMalformed(String bytes) {
		assertMalformed(() -> this.connection.receive(bytes.replace('|', '\1')));
	}

	@ParameterizedTest
	@ValueSource(strings = { "8=FIX.4.2|9=5|49=A|", "8=FIX.4.2|9=10|49=A|35=0|", "8=FIX.4.2|9=9|35=|49=A|",
			"8=FIX.4.2|9=6|135=0|", "8=FIX.4.2|9=5|35:0|" })
	void bodyThatDoesNotBeginWithItsTypeIsOneBadMessageAndIsNotSent(String fields) {
		String bad = complete(fields);
		for (int at = 0; at <= bad.length(); at++) {
			TestConnection split = new TestConnection(Framings.fix(), 4096).receive(MESSAGE + bad.substring(0, at))
				.receive(bad.substring(at) + MESSAGE);
			assertThat(split.texts()).containsExactly(MESSAGE, MESSAGE);
			assertThat(split.rejected()).containsExactly(bad);
			assertThat(split.unfinished()).isEmpty();
		}
		FrameWindow window = new FrameWindow();
		window.reset(TestBytes.of(bad), 0, bad.length(), 0, 4096);
		assertThat(Framings.fix().next(window)).isTrue();
		assertThat(window.rejection()).isEqualTo(SocketErrorCode.MALFORMED_FRAME);
		assertThat(window.rejectionReason()).isEqualTo("the first field of its body is not MsgType (35=)");
		assertMalformed(() -> TestBytes.encode(Framings.fix(), bad));
	}

	@Test
	void bodyThatIsNothingButItsTypeIsAMessage() {
		String least = complete("8=FIX.4.2|9=5|35=0|");
		assertThat(this.connection.receive(least).texts()).containsExactly(least);
		assertMalformed(() -> this.connection.receive(complete("8=|9=5|35=0|")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			textBlock = """
					''                                        ; does not begin with BeginString (8=)
					8=|9=5|35=0|10=098|                       ; does not begin with BeginString (8=)
					9=5|35=0|10=161|                          ; does not begin with BeginString (8=)
					8=FIX.4.2|35=0|10=161|                    ; second field is not BodyLength (9=)
					8=FIX.4.2                                 ; does not begin with BeginString (8=)
					8=FIX.4.2|9=5|35=0|                       ; does not end with CheckSum: end it with 10=, three digits and SOH
					8=FIX.4.2|9=5|35=0|10=16|                 ; does not end with CheckSum
					8=FIX.4.2|9=5|35=0|10=161                 ; does not end with CheckSum
					8=FIX.4.2|9=5|35=0|10=162|                ; whose CheckSum is wrong: write 10=161
					8=FIX.4.2|9=6|35=0|10=162|                ; whose BodyLength is wrong: write 9=5, as there are so many bytes
					8=FIX.4.2|9=99999999999|35=0|10=162|      ; write 9=5
					8=FIX.4.2|9=0|35=0|10=162|                ; write 9=5
					8=FIX.4.2|9= 5|35=0|10=162|               ; write 9=5
					8=FIX.4.2|9=x|35=0|10=162|                ; write 9=5
					8=FIX.4.2|9=005|35=0|10=162|              ; whose CheckSum is wrong: write 10=001
					8=FIX.4.2|9=4|49=0|10=162|                ; first field of the body is not MsgType (35=)
					8=FIX.4.2|9=9|35=|49=A|10=162|            ; first field of the body is not MsgType (35=)
					8=FIX.4.2|9=5|35=0|10=161|8=FIX.4.2|9=5|35=0|10=161| ; write 9=31, as there are so many bytes between that field and CheckSum, and send one message at a time
					8=AVERSIONOFMORETHANTHIRTYBYTES|9=5|35=0|10=161| ; first two fields have more than 32 bytes
					""")
	void messageThatIsNotSentIsToldWhatToChange(String message, String problem) {
		assertMalformed(() -> TestBytes.encode(Framings.fix(), message.replace('|', '\1')))
			.withMessageStartingWith("Framing fix cannot send a payload ")
			.withMessageContaining(problem)
			.withMessageNotContaining("received")
			.withNoCause();
	}

	private static String complete(String fields) {
		String bytes = fields.replace('|', '\1');
		return "%s10=%03d\1".formatted(bytes, bytes.chars().sum() % 256);
	}

	@Test
	void lengthBeyondTheLimitIsRefusedBeforeTheBodyArrives() {
		assertTooLarge(() -> this.connection.receive("8=FIX.4.4\0019=4096\1"));
		assertTooLarge(() -> this.connection.receive("8=FIX.4.4\0019=999999999999\1"));
	}

	@Test
	void randomBytesInAMessageAreAFaultOrABadMessage() {
		Random random = new Random(20261126);
		for (int round = 0; round < 20_000; round++) {
			byte[] bytes = TestBytes.of(MESSAGE + MESSAGE);
			for (int change = random.nextInt(4); change >= 0; change--) {
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
			}
			int at = random.nextInt(bytes.length);
			try {
				new TestConnection(Framings.fix(), 4096).receive(Arrays.copyOf(bytes, at))
					.receive(Arrays.copyOfRange(bytes, at, bytes.length));
			}
			catch (SocketOperationException ex) {
				assertThat(ex.getCode()).isIn(SocketErrorCode.MALFORMED_FRAME, SocketErrorCode.FRAME_TOO_LARGE);
			}
		}
	}

}
