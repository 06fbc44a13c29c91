package dev.sockets.autoconfigure.binding;

import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.BeanUtils;
import org.springframework.core.ResolvableType;

import dev.sockets.EventKind;
import dev.sockets.autoconfigure.properties.EventName;
import dev.sockets.autoconfigure.properties.SocketsProperties;
import dev.sockets.tcp.Profile;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an IDE knows about the properties.
 */
class MetadataTests {

	private static final List<String> COMMON = List.of("host", "port", "path", "profile", "framing",
			"framing-options.delimiter", "framing-options.size", "framing-options.header-size",
			"framing-options.byte-order", "framing-options.header-included", "codec", "charset", "payload-type",
			"allowed-classes", "pickle.protocol", "pickle.classes", "close-on-eot", "max-frame-size", "read-buffer",
			"socket.tcp-no-delay", "socket.keep-alive", "socket.receive-buffer", "socket.send-buffer",
			"socket.traffic-class", "socket.linger", "socket.reuse-address", "dispatch", "read-ahead",
			"on-handler-error", "outbound.max-pending", "outbound.slow-consumer", "frame-timeout", "idle-timeout",
			"write-timeout", "request-timeout", "max-pending-requests", "correlation", "correlation.offset",
			"correlation.size", "correlation.pattern", "on-request-timeout", "request-order", "reply-order",
			"on-peer-end", "route-by", "mdc", "rpc", "rpc.wire-format", "rpc.id", "rpc.error-detail", "rpc.handlers",
			"handshake", "session.hello", "session.expect", "session.timeout", "password", "allow-plain-credentials",
			"ssl.bundle", "ssl.client-auth", "ssl.handshake-timeout", "ssl.verify-hostname", "ssl.sni", "ssl.start",
			"heartbeat.interval", "heartbeat.timeout", "heartbeat.message", "inbox.capacity", "inbox.overflow",
			"channel", "events", "user-data", "auto-startup", "health.required", "wire-log", "log-errors");

	private static final List<String> FRAMES = List.of("framing-options.delimiters", "framing-options.keep-delimiter",
			"framing-options.skip-empty", "framing-options.at-end", "framing-options.header-format",
			"framing-options.offset", "framing-options.min-length", "framing-options.adjustment",
			"framing-options.strip", "framing-options.begin", "framing-options.end", "framing-options.between",
			"framing-options.keep-marks", "framing-options.kind", "framing-options.flag", "framing-options.escape",
			"framing-options.map", "checksum.kind", "checksum.from", "checksum.to", "checksum.place",
			"checksum.encoding", "checksum.byte-order", "checksum.separator", "charset-errors", "acknowledge.ack",
			"acknowledge.nak", "acknowledge.timeout", "acknowledge.retries", "acknowledge.after", "hl7.ack",
			"framing-options.gap", "framing-options.begin-inside", "framing-options.max-length",
			"framing-options.header-bytes");

	private static final List<String> FRAMES_WITHOUT_DEFAULT = List.of("framing-options.delimiters",
			"framing-options.strip", "framing-options.begin", "framing-options.end", "framing-options.kind",
			"framing-options.flag", "framing-options.escape", "framing-options.map", "checksum.kind", "checksum.from",
			"checksum.to", "checksum.encoding", "checksum.byte-order", "checksum.separator", "acknowledge.ack",
			"acknowledge.nak", "framing-options.gap", "framing-options.begin-inside", "framing-options.max-length",
			"framing-options.header-bytes");

	private static final List<String> LIFE = List.of("socket.keep-alive-idle", "socket.keep-alive-interval",
			"socket.keep-alive-count", "socket.reuse-port", "outbound.max-message-size", "read-timeout",
			"max-connection-age", "session.duplicate", "heartbeat.answer");

	private static final List<String> LIFE_WITHOUT_DEFAULT = List.of("socket.keep-alive-idle",
			"socket.keep-alive-interval", "socket.keep-alive-count", "socket.reuse-port", "outbound.max-message-size",
			"read-timeout", "max-connection-age", "ports", "path", "path-permissions", "local-address",
			"idle-disconnect");

