package dev.sockets.autoconfigure.binding;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.Yaml;
import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A checksum is in frames only where it is found again, and covers something that it is
 * not a part of itself; anything else is refused at start.
 */
class ChecksumMapperTests {

	private static final String PATH = "sockets.tcp.server.scale.";

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			line                                                     | line with xor hex
			crlf                                                     | crlf with xor hex
			nul                                                      | nul with xor hex
			stx-etx                                                  | stx-etx with xor hex
			ndjson                                                   | ndjson with xor hex
			scpi                                                     | scpi with xor hex
			octet-counting                                           | octet-counting with xor hex
			'delimiter, framing-options.delimiter: ;'                | delimiter 3b with xor hex
			'delimiter, framing-options.delimiters: [\\r, \\n]'      | delimiter 0d or 0a with xor hex
			'delimiter, framing-options.delimiter: <EOF>'            | delimiter 3c 45 4f 46 3e with xor hex
			'marked, framing-options: {begin: (, end: )}'            | marked 28 to 29 with xor hex
			length2                                                  | length2 with xor
			hex8                                                     | hex8 with xor
			'fixed, framing-options.size: 4'                         | fixed 4 with xor
			'escaped, framing-options.kind: hdlc'                    | hdlc with xor
			'escaped, framing-options.kind: dle'                     | dle with xor
			'escaped, framing-options.kind: cobs'                    | cobs with xor
			'idle-gap, framing-options.gap: 50ms'                    | idle-gap 50ms with xor
			""")
	void whenEncodingIsNotSetThenAFrameDoesNotEndInItsChecksum(String framing, String made) {
		assertThat(framing(framing + ", checksum.kind: xor")).hasToString(made);
		if (made.endsWith("hex")) {
			assertRefused(framing + ", checksum: {kind: xor, encoding: raw}", "checksum.encoding", "raw")
				.withMessageContaining("must be hex");
		}
		else {
			assertThat(framing(framing + ", checksum: {kind: xor, encoding: hex}")).hasToString(made + " hex");
		}
	}

	@Test
	void whenChecksumIsBehindTheEndOrNeverADelimiterThenItMayBeRaw() {
		assertThat(framing("stx-etx, checksum: {kind: xor, place: after-end}"))
			.hasToString("marked 02 to 03 xor behind the end");
		assertThat(framing("stx-etx, checksum: {kind: xor, place: after-end, encoding: raw}"))
			.hasToString("marked 02 to 03 xor behind the end");
		assertThat(framing("line, checksum: {kind: mod10, encoding: raw}")).hasToString("line with mod10");
		assertThat(framing("line, checksum.kind: mod10")).hasToString("line with mod10 decimal");
		assertRefused("nul, checksum: {kind: mod10, encoding: raw}", "checksum.encoding", "raw");
		assertRefused("stx-etx, checksum: {kind: xor, encoding: raw}", "checksum.encoding", "raw")
			.withMessageContaining("or raw with checksum.place: after-end");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					delimiter, framing-options.delimiter: END, checksum.kind: xor             | encoding  | hex     | the digits of a checksum may have its 45 4e 44
					delimiter, framing-options.delimiter: '0', checksum.kind: mod10           | encoding  | decimal | the digits of a checksum may have its 30
					delimiter, framing-options.delimiter: 'f', checksum.kind: xor             | encoding  | hex     | the digits of a checksum may have its 66
					marked, framing-options: {begin: A, end: '>'}, checksum.kind: xor         | encoding  | hex     | the digits of a checksum may have its 41
					delimiter, framing-options.delimiter: 'x1x', checksum: {kind: xor}        | encoding  | hex     | have its 78 31 78
					delimiter, framing-options.delimiter: '<E>', checksum: {kind: xor, place: 2, from: 4} | encoding | hex | have its 3c 45 3e
					line, checksum: {kind: xor, separator: '\\n'}                             | separator | \\x0A   | the framing line looks for 0a
					delimiter, framing-options: {delimiter: ';', begin: A}, checksum.kind: xor | encoding | hex     | the digits of a checksum may have its 41
					delimiter, framing-options: {delimiter: ';', begin: ['!', x1]}, checksum.kind: xor | encoding | hex | the digits of a checksum may have its 78 31
					delimiter, framing-options: {delimiter: ';', begin: $}, checksum: {kind: xor, encoding: raw} | encoding | raw | looks for 3b
					delimiter, framing-options: {delimiter: ';', begin: $}, checksum: {kind: xor, separator: $} | separator | $ | the framing delimiter 3b begin 24 looks for 24
					crlf, checksum: {kind: xor, separator: '*\\n'}                            | separator | *\\x0A  | the framing crlf looks for 0d 0a
					""")
	void whenDigitsOrTheSeparatorMayBeADelimiterThenItIsRefused(String yaml, String key, String value, String reason) {
		assertRefused(yaml, "checksum." + key, value).withMessageContaining(reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			raw                                     | no frames
			stream, codec: json                     | nothing but JSON
			stream, codec: pickle                   | nothing but pickles
			end-of-stream                           | one frame
			fix                                     | a checksum of their own
			""")
	void whenFramesHaveNoPlaceForAChecksumThenItIsRefused(String framing, String reason) {
		assertRefused(framing + ", checksum.kind: xor", "checksum.kind", "xor")
			.withMessageContaining("must be left out: ")
			.withMessageContaining(reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					length2, checksum: {kind: sum16, place: 2, from: 0, to: 4}            | to    | 4  | at most 2, or checksum.from at least 4
					length2, checksum: {kind: sum8, place: 0}                             | place | 0  | with checksum.from at least 1: it would cover itself
					length2, checksum: {kind: sum8, place: 2}                             | place | 2  | with checksum.to at most 2, or checksum.from at least 3
					length2, checksum: {kind: sum8, place: 2, from: 1}                    | from  | 1  | at least 3, or checksum.to at most 2
					length2, checksum: {kind: crc16-modbus, place: -3, from: 1}           | from  | 1  | at least -1, or checksum.to at most -3
					length2, checksum: {kind: crc16-modbus, place: -1}                    | place | -1 | at most -2
					length2, checksum: {kind: xor, from: 4, to: 2}                        | to    | 2  | behind checksum.from
					length2, checksum: {kind: xor, from: 4, to: 4}                        | to    | 4  | behind checksum.from
					length2, checksum: {kind: xor, from: -2, to: -4}                      | to    | -4 | behind checksum.from
					length2, checksum: {kind: xor, to: 0}                                 | to    | 0  | behind checksum.from
					length2, checksum: {kind: crc32, from: -4}                            | from  | -4 | before the checksum
					length2, checksum: {kind: crc32, to: -3}                              | to    | -3 | at most -4
					line, checksum: {kind: sum8, separator: '*', from: -3}                | from  | -3 | before the checksum
					line, checksum: {kind: sum8, place: 2, to: -3}                        | to    | -3 | at most 2, or checksum.from at least 4
					stx-etx, checksum: {kind: xor, place: after-end, to: 1}               | to    | 1  | behind checksum.from
					fixed, framing-options.size: 4, checksum: {kind: crc32, place: 2}     | place | 2  | at most 0
					fixed, framing-options.size: 4, checksum: {kind: crc32}               | from  | 0  | before the checksum
					fixed, framing-options.size: 4, checksum: {kind: xor, from: 7}        | from  | 7  | within the frame, which has 4 bytes
					length2, framing-options.strip: none, checksum: {kind: xor, place: 1, from: 2} | place | 1 | the length is there
					delimiter, framing-options: {delimiter: ';', keep-delimiter: true}, checksum.kind: xor | place | end | an index from the end, as -4: the bytes that end frames are a part of them
					delimiter, framing-options: {delimiter: ';', begin: $$}, checksum: {kind: xor, place: 1, from: 4} | place | 1 | at least 2: what begins a message is there
					marked, framing-options: {begin: $, end: ';', keep-marks: true}, checksum: {kind: xor, place: 0, from: 4} | place | 0 | at least 1: what begins a message is there
					marked, framing-options: {begin: $, end: ';', keep-marks: true}, checksum: {kind: xor, place: -2, to: 1} | place | -2 | at most -3: what ends a message is there
					delimiter, framing-options: {delimiter: ';;', keep-delimiter: true}, checksum: {kind: xor, place: -3, to: 1} | place | -3 | at most -4: what ends a message is there
					marked, framing-options: {begin: <, end: '>', keep-marks: true}, checksum.kind: xor | place | end | an index from the end, as -4, or after-end: the bytes
					""")
	void whenAChecksumCoversItselfOrNothingThenItIsRefused(String yaml, String key, String value, String reason) {
		assertRefused(yaml, "checksum." + key, value).withMessageContaining(reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "length2, checksum: {kind: sum8, place: 2, from: 3}",
			"length2, checksum: {kind: sum8, place: 2, to: 2}", "length2, checksum: {kind: sum8, place: 0, from: 1}",
			"length2, checksum: {kind: crc16-modbus, place: -3, from: 1, to: -3}",
			"length2, checksum: {kind: crc16-modbus, place: -2}", "length2, checksum: {kind: xor, from: 1, to: -1}",
			"length2, checksum: {kind: xor, to: 10}", "length2, checksum: {kind: xor, place: -3, from: -1}",
			"fixed, framing-options.size: 12, checksum: {kind: sum8, place: 9, to: -3}",
			"length2, framing-options.strip: none, checksum: {kind: xor, place: 2, from: 3}",
			"marked, framing-options: {begin: <, end: '>', keep-marks: true}, checksum: {kind: xor, place: after-end}",
			"marked, framing-options: {begin: $, end: '\\r\\n', keep-marks: true}, "
					+ "checksum: {kind: xor, place: -4, from: 1, to: -5, encoding: hex}" })
	void whenAChecksumCoversSomethingElseThenItIsUsed(String yaml) {
		Framing framing = framing(yaml);
		FrameOutput output = new FrameOutput(64);
		byte[] payload = (yaml.contains("$") ? "$abcd*..\r\n" : "\0\n0123456789").getBytes(StandardCharsets.US_ASCII);
		framing.encode(payload, output);
		FrameWindow window = new FrameWindow();
		window.reset(output.array(), 0, output.size(), 0, 64);
		assertThat(framing.next(window)).isTrue();
		assertThat(window.rejection()).isNull();
		assertThat(window.start()).isEqualTo(output.size());
	}

	@Test
	void whenTheFramingIsABeanThenTheEncodingHasToBeSaid() {
		Framing bean = new OwnFraming();
		Yaml unsaid = Yaml.of("sockets.tcp.server.scale: {port: 0, framing: own, checksum.kind: xor}")
			.withBean("own", bean);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(unsaid::server)
			.withMessageStartingWith("'" + PATH + "checksum.encoding' is not set but must be raw or hex")
			.withMessageContaining("only hex is safe where it looks for bytes that end a message");
		assertThat(Yaml.of("sockets.tcp.server.scale: {port: 0, framing: own, checksum: {kind: xor, encoding: raw}}")
			.withBean("own", bean)
			.server()
			.connection()
			.framing()).hasToString("own with xor");
		assertThat(Yaml.of("sockets.tcp.server.scale: {port: 0, framing: own, checksum.kind: xor}")
			.withBean("own", Framings.nul())
			.server()
			.connection()
			.framing()).hasToString("nul with xor hex");
		assertThat(Yaml.of("sockets.tcp.server.scale: {port: 0, framing: own, checksum.kind: xor}")
			.withBean("own", Framings.lengthPrefixed(2, ByteOrder.BIG_ENDIAN, false))
			.server()
			.connection()
			.framing()).hasToString("length2 with xor");
	}

	private static Framing framing(String yaml) {
		return Yaml.of("sockets.tcp.server.scale: {port: 0, framing: " + yaml + "}").server().connection().framing();
	}

	private static ThrowableAssertAlternative<InvalidSettingException> assertRefused(String yaml, String key,
			String value) {
		return assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> framing(yaml))
			.withMessageStartingWith("'" + PATH + key + "' is '" + value + "' but must be ");
	}

	/** A framing of the application. */
	private static final class OwnFraming implements Framing {

		@Override
		public boolean next(FrameWindow window) {
			return Framings.line().next(window);
		}

		@Override
		public void encode(byte[] payload, FrameOutput output) {
			Framings.line().encode(payload, output);
		}

		@Override
		public String toString() {
			return "own";
		}

	}

}
