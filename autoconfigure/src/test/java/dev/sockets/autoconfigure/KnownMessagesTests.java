package dev.sockets.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.InvalidSettingException;
import dev.sockets.tcp.Heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Messages that stand in the configuration: what is sent to a peer that is turned away,
 * left or kept alive.
 */
class KnownMessagesTests {

	@Test
	void whenCodecUsesNoCharsetThenBusyMessageOfClientDoes() {
		assertThat(
				Yaml.of("sockets.tcp.client.peer: {port: 1, codec: bytes, charset: ISO-8859-1, busy-message: occupé}")
					.client()
					.busyMessage())
			.isEqualTo("occupé".getBytes(StandardCharsets.ISO_8859_1));
	}

	@Test
	void whenFramingCannotCarryBusyMessageOfClientThenItFailsWithItsPath() {
		Yaml yaml = Yaml.of("sockets.tcp.client.peer: {port: 1, busy-message: \"a\\nb\"}");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::client)
			.withMessageStartingWith("'sockets.tcp.client.peer.busy-message' is 'a\nb' but must be a message that the "
					+ "framing can carry.");
	}

	@Test
	void whenHeartbeatHasOnlyIntervalThenTimeoutIsTheSameAndMessageIsEmpty() {
		assertThat(Yaml.of("""
				sockets.tcp.client.peer:
				  port: 1
				  heartbeat.interval: 15s
				""").client().connection().heartbeat()).usingRecursiveComparison()
			.isEqualTo(new Heartbeat(Duration.ofSeconds(15), Duration.ofSeconds(15), new byte[0]));
	}

	@Test
	void whenDefaultsHaveHeartbeatMessageThenEntriesWithoutHeartbeatLeaveItAlone() {
		assertThat(Yaml.of("""
				sockets.tcp:
				  server-defaults:
				    heartbeat:
				      timeout: 1s
				      message: alive
				    inbox.overflow: block
				    busy-message: busy
				  server.echo:
				    port: 0
				    when-full: wait
				""").server().connection().heartbeat()).isNull();
	}

	@Test
	void whenMessageIsEmptyThenItIsAnEmptyFrame() {
		assertThat(Yaml.of("sockets.tcp.server.echo: {port: 0, busy-message: ''}").server().busyMessage()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "busy-message", "goodbye-message", "heartbeat.message" })
	void whenFramingCannotCarryMessageThenItFailsWithItsPath(String key) {
		Yaml yaml = message(key, "\"a\\nb\"");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::server)
			.withMessage("'sockets.tcp.server.echo." + key + "' is 'a\nb' but must be a message that the framing can "
					+ "carry. Framing line cannot send a payload with LF at index 1, as it would arrive as two "
					+ "messages: remove the LF, or use framing length4 (payload of 3 bytes, first bytes 61 0a 62)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "busy-message", "goodbye-message", "heartbeat.message" })
	void whenMessageIsLongerThanAFrameThenItFailsWithItsPath(String key) {
		Yaml yaml = message(key, "\"12345\"", "max-frame-size: 4B");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::server)
			.withMessage("'sockets.tcp.server.echo." + key
					+ "' is '12345' but must be no longer than a message may be, 4 bytes");
	}

	@ParameterizedTest
	@ValueSource(strings = { "busy-message", "goodbye-message", "heartbeat.message" })
	void whenCharsetLacksCharacterOfMessageThenItFailsWithItsPath(String key) {
		Yaml yaml = message(key, "occupé", "charset: US-ASCII");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::server)
			.withMessage("'sockets.tcp.server.echo." + key
					+ "' is 'occupé' but must be text of characters that the charset US-ASCII has");
	}

	@ParameterizedTest
	@ValueSource(strings = { "raw", "stream" })
	void whenFramingHasNoEmptyMessageThenHeartbeatNeedsOne(String framing) {
		Yaml yaml = Yaml.of("sockets.tcp.client.peer: {port: 1, framing: " + framing + ", heartbeat.interval: 1s}");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::client)
			.withMessageStartingWith("'sockets.tcp.client.peer.heartbeat.message' is '' but must be a message that "
					+ "the framing can carry. Framing " + framing + " cannot send");
	}

	private static Yaml message(String key, String text, String... more) {
		return Yaml.of("sockets.tcp.server.echo:\n  port: 0\n  heartbeat.interval: 1s\n  " + key + ": " + text
				+ Stream.of(more).map("\n  "::concat).collect(Collectors.joining()));
	}

}