	private static final List<String> SERVER = List.of("ports", "path-permissions", "backlog", "max-connections",
			"max-connections-per-address", "max-groups", "backplane", "when-full", "busy-message", "reject-delay",
			"first-data-timeout", "authenticator", "handshake-timeout", "shutdown.grace-period", "goodbye-message",
			"allow", "deny", "connect-rate", "ban.after", "ban.for", "inbound.rate", "inbound.on-excess",
			"proxy-protocol", "proxy-protocol-from", "proxy-protocol-timeout");

	private static final List<String> CLIENT = List.of("addresses", "local-address", "local-port", "connect",
			"idle-disconnect", "connect-timeout", "reconnect.enabled", "reconnect.initial-delay",
			"reconnect.multiplier", "reconnect.max-delay", "reconnect.jitter", "reconnect.max-attempts", "busy-message",
			"occupied-within", "hold-connected", "retry-connect", "credentials.username", "credentials.password",
			"outbound.buffer-when-disconnected");

	private static final List<String> ACTUATOR = List.of("management.health.sockets.enabled",
			"management.health.sockets-backplane.enabled", "management.endpoint.sockets.access",
			"management.endpoint.sockets.cache.time-to-live", "management.endpoint.sockets.show-values",
			"management.endpoint.sockets.roles");

	private static final List<String> DATAGRAMS = List.of("codec", "charset", "charset-errors", "payload-type",
			"allowed-classes", "pickle.protocol", "pickle.classes", "inbox.capacity", "inbox.overflow", "events",
			"user-data", "auto-startup", "health.required", "wire-log", "log-errors", "port");

	private static final List<String> RECEIVER = List.of("groups", "network-interfaces", "sources", "max-datagram-size",
			"queue-capacity", "queue-overflow", "receive-buffer", "route-by", "mdc");

	private static final List<String> SENDER = List.of("group", "network-interface", "time-to-live", "loopback",
			"request-timeout", "max-pending-requests");

	private static final List<String> UDP_RECEIVER = List.of("host", "sources", "max-datagram-size", "queue-capacity",
			"queue-overflow", "receive-buffer", "route-by", "mdc");

	private static final List<String> UDP_SENDER = List.of("host", "broadcast", "local-address", "request-timeout",
			"max-pending-requests");

	private static final List<String> UDP_WITHOUT_DEFAULT = List.of("receiver.port", "sender.port", "sender.host",
			"sender.local-address", "receiver.sources", "receiver.route-by");

	private static final List<String> MULTICAST_WITHOUT_DEFAULT = List.of("port", "payload-type", "allowed-classes",
			"pickle.classes", "user-data", "groups", "sources", "group", "network-interface", "route-by");

	private static final List<String> WITHOUT_DEFAULT = List.of("channel", "framing", "codec", "port", "addresses",
			"payload-type", "allowed-classes", "pickle.classes", "framing-options.delimiter", "framing-options.size",
			"framing-options.header-size", "socket.keep-alive", "socket.receive-buffer", "socket.send-buffer",
			"socket.traffic-class", "socket.linger", "socket.reuse-address", "idle-timeout", "heartbeat.interval",
			"heartbeat.timeout", "user-data", "max-connections-per-address", "busy-message", "occupied-within",
			"first-data-timeout", "goodbye-message", "rpc.id", "handshake", "session.hello", "session.expect",
			"password", "authenticator", "credentials.username", "credentials.password", "ssl.bundle", "ssl.sni",
			"correlation", "correlation.offset", "correlation.size", "correlation.pattern", "on-request-timeout",
			"allow", "deny", "connect-rate", "ban.after", "inbound.rate", "proxy-protocol-from", "route-by");

