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
