package dev.sockets.runtime.tcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.sockets.codec.Codecs;
import dev.sockets.event.AddressBannedEvent;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.tcp.AccessSettings;
import dev.sockets.tcp.AddressRange;
import dev.sockets.tcp.BanRule;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.HandlerErrorPolicy;
import dev.sockets.tcp.Rate;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From which addresses peers may come, and how often.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class AddressRulesTests {

	private static final BanRule RULE = new BanRule(3, Duration.ofMinutes(10));

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints().echo();

	@Test
	void whenAnAddressIsDeniedThenItsConnectionsAreClosedWithoutAWord() {
		TcpServer server = serve((access) -> access.deny(ranges("127.0.0.2", "127.0.1.0/24")),
				(settings) -> settings.busyMessage("busy".getBytes(StandardCharsets.UTF_8)));
		assertThat(isServed(server, "127.0.0.1")).isTrue();
		assertThat(isServed(server, "127.0.0.2")).isFalse();
		assertThat(isServed(server, "127.0.1.77")).isFalse();
		assertThat(isServed(server, "127.0.0.3")).isTrue();
		List<ConnectionRejectedEvent> events = this.endpoints.awaitEvents(ConnectionRejectedEvent.class, 2);
		assertThat(events).allSatisfy((event) -> assertThat(event.getReason()).isEqualTo(RejectionReason.DENIED));
		assertThat(events.get(0).getRemoteAddress().getAddress().getHostAddress()).isEqualTo("127.0.0.2");
		assertThat(server.statistics().connections().rejected()).containsEntry("DENIED", 2L);
		assertThat(server.status().connectionsOpened()).isEqualTo(2);
	}

	@Test
	void whenAddressesAreAllowedThenOthersAreNotAndDenyWins() {
		TcpServer server = serve(
				(access) -> access.allow(ranges("127.0.0.0/30", "2001:db8::/32")).deny(ranges("127.0.0.2")));
		assertThat(isServed(server, "127.0.0.1")).isTrue();
		assertThat(isServed(server, "127.0.0.2")).isFalse();
		assertThat(isServed(server, "127.0.0.3")).isTrue();
		assertThat(isServed(server, "127.0.0.4")).isFalse();
	}

	@Test
	void whenMappedIpv4AddressesAreListedThenTheyAreIpv4Addresses() {
		TcpServer server = serve((access) -> access.allow(ranges("::ffff:127.0.0.1")));
		assertThat(isServed(server, "127.0.0.1")).isTrue();
		assertThat(isServed(server, "127.0.0.2")).isFalse();
	}

	@Test
	void whenAFloodIsDeniedThenOthersAreServedAndTheLogHasAFewLines(CapturedOutput output) {
		TcpServer server = serve((access) -> access.deny(ranges("127.0.0.2")),
				(settings) -> settings.maxConnections(1));
		int before = output.getAll().length();
		for (int i = 0; i < 500; i++) {
			assertThat(isServed(server, "127.0.0.2")).isFalse();
		}
		assertThat(isServed(server, "127.0.0.1")).isTrue();
		assertThat(server.statistics().connections().rejected()).containsEntry("DENIED", 500L)
			.containsEntry("FULL", 0L);
		assertThat(output.getAll().substring(before).lines().filter((line) -> line.contains("turned")))
			.hasSizeBetween(1, 20);
	}

	@Test
	void whenAnAddressConnectsTooOftenThenOnlyItIsTurnedAway() {
		TcpServer server = serve((access) -> access.connectRate(Rate.parse("5/h")));
		for (int i = 0; i < 5; i++) {
			assertThat(isServed(server, "127.0.0.1")).isTrue();
		}
		assertThat(isServed(server, "127.0.0.1")).isFalse();
		assertThat(isServed(server, "127.0.0.2")).isTrue();
		assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
			.isEqualTo(RejectionReason.CONNECT_RATE);
		assertThat(server.statistics().connections().rejected()).containsEntry("CONNECT_RATE", 1L);
	}

	@Test
	void whenTimeHasPassedThenAnAddressMayConnectAgain() {
		TcpServer server = serve((access) -> access.connectRate(Rate.parse("20/m")));
		while (isServed(server, "127.0.0.1")) {
			assertThat(server.status().connectionsOpened()).isLessThan(10_000);
		}
		Awaitility.await().untilAsserted(() -> assertThat(isServed(server, "127.0.0.1")).isTrue());
	}

	@ParameterizedTest
	@EnumSource(Dispatch.class)
	void whenAnAddressSendsNonsenseTooOftenThenItIsBannedAndCanBeLetInAgain(Dispatch dispatch) throws Exception {
		TcpServer server = serve((access) -> access.ban(RULE),
				(settings) -> settings.connection((connection) -> connection.dispatch(dispatch).maxFrameSize(10)));
		for (int i = 0; i < 3; i++) {
			assertThat(isServed(server, "127.0.0.2")).isTrue();
			sendNonsense(server, "127.0.0.2", "far too long a line\n");
		}
		AddressBannedEvent event = this.endpoints.awaitEvent(AddressBannedEvent.class);
		assertThat(event.getBan().addresses()).hasToString("127.0.0.2");
		assertThat(isServed(server, "127.0.0.2")).isFalse();
		assertThat(isServed(server, "127.0.0.1")).isTrue();
		assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
			.isEqualTo(RejectionReason.BANNED);
		assertThat(server.getBans()).singleElement()
			.satisfies((ban) -> assertThat(ban.addresses()).isEqualTo(event.getBan().addresses()));
		assertThat(server.statistics().connections().banned()).isEqualTo(1);
		assertThat(server.liftBan(InetAddress.getByName("127.0.0.2"))).isTrue();
		assertThat(server.getBans()).isEmpty();
		assertThat(isServed(server, "127.0.0.2")).isTrue();
		assertThat(this.endpoints.events(AddressBannedEvent.class)).hasSize(1);
	}

	@Test
	void whenWhatCannotBeDecodedClosesAConnectionThenItIsAnOffence() {
		TcpServer server = serve((access) -> access.ban(new BanRule(1, Duration.ofMinutes(1))), (settings) -> settings
			.connection((connection) -> connection.codec(Codecs.json()).onHandlerError(HandlerErrorPolicy.CLOSE)));
		sendNonsense(server, "127.0.0.2", "{\n");
		assertThat(this.endpoints.awaitEvent(AddressBannedEvent.class).getBan().addresses()).hasToString("127.0.0.2");
	}

	@Test
	void whenABanIsOverThenTheAddressIsServed() {
		TcpServer server = serve((access) -> access.ban(new BanRule(1, Duration.ofSeconds(2))),
				(settings) -> settings.connection((connection) -> connection.maxFrameSize(10)));
		sendNonsense(server, "127.0.0.2", "far too long a line\n");
		this.endpoints.awaitEvent(AddressBannedEvent.class);
		Awaitility.await().untilAsserted(() -> assertThat(isServed(server, "127.0.0.2")).isTrue());
		assertThat(server.getBans()).isEmpty();
	}

	@Test
	void whenPeersBehaveThenNobodyIsBanned() {
		TcpServer server = serve((access) -> access.ban(new BanRule(1, Duration.ofMinutes(1))));
		for (int i = 0; i < 20; i++) {
			try (Peer peer = peer(server, "127.0.0.2")) {
				peer.ask("ping");
				peer.sendRaw("half".getBytes(StandardCharsets.UTF_8));
				if (i % 2 == 0) {
					peer.reset();
				}
			}
		}
		Awaitility.await().until(() -> server.getConnections().isEmpty());
		assertThat(server.getBans()).isEmpty();
		assertThat(this.endpoints.events(ConnectedEvent.class)).hasSize(20);
	}

	private void sendNonsense(TcpServer server, String from, String bytes) {
		try (Peer peer = peer(server, from)) {
			peer.trySend(bytes.getBytes(StandardCharsets.UTF_8));
			assertThat(peer.readLineOrReset()).isNull();
		}
	}

	private static boolean isServed(TcpServer server, String from) {
		try (Peer peer = peer(server, from)) {
			return "ping".equals(peer.trySend("ping\n".getBytes(StandardCharsets.UTF_8)).readLineOrReset());
		}
	}

	private static Peer peer(TcpServer server, String from) {
		return new Peer(new InetSocketAddress(from, 0), server.getLocalAddress());
	}

	private TcpServer serve(Consumer<AccessSettings.Builder> access) {
		return serve(access, (settings) -> {
		});
	}

	private TcpServer serve(Consumer<AccessSettings.Builder> access, Consumer<TcpServerSettings.Builder> settings) {
		return this.endpoints.serve((builder) -> settings.accept(builder.access(access)));
	}

	private static List<AddressRange> ranges(String... ranges) {
		return Arrays.stream(ranges).map(AddressRange::parse).toList();
	}

}