	private static final List<String> BACKPLANE = List.of("type", "redis.url", "channel.name", "prefix", "secret",
			"old-secrets", "heartbeat.interval", "heartbeat.timeout", "outbound.max-pending", "outbound.max-wait",
			"outbound.window", "inbound.max-pending", "request-timeout", "max-pending-requests", "group-channels",
			"health.required", "presence.enabled");

	private final Map<String, Object> metadata = read();

	@Test
	void whenKeysAreListedThenTheyAreExactlyThese() {
		Set<String> expected = new TreeSet<>(
				List.of("sockets.enabled", "sockets.engine", "sockets.loops", "sockets.threads", "sockets.pool-size",
						"sockets.memory.max", "sockets.node", "sockets.observations.enabled", "sockets.tcp.server",
						"sockets.tcp.client", "sockets.multicast.receiver", "sockets.multicast.sender",
						"sockets.udp.receiver", "sockets.udp.sender"));
		BACKPLANE.forEach((key) -> expected.add("sockets.backplane." + key));
		RECEIVER.forEach((key) -> expected.add("sockets.multicast.receiver-defaults." + key));
		SENDER.forEach((key) -> expected.add("sockets.multicast.sender-defaults." + key));
		DATAGRAMS.forEach((key) -> {
			expected.add("sockets.multicast.receiver-defaults." + key);
			expected.add("sockets.multicast.sender-defaults." + key);
			expected.add("sockets.udp.receiver-defaults." + key);
			expected.add("sockets.udp.sender-defaults." + key);
		});
		UDP_RECEIVER.forEach((key) -> expected.add("sockets.udp.receiver-defaults." + key));
		UDP_SENDER.forEach((key) -> expected.add("sockets.udp.sender-defaults." + key));
		expected.addAll(ACTUATOR);
		CLIENT.forEach((key) -> expected.add("sockets.tcp.client-defaults." + key));
		SERVER.forEach((key) -> expected.add("sockets.tcp.server-defaults." + key));
		Stream.of(COMMON, FRAMES, LIFE).flatMap(List::stream).forEach((key) -> {
			expected.add("sockets.tcp.server-defaults." + key);
			expected.add("sockets.tcp.client-defaults." + key);
		});
		assertThat(byName("properties").keySet()).containsExactlyInAnyOrderElementsOf(expected);
	}

