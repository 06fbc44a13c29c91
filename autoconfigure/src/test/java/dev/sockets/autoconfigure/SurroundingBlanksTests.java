package dev.sockets.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.BeanWrapperImpl;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import dev.sockets.Correlation;
import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.EndpointKeys.Key;
import dev.sockets.autoconfigure.binding.EndpointEntries;
import dev.sockets.autoconfigure.binding.EntryBinder;
import dev.sockets.autoconfigure.properties.MulticastReceiverProperties;
import dev.sockets.autoconfigure.properties.MulticastSenderProperties;
import dev.sockets.autoconfigure.properties.TcpClientProperties;
import dev.sockets.autoconfigure.properties.TcpServerProperties;
import dev.sockets.autoconfigure.properties.UdpReceiverProperties;
import dev.sockets.autoconfigure.properties.UdpSenderProperties;
import dev.sockets.tcp.Peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Texts with blanks around them, each key of each kind of endpoint: a file of properties
 * keeps those at the end of a line, and who copies from a page may have others.
 */
class SurroundingBlanksTests {

	/** What goes over the wire, what is secret, and what is looked for in texts. */
	private static final Set<String> AS_WRITTEN = Set.of("busy-message", "goodbye-message", "heartbeat.message",
			"heartbeat.answer", "acknowledge.ack", "acknowledge.nak", "password", "credentials.username",
			"credentials.password", "session.hello", "session.expect", "framing-options.delimiter",
			"framing-options.delimiters", "framing-options.begin", "framing-options.end", "framing-options.flag",
			"framing-options.escape", "checksum.separator", "correlation.pattern", "rpc.id");

	static Stream<Key> texts() {
		return EndpointKeys.all().filter(Key::isText);
	}

	@ParameterizedTest
	@MethodSource("texts")
	void whenATextHasBlanksAroundThenTheyAreLeftOutUnlessTheyMayBeMeant(Key key) {
		for (String blanks : List.of(" ", "\t", "\u00A0", "\uFEFF", "\u200B \n")) {
			String written = blanks + "a b" + blanks;
			String read = AS_WRITTEN.contains(key.name()) ? written : "a b";
			assertThat(bound(key, Map.of(key.toString(), written)))
				.isEqualTo(isSeveral(key) ? elements(key, written, read) : read);
			assertThat(bound(key, Map.of(key.inDefaults(), written)))
				.isEqualTo(isSeveral(key) ? elements(key, written, read) : read);
			if (isSeveral(key)) {
				assertThat(bound(key, Map.of(key + "[0]", written, key + "[1]", "c"))).isEqualTo(List.of(read, "c"));
			}
		}
	}

