package dev.sockets.autoconfigure;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.sockets.InvalidSettingException;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Profile;
import dev.sockets.tcp.TcpServerSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Profiles of the field, by messages that their standards or manuals show: each is found
 * at every split point, between two others, and sent as the same bytes.
 */
class FieldProfileTests {

	private static final HexFormat HEX = HexFormat.of();

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					# MLLP: VT, an acknowledgement of HL7, FS CR
					mllp       | 0b4d53487c5e7e5c267c7c7c7c7c7c7c41434b0d4d53417c41417c310d1c0d | 4d53487c5e7e5c267c7c7c7c7c7c7c41434b0d4d53417c41417c310d
					# Modbus Messaging on TCP/IP Implementation Guide: read input registers
					modbus-tcp | 150100000006ff0400040001 | 150100000006ff0400040001
					# SMPP 3.4: bind_transmitter of SMPP3TEST
					smpp       | 0000002f000000020000000000000001534d50503354455354007365637265743038005355424d4954310000010100 | 0000002f000000020000000000000001534d50503354455354007365637265743038005355424d4954310000010100
					# SEMI E37: Select.req, which is a header only
					hsms       | 0000000affff0000000100000001 | ffff0000000100000001
					# JT/T 808: the example of its escapes, 30 7e 08 7d 55, with its check byte
					jt808      | 7e307d02087d01556e7e | 307e087d55
					# JT/T 808: answer to a registration
					jt808      | 7e8100000c0404571031660030003000736875616e67776569e07e | 8100000c0404571031660030003000736875616e67776569
					# IEEE 488.2: a definite length block of eight bytes, with LF and CR LF, behind a value
					scpi       | 312c2332303830310a33340d0a370a | 312c2332303830310a33340d0a37
					# STX, ABC, ETX, and the exclusive or of the last four
					stx-etx-lrc | 024142430343 | 414243
					""")
	void whenAMessageIsThatOfTheStandardThenItIsFoundAndSent(String profile, String wire, String message) {
		assertGoesBothWays(profile, HEX.parseHex(wire), HEX.parseHex(message));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					nmea   | $GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\\r\\n | $GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,
					# RFC 5424, example 1
					syslog | 107 <34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - 'su root' failed for lonvick on /dev/pts/8 | <34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - 'su root' failed for lonvick on /dev/pts/8
					""")
	void whenATextIsThatOfTheStandardThenItIsFoundAndSent(String profile, String wire, String message) {
		assertGoesBothWays(profile, bytes(wire.replace("\\r\\n", "\r\n")), bytes(message));
	}

	@Test
	void whenAMessageOfFixIsWholeThenItIsFoundAndSent() {
		byte[] message = bytes(
				"8=FIX.4.2|9=49|35=5|34=1|49=ARCA|52=20150916-04:14:05.306|56=TW|10=157|".replace('|', '\1'));
		assertGoesBothWays("fix", message, message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					# Modbus Messaging on TCP/IP: the length counts unit and function code, so it is at least 2
					modbus-tcp | 150100000000         | 000100000000         | 0, which is less than 2
					modbus-tcp | 150100000001ff       | 150100000001ff       | 1, which is less than 2
					# SEMI E37: the length counts the header of ten bytes
					hsms       | 00000009ffff00000001000000 | ffff00000001000000 | 9, which is less than 10
					hsms       | 00000000             | ''                   | 0, which is less than 10
					# SMPP 3.4: the length counts the header of 16 bytes
					smpp       | 0000000f0000001500000000000000 | 0000000f0000001500000000000000 | 15, which is less than 16
					smpp       | 00000004             | 00000004             | 4, which is less than 16
					# FIX: the third field is the type of the message, so a body has at least 35= and two bytes
					fix        | 383d4649582e342e3401393d300131303d31363901 | 383d4649582e342e3401393d300131303d31363901 | 0, which is less than 5
					fix        | 383d4649582e342e3401393d34013d350131303d30303001 | 383d4649582e342e3401393d34013d350131303d30303001 | 4, which is less than 5
					""")
	void whenALengthIsLessThanTheStandardHasThenItIsMalformed(String profile, String wire, String message,
			String rule) {
		for (Framing framing : List.of(settings(profile).framing(), made(profile).framing())) {
			byte[] bytes = HEX.parseHex(wire);
			assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> read(framing, bytes))
				.withMessageContaining("length " + rule)
				.extracting(SocketOperationException::getCode)
				.isEqualTo(SocketErrorCode.MALFORMED_FRAME);
			assertThatExceptionOfType(SocketOperationException.class)
				.isThrownBy(() -> framing.encode(HEX.parseHex(message), new FrameOutput(16)))
				.extracting(SocketOperationException::getCode)
				.isEqualTo(SocketErrorCode.MALFORMED_FRAME);
		}
	}

	/** Modbus Messaging on TCP/IP: a PDU has 253 bytes at most, and the protocol is 0. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0001000000ff0103       | 255, which is more than 254
			00010000ffff0103       | 65535, which is more than 254
			000100010006010300000001 | without 00 00 at 2
			00010100000601030000   | without 00 00 at 2
			""")
	void whenAMessageIsNoneOfModbusThenItIsMalformedAndNotSent(String wire, String rule) {
		for (Framing framing : List.of(settings("modbus-tcp").framing(), made("modbus-tcp").framing())) {
			assertThatExceptionOfType(SocketOperationException.class)
				.isThrownBy(() -> read(framing, HEX.parseHex(wire)))
				.withMessageContaining(rule)
				.extracting(SocketOperationException::getCode)
				.isEqualTo(SocketErrorCode.MALFORMED_FRAME);
			byte[] message = rule.contains("254") ? new byte[261] : HEX.parseHex(wire);
			assertThatExceptionOfType(SocketOperationException.class)
				.isThrownBy(() -> framing.encode(message, new FrameOutput(16)))
				.withMessageContaining("cannot send")
				.extracting(SocketOperationException::getCode)
				.isEqualTo(SocketErrorCode.MALFORMED_FRAME);
		}
	}

	@Test
	void whenAMessageOfModbusIsTheLongestThenItGoesBothWays() {
		byte[] longest = new byte[260];
		longest[5] = (byte) 254;
		assertGoesBothWays("modbus-tcp", longest, longest);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					framing-options: {offset: 0}                             | length2 at least 2 at most 254 kept
					framing-options: {header-format: ascii, strip: none}     | length2 ASCII offset 4 at least 2 with 00 00 at 2 kept
					framing: line                                            | line
					framing-options: {max-length: 6, header-bytes: {0: a}}   | length2 offset 4 at least 2 at most 6 with 61 at 0, 00 00 at 2 kept
					""")
	void whenKeysOfAProfileDoNotFitThoseThatAreWrittenThenTheyAreLeftOut(String keys, String framing) {
		assertThat(Yaml.of("sockets.tcp.server.echo: {port: 0, profile: modbus-tcp, " + keys + "}")
			.server()
			.connection()
			.framing()).hasToString(framing);
	}

	@Test
	void whenTheLeastLengthIsMoreThanTheProfileHasThenItIsNamed() {
		Yaml yaml = Yaml.of("sockets.tcp.server.echo: {port: 0, profile: modbus-tcp, framing-options.min-length: 300}");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::server)
			.withMessage("'sockets.tcp.server.echo.framing-options.min-length' is '300' but must be at most the "
					+ "max-length, 254");
	}

	@Test
	void whenAProtocolIdIsAnotherOneThenTheKeySaysSo() {
		byte[] message = HEX.parseHex("0001000100020103");
		for (String bytes : List.of("''", "'\\0\\x01'")) {
			Framing framing = Yaml
				.of("sockets.tcp.server.echo: {port: 0, profile: modbus-tcp, framing-options.header-bytes: {2: " + bytes
						+ "}}")
				.server()
				.connection()
				.framing();
			assertThat(read(framing, message)).containsExactly(message);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			nmea | %GPGLL,1*0A\\r\\n               | %GPGLL,1
			nmea | noiseGPGLL,4916.45,N,12311.12,W*2B\\r\\n | noiseGPGLL,4916.45,N,12311.12,W
			nmea | GPGLL,1*0A\\r\\n                | GPGLL,1
			fix  | 8=FIX.4.2^9=5^49=A^10=183^     | 8=FIX.4.2^9=5^49=A^10=183^
			""")
	void whenAMessageDoesNotBeginAsTheStandardHasItThenItIsRejectedAndNotSent(String profile, String wire,
			String message) {
		byte[] bytes = bytes(wire.translateEscapes().replace('^', '\1'));
		for (Framing framing : List.of(settings(profile).framing(), made(profile).framing())) {
			FrameWindow window = new FrameWindow();
			window.reset(bytes, 0, bytes.length, 0, 1_000);
			assertThat(framing.next(window)).isTrue();
			assertThat(window.rejection()).isEqualTo(SocketErrorCode.MALFORMED_FRAME);
			assertThat(window.isUnfinished()).isFalse();
			assertThat(window.start()).isEqualTo(bytes.length);
			assertThatExceptionOfType(SocketOperationException.class)
				.isThrownBy(() -> framing.encode(bytes(message.replace('^', '\1')), new FrameOutput(16)))
				.extracting(SocketOperationException::getCode)
				.isEqualTo(SocketErrorCode.MALFORMED_FRAME);
		}
	}

	@Test
	void whenSyslogComesInLinesThenTheyAreMessages() {
		assertThat(read(settings("syslog").framing(), bytes("<34>Oct 11 22:14:15 mymachine su: failed\n<13>x\n")))
			.containsExactly(bytes("<34>Oct 11 22:14:15 mymachine su: failed"), bytes("<13>x"));
	}

	@Test
	void whenNmeaComesFromAReceiverOfAisOrWithLfOnlyThenItIsFound() {
		assertThat(read(settings("nmea").framing(), bytes("!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C\n")))
			.containsExactly(bytes("!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0"));
	}

	@ParameterizedTest
	@CsvSource({ "nmea, $GPGGA!AIVDM*57\\r\\n, !AIVDM", "mllp, \\013MSHPID\\013MSH\\034\\r, MSH",
			"stx-etx-lrc, \\002AB\\002C\\003@, C" })
	void whenAMessageIsNotFinishedBeforeAnotherBeginsThenOnlyTheOtherIsRead(String profile, String wire,
			String message) {
		byte[] bytes = bytes(wire.translateEscapes());
		FrameWindow window = new FrameWindow();
		window.reset(bytes, 0, bytes.length, 0, 1_000);
		Framing framing = settings(profile).framing();
		assertThat(framing.next(window)).isTrue();
		assertThat(window.isUnfinished()).isTrue();
		assertThat(framing.next(window)).isTrue();
		assertThat(new String(window.frameArray(), window.frameStart(), window.frameLength(), StandardCharsets.UTF_8))
			.isEqualTo(message);
	}

	private static void assertGoesBothWays(String profile, byte[] wire, byte[] message) {
		Framing framing = settings(profile).framing();
		FrameOutput output = new FrameOutput(16);
		framing.encode(message, output);
		assertThat(HEX.formatHex(output.array(), 0, output.size())).isEqualTo(HEX.formatHex(wire));
		byte[] three = ByteBuffer.allocate(3 * wire.length).put(wire).put(wire).put(wire).array();
		for (int at = 0; at <= three.length; at++) {
			assertThat(read(framing, Arrays.copyOf(three, at), Arrays.copyOfRange(three, at, three.length)))
				.containsExactly(message, message, message);
		}
		ConnectionSettings made = made(profile);
		assertThat(made.framing()).hasToString(framing.toString());
		assertThat(read(made.framing(), three)).hasSize(3);
	}

	private static List<byte[]> read(Framing framing, byte[]... reads) {
		List<byte[]> messages = new ArrayList<>();
		FrameWindow window = new FrameWindow();
		byte[] rest = new byte[0];
		int scanned = 0;
		long state = 0;
		for (byte[] read : reads) {
			byte[] bytes = ByteBuffer.allocate(rest.length + read.length).put(rest).put(read).array();
			window.reset(bytes, 0, bytes.length, scanned, 64 * 1024);
			window.state(state);
			while (window.start() < bytes.length && framing.next(window)) {
				assertThat(window.rejection()).isNull();
				messages.add(Arrays.copyOfRange(window.frameArray(), window.frameStart(),
						window.frameStart() + window.frameLength()));
			}
			rest = Arrays.copyOfRange(bytes, window.start(), bytes.length);
			scanned = window.scanned() - window.start();
			state = window.state();
		}
		return messages;
	}

	private static ConnectionSettings made(String profile) {
		return TcpServerSettings.builder("echo")
			.port(0)
			.profile(Profile.valueOf(profile.toUpperCase(Locale.ROOT).replace('-', '_')))
			.build()
			.connection();
	}

	private static ConnectionSettings settings(String profile) {
		return Yaml.of("sockets.tcp.server.echo: {port: 0, profile: " + profile + "}").server().connection();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