	@Test
	void whenPropertyIsDescribedThenItHasSentenceAndType() {
		assertThat(byName("properties").values()).allSatisfy((property) -> {
			assertThat(property).containsKeys("description", "type");
			assertThat((String) property.get("description")).endsWith(".").doesNotStartWith("The ");
			if (property.get("type").equals("java.lang.Boolean")) {
				assertThat((String) property.get("description")).startsWith("Whether ");
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "server", "client" })
	void whenPropertyHasConstantDefaultThenMetadataHasIt(String group) {
		String prefix = "sockets.tcp." + group + "-defaults.";
		assertThat(byName("properties").entrySet().stream().filter((property) -> property.getKey().startsWith(prefix)))
			.allSatisfy((property) -> assertThat(property.getValue().containsKey("defaultValue")).as(property.getKey())
				.isNotEqualTo(isWithoutDefault(property.getKey().substring(prefix.length()))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "receiver", "sender" })
	void whenPropertyOfMulticastHasConstantDefaultThenMetadataHasIt(String group) {
		String prefix = "sockets.multicast." + group + "-defaults.";
		assertThat(byName("properties").entrySet().stream().filter((property) -> property.getKey().startsWith(prefix)))
			.allSatisfy((property) -> assertThat(property.getValue().containsKey("defaultValue")).as(property.getKey())
				.isNotEqualTo(MULTICAST_WITHOUT_DEFAULT.contains(property.getKey().substring(prefix.length()))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "receiver", "sender" })
	void whenPropertyOfUdpHasConstantDefaultThenMetadataHasIt(String group) {
		String prefix = "sockets.udp." + group + "-defaults.";
		assertThat(byName("properties").entrySet().stream().filter((property) -> property.getKey().startsWith(prefix)))
			.allSatisfy((property) -> {
				String key = property.getKey().substring(prefix.length());
				assertThat(property.getValue().containsKey("defaultValue")).as(property.getKey())
					.isNotEqualTo(UDP_WITHOUT_DEFAULT.contains(group + "." + key)
							|| List.of("payload-type", "allowed-classes", "pickle.classes", "user-data").contains(key));
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "multicast.receiver", "multicast.sender", "udp.receiver", "udp.sender" })
	void whenValuesOfDatagramsAreHintedThenTheyAreAllThatAreBuiltIn(String group) {
		String prefix = "sockets." + group + "-defaults.";
		assertThat(values(prefix + "codec")).containsExactlyElementsOf(Labels.of(BuiltInCodec.values()));
		assertThat(values(prefix + "events")).startsWith("all", "none")
			.endsWith(Labels.of(EventKind.values()).toArray())
			.hasSize(2 + EventKind.values().length);
	}

	@Test
	void whenValuesAreHintedThenPropertyExists() {
		assertThat(byName("hints").keySet()).isNotEmpty()
			.allSatisfy(
					(name) -> assertThat(byName("properties")).containsKey(name.replaceFirst("\\.(keys|values)$", "")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "server", "client" })
	void whenValuesAreHintedThenTheyAreAllThatAreBuiltIn(String group) {
		String prefix = "sockets.tcp." + group + "-defaults.";
		assertThat(values(prefix + "profile")).containsExactlyElementsOf(Labels.of(Profile.values()));
		assertThat(values(prefix + "framing")).containsExactlyElementsOf(Labels.of(BuiltInFraming.values()));
		assertThat(values(prefix + "codec")).containsExactlyElementsOf(Labels.of(BuiltInCodec.values()));
		assertThat(values(prefix + "events")).startsWith("all", "none")
			.endsWith(Labels.of(EventKind.values()).toArray())
			.hasSize(2 + EventKind.values().length);
	}

	/**
	 * The format has no names for the keys of an entry, so what an IDE proposes there
	 * comes from their types.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "tcp.server", "tcp.client", "multicast.receiver", "multicast.sender", "udp.receiver",
			"udp.sender" })
	void whenValuesAreFewThenTheirTypeTellsAnIdeOfThemInEachEntryToo(String group) throws ClassNotFoundException {
		String entry = (String) byName("properties").get("sockets." + group).get("type");
		Class<?> type = Class.forName(entry.substring("java.util.Map<java.lang.String,".length(), entry.length() - 1));
		Map<String, Class<?>> types = new LinkedHashMap<>();
		for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type)) {
			Class<?> element = ResolvableType.forMethodReturnType(property.getReadMethod())
				.asCollection()
				.getGeneric(0)
				.resolve();
			types.put(property.getName(), (element != null) ? element : property.getPropertyType());
		}
		assertThat(types).containsEntry("events", EventName.class).containsEntry("charset", Charset.class);
		if (group.startsWith("tcp")) {
			assertThat(types).containsEntry("profile", Profile.class);
		}
		assertThat((String) byName("properties").get("sockets." + group + "-defaults.events").get("type"))
			.isEqualTo("java.util.List<" + EventName.class.getName() + ">");
	}

	private static boolean isWithoutDefault(String key) {
		return Stream.of(WITHOUT_DEFAULT, FRAMES_WITHOUT_DEFAULT, LIFE_WITHOUT_DEFAULT)
			.anyMatch((keys) -> keys.contains(key));
	}

	private Stream<Object> values(String property) {
		return list(byName("hints").get(property).get("values")).stream().map((value) -> value.get("value"));
	}

	private Map<String, Map<String, Object>> byName(String part) {
		Map<String, Map<String, Object>> result = new LinkedHashMap<>();
		list(this.metadata.get(part)).forEach((item) -> result.put((String) item.get("name"), item));
		return result;
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> list(Object value) {
		return (List<Map<String, Object>>) value;
	}

	private static Map<String, Object> read() {
		try (InputStream stream = SocketsProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return JsonPath.parse(stream).json();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
