package dev.sockets.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Settings that do not go together, wherever each of them stands: in the entry, in the
 * defaults of its group, or nowhere.
 */
@ExtendWith(OutputCaptureExtension.class)
class ContradictingSettingsTests {

	private static final String SERVER = "sockets.tcp.server.echo";

	private static final String DEFAULTS = "sockets.tcp.server-defaults";

	private static final String CLIENT = "sockets.tcp.client.feed";

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-",
			textBlock = """
					framing: length1, max-frame-size: 1MB | - | defaults.max-frame-size | 1MB | at most 255B, as the header of the framing 'length1'
					framing: length1 | max-frame-size: 1MB | entry.max-frame-size | 1MB | at most 255B, as the header of the framing 'length1'
					framing: length, framing-options.header-size: 2, max-frame-size: 1MB | - | defaults.max-frame-size | 1MB | at most 65535B, as the header of the framing 'length' can say no more: one of a larger header-size can
					- | framing: length2, outbound.max-message-size: 1MB | entry.outbound.max-message-size | 1MB | at most 65535B, as the header
					- | framing: length4, framing-options: {header-format: ascii}, max-frame-size: 10KB | entry.max-frame-size | 10KB | at most 9999B, as the header of the framing 'length4'
					- | framing: length, framing-options: {header-size: 2, header-format: bcd}, max-frame-size: 10KB | entry.max-frame-size | 10KB | at most 9999B, as the header of the framing 'length'
					- | framing: length, framing-options: {header-size: 3, header-format: hex}, max-frame-size: 5000B | entry.max-frame-size | 5000B | at most 4095B, as the header of the framing 'length'
					- | framing: length1, framing-options.header-included: true, max-frame-size: 256B | entry.max-frame-size | 256B | at most 254B, as the header of the framing 'length1'
					- | framing: length2, framing-options.min-length: 20, max-frame-size: 10B | entry.framing-options.min-length | 20 | at most 10, as messages of that length have as many bytes as max-frame-size allows
					framing-options.min-length: 20 | framing: length2, max-frame-size: 10B | entry.max-frame-size | 10B | at least 20B, which the shortest message of the framing 'length2' has
					max-frame-size: 10B | framing: length2, framing-options.min-length: 20 | entry.framing-options.min-length | 20 | at most 10, as
					- | framing: length4, framing-options.min-length: 100000 | entry.framing-options.min-length | 100000 | at most 65536, as
					- | profile: modbus-tcp, framing-options.min-length: 20, max-frame-size: 15B | entry.framing-options.min-length | 20 | at most 9, as
					- | framing: length2, framing-options: {min-length: 20, header-included: true}, max-frame-size: 10B | entry.framing-options.min-length | 20 | at most 12, as
					- | framing: length2, framing-options.min-length: 20, checksum.kind: crc32, max-frame-size: 10B | entry.framing-options.min-length | 20 | at most 14, as
					- | framing: length2, framing-options.min-length: 20, outbound.max-message-size: 10B | entry.framing-options.min-length | 20 | at most 10, as messages of that length have as many bytes as outbound.max-message-size allows
					- | framing: length, framing-options: {header-size: 4, offset: 4, min-length: 2}, max-frame-size: 7B | entry.max-frame-size | 7B | at least 10B
					- | profile: smpp, max-frame-size: 15B | entry.max-frame-size | 15B | at least 16B, which the shortest message of the framing 'length' has
					- | profile: fix, max-frame-size: 19B | entry.max-frame-size | 19B | at least 20B, which the shortest message of the framing 'fix' has
					- | framing: length2, framing-options.adjustment: 100, max-frame-size: 99B | entry.max-frame-size | 99B | at least 100B
					- | framing: marked, framing-options: {begin: '((', end: '))', keep-marks: true}, max-frame-size: 3B | entry.max-frame-size | 3B | at least 4B
					- | framing: delimiter, framing-options: {delimiter: ;;, keep-delimiter: true, begin: $}, max-frame-size: 2B | entry.max-frame-size | 2B | at least 3B
					- | framing: fixed, framing-options.size: 8, outbound.max-message-size: 4B | entry.outbound.max-message-size | 4B | at least 8B
					- | framing: line, checksum: {kind: xor, place: 2, from: 30}, max-frame-size: 29B | entry.max-frame-size | 29B | at least 30B
					- | framing: stream, codec: json, max-frame-size: 1B | entry.max-frame-size | 1B | at least 2B
					max-connections: 5, max-connections-per-address: 6 | - | defaults.max-connections-per-address | 6 | at most max-connections, which is 5
					max-connections: 5 | max-connections-per-address: 6 | entry.max-connections-per-address | 6 | at most max-connections, which is 5
					max-connections-per-address: 20000 | - | defaults.max-connections-per-address | 20000 | at most max-connections, which is 10000
					idle-timeout: 10s | heartbeat: {interval: 30s, message: x} | entry.heartbeat.interval | 30s | shorter than idle-timeout, or left out
					heartbeat: {interval: 30s, message: x} | idle-timeout: 10s | entry.idle-timeout | 10s | longer than heartbeat.interval, or left out
					idle-timeout: 10s, heartbeat: {interval: 30s, message: x} | - | defaults.idle-timeout | 10s | longer than heartbeat.interval, or left out
					shutdown.grace-period: 45s | - | defaults.shutdown.grace-period | 45s | at most 30s, as Spring Boot waits no longer
					""")
	void whenTwoSettingsOfAServerDoNotGoTogetherThenTheNearerOneIsNamed(String defaults, String entry, String named,
			String value, String allowed, CapturedOutput output) {
		assertFails(yaml(defaults, entry));
		String property = named.replaceFirst("^entry", SERVER).replaceFirst("^defaults", DEFAULTS);
		assertThat(output).contains("'" + property + "' has the invalid value '" + value + "', set in ")
			.contains("Action:\n\n'" + property + "' must be " + allowed);
	}

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
			max-frame-size: 1MB | framing: length1
			max-connections-per-address: 20 | max-connections: 10
			framing: length4, framing-options.header-format: ascii | -
			framing: length1 | -
			- | framing: length4, framing-options: {header-format: ascii}, max-frame-size: 9999B
			- | framing: length4, framing-options: {header-format: hex}, max-frame-size: 64KB
			- | framing: length2, framing-options.min-length: 20, max-frame-size: 20B
			- | framing: length2, framing-options.min-length: 20, checksum.kind: crc32, max-frame-size: 16B
			- | profile: smpp, max-frame-size: 16B
			- | profile: fix, max-frame-size: 20B
			- | framing: line, checksum.kind: crc32, max-frame-size: 1B
			- | framing: length2, max-frame-size: 1KB, outbound.max-message-size: 64KB
			""")
	void whenADefaultOfAllServersIsOfNoUseToOneThenItStarts(String defaults, String entry) {
		start(yaml(defaults, entry)).close();
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					%s.reconnect.initial-delay: 1m | entry.reconnect.initial-delay | 1m | at most as long as reconnect.max-delay. | %s.reconnect.max-delay', which is 30s as no property sets it.
					%s.reconnect.max-delay: 100ms | entry.reconnect.max-delay | 100ms | at least as long as reconnect.initial-delay. | %s.reconnect.initial-delay', which is 500ms as no property sets it.
					%s.reconnect.initial-delay: 2s\\nsockets.tcp.client-defaults.reconnect.max-delay: 1s | entry.reconnect.initial-delay | 2s | at most as long as reconnect.max-delay. | sockets.tcp.client-defaults.reconnect.max-delay', which is '1s', set in Byte array resource [application.yml] - 3:50.
					%s.reconnect.max-delay: 1s\\nsockets.tcp.client-defaults.reconnect.initial-delay: 2s | entry.reconnect.max-delay | 1s | at least as long as reconnect.initial-delay. | sockets.tcp.client-defaults.reconnect.initial-delay', which is '2s', set in
					sockets.tcp.client-defaults.reconnect: {initial-delay: 2s, max-delay: 1s} | sockets.tcp.client-defaults.reconnect.max-delay | 1s | at least as long as reconnect.initial-delay. | sockets.tcp.client-defaults.reconnect.initial-delay', which is '2s', set in
					sockets.tcp.client-defaults.outbound.buffer-when-disconnected: 10KB\\n%s.outbound.max-pending: 1KB | entry.outbound.max-pending | 1KB | at least outbound.buffer-when-disconnected (10240) | sockets.tcp.client-defaults.outbound.buffer-when-disconnected', which is '10KB', set in
					%s.outbound.buffer-when-disconnected: 2MB | entry.outbound.buffer-when-disconnected | 2MB | at most outbound.max-pending (1048576) | %s.outbound.max-pending', which is 1048576 as no property sets it.
					sockets.tcp.client-defaults.framing-options.size: 2000\\n%s.framing: fixed\\n%s.max-frame-size: 1KB | entry.max-frame-size | 1KB | at least framing-options.size, 2000B. | sockets.tcp.client-defaults.framing-options.size', which is '2000', set in
					""")
	void whenTwoSettingsOfAClientDoNotGoTogetherThenTheFailureSaysWhatTheOtherIsAndWhere(String yaml, String named,
			String value, String allowed, String other, CapturedOutput output) {
		assertFails(CLIENT + ": {host: localhost, port: 7}\n" + yaml.replace("\\n", "\n").replace("%s", CLIENT));
		String property = named.replace("entry", CLIENT);
		assertThat(output).contains("'" + property + "' has the invalid value '" + value + "', set in ")
			.contains(" It does not go with '" + other.replace("%s", CLIENT))
			.contains("Action:\n\n'" + property + "' must be " + allowed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "initial-delay", "max-delay" })
	void whenADelayIsWrittenInAnotherUnitThenItIsShownAsItIsWritten(String key, CapturedOutput output) {
		assertFails(CLIENT + ": {port: 7, reconnect: {initial-delay: 2m, max-delay: 1m}}");
		assertThat(output).contains(CLIENT + ".reconnect." + key + "'")
			.contains("'2m', set in")
			.contains("'1m', set in");
	}

	private static String yaml(String defaults, String entry) {
		return (defaults != null) ? DEFAULTS + ": {" + defaults + "}\n" + SERVER + ": {port: 0, "
				+ ((entry != null) ? entry : "backlog: 5") + "}" : SERVER + ": {port: 0, " + entry + "}";
	}

	private static void assertFails(String yaml) {
		assertThatException().isThrownBy(() -> start(yaml).close());
	}

	private static ConfigurableApplicationContext start(String yaml) {
		return new SpringApplicationBuilder(EchoConfiguration.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.initializers(Yaml.of(yaml).withVariables(Map.of()))
			.run();
	}

}
