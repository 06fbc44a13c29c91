package dev.sockets.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.EndpointKeys.Key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Keys that have nothing behind their colon, each key of each kind of endpoint.
 */
class EmptyValueTests {

	/**
	 * Messages, which may have no characters; what is anybody's; and a channel, which is
	 * looked for when its endpoint is made.
	 */
	private static final Set<String> MAY_BE_EMPTY = Set.of("busy-message", "goodbye-message", "heartbeat.message",
			"heartbeat.answer", "user-data", "channel");

	/** What has to stand beside a key for it to be read at all. */
	private static final Map<String, String> BESIDE = Map.of("rpc.id", "profile: tcptalks", "credentials.username",
			"credentials.password: x", "credentials.password", "credentials.username: x", "network-interface",
			"group: 239.1.1.1", "local-address", "host: localhost");

	static Stream<String> keys() {
		return EndpointKeys.all().filter((key) -> !MAY_BE_EMPTY.contains(key.name())).map(Object::toString);
	}

	@ParameterizedTest
	@MethodSource("keys")
	void whenAKeyHasNoValueThenItIsRefused(String property) {
		String entry = property.substring(0, property.indexOf(".x.") + 3);
		String beside = BESIDE.get(property.substring(entry.length()));
		assertRefused((property.endsWith(".x.port") ? "" : entry + "port: 1\n")
				+ ((beside != null) ? entry + beside + "\n" : "") + property + ":\n", property);
	}

	@ParameterizedTest
	@MethodSource("keys")
	void whenAKeyStandsForAnEmptyTextThenTheMessageSaysThatItCanBeLeftOut(String property) {
		String entry = property.substring(0, property.indexOf(".x.") + 3);
		String yaml = (property.endsWith(".x.port") ? "" : entry + "port: 1\n") + property + ": ${NONE:}\n";
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> map(yaml))
			.satisfies((failure) -> assertThat(failure.getProperty()).isEqualTo(property))
			.satisfies((failure) -> assertThat(failure.getValue()).isIn("", "******"))
			.satisfies((failure) -> assertThat(failure.getAllowed()).doesNotContain("there is none"))
			.satisfies((failure) -> assertThat(failure.getAllowed().contains("left out"))
				.isEqualTo(!property.endsWith(".port")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "sockets.tcp.server-defaults.idle-timeout", "sockets.tcp.server-defaults.events" })
	void whenADefaultOrAnEntryOfAMapHasNoValueThenItIsRefusedToo(String property) {
		assertRefused("sockets.tcp.server.x.port: 0\n" + property + ": ''\n", property);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			idle-timeout: ${NONE:}   | idle-timeout
			events: []               | events
			allow: [192.0.2.7, '']   | allow[1]
			""")
	void whenAPlaceholderOrAListIsEmptyThenItIsRefusedToo(String line, String key) {
		assertRefused("sockets.tcp.server.x.port: 0\nsockets.tcp.server.x." + line + "\n",
				"sockets.tcp.server.x." + key);
	}

	static Stream<String> defaults() {
		return EndpointKeys.all()
			.filter((key) -> !MAY_BE_EMPTY.contains(key.name()) || key.name().equals("channel"))
			.map(Key::inDefaults);
	}

	@ParameterizedTest
	@MethodSource("defaults")
	void whenADefaultStandsForAnEmptyTextThenItIsRefusedWhateverEachEndpointHas(String property) {
		String group = property.substring(0, property.indexOf("-defaults"));
		for (String nothing : List.of("${NONE:}", "''", "")) {
			assertRefused(group + ".x.port: 1\n" + property + ": " + nothing + "\n", property);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "busy-message", "goodbye-message", "heartbeat.message", "user-data.room" })
	void whenAMessageOrWhatIsAnybodysIsEmptyInTheDefaultsThenItIsTaken(String key) {
		assertThat(Yaml.of("sockets.tcp.server.x.port: 0\nsockets.tcp.server-defaults." + key + ": ${NONE:}")
			.server()
			.port()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "busy-message", "goodbye-message", "user-data.room" })
	void whenAMessageOrWhatIsAnybodysIsEmptyThenItIsTaken(String key) {
		assertThat(Yaml.of("sockets.tcp.server.x: {port: 0, " + key + ": ''}").server().port()).isZero();
	}

	private static void assertRefused(String yaml, String property) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> map(yaml))
			.satisfies((failure) -> assertThat(failure.getProperty()).isEqualTo(property))
			.satisfies((failure) -> assertThat(failure.getValue()).isIn("", "******"));
	}

	private static Object map(String yaml) {
		Yaml configuration = Yaml.of(yaml);
		return switch (yaml.substring(0, yaml.indexOf(".x."))) {
			case "sockets.tcp.server" -> configuration.server();
			case "sockets.tcp.client" -> configuration.client();
			case "sockets.multicast.receiver" -> configuration.receiver();
			case "sockets.multicast.sender" -> configuration.sender();
			case "sockets.udp.receiver" -> configuration.udpReceiver();
			default -> configuration.udpSender();
		};
	}

}
