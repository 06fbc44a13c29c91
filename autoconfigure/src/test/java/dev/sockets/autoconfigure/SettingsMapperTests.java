package dev.sockets.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.EventKind;
import dev.sockets.InboxOverflow;
import dev.sockets.InvalidSettingException;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.HandlerErrorPolicy;
import dev.sockets.tcp.Heartbeat;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.SlowConsumerPolicy;
import dev.sockets.tcp.SocketOptions;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.tcp.WhenFull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

class SettingsMapperTests {

	@Test
	void whenServerHasOnlyPortThenDefaultsAreThoseOfTheBuilder() {
		assertThat(Yaml.of("sockets.tcp.server.echo.port: 0").server()).usingRecursiveComparison()
			.isEqualTo(TcpServerSettings.builder("echo").port(0).build());
	}

	@Test
	void whenClientHasOnlyPortThenDefaultsAreThoseOfTheBuilder() {
		assertThat(Yaml.of("sockets.tcp.client.peer.port: 1").client()).usingRecursiveComparison()
			.isEqualTo(TcpClientSettings.builder("peer").port(1).build());
	}

	@Test
	void whenServerSetsEveryKeyThenSettingsHaveEveryValue() {
		TcpServerSettings server = Yaml.of("""
				sockets.tcp.server.orders:
				  host: 127.0.0.1
				  port: 7001
				  backlog: 5
				  max-connections: 6
				  max-connections-per-address: 2
				  when-full: wait
				  busy-message: tout occupé
				  reject-delay: 50ms
				  first-data-timeout: 7s
				  shutdown.grace-period: 8s
				  goodbye-message: à bientôt
				  framing: length4
				  framing-options:
				    header-size: 2
				    byte-order: little-endian
				    header-included: true
				  codec: text
				  charset: ISO-8859-1
				  max-frame-size: 1KB
				  read-buffer: 2KB
				  socket:
				    tcp-no-delay: false
				    keep-alive: true
				    receive-buffer: 3KB
				    send-buffer: 4KB
				    traffic-class: 16
				    linger: 5
				    reuse-address: true
				  dispatch: thread
				  on-handler-error: close
				  outbound:
				    max-pending: 5KB
				    slow-consumer: drop-oldest
				  frame-timeout: 2s
				  idle-timeout: 9m
				  write-timeout: 3s
				  heartbeat:
				    interval: 4s
				    timeout: 6s
				    message: là
				  request-timeout: 10s
				  max-pending-requests: 11
				  inbox:
				    capacity: 12
				    overflow: block
				  events: connected, send-failed
				  user-data:
				    room: 7
				    owner:
				      name: Ada
				  auto-startup: false
				  health.required: false
				""").server();
		assertThat(server)
			.extracting(TcpServerSettings::name, TcpServerSettings::host, TcpServerSettings::port,
					TcpServerSettings::backlog)
			.containsExactly("orders", "127.0.0.1", 7001, 5);
		assertThat(server)
			.extracting(TcpServerSettings::maxConnections, TcpServerSettings::maxConnectionsPerAddress,
					TcpServerSettings::whenFull, TcpServerSettings::rejectDelay, TcpServerSettings::firstDataTimeout,
					TcpServerSettings::shutdownGrace)
			.containsExactly(6, 2, WhenFull.WAIT, Duration.ofMillis(50), Duration.ofSeconds(7), Duration.ofSeconds(8));
		assertThat(server.busyMessage()).isEqualTo("tout occupé".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(server.goodbyeMessage()).isEqualTo("à bientôt".getBytes(StandardCharsets.ISO_8859_1));
		ConnectionSettings connection = server.connection();
		assertThat(connection.path()).isEqualTo("sockets.tcp.server.orders");
		assertThat(connection.framing()).hasToString("length2 little-endian header-included");
		assertThat(connection.codec()).extracting("charset").isEqualTo(StandardCharsets.ISO_8859_1);
		assertThat(connection.maxFrameSize()).isEqualTo(1024);
		assertThat(connection.readBuffer()).isEqualTo(2048);
		assertThat(connection.socketOptions()).isEqualTo(new SocketOptions(false, true, 3072, 4096, 16, 5, true));
		assertThat(connection.dispatch()).isEqualTo(Dispatch.THREAD);
		assertThat(connection.onHandlerError()).isEqualTo(HandlerErrorPolicy.CLOSE);
		assertThat(connection.maxPending()).isEqualTo(5120);
		assertThat(connection.slowConsumer()).isEqualTo(SlowConsumerPolicy.DROP_OLDEST);
		assertThat(connection.frameTimeout()).isEqualTo(Duration.ofSeconds(2));
		assertThat(connection.idleTimeout()).isEqualTo(Duration.ofMinutes(9));
		assertThat(connection.writeTimeout()).isEqualTo(Duration.ofSeconds(3));
		assertThat(connection.heartbeat()).usingRecursiveComparison()
			.isEqualTo(new Heartbeat(Duration.ofSeconds(4), Duration.ofSeconds(6),
					"là".getBytes(StandardCharsets.ISO_8859_1)));
		assertThat(connection.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
		assertThat(connection.maxPendingRequests()).isEqualTo(11);
		assertThat(connection.inboxCapacity()).isEqualTo(12);
		assertThat(connection.inboxOverflow()).isEqualTo(InboxOverflow.BLOCK);
		assertThat(connection.events()).containsExactly(EventKind.CONNECTED, EventKind.SEND_FAILED);
		assertThat(connection.userData()).containsExactly(entry("room", 7), entry("owner", Map.of("name", "Ada")));
		assertThat(connection.autoStartup()).isFalse();
		assertThat(connection.healthRequired()).isFalse();
	}

	@Test
	void whenClientSetsItsKeysThenSettingsHaveTheirValues() {
		TcpClientSettings client = Yaml.of("""
				sockets.tcp.client.peer:
				  host: peer.example
				  port: 7001
				  connect-timeout: 250ms
				  reconnect:
				    enabled: true
				    initial-delay: 1s
				    multiplier: 1.5
				    max-delay: 2s
				    jitter: 0.1
				    max-attempts: 3
				  charset: ISO-8859-1
				  busy-message: occupé
				  occupied-within: 3s
				  outbound:
				    max-pending: 5KB
				    slow-consumer: block
				    buffer-when-disconnected: 2KB
				  request-timeout: 4s
				  max-pending-requests: 5
				""").client();
		assertThat(client.reconnect())
			.isEqualTo(new Reconnect(true, Duration.ofSeconds(1), 1.5, Duration.ofSeconds(2), 0.1, 3));
		assertThat(client.busyMessage()).isEqualTo("occupé".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(client.occupiedWithin()).isEqualTo(Duration.ofSeconds(3));
		assertThat(client.bufferWhenDisconnected()).isEqualTo(2048);
		assertThat(client.alternatives()).isEmpty();
		assertThat(client.connection().maxPending()).isEqualTo(5120);
		assertThat(client.connection().slowConsumer()).isEqualTo(SlowConsumerPolicy.BLOCK);
		assertThat(client.connection().requestTimeout()).isEqualTo(Duration.ofSeconds(4));
		assertThat(client.connection().maxPendingRequests()).isEqualTo(5);
		assertThat(client)
			.extracting(TcpClientSettings::host, TcpClientSettings::port, TcpClientSettings::connectTimeout)
			.containsExactly("peer.example", 7001, Duration.ofMillis(250));
	}

	@Test
	void whenReconnectIsOffThenSettingsSaySo() {
		assertThat(Yaml.of("sockets.tcp.client.peer: {port: 1, reconnect.enabled: false}").client().reconnect())
			.isEqualTo(Reconnect.OFF);
	}

	@Test
	void whenCodecUsesNoCharsetThenBusyMessageOfClientDoes() {
		assertThat(
				Yaml.of("sockets.tcp.client.peer: {port: 1, codec: bytes, charset: ISO-8859-1, busy-message: occupé}")
					.client()
					.busyMessage())
			.isEqualTo("occupé".getBytes(StandardCharsets.ISO_8859_1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a.example:1, '127.0.0.1:2' , '[::1]:65535', '[fe80::1%eth0]:4'",
			"'a.example:1,127.0.0.1:2,[::1]:65535,[fe80::1%eth0]:4'" })
	void whenThereAreAddressesThenTheyAreTriedInTurnWithoutHostAndPort(String addresses) {
		String value = addresses.startsWith("'") ? addresses : "[" + addresses + "]";
		assertThat(Yaml.of("""
				sockets.tcp:
				  client-defaults:
				    host: other.example
				    port: 9
				  client.peer.addresses: %s
				""".formatted(value)).client().peers()).containsExactly(new Peer("a.example", 1),
				new Peer("127.0.0.1", 2), new Peer("::1", 65535), new Peer("fe80::1%eth0", 4));
	}

	@ParameterizedTest
	@CsvSource({ "port, 7001", "host, localhost" })
	void whenThereAreAddressesThenHostAndPortFail(String key, String value) {
		Yaml yaml = Yaml.of("sockets.tcp.client.peer: {addresses: 'a:1', %s: %s}".formatted(key, value));
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::client)
			.withMessage("'sockets.tcp.client.peer.%s' is '%s' but must be left out: there are addresses, which have "
					+ "%ss of their own", key, value, key);
	}

	@Test
	void whenAddressesAreWrongThenMessageNamesEach() {
		Yaml yaml = Yaml
			.of("""
					sockets.tcp.client.peer.addresses: [ 'a:0', 'ok:1', 'b', 'c:65536', '::1:7', '[::1]', 'http://d:1', ':1', 'e:-1' ]
					""");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::client)
			.withMessage("'sockets.tcp.client.peer.addresses' is 'a:0, b, c:65536, ::1:7, [::1], http://d:1, :1, e:-1' "
					+ "but must be host:port with a port from 1 to 65535, such as localhost:7001 or [::1]:7001");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					reconnect.initial-delay: 0s | 'reconnect.initial-delay' is 'PT0S' but must be a positive duration
					reconnect.multiplier: 0.5   | 'reconnect.multiplier' is '0.5' but must be at least 1
					reconnect.multiplier: NaN   | 'reconnect.multiplier' is 'NaN' but must be at least 1
					reconnect.max-delay: 100ms  | 'reconnect.max-delay' is 'PT0.1S' but must be at least as long as initial-delay (PT0.5S)
					reconnect.jitter: 1.1       | 'reconnect.jitter' is '1.1' but must be from 0 to 1
					reconnect.max-attempts: -1  | 'reconnect.max-attempts' is '-1' but must be 0 (any number) or more
					reconnect: {enabled: false, max-delay: 1s} | 'reconnect.max-delay' is '1s' but must be left out: the client does not connect again with reconnect.enabled=false
					outbound.buffer-when-disconnected: -1B | 'outbound.buffer-when-disconnected' is '-1B' but must be 0 (off) or more, at most 2047MB
					outbound.buffer-when-disconnected: 2GB | 'outbound.buffer-when-disconnected' is '2147483648B' but must be 0 (off) or more, at most 2047MB
					connect-timeout: 0s         | 'connect-timeout' is 'PT0S' but must be a positive duration
					request-timeout: 0s         | 'request-timeout' is 'PT0S' but must be a positive duration
					max-pending-requests: 0     | 'max-pending-requests' is '0' but must be at least 1
					port: 0                     | 'port' is '0' but must be a port from 1 to 65535
					""",
			quoteCharacter = '"')
	void whenValueOfClientCannotWorkThenMessageNamesPathAndValueAndWhatIsAllowed(String line, String message) {
		String prefix = "sockets.tcp.client.peer.";
		String port = line.startsWith("port") ? "" : prefix + "port: 1\n";
		Yaml yaml = Yaml.of(port + prefix + line);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::client)
			.withMessage("'" + prefix + message.substring(1));
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

	@Test
	void whenGroupHasDefaultsThenEntryIsBoundOverThem() {
		TcpServerSettings server = Yaml.of("""
				sockets.tcp:
				  server-defaults:
				    port: 5
				    host: 127.0.0.1
				    socket:
				      linger: 3
				      traffic-class: 8
				    events: connected, disconnected
				    user-data:
				      site: north
				      room: 1
				  server.echo:
				    host: 127.0.0.2
				    socket:
				      traffic-class: 16
				    events: received
				    user-data:
				      room: 2
				""").server();
		assertThat(server.port()).isEqualTo(5);
		assertThat(server.host()).isEqualTo("127.0.0.2");
		assertThat(server.connection().socketOptions())
			.isEqualTo(new SocketOptions(true, null, null, null, 16, 3, null));
		assertThat(server.connection().events()).containsExactly(EventKind.RECEIVED);
		assertThat(server.connection().userData()).containsOnly(entry("site", "north"), entry("room", 2));
	}

	@Test
	void whenServersHaveDefaultsThenClientsDoNot() {
		assertThat(Yaml.of("""
				sockets.tcp:
				  server-defaults.host: 127.0.0.1
				  client.peer.port: 5
				""").client().host()).isEqualTo("localhost");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SOCKETS_TCP_SERVER_ORDERFEED_PORT", "SOCKETS_TCP_SERVER_ORDER_FEED_PORT" })
	void whenVariableIsSetThenItWinsOverTheFile(String variable) {
		assertThat(
				Yaml.of("sockets.tcp.server.order-feed.port: 1").withVariables(Map.of(variable, "2")).server().port())
			.isEqualTo(2);
	}

	@Test
	void whenVariableOfDefaultsIsSetThenEntryHasIt() {
		assertThat(Yaml.of("sockets.tcp.server.echo.host: localhost")
			.withVariables(Map.of("SOCKETS_TCP_SERVERDEFAULTS_PORT", "2"))
			.server()
			.port()).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					backlog: 0                  | 'backlog' is '0' but must be at least 1
					port: 65536                 | 'port' is '65536' but must be a port from 0 (any free one) to 65535
					port: -1                    | 'port' is '-1' but must be a port from 0 (any free one) to 65535
					host: ''                    | 'host' is '' but must be an address or a host name
					max-frame-size: 0B          | 'max-frame-size' is '0B' but must be at least 1B and at most 2047MB
					max-frame-size: 2GB         | 'max-frame-size' is '2147483648B' but must be at least 1B and at most 2047MB
					outbound.max-pending: -1KB  | 'outbound.max-pending' is '-1024B' but must be at least 1B and at most 2047MB
					read-buffer: 65KB           | 'read-buffer' is '66560' but must be from 1B to 64KB
					write-timeout: 0s           | 'write-timeout' is 'PT0S' but must be a positive duration
					frame-timeout: -1s          | 'frame-timeout' is 'PT-1S' but must be a positive duration
					idle-timeout: 0s            | 'idle-timeout' is 'PT0S' but must be a positive duration
					heartbeat.interval: 0s      | 'heartbeat.interval' is 'PT0S' but must be a positive duration
					heartbeat.timeout: 1s       | 'heartbeat.timeout' is '1s' but must be left out: there are no heartbeats without heartbeat.interval
					heartbeat.message: x        | 'heartbeat.message' is 'x' but must be left out: there are no heartbeats without heartbeat.interval
					heartbeat: {interval: 1s, timeout: 0s} | 'heartbeat.timeout' is 'PT0S' but must be a positive duration
					inbox.capacity: -1          | 'inbox.capacity' is '-1' but must be 0 (off) or more
					inbox.overflow: block       | 'inbox.overflow' is 'block' but must be left out: there is no inbox without inbox.capacity
					max-connections: 0          | 'max-connections' is '0' but must be at least 1
					max-connections-per-address: 0 | 'max-connections-per-address' is '0' but must be at least 1
					reject-delay: 11s           | 'reject-delay' is 'PT11S' but must be from 0s to 10s
					reject-delay: -1s           | 'reject-delay' is 'PT-1S' but must be from 0s to 10s
					first-data-timeout: 0s      | 'first-data-timeout' is 'PT0S' but must be a positive duration
					shutdown.grace-period: -1s  | 'shutdown.grace-period' is 'PT-1S' but must be not negative
					socket.traffic-class: 256   | 'socket.traffic-class' is '256' but must be from 0 to 255
					socket.linger: 1500ms       | 'socket.linger' is 'PT1.5S' but must be whole seconds from 0s to 65535s
					socket.send-buffer: 0B      | 'socket.send-buffer' is '0B' but must be at least 1B and at most 2047MB
					socket.receive-buffer: 0B   | 'socket.receive-buffer' is '0B' but must be at least 1B and at most 2047MB
					""",
			quoteCharacter = '"')
	void whenValueCannotWorkThenMessageNamesPathAndValueAndWhatIsAllowed(String line, String message) {
		String prefix = "sockets.tcp.server.echo.";
		String port = line.startsWith("port") ? "" : prefix + "port: 0\n";
		Yaml yaml = Yaml.of(port + prefix + line);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::server)
			.withMessage("'" + prefix + message.substring(1));
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
		Yaml yaml = message(key, "12345", "max-frame-size: 4B");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::server)
			.withMessage("'sockets.tcp.server.echo." + key
					+ "' is '12345' but must be no longer than the max-frame-size, 4 bytes");
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

	@ParameterizedTest
	@CsvSource({ "busy-message, busy", "reject-delay, 50ms" })
	void whenNothingIsRejectedThenKeysOfRejectionsFail(String key, String value) {
		Yaml yaml = Yaml.of("sockets.tcp.server.echo: {port: 0, when-full: wait, " + key + ": " + value + "}");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::server)
			.withMessage("'sockets.tcp.server.echo." + key + "' is '" + value + "' but must be left out: "
					+ "with when-full=wait only max-connections-per-address rejects connections");
	}

