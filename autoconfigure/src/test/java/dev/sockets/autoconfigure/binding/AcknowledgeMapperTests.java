package dev.sockets.autoconfigure.binding;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.Yaml;
import dev.sockets.tcp.AcknowledgeAfter;
import dev.sockets.tcp.AcknowledgeSettings;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Hl7Ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Keys of acknowledgements reach the settings that they are for, or are refused.
 */
class AcknowledgeMapperTests {

	@Test
	void whenMessagesAreAcknowledgedThenSettingsSayHow() {
		ConnectionSettings connection = Yaml.of("""
				sockets.tcp.server.scale:
				  port: 0
				  framing: stx-etx
				  acknowledge: {ack: '\\x06', nak: '\\x15', timeout: 2s, retries: 6, after: handled}
				""").server().connection();
		assertThat(connection.acknowledge()).usingRecursiveComparison()
			.isEqualTo(new AcknowledgeSettings(new byte[] { 6 }, new byte[] { 0x15 }, Duration.ofSeconds(2), 6,
					AcknowledgeAfter.HANDLED));
		assertThat(connection.framing()).hasToString("stx-etx acknowledged by 06 or 15");
		assertThat(Yaml.of("sockets.tcp.server.scale: {port: 0, acknowledge.ack: '\\x06'}")
			.server()
			.connection()
			.acknowledge()).usingRecursiveComparison().isEqualTo(AcknowledgeSettings.of(new byte[] { 6 }, null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					acknowledge.nak: x                                  | acknowledge.nak | not acknowledged without acknowledge.ack
					acknowledge.ack: ''                                 | acknowledge.ack | at least one character
					acknowledge.ack: 0x06                               | acknowledge.ack | write '\\x06'
					acknowledge: {ack: a, retries: -1}                  | acknowledge.retries | 0 or more
					acknowledge: {ack: a, timeout: 0s}                  | acknowledge.timeout | a positive duration
					acknowledge: {ack: a, nak: ab}                      | acknowledge.nak | is 'ab' but must be other bytes: it may not begin with acknowledge.ack, 'a', nor that with it
					acknowledge: {ack: OK, nak: OK}                     | acknowledge.nak | may not begin with acknowledge.ack, 'OK'
					acknowledge: {ack: '\\n'}                         | acknowledge.ack | is '\\x0A' but must be a whole frame, or bytes that have nothing of the 0a
					framing: crlf, acknowledge: {ack: '\\x06', nak: '\\r'} | acknowledge.nak | is '\\x0D' but must be a whole frame, or bytes that have nothing of the 0d 0a
					framing: stx-etx, acknowledge: {ack: '\\x02'}     | acknowledge.ack | nothing of the 02 that the framing stx-etx looks for
					framing: length2, acknowledge.ack: a                | acknowledge.ack | but not from those of length2
					heartbeat.interval: 1s, acknowledge.ack: a          | acknowledge.ack | heartbeats cannot be had
					password: secret, acknowledge.ack: a                | acknowledge.ack | cannot be had
					framing: line, codec: json, rpc: true, acknowledge.ack: a | acknowledge.ack | requests by opcode cannot be had
					""")
	void whenMessagesCannotBeAcknowledgedThenItIsRefused(String yaml, String key, String reason) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Yaml.of("sockets.tcp.server.scale: {port: 0, " + yaml + "}").server())
			.withMessageStartingWith("'sockets.tcp.server.scale." + key + "' is ")
			.withMessageContaining(reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					framing: stx-etx, acknowledge.ack: '\\x06', heartbeat.answer: x | acknowledge.ack' is '\\x06' but must be left out, or heartbeat.interval and heartbeat.answer left out: heartbeats cannot be had with acknowledgements
					acknowledge.ack: OK, session.expect: a | acknowledge.ack' is 'OK' but must be left out, or password, session and handshake left out
					framing: idle-gap, framing-options.gap: 50ms, heartbeat.interval: 1s | framing' is 'idle-gap 50ms' but must be another one, or heartbeat.interval and heartbeat.answer left out: heartbeats cannot be had with silence between messages
					framing: idle-gap, framing-options.gap: 50ms, password: s3cret | framing' is 'idle-gap 50ms' but must be another one, or password left out: a password
					""")
	void whenOtherMessagesCannotStandInLineThenBothKeysAreNamed(String yaml, String message) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Yaml.of("sockets.tcp.server.scale: {port: 0, " + yaml + "}").server())
			.withMessageStartingWith("'sockets.tcp.server.scale." + message)
			.withMessageNotContaining("s3cret");
	}

	@Test
	void whenMessagesOfHl7AreAcknowledgedThenSettingsSaySo() {
		assertThat(Yaml.of("sockets.tcp.server.lab: {port: 0, profile: mllp, hl7.ack: auto}")
			.server()
			.connection()
			.hl7Ack()).isEqualTo(Hl7Ack.AUTO);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(
				() -> Yaml.of("sockets.tcp.server.lab: {port: 0, profile: mllp, codec: bytes, hl7.ack: auto}").server())
			.withMessageStartingWith("'sockets.tcp.server.lab.hl7.ack' is ");
	}

}