	/** Spring Boot leaves out what it takes for blanks around commas. */
	private static List<String> elements(Key key, String written, String read) {
		return List.of(AS_WRITTEN.contains(key.name()) ? written.trim() : read);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			sockets.tcp.server,          host,               ' 127.0.0.1 '
			sockets.tcp.client,          host,               '	localhost'
			sockets.udp.receiver,        host,               '127.0.0.1 '
			sockets.udp.sender,          host,               ' 127.0.0.1'
			sockets.multicast.receiver,  groups,             ' 239.1.1.1 , 239.1.1.2 '
			sockets.multicast.sender,    group,              ' 239.1.1.1 '
			sockets.tcp.server,          profile,            ' json '
			sockets.tcp.server,          payload-type,       ' java.util.UUID '
			sockets.tcp.client,          payload-type,       'java.util.UUID	'
			sockets.udp.receiver,        payload-type,       'java.util.UUID '
			sockets.udp.sender,          payload-type,       ' java.util.UUID'
			sockets.multicast.receiver,  payload-type,       'java.util.UUID '
			sockets.multicast.sender,    payload-type,       'java.util.UUID '
			sockets.tcp.server,          allow,              ' 10.0.0.0/8 '
			sockets.tcp.server,          connect-rate,       ' 5/s '
			sockets.tcp.server,          framing,            ' CRLF '
			""")
	void whenAnAddressOrANameHasBlanksAroundThenTheEndpointIsMade(String group, String key, String value) {
		String codec = key.equals("payload-type") ? "codec: json\n  " : "";
		String groups = (group.startsWith("sockets.multicast") && !key.startsWith("group"))
				? "group" + (group.endsWith("receiver") ? "s" : "") + ": 239.1.1.1\n  " : "";
		String host = (group.equals("sockets.udp.sender") && !key.equals("host")) ? "host: localhost\n  " : "";
		String port = key.equals("addresses") ? "" : "port: 1\n  ";
		Yaml yaml = Yaml.of(group + ".x:\n  " + codec + groups + host + port + key + ": \"" + value + "\"\n");
		assertThat(map(group, yaml)).isNotNull();
	}

	@Test
	void whenAddressesHaveBlanksAroundThenTheyArePeers() {
		assertThat(Yaml.of("sockets.tcp.client.x.addresses: [' a:1', \"b:2\\u00A0\", ' unix:/run/c.sock ']")
			.client()
			.alternatives()).containsExactly(new Peer("b", 2), new Peer("unix:/run/c.sock", 0));
	}

	@Test
	void whenTheNameOfACorrelationHasBlanksAroundThenTheBeanIsTaken() {
		Yaml yaml = Yaml.of("sockets.tcp.client.x: {port: 1, correlation: ' mine '}")
			.withBean("mine", Correlation.bytes(0, 1));
		assertThat(yaml.client().connection().requests().matching().correlation()).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "local host", "local\\u00A0host", "local\\u200Bhost", "\\u202Elocalhost\\u0000x" })
	void whenAHostHasBlanksWithinThenItIsRefused(String host) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Yaml.of("sockets.tcp.client.x: {port: 1, host: \"" + host + "\"}").client())
			.satisfies((failure) -> assertThat(failure.getAllowed()).contains("without spaces"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "host", "payload-type", "framing", "codec" })
	void whenThereAreOnlyBlanksThenItIsRefused(String key) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Yaml.of("sockets.tcp.server.x: {port: 1, profile: json, " + key + ": ' '}").server())
			.satisfies((failure) -> assertThat(failure.getProperty()).isEqualTo("sockets.tcp.server.x." + key))
			.satisfies((failure) -> assertThat(failure.getAllowed()).contains("left out"));
	}

	private static boolean isSeveral(Key key) {
		return Collection.class.isAssignableFrom(key.type().toClass());
	}

	private static Object bound(Key key, Map<String, Object> values) {
		ConfigurableEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("code", values));
		environment.getPropertySources()
			.addFirst(new MapPropertySource("entry", Map.of(key.group().path("x") + ".auto-startup", "true")));
		Object properties = new EntryBinder(environment)
			.bind(EndpointEntries.read(environment).iterator().next(), properties(key))
			.properties();
		return new BeanWrapperImpl(properties).getPropertyValue(key.path());
	}

	private static Object properties(Key key) {
		return switch (key.group()) {
			case TCP_SERVER -> new TcpServerProperties();
			case TCP_CLIENT -> new TcpClientProperties();
			case MULTICAST_RECEIVER -> new MulticastReceiverProperties();
			case MULTICAST_SENDER -> new MulticastSenderProperties();
			case UDP_RECEIVER -> new UdpReceiverProperties();
			case UDP_SENDER -> new UdpSenderProperties();
		};
	}

	private static Object map(String group, Yaml yaml) {
		return switch (group) {
			case "sockets.tcp.server" -> yaml.server();
			case "sockets.tcp.client" -> yaml.client();
			case "sockets.multicast.receiver" -> yaml.receiver();
			case "sockets.multicast.sender" -> yaml.sender();
			case "sockets.udp.receiver" -> yaml.udpReceiver();
			default -> yaml.udpSender();
		};
	}

}
