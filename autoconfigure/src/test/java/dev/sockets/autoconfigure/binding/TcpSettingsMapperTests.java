package dev.sockets.autoconfigure.binding;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.sockets.Correlation;
import dev.sockets.EventKind;
import dev.sockets.InboxOverflow;
import dev.sockets.RouteKey;
import dev.sockets.autoconfigure.Yaml;
import dev.sockets.tcp.AccessSettings;
import dev.sockets.tcp.AddressRange;
import dev.sockets.tcp.BanRule;
import dev.sockets.tcp.ConnectMode;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.DuplicateSession;
import dev.sockets.tcp.HandlerErrorPolicy;
import dev.sockets.tcp.Heartbeat;
import dev.sockets.tcp.InboundLimit;
import dev.sockets.tcp.KeepAlive;
import dev.sockets.tcp.OnExcess;
import dev.sockets.tcp.PeerEndPolicy;
import dev.sockets.tcp.ProxyProtocol;
import dev.sockets.tcp.ProxySettings;
import dev.sockets.tcp.Rate;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.ReplyOrder;
import dev.sockets.tcp.RequestMatching;
import dev.sockets.tcp.RequestOrder;
import dev.sockets.tcp.RequestTimeoutPolicy;
import dev.sockets.tcp.SlowConsumerPolicy;
import dev.sockets.tcp.SocketOptions;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.tcp.WhenFull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Each property reaches the setting that it is for.
 */
