package dev.sockets.framing;

import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.sockets.InvalidSettingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * No message loses its end because its checksum looks like the end of a frame.
 */
class ChecksumFitTests {

	private static final int MESSAGES = 2_000;

	private final Random random = new Random(20261126);

	static Stream<Framing> seeking() {
		return Stream.of(Framings.line(), Framings.crlf(), Framings.nul(), Framings.stxEtx(), Framings.ndjson(),
				Framings.scpi(), Framings.octetCounting(), Framings.delimiter(TestBytes.of(";")),
				Framings.delimiter(TestBytes.of("<EOF>")), Framings.delimiter(TestBytes.of("zz")),
				Framings.delimiters(Delimiters.of(TestBytes.of("\r"), TestBytes.of("\n"), TestBytes.of("\r\n"))),
				Framings.marked(new FrameMarks(List.of(TestBytes.of("<<"), TestBytes.of("{")),
						List.of(TestBytes.of(">>"), TestBytes.of("}")), true, false)));
	}

	static Stream<Framing> others() {
		return Stream.of(Framings.lengthPrefixed(2, ByteOrder.BIG_ENDIAN, false), Framings.hex8(),
				Framings.escaped(Escapes.SLIP), Framings.escaped(Escapes.HDLC), Framings.dle(), Framings.cobs(),
				Framings.fixed(12), Framings.idleGap(Duration.ofMillis(50)));
	}

	@ParameterizedTest
	@MethodSource("seeking")
	void whenAPeerSendsWhateverItMayThenNoMessageIsWrong(Framing framing) {
		for (ChecksumKind kind : ChecksumKind.values()) {
			ChecksumRule rule = ChecksumRule.of(kind, ChecksumRule.encodingIn(framing, kind).orElseThrow());
			assertThat(rule.encoding()).isNotEqualTo(ChecksumEncoding.RAW);
			Checksum checksum = new Checksum(rule, 0);
			List<byte[]> sent = new ArrayList<>();
			FrameOutput stream = new FrameOutput(1024);
			for (int i = 0; i < MESSAGES; i++) {
				byte[] message = message();
				byte[] frame = checksum.withRoom(message);
				checksum.fill(frame, 0, frame.length);
				framing.encode(frame, stream);
				sent.add(message);
			}
			TestConnection connection = new TestConnection(Framings.checked(framing, rule), 64)
				.receive(Arrays.copyOf(stream.array(), stream.size()));
			assertThat(connection.frames()).usingElementComparator(Arrays::compare).containsExactlyElementsOf(sent);
			assertThat(connection.rejected()).isEmpty();
		}
	}

	/** Letters and digits that are in none of the marks. */
	private byte[] message() {
		byte[] message = new byte[1 + this.random.nextInt(20)];
		for (int i = 0; i < message.length; i++) {
			message[i] = (byte) "GHIJKLghijklm0123456789.".charAt(this.random.nextInt(24));
		}
		return message;
	}

	@ParameterizedTest
	@MethodSource("seeking")
	void whenTheFramingLooksForBytesThenARawChecksumIsRefused(Framing framing) {
		for (ChecksumKind kind : ChecksumKind.values()) {
			if (kind != ChecksumKind.MOD10) {
				assertThatExceptionOfType(InvalidSettingException.class)
					.isThrownBy(() -> Framings.checked(framing, ChecksumRule.of(kind, ChecksumEncoding.RAW)))
					.withMessageStartingWith("'checksum.encoding' is 'raw' but must be hex")
					.withMessageContaining("the framing " + framing + " looks for ");
			}
		}
	}

	@ParameterizedTest
	@MethodSource("others")
	void whenTheFramingLooksForNoneOfItsBytesThenAChecksumIsRaw(Framing framing) {
		for (ChecksumKind kind : ChecksumKind.values()) {
			ChecksumEncoding encoding = ChecksumRule.encodingIn(framing, kind).orElseThrow();
			assertThat(encoding)
				.isEqualTo((kind == ChecksumKind.MOD10) ? ChecksumEncoding.DECIMAL : ChecksumEncoding.RAW);
			assertThat(Framings.checked(framing, ChecksumRule.of(kind, ChecksumEncoding.RAW))).isNotNull();
		}
	}

	@Test
	void whenACheckDigitIsRawThenItIsRefusedOnlyWhereItMayBeAnEnd() {
		ChecksumRule raw = ChecksumRule.of(ChecksumKind.MOD10, ChecksumEncoding.RAW);
		Framing lines = Framings.checked(Framings.line(), raw);
		for (int value = 0; value < 100; value++) {
			String text = String.valueOf(value);
			assertThat(new TestConnection(lines, 9).receive(TestBytes.encode(lines, text)).texts())
				.containsExactly(text);
		}
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Framings.checked(Framings.nul(), raw));
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Framings.checked(Framings.stxEtx(), raw));
	}

	@Test
	void whenTheFramingOfAChecksumHasOneItselfThenWhatItLooksForCounts() {
		Framing checked = Framings.checked(Framings.nul(), ChecksumRule.of(ChecksumKind.XOR, ChecksumEncoding.HEX));
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Framings.checked(checked, ChecksumRule.of(ChecksumKind.XOR)));
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Framings.checked(Framings.acknowledged(Framings.nul(), TestBytes.of(6), null),
					ChecksumRule.of(ChecksumKind.XOR, ChecksumEncoding.HEX)))
			.withMessageStartingWith("'checksum.kind' is 'xor' but must be left out");
	}

	@Test
	void whenTheFramingIsOfTheApplicationThenNobodyKnows() {
		HexSerializer serializer = new HexSerializer();
		Framing own = Framings.ofSerializer(serializer, serializer);
		assertThat(ChecksumRule.encodingIn(own, ChecksumKind.XOR)).isEmpty();
		assertThat(ChecksumRule.encodingIn(own, ChecksumKind.MOD10)).contains(ChecksumEncoding.DECIMAL);
		assertThat(Framings.checked(own, ChecksumRule.of(ChecksumKind.XOR))).isNotNull();
	}

}
