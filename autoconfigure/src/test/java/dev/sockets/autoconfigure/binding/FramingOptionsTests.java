package dev.sockets.autoconfigure.binding;

import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.Yaml;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What {@code framing-options} and {@code checksum} make of the framings.
 */
class FramingOptionsTests {

	private static final String PATH = "sockets.tcp.server.echo.";

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					length, header-size: 3                                                   | length3
					length, header-size: 4, header-format: ascii                             | length4 ASCII
					length, header-size: 2, header-format: bcd, header-included: true        | length2 BCD header-included
					length, header-size: 2, offset: 4                                        | length2 offset 4 kept
					length4, strip: none, byte-order: little-endian                          | length4 little-endian kept
					length1, adjustment: 2, strip: header                                    | length1 adjustment 2
					length2, min-length: 2, header-included: true                            | length2 header-included at least 2
					length2, min-length: 2, max-length: 254                                  | length2 at least 2 at most 254
					length1, max-length: 255                                                 | length1
					length, header-size: 4, offset: 4, header-bytes: {0: '\\x02\\xFD'}       | length4 offset 4 with 02 fd at 0 kept
					length, header-size: 2, offset: 4, header-bytes: {2: '\\0', 3: '\\0', 0: ''} | length2 offset 4 with 00 00 at 2 kept
					length, header-size: 2, offset: 2, header-bytes: {0: 'A '} | length2 offset 2 with 41 20 at 0 kept
					delimiter, delimiter: ';;'                                               | delimiter 3b 3b
					delimiter, delimiters: [';', ',']                                        | delimiter 3b or 2c
					delimiter, delimiters: ['\\r\\n', '\\n'], skip-empty: true               | delimiter 0d 0a or 0a skip-empty
					delimiter, delimiter: ';', keep-delimiter: true                          | delimiter 3b kept
					delimiter, delimiter: ';', at-end: deliver                               | delimiter 3b deliver
					marked, begin: '<', end: '>'                                             | marked 3c to 3e
					marked, begin: ['$', '!'], end: ['\\r\\n'], keep-marks: true             | marked 24 or 21 to 0d 0a kept
					delimiter, delimiter: ';', begin: ['$', '!']                             | delimiter 3b begin 24 or 21
					stx-etx, between: error                                                  | marked 02 to 03
					escaped, kind: slip                                                      | slip
					idle-gap, gap: 50ms                                                      | idle-gap 50ms
					escaped, kind: hdlc                                                      | hdlc
					escaped, kind: dle                                                       | dle
					escaped, kind: cobs                                                      | cobs
					escaped, flag: '~', escape: '}', map: {7E: '\\x02', 7D: '\\x01'}         | escaped
					escaped, flag: '~', escape: '}', map: {'\\x7E': '\\x02', '[\\x7D]': '\\x01'} | escaped
					""")
	void whenOptionsAreSetThenFramingHasThem(String options, String framing) {
		assertThat(options(options)).hasToString(framing);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					length                                            | header-size     | 1, 2, 3, 4 or 8
					length, header-size: 5                            | header-size     | 1, 2, 3, 4 or 8
					length, header-size: 19, header-format: ascii     | header-size     | from 1 to 18
					length, header-size: 2, offset: 4, strip: header  | strip           | what is before the length would be lost
					length1, min-length: 256                          | min-length      | from 0 to 255, the most that the length can say
					length4, min-length: -1                           | min-length      | from 0 to 2147483647
					length1, max-length: 256                          | max-length      | from the min-length, 0, to 255, the most that the length can say
					length1, min-length: 5, max-length: 4             | max-length      | from the min-length, 5, to 255
					line, max-length: 1                               | max-length      | the framing 'line' does not use it
					line, header-bytes: {0: a}                        | header-bytes    | the framing 'line' does not use it
					length2, header-bytes: {0: a}                     | header-bytes[0]  | left out: Only bytes before the length can be fixed, which are 0
					length, header-size: 2, offset: 2, header-bytes: {1: ab} | header-bytes[1] | before the length can be fixed, which are 2
					length, header-size: 2, offset: 2, header-bytes: {0: ab, 1: a} | header-bytes[1] | cannot have two values
					length, header-size: 2, offset: 2, header-bytes: {0: '\\xZZ'} | header-bytes[0] | a backslash starts
					line, min-length: 1                               | min-length      | the framing 'line' does not use it
					length, header-size: 2, offset: -1                | offset          | from 0 to 512
					length, header-size: 2, header-format: hex, byte-order: big-endian | byte-order | only a binary length has it
					delimiter, delimiters: [';', '']                  | delimiters      | at least one character
					delimiter, delimiter: ';', delimiters: [';']      | delimiter       | there are several delimiters
					delimiter, delimiters: ['\\r', '\\r\\n'], keep-delimiter: true | keep-delimiter | begins with another
					delimiter, delimiter: ';', begin: [$, ';$']       | begin           | bytes that do not begin with a delimiter
					marked, end: '>'                                  | begin           | at least one character
					marked, begin: '<'                                | end             | at least one character
					marked, begin: '<', end: ['>', '>>']              | end             | begins with another
					idle-gap                                          | gap             | a positive duration
					idle-gap, gap: 0s                                 | gap             | a positive duration
					line, gap: 1s                                     | gap             | the framing 'line' does not use it
					escaped                                           | kind            | slip, hdlc, dle or cobs
					escaped, kind: slip, flag: '~'                    | flag            | the kind has its own
					escaped, flag: '~', map: {7E: a}                  | escape          | one byte
					escaped, flag: '~~', escape: '}', map: {7E: a}    | flag            | one byte
					escaped, flag: '~', escape: '}', map: {7E: a}     | map             | have to be replaced
					escaped, flag: '~', escape: '}', map: {tilde: a}  | map             | two hexadecimal digits
					line, offset: 2                                   | offset          | the framing 'line' does not use it
					crlf, end: '>'                                    | end             | the framing 'crlf' does not use it
					delimiter, delimiter: ';', begin-inside: keep     | begin-inside    | the framing 'delimiter' does not use it
					raw, map: {7E: a}                                 | map             | the framing 'raw' does not use it
					line, delimiters: [a]                             | delimiters      | the framing 'line' does not use it
					""")
	void whenOptionsCannotWorkThenTheyAreRefused(String options, String key, String reason) {
		assertRefused(
				"framing: " + options.replaceFirst(", ", ", framing-options: {") + (options.contains(", ") ? "}" : ""))
			.withMessageStartingWith("'" + PATH + "framing-options." + key + "' is ")
			.withMessageContaining(reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			marked, begin: '<', end: '>', begin-inside: reject | <a<b>         | 2
			marked, begin: '<', end: '>', begin-inside: keep   | <a<b>         | 0
			stx-etx, begin-inside: keep                        | \\02a\\02b\\03 | 0
			stx-etx, begin-inside: reject                      | \\02a\\02b\\03 | 2
			stx-etx, keep-marks: true                          | \\02a\\02b\\03 | 2
			""")
	void whenAFrameBeginsWithinAnotherThenTheOptionDecides(String options, String bytes, int refused) {
		byte[] received = bytes.translateEscapes().getBytes();
		FrameWindow window = new FrameWindow();
		window.reset(received, 0, received.length, 0, 64);
		assertThat(options(options).next(window)).isTrue();
		assertThat(window.isUnfinished()).isEqualTo(refused > 0);
		assertThat(window.start()).isEqualTo((refused > 0) ? refused : received.length);
	}

	@ParameterizedTest
	@CsvSource({ "delimiter, delimiter: 0x0D, delimiter, \\x0D",
			"delimiter, delimiters: [0x0D], 'delimiters[0]', \\x0D", "marked, 'begin: 0x02, end: x', begin, \\x02",
			"marked, 'begin: x, end: [x, 3]', 'end[1]', \\x03", "escaped, 'flag: 0x7E, escape: x', flag, \\x7E",
			"length, 'header-size: 2, offset: 2, header-bytes: {0: 0x02}', header-bytes[0], \\x02" })
	void whenBytesAreANumberToYamlThenTheHintSaysHowToWriteThem(String framing, String options, String key,
			String hint) {
		assertRefused("framing: " + framing + ", framing-options: {" + options + "}")
			.withMessageStartingWith("'" + PATH + "framing-options." + key + "' is ")
			.withMessageContaining("text in quotes")
			.withMessageContaining("write '" + hint + "'");
	}

	@ParameterizedTest
	@CsvSource({ "busy-message, 0x15", "goodbye-message, 4", "heartbeat.message, 0x05", "session.hello, 0x05" })
	void whenAMessageIsANumberToYamlThenItIsRefused(String key, String number) {
		assertRefused(key + ": " + number + ", heartbeat.interval: 1s")
			.withMessageStartingWith("'" + PATH + key + "' is ")
			.withMessageContaining("text in quotes");
	}

	@Test
	void whenAReplacementIsANumberToYamlThenTheHintSaysHowToWriteIt() {
		assertRefused("framing: escaped, framing-options: {flag: '~', escape: '}', map: {7E: 0x5E, 7D: '\\x5D'}}")
			.withMessageStartingWith("'" + PATH + "framing-options.map.7e' is ")
			.withMessageContaining("write '\\x5E'");
	}

	@Test
	void whenAHelloIsANumberToYamlThenItIsNotQuoted() {
		assertRefused("session.hello: 471147").withMessageNotContaining("471147");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					framing: line, checksum.kind: xor                                        | line with xor hex
					framing: length2, checksum: {kind: crc16-modbus, encoding: hex}          | length2 with crc16-modbus hex
					framing: line, checksum: {kind: sum8, from: 1, to: -3, place: -2, encoding: hex} | line with sum8 hex from 1 to -3 at -2
					framing: crlf, checksum: {kind: crc32, byte-order: little-endian}        | crlf with crc32 hex LITTLE_ENDIAN
					framing: stx-etx, checksum: {kind: xor, place: after-end}                | marked 02 to 03 xor behind the end
					framing: stx-etx, checksum: {kind: lrc, encoding: hex}                   | stx-etx with lrc hex
					framing: idle-gap, framing-options.gap: 20ms, checksum.kind: crc16-modbus | idle-gap 20ms with crc16-modbus
					framing: line, checksum: {kind: mod10}                                   | line with mod10 decimal
					framing: line, checksum: {kind: xor, separator: '\\x2A'}                 | line with xor hex after 2a
					""")
	void whenThereIsAChecksumThenFramesHaveIt(String yaml, String framing) {
		assertThat(Yaml.of(PATH.substring(0, PATH.length() - 1) + ": {port: 0, " + yaml + "}")
			.server()
			.connection()
			.framing()).hasToString(framing);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			checksum.from: 1                                  | from      | there is no checksum without checksum.kind
			checksum: {kind: xor, place: after-end}           | place     | have a mark at the end
			checksum: {kind: xor, place: somewhere}           | place     | end, after-end, or the index
			checksum: {kind: xor, byte-order: big-endian}     | byte-order | a checksum of one byte has no order
			checksum: {kind: xor, place: 2, separator: x}     | separator | only for a checksum at the end
			checksum: {kind: xor, separator: '\\q'}           | separator | at least one character
			checksum: {kind: xor, separator: 0x2A}            | separator | write '\\x2A'
			""")
	void whenChecksumCannotWorkThenItIsRefused(String yaml, String key, String reason) {
		assertRefused(yaml).withMessageStartingWith("'" + PATH + "checksum." + key + "' is ")
			.withMessageContaining(reason);
	}

	@ParameterizedTest
	@CsvSource({ "GBK, |", "Shift_JIS, \\", "Big5, @", "GB18030, 5", "UTF-16, ;", "UTF-16LE, '\\x0A\\x00'",
			"UTF-8, \\x81", "GBK, \\x81", "EUC-JP, '\\xA2\\xA3'" })
	void whenADelimiterMayBeAPartOfACharacterThenTheCharsetIsRefused(String charset, String delimiter) {
		String written = delimiter.equals("\\") ? "\\\\" : delimiter;
		assertRefused("framing: delimiter, framing-options.delimiter: '" + written + "', charset: " + charset)
			.withMessageStartingWith(
					"'" + PATH + "charset' is '" + charset + "' but must be one in whose texts the bytes");
		assertRefused("framing: marked, framing-options: {begin: '#', end: '" + written + "'}, charset: " + charset)
			.withMessageStartingWith(
					"'" + PATH + "charset' is '" + charset + "' but must be one in whose texts the bytes");
	}

	@ParameterizedTest
	@CsvSource({ "GBK, \\r\\n", "Shift_JIS, ;", "UTF-8, é", "ISO-8859-1, \\xE9", "UTF-8, |" })
	void whenADelimiterIsNeverAPartOfACharacterThenTheCharsetIsUsed(String charset, String delimiter) {
		assertThat(options("delimiter, delimiter: '" + delimiter + "'", ", charset: " + charset)).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Shift_JIS", "GBK", "Big5" })
	void whenJsonMayBeAPartOfACharacterThenTheCharsetIsRefused(String charset) {
		assertRefused("framing: stream, charset: " + charset).withMessageContaining("never a part of a character");
	}

	@Test
	void whenMessagesHaveEscapesThenTheyAreTheirBytes() {
		assertThat(Yaml.of("sockets.tcp.server.echo: {port: 0, busy-message: '\\x15é', charset: ISO-8859-1}")
			.server()
			.busyMessage()).containsExactly(0x15, 0xE9);
		assertRefused("goodbye-message: 'C:\\new\\q'").withMessageContaining("text in which a backslash starts");
	}

	private static Framing options(String options) {
		return options(options, "");
	}

	private static Framing options(String options, String more) {
		return Yaml
			.of("sockets.tcp.server.echo: {port: 0, framing: " + options.replaceFirst(", ", ", framing-options: {")
					+ "}" + more + "}")
			.server()
			.connection()
			.framing();
	}

	private static ThrowableAssertAlternative<InvalidSettingException> assertRefused(String yaml) {
		return assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Yaml.of("sockets.tcp.server.echo: {port: 0, " + yaml + "}").server());
	}

}