class TcpSettingsMapperTests {

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
				  max-groups: 17
				  backplane: false
				  when-full: wait
				  busy-message: tout occupé
				  reject-delay: 50ms
				  first-data-timeout: 7s
				  session.duplicate: reject
				  shutdown.grace-period: 8s
				  goodbye-message: à bientôt
				  allow: [192.0.2.0/24, '2001:db8::1']
				  deny: 192.0.2.66
				  connect-rate: 10/m
				  ban:
				    after: 13
				    for: 14m
				  inbound:
				    rate: 15KB/s
				    on-excess: disconnect
				  proxy-protocol: required
				  proxy-protocol-from: 10.0.0.1, 10.1.0.0/16
				  proxy-protocol-timeout: 16s
				  framing: length4
				  framing-options:
				    header-size: 2
				    byte-order: little-endian
				    header-included: true
				    min-length: 3
				  checksum:
				    kind: crc16-ccitt
				    from: 1
				    to: -5
				    encoding: hex
				    byte-order: little-endian
				    separator: '#'
				  codec: text
				  charset: ISO-8859-1
				  charset-errors: replace
				  max-frame-size: 1KB
				  read-buffer: 2KB
				  socket:
				    tcp-no-delay: false
				    keep-alive: true
				    keep-alive-idle: 2m
				    keep-alive-interval: 20
				    keep-alive-count: 4
				    receive-buffer: 3KB
				    send-buffer: 4KB
				    traffic-class: 16
				    linger: 5
				    reuse-address: true
				    reuse-port: true
				  dispatch: thread
				  read-ahead: false
				  on-handler-error: close
				  outbound:
				    max-pending: 5KB
				    slow-consumer: drop-oldest
				    max-message-size: 6KB
				  frame-timeout: 2s
				  idle-timeout: 9m
				  read-timeout: 17m
				  max-connection-age: 18h
				  write-timeout: 3s
				  heartbeat:
				    interval: 4s
				    timeout: 6s
				    message: là
				    answer: voilà
				  request-timeout: 10s
				  max-pending-requests: 11
				  correlation:
				    offset: 2
				    size: 4
				  on-request-timeout: keep
				  request-order: one-at-a-time
				  reply-order: completion
				  on-peer-end: keep
				  route-by: first-word
				  mdc: true
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
				  wire-log: true
				  log-errors: false
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
		assertThat(server.members().maxGroups()).isEqualTo(17);
		assertThat(server.members().backplane()).isFalse();
		assertThat(server.busyMessage()).isEqualTo("tout occupé".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(server.goodbyeMessage()).isEqualTo("à bientôt".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(server.access()).isEqualTo(new AccessSettings(ranges("192.0.2.0/24", "2001:db8::1"),
				ranges("192.0.2.66"), Rate.parse("10/m"), new BanRule(13, Duration.ofMinutes(14)),
				new InboundLimit(Rate.parse("15KB/s"), OnExcess.DISCONNECT),
				new ProxySettings(ProxyProtocol.REQUIRED, ranges("10.0.0.1", "10.1.0.0/16"), Duration.ofSeconds(16))));
		assertThat(server.duplicateSession()).isEqualTo(DuplicateSession.REJECT);
		ConnectionSettings connection = server.connection();
		assertThat(connection.path()).isEqualTo("sockets.tcp.server.orders");
		assertThat(connection.framing()).hasToString("length2 little-endian header-included at least 3 with "
				+ "crc16-ccitt hex LITTLE_ENDIAN from 1 to -5 after 23");
		assertThat(connection.codec()).extracting("charset").isEqualTo(StandardCharsets.ISO_8859_1);
		assertThat(connection.codec()).hasToString("text (ISO-8859-1, errors replaced)");
		assertThat(connection.maxFrameSize()).isEqualTo(1024);
		assertThat(connection.readBuffer()).isEqualTo(2048);
		assertThat(connection.socketOptions())
			.isEqualTo(new SocketOptions(false, true, 3072, 4096, 16, 5, true, new KeepAlive(120, 20, 4), true));
		assertThat(connection.dispatch()).isEqualTo(Dispatch.THREAD);
		assertThat(connection.readAhead()).isFalse();
		assertThat(connection.onHandlerError()).isEqualTo(HandlerErrorPolicy.CLOSE);
		assertThat(connection.outbound().maxPending()).isEqualTo(5120);
		assertThat(connection.outbound().slowConsumer()).isEqualTo(SlowConsumerPolicy.DROP_OLDEST);
		assertThat(connection.timeouts().frame()).isEqualTo(Duration.ofSeconds(2));
		assertThat(connection.timeouts().idle()).isEqualTo(Duration.ofMinutes(9));
		assertThat(connection.timeouts().write()).isEqualTo(Duration.ofSeconds(3));
		assertThat(connection.timeouts().read()).isEqualTo(Duration.ofMinutes(17));
		assertThat(connection.timeouts().maxAge()).isEqualTo(Duration.ofHours(18));
		assertThat(connection.longestMessage()).isEqualTo(6144);
		assertThat(connection.heartbeat()).usingRecursiveComparison()
			.isEqualTo(new Heartbeat(Duration.ofSeconds(4), Duration.ofSeconds(6),
					"là".getBytes(StandardCharsets.ISO_8859_1), "voilà".getBytes(StandardCharsets.ISO_8859_1)));
		assertThat(connection.requests().timeout()).isEqualTo(Duration.ofSeconds(10));
		assertThat(connection.requests().maxPending()).isEqualTo(11);
		assertThat(connection.requests().matching()).isEqualTo(
				new RequestMatching(Correlation.bytes(2, 4), RequestTimeoutPolicy.KEEP, RequestOrder.ONE_AT_A_TIME));
		assertThat(connection.requests().replyOrder()).isEqualTo(ReplyOrder.COMPLETION);
		assertThat(connection.onPeerEnd()).isEqualTo(PeerEndPolicy.KEEP);
		assertThat(connection.routeBy()).isEqualTo(RouteKey.firstWord());
		assertThat(connection.inboxCapacity()).isEqualTo(12);
		assertThat(connection.inboxOverflow()).isEqualTo(InboxOverflow.BLOCK);
		assertThat(connection.events()).containsExactly(EventKind.CONNECTED, EventKind.SEND_FAILED);
		assertThat(connection.userData()).containsExactly(entry("room", 7), entry("owner", Map.of("name", "Ada")));
		assertThat(connection.autoStartup()).isFalse();
		assertThat(connection.healthRequired()).isFalse();
		assertThat(connection.wireLog()).isTrue();
		assertThat(connection.logErrors()).isFalse();
		assertThat(connection.mdc()).isTrue();
	}

	private static List<AddressRange> ranges(String... ranges) {
		return Arrays.stream(ranges).map(AddressRange::parse).toList();
	}

	@Test
	void whenAnEntryHasAListThenItReplacesThatOfTheDefaults() {
		String defaults = """
				sockets.tcp:
				  server-defaults: {allow: [192.0.2.1, 192.0.2.2], ban.for: 5m, inbound.on-excess: disconnect}
				""";
		assertThat(Yaml.of(defaults + "  server.echo: {port: 0, allow: 192.0.2.3}").server().access().allow())
			.isEqualTo(ranges("192.0.2.3"));
		AccessSettings access = Yaml.of(defaults + "  server.echo: {port: 0, ban.after: 2, inbound.rate: 1/s}")
			.server()
			.access();
		assertThat(access.allow()).isEqualTo(ranges("192.0.2.1", "192.0.2.2"));
		assertThat(access.ban()).isEqualTo(new BanRule(2, Duration.ofMinutes(5)));
		assertThat(access.inbound()).isEqualTo(new InboundLimit(Rate.parse("1/s"), OnExcess.DISCONNECT));
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
		assertThat(client.connection().outbound().maxPending()).isEqualTo(5120);
		assertThat(client.connection().outbound().slowConsumer()).isEqualTo(SlowConsumerPolicy.BLOCK);
		assertThat(client.connection().requests().timeout()).isEqualTo(Duration.ofSeconds(4));
		assertThat(client.connection().requests().maxPending()).isEqualTo(5);
		assertThat(client)
			.extracting(TcpClientSettings::host, TcpClientSettings::port, TcpClientSettings::connectTimeout)
			.containsExactly("peer.example", 7001, Duration.ofMillis(250));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			7001            | [7001]
			7001,7010-7013  | [7001, 7010, 7011, 7012, 7013]
			[7003, 7001-7003] | [7003, 7001, 7002]
			""")
	void whenAServerHasSeveralPortsThenSettingsHaveThemAll(String ports, String expected) {
		assertThat(Yaml.of("sockets.tcp.server.echo.ports: " + ports).server().ports()).hasToString(expected);
	}

	@Test
	void whenAClientConnectsOnDemandThenSettingsSaySo() {
		TcpClientSettings client = Yaml
			.of("sockets.tcp.client.peer: {port: 1, connect: on-demand, idle-disconnect: 30s, local-address: 127.0.0.1, "
					+ "local-port: 4001}")
			.client();
		assertThat(client.connect()).isEqualTo(ConnectMode.ON_DEMAND);
		assertThat(client.idleDisconnect()).hasSeconds(30);
		assertThat(client.reconnect()).isEqualTo(Reconnect.OFF);
		assertThat(client.local()).hasToString("/127.0.0.1:4001");
	}

	@Test
	void whenHeartbeatsAreOnlyAnsweredThenSettingsHaveTheAnswer() {
		assertThat(Yaml.of("sockets.tcp.server.echo: {port: 0, heartbeat: {message: ping, answer: echo}}")
			.server()
			.connection()
			.heartbeat()).usingRecursiveComparison()
			.isEqualTo(new Heartbeat(null, null, "ping".getBytes(), "ping".getBytes()));
		assertThat(Yaml.of("sockets.tcp.server.echo: {port: 0, heartbeat: {answer: none}}")
			.server()
			.connection()
			.heartbeat()).isNull();
	}

	@Test
	void whenNobodySaysWhetherHealthDependsOnAnEndpointThenItDoesUnlessItIsAClient() {
		assertThat(Yaml.of("sockets.tcp.server.echo.port: 0").server().connection().healthRequired()).isTrue();
		assertThat(Yaml.of("sockets.tcp.client.peer.port: 1").client().connection().healthRequired()).isFalse();
		assertThat(Yaml.of("sockets.tcp.client.peer: {port: 1, health.required: true}")
			.client()
			.connection()
			.healthRequired()).isTrue();
		assertThat(Yaml.of("sockets.tcp: {client-defaults.health.required: true, client.peer.port: 1}")
			.client()
			.connection()
			.healthRequired()).isTrue();
	}

	@Test
	void whenReconnectIsOffThenSettingsSaySo() {
		assertThat(Yaml.of("sockets.tcp.client.peer: {port: 1, reconnect.enabled: false}").client().reconnect())
			.isEqualTo(Reconnect.OFF);
	}

}