	@Test
	void whenPortIsMissingThenItFails() {
		Yaml server = Yaml.of("sockets.tcp.server.echo.host: localhost");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(server::server)
			.withMessageStartingWith("'sockets.tcp.server.echo.port' is not set but must be a port");
		Yaml client = Yaml.of("sockets.tcp.client.peer.host: localhost");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(client::client)
			.withMessageStartingWith("'sockets.tcp.client.peer.port' is not set but must be a port");
	}

	@Test
	void whenEventsAreAllOrNoneThenTheyAre() {
		assertThat(events("all")).containsExactly(EventKind.values());
		assertThat(events("none")).isEmpty();
		assertThat(events("[]")).isEmpty();
	}

	@Test
	void whenEventsAreEveryNameThenTheyAreAll() {
		assertThat(events(String.join(",", Labels.of(EventKind.values())))).containsExactly(EventKind.values());
	}

	@ParameterizedTest
	@ValueSource(strings = { "recieved", "all, none", "all, received", "none, received", "RECEIVED" })
	void whenEventIsUnknownThenMessageListsThem(String value) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> events(value))
			.withMessageStartingWith("'sockets.tcp.server.echo.events' is '")
			.withMessageEndingWith("but must be all or none alone, or some of started, stopped, failed, connecting, "
					+ "connection-failed, connected, disconnected, rejected, occupied, received, sent, send-failed, error, "
					+ "group-joined, group-left");
	}

	private static Yaml message(String key, String text, String... more) {
		return Yaml.of("sockets.tcp.server.echo:\n  port: 0\n  heartbeat.interval: 1s\n  " + key + ": " + text
				+ Stream.of(more).map("\n  "::concat).collect(Collectors.joining()));
	}

	private static Iterable<EventKind> events(String value) {
		return List.copyOf(Yaml.of("""
				sockets.tcp.server.echo:
				  port: 0
				  events: %s
				""".formatted(value)).server().connection().events());
	}

}
