package dev.sockets.framing;

import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.sockets.SocketOperationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What a framing cannot send is told as such, with what to change; nothing was received.
 */
class RefusedSendsTests {

	static Stream<Arguments> refused() {
		Framing begun = Framings
			.delimiters(new Delimiters(List.of(TestBytes.of(";")), false, true, false, List.of(TestBytes.of("$"))));
		Framing skipping = Framings
			.delimiters(new Delimiters(List.of(TestBytes.of(";"), TestBytes.of(",")), false, true, false, List.of()));
		Framing kept = Framings
			.length(new LengthHeader(2, HeaderFormat.BINARY, ByteOrder.BIG_ENDIAN, 4, 0, false, false).atLeast(2)
				.atMost(4)
				.with(2, (byte) 0));
		ChecksumRule far = new ChecksumRule(ChecksumKind.XOR, ChecksumEncoding.RAW, ByteOrder.BIG_ENDIAN, 5, null, null,
				false, new byte[0]);
		return Stream.of(arguments(Framings.line(), "a\nb"), arguments(Framings.line(), "a\r"),
				arguments(Framings.crlf(), "a\r\nb"), arguments(Framings.stxEtx(), "a\3b"), arguments(begun, "a"),
				arguments(begun, "$a$b"), arguments(begun, "$a;"), arguments(skipping, ""), arguments(skipping, "a,b"),
				arguments(Framings.length(LengthHeader.binary(1)), "x".repeat(256)),
				arguments(Framings.length(LengthHeader.binary(1).atLeast(2)), "x"), arguments(kept, "abc"),
				arguments(kept, "ab\0d..x"), arguments(kept, "ab\0d..xxxxx"), arguments(kept, "abcd..xx"),
				arguments(Framings.fixed(4), "abc"), arguments(Framings.hex8(), ""),
				arguments(Framings.octetCounting(), ""), arguments(Framings.escaped(Escapes.SLIP), ""),
				arguments(Framings.ndjson(), " "), arguments(Framings.raw(), ""), arguments(Framings.jsonStream(), "1"),
				arguments(Framings.pickleStream(), "x"), arguments(Framings.fix(), "8=FIX.4.2|"),
				arguments(Framings.scpi(), "a\nb"), arguments(Framings.idleGap(Duration.ofMillis(1)), ""),
				arguments(Framings.checked(Framings.length(LengthHeader.binary(1)), far), "abc"),
				arguments(Framings.acknowledged(Framings.line(), TestBytes.of("\6"), null), "\6a"));
	}

	@ParameterizedTest
	@MethodSource("refused")
	void payloadIsToldNotToBeSentAndWhatToChange(Framing framing, String payload) {
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> framing.encode(TestBytes.of(payload), new FrameOutput(1)))
			.withMessageMatching(
					"(?s)Framing .+ cannot send .+: .+ \\(payload of " + payload.length() + " bytes, first bytes .+\\)")
			.withMessageNotContaining("received")
			.satisfies((ex) -> {
				for (Throwable cause = ex.getCause(); cause != null; cause = cause.getCause()) {
					assertThat(cause.getMessage()).doesNotContain("received");
				}
			});
	}

}
