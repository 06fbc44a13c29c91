package dev.sockets.runtime.tcp;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.event.AddressBannedEvent;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.runtime.proxy.ProxyHeaders;
import dev.sockets.tcp.AccessSettings;
import dev.sockets.tcp.AddressRange;
import dev.sockets.tcp.BanRule;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ProxyProtocol;
import dev.sockets.tcp.ProxySettings;
import dev.sockets.tcp.Rate;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.tcp.WhenFull;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers behind proxies that say whose connections they pass on.
 */
@Timeout(120)
class ProxyProtocolTests {

	private static final Duration LONG = Duration.ofMinutes(5);

	private static final Duration SHORT = Duration.ofMillis(200);

	private static final String OF_TEST_NET = "PROXY TCP4 192.0.2.1 127.0.0.1 56324 443\r\n";

	private static final byte[] BINARY = ProxyHeaders.binary(0x21, 0x21, ProxyHeaders.addresses("2001:db8::7", 99));

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2).echo();

	@ParameterizedTest
	@EnumSource(names = { "REQUIRED", "OPTIONAL" })
	void whenTheHeaderIsThereThenTheConnectionIsOfItsSource(ProxyProtocol protocol) {
		TcpServer server = serve(protocol, LONG);
		try (Peer text = relayed(server, ProxyHeaders.text(OF_TEST_NET)); Peer binary = relayed(server, BINARY)) {
			assertThat(text.ask("hello")).isEqualTo("hello");
			assertThat(binary.ask("hello")).isEqualTo("hello");
			assertThat(server.getConnections()).extracting((connection) -> connection.getRemoteAddress().toString())
				.containsExactlyInAnyOrder("/192.0.2.1:56324", "/[2001:db8:0:0:0:0:0:7]:99");
			assertThat(server.findConnection(new InetSocketAddress("192.0.2.1", 56324))).isPresent();
			assertThat(this.endpoints.awaitEvents(ConnectedEvent.class, 2))
				.allSatisfy((event) -> assertThat(event.getConnection().getLocalAddress().getPort())
					.isEqualTo(server.getLocalAddress().getPort()));
		}
	}

	@Test
	void whenDataComeWithTheHeaderThenNothingIsLost() {
		TcpServer server = serve(ProxyProtocol.REQUIRED, LONG);
		String lines = "0123456789\n".repeat(10_000);
		try (Peer peer = peer(server)) {
			peer.sendRaw((OF_TEST_NET + lines).getBytes(StandardCharsets.US_ASCII)).finish();
			assertThat(peer.readAll()).isEqualTo(lines.getBytes(StandardCharsets.US_ASCII));
		}
		Connection connection = this.endpoints.awaitEvent(DisconnectedEvent.class).getConnection();
		assertThat(connection.getStatistics().bytesReceived()).isEqualTo(lines.length());
	}

	@Test
	void whenTheHeaderIsCutAtAnyByteThenItIsTheSame() {
		TcpServer server = serve(ProxyProtocol.REQUIRED, LONG);
		for (byte[] header : List.of(ProxyHeaders.text(OF_TEST_NET), BINARY)) {
			byte[] all = concat(header, ProxyHeaders.text("ping\n"));
			for (int cut = 1; cut < all.length; cut++) {
				try (Peer peer = peer(server)) {
					peer.sendRaw(Arrays.copyOf(all, cut));
					peer.sendRaw(Arrays.copyOfRange(all, cut, all.length));
					assertThat(peer.readLine()).isEqualTo("ping");
				}
			}
		}
		assertThat(server.statistics().connections().rejected()).containsEntry("PROXY_HEADER", 0L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PROXY UNKNOWN\r\n", "local" })
	void whenTheProxySpeaksForItselfThenItIsItsOwnConnection(String header) {
		TcpServer server = serve(ProxyProtocol.REQUIRED, LONG);
		byte[] bytes = header.equals("local") ? ProxyHeaders.binary(0x20, 0, new byte[0]) : ProxyHeaders.text(header);
		try (Peer peer = relayed(server, bytes)) {
			assertThat(peer.ask("healthy?")).isEqualTo("healthy?");
			assertThat(this.endpoints.onlyConnection(server).getRemoteAddress()).isEqualTo(peer.address());
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "hello, this is no header\n", "PROXY TCP4 nonsense\r\n", "PROXY UDP4 1.1.1.1 1.1.1.1 1 1\r\n" })
	void whenAHeaderIsRequiredAndThereIsNoneThenItIsTurnedAway(String bytes) {
		TcpServer server = serve(ProxyProtocol.REQUIRED, LONG);
		try (Peer peer = peer(server)) {
			peer.trySend(ProxyHeaders.text(bytes));
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
			.isEqualTo(RejectionReason.PROXY_HEADER);
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
		assertThat(server.statistics().connections().rejected()).containsEntry("PROXY_HEADER", 1L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "P", "PROXY TCP4 192.0.2.1 " })
	void whenARequiredHeaderIsLateThenItIsTurnedAway(String begun) {
		TcpServer server = serve(ProxyProtocol.REQUIRED, SHORT);
		try (Peer peer = peer(server)) {
			peer.trySend(ProxyHeaders.text(begun));
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
			.isEqualTo(RejectionReason.PROXY_HEADER);
	}

	@Test
	void whenAPeerIsNoProxyThenItIsNotBelieved() {
		TcpServer required = serve(ProxyProtocol.REQUIRED, LONG);
		try (Peer peer = peerFrom(required, "127.0.0.9")) {
			peer.trySend(ProxyHeaders.text(OF_TEST_NET));
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
			.isEqualTo(RejectionReason.PROXY_HEADER);
		TcpServer optional = serve("optional", ProxyProtocol.OPTIONAL, LONG, (access) -> {
		}, (settings) -> {
		});
		this.endpoints.onMessage("optional", (message) -> message.reply(message.getPayload()));
		try (Peer peer = peerFrom(optional, "127.0.0.9")) {
			peer.sendRaw(ProxyHeaders.text(OF_TEST_NET));
			assertThat(peer.readLine()).isEqualTo(OF_TEST_NET.strip());
			assertThat(this.endpoints.onlyConnection(optional).getRemoteAddress()).isEqualTo(peer.address());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "hello\n", "PING\n", "PROXIES\n", "PROXY-PASS\n", "\n", "\r\nx\n" })
	void whenAHeaderIsOptionalThenWhatCannotBeOneIsNotDelayed(String line) {
		TcpServer server = serve(ProxyProtocol.OPTIONAL, LONG);
		try (Peer peer = peer(server)) {
			peer.sendRaw(ProxyHeaders.text(line));
			assertThat(peer.readLine()).isEqualTo(line.split("\r?\n", -1)[0]);
			assertThat(this.endpoints.onlyConnection(server).getRemoteAddress()).isEqualTo(peer.address());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "P", "PROXY" })
	void whenAHeaderIsOptionalThenWhatMayYetBeOneIsServedAfterTheDeadline(String begun) {
		TcpServer server = serve(ProxyProtocol.OPTIONAL, SHORT);
		try (Peer peer = peer(server)) {
			peer.sendRaw(ProxyHeaders.text(begun));
			this.endpoints.onlyConnection(server);
			peer.sendRaw(ProxyHeaders.text("-\n"));
			assertThat(peer.readLine()).isEqualTo(begun + "-");
		}
	}

	@Test
	void whenAHeaderIsOptionalThenOneThatHasBegunIsNoData() {
		TcpServer server = serve("server", ProxyProtocol.OPTIONAL, SHORT, (access) -> {
		}, (settings) -> settings.whenFull(WhenFull.WAIT));
		server.pause();
		try (Peer peer = peer(server)) {
			peer.sendRaw(ProxyHeaders.text("PROXY TCP4 1.2"));
			server.resume();
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
			.isEqualTo(RejectionReason.PROXY_HEADER);
	}

	@Test
	void whenThereAreRulesThenTheyAreThoseOfTheSource() {
		TcpServer server = serve("server", ProxyProtocol.REQUIRED, LONG,
				(access) -> access
					.allow(List.of(AddressRange.parse("192.0.2.0/24"), AddressRange.parse("198.51.100.0/24")))
					.deny(List.of(AddressRange.parse("192.0.2.66")))
					.connectRate(Rate.parse("2/h")),
				(settings) -> settings.maxConnectionsPerAddress(1));
		try (Peer first = from(server, "192.0.2.1")) {
			assertThat(first.ask("ping")).isEqualTo("ping");
			assertThat(isServed(server, "192.0.2.66")).isFalse();
			assertThat(isServed(server, "203.0.113.1")).isFalse();
			assertThat(isServed(server, "198.51.100.1")).isTrue();
			assertThat(isServed(server, "192.0.2.1")).as("a second of its address").isFalse();
		}
		Awaitility.await().until(() -> server.getConnections().isEmpty());
		assertThat(isServed(server, "192.0.2.1")).as("a third in its time").isFalse();
		List<ConnectionRejectedEvent> events = this.endpoints.awaitEvents(ConnectionRejectedEvent.class, 4);
		assertThat(events)
			.extracting((event) -> event.getReason() + " " + event.getRemoteAddress().getAddress().getHostAddress())
			.containsExactlyInAnyOrder("DENIED 192.0.2.66", "DENIED 203.0.113.1", "ADDRESS_LIMIT 192.0.2.1",
					"CONNECT_RATE 192.0.2.1");
	}

	@Test
	void whenASourceOffendsThenItIsBannedAndItsProxyIsNot() {
		TcpServer server = serve("server", ProxyProtocol.REQUIRED, LONG,
				(access) -> access.ban(new BanRule(1, Duration.ofMinutes(1))),
				(settings) -> settings.connection((connection) -> connection.maxFrameSize(10)));
		try (Peer peer = from(server, "192.0.2.1")) {
			peer.trySend(ProxyHeaders.text("far too long a line\n"));
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(AddressBannedEvent.class).getBan().addresses()).hasToString("192.0.2.1");
		assertThat(isServed(server, "192.0.2.1")).isFalse();
		assertThat(isServed(server, "192.0.2.2")).isTrue();
	}

	@Test
	void whenProxiesSayNothingThenOnlySoManyAreHeardAndTheirPlacesAreFreeAgain() {
		TcpServer server = serve("server", ProxyProtocol.REQUIRED, LONG, (access) -> {
		}, (settings) -> settings.maxConnections(3));
		List<Peer> silent = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			silent.add(peer(server));
		}
		assertThat(this.endpoints.awaitEvents(ConnectionRejectedEvent.class, 2))
			.extracting(ConnectionRejectedEvent::getReason)
			.containsExactly(RejectionReason.FULL, RejectionReason.FULL);
		silent.forEach(Peer::close);
		Awaitility.await().until(() -> isServed(server, "192.0.2.1"));
	}

	@Test
	void whenAFullServerMakesConnectionsWaitThenTheyAreServedLater() {
		TcpServer server = serve("server", ProxyProtocol.REQUIRED, LONG, (access) -> {
		}, (settings) -> settings.maxConnections(1).whenFull(WhenFull.WAIT));
		for (int i = 0; i < 3; i++) {
			Peer first = from(server, "192.0.2.1");
			assertThat(first.ask("ping")).isEqualTo("ping");
			try (Peer second = from(server, "192.0.2.2")) {
				second.send("later");
				first.close();
				assertThat(second.readLine()).isEqualTo("later");
			}
		}
		try (Peer gone = peer(server)) {
			gone.sendRaw(ProxyHeaders.text("no header"));
			assertThat(gone.readLineOrReset()).isNull();
		}
		assertThat(isServed(server, "192.0.2.1")).isTrue();
	}

	@Test
	void whenTheServerStopsThenThoseThatHaveSaidNothingAreClosed() {
		TcpServer server = serve(ProxyProtocol.REQUIRED, LONG);
		try (Peer silent = peer(server); Peer half = peer(server)) {
			half.sendRaw(ProxyHeaders.text("PROXY TCP4 "));
			assertThat(isServed(server, "192.0.2.1")).isTrue();
			server.stop();
			assertThat(silent.readLineOrReset()).isNull();
			assertThat(half.readLineOrReset()).isNull();
		}
		server.start();
		assertThat(isServed(server, "192.0.2.1")).isTrue();
	}

	@Test
	void whenPeersComeAndGoWithinTheHeaderThenNothingIsLeft() {
		TcpServer server = serve("server", ProxyProtocol.REQUIRED, LONG, (access) -> {
		}, (settings) -> settings.maxConnections(5));
		for (int i = 0; i < 100; i++) {
			Peer peer = peer(server);
			peer.sendRaw(ProxyHeaders.text(OF_TEST_NET.substring(0, i % 20)));
			if (i % 2 == 0) {
				peer.reset();
			}
			else {
				peer.close();
			}
			Awaitility.await().until(() -> isServed(server, "192.0.2.1"));
		}
		assertThat(server.statistics().connections().rejected()).containsEntry("PROXY_HEADER", 0L);
	}

	/** F8 for headers, over sockets. */
	@Test
	void whenAnythingComesInPlaceOfAHeaderThenTheServerGoesOn() {
		TcpServer server = serve(ProxyProtocol.REQUIRED, SHORT);
		Random random = new Random(7);
		for (int i = 0; i < 300; i++) {
			byte[] bytes = concat(((i % 2 == 0) ? BINARY : ProxyHeaders.text(OF_TEST_NET)), new byte[10]);
			for (int j = 0; j < i % 5; j++) {
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
			}
			try (Peer peer = peer(server)) {
				peer.trySend(bytes);
			}
		}
		Awaitility.await("it is served when its header is in time").until(() -> isServed(server, "192.0.2.1"));
		Awaitility.await().until(() -> server.getConnections().isEmpty());
		server.stop();
	}

	private static boolean isServed(TcpServer server, String source) {
		try (Peer peer = from(server, source)) {
			return "ping".equals(peer.trySend(ProxyHeaders.text("ping\n")).readLineOrReset());
		}
	}

	private static Peer from(TcpServer server, String source) {
		return relayed(server, ProxyHeaders.text("PROXY TCP4 " + source + " 127.0.0.1 1234 443\r\n"));
	}

	private static Peer relayed(TcpServer server, byte[] header) {
		return peer(server).trySend(header);
	}

	private static Peer peer(TcpServer server) {
		return peerFrom(server, "127.0.0.1");
	}

	private static Peer peerFrom(TcpServer server, String address) {
		return new Peer(new InetSocketAddress(address, 0), server.getLocalAddress());
	}

	private TcpServer serve(ProxyProtocol protocol, Duration timeout) {
		return serve("server", protocol, timeout, (access) -> {
		}, (settings) -> {
		});
	}

	private TcpServer serve(String name, ProxyProtocol protocol, Duration timeout,
			Consumer<AccessSettings.Builder> access, Consumer<TcpServerSettings.Builder> settings) {
		ProxySettings proxy = new ProxySettings(protocol, List.of(AddressRange.parse("127.0.0.1")), timeout);
		return this.endpoints.serve(name,
				(builder) -> settings.accept(builder.access((rules) -> access.accept(rules.proxy(proxy)))));
	}

	private static byte[] concat(byte[] one, byte[] other) {
		ByteArrayOutputStream both = new ByteArrayOutputStream();
		both.writeBytes(one);
		both.writeBytes(other);
		return both.toByteArray();
	}

}
