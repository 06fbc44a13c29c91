package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.event.AddressBannedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.AccessSettings;
import dev.sockets.tcp.BanRule;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.InboundLimit;
import dev.sockets.tcp.OnExcess;
import dev.sockets.tcp.Rate;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections over which more comes than their rate allows.
 */
@Timeout(120)
class InboundRateTests {

	private final Queue<String> received = new ConcurrentLinkedQueue<>();

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints()
		.onMessage((message) -> this.received.add(message.getPayload().toString()));

	@ParameterizedTest
	@EnumSource(Dispatch.class)
	void whenMoreMessagesComeThenTheyAreDelayedAndAllComeInOrder(Dispatch dispatch) {
		TcpServer server = serve("50/s", OnExcess.DELAY, dispatch);
		List<String> sent = IntStream.range(0, 200).mapToObj(String::valueOf).toList();
		long begin = System.nanoTime();
		try (Peer peer = new Peer(server)) {
			peer.send(sent.toArray(String[]::new));
			Awaitility.await().until(() -> this.received.size() == 200);
			assertThat(System.nanoTime() - begin).isGreaterThan(Duration.ofMillis(2900).toNanos());
			assertThat(this.received).containsExactlyElementsOf(sent);
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.REMOTE);
	}

	@Test
	void whenMoreBytesComeThenTheyAreDelayed() {
		TcpServer server = serve("20KB/s", OnExcess.DELAY, Dispatch.AUTO);
		long begin = System.nanoTime();
		try (Peer peer = new Peer(server)) {
			for (int i = 0; i < 80; i++) {
				peer.send("x".repeat(1023));
			}
			Awaitility.await().until(() -> this.received.size() == 80);
			assertThat(System.nanoTime() - begin).isGreaterThan(Duration.ofMillis(900).toNanos());
		}
	}

	@Test
	void whenOneIsDelayedThenOthersAreNot() {
		TcpServer server = serve("10/m", OnExcess.DELAY, Dispatch.AUTO);
		try (Peer greedy = new Peer(server); Peer other = new Peer(server)) {
			greedy.sendRaw("flood\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
			Awaitility.await().until(() -> this.received.size() >= 10);
			other.send("calm");
			Awaitility.await().until(() -> this.received.contains("calm"));
			assertThat(this.received).hasSizeLessThan(100);
			assertThat(server.getConnections()).hasSize(2);
		}
		server.stop();
	}

	@Test
	void whenMoreComesAndThatDisconnectsThenWhatCameBeforeIsHandledAndItIsClosed() {
		TcpServer server = serve("5/h", OnExcess.DISCONNECT, Dispatch.AUTO);
		try (Peer peer = new Peer(server)) {
			peer.send("1", "2", "3", "4", "5", "6", "7");
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
			.isEqualTo(DisconnectReason.INBOUND_RATE);
		assertThat(this.received).containsExactly("1", "2", "3", "4", "5");
		assertThat(server.statistics().connections().closed()).containsEntry("INBOUND_RATE", 1L);
	}

	@Test
	void whenBytesThatAreNoMessageComeWithoutAnEndThenTheyCountToo() {
		TcpServer server = serve("1KB/h", OnExcess.DISCONNECT, Dispatch.AUTO);
		try (Peer peer = new Peer(server)) {
			peer.sendRaw(new byte[2048]);
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
			.isEqualTo(DisconnectReason.INBOUND_RATE);
	}

	@Test
	void whenItIsWithinTheRateThenNothingHappens() {
		TcpServer server = serve("100/s", OnExcess.DISCONNECT, Dispatch.AUTO);
		try (Peer peer = new Peer(server)) {
			for (int i = 0; i < 100; i++) {
				peer.send("m");
			}
			Awaitility.await().until(() -> this.received.size() == 100);
			assertThat(server.getConnections()).hasSize(1);
		}
	}

	@Test
	void whenItIsExceededTooOftenThenTheAddressIsBanned() {
		TcpServer server = this.endpoints.serve((settings) -> settings.access((access) -> {
			limit(access, "1/h", OnExcess.DISCONNECT);
			access.ban(new BanRule(2, Duration.ofMinutes(1)));
		}));
		for (int i = 0; i < 2; i++) {
			try (Peer peer = new Peer(server)) {
				peer.send("1", "2");
				assertThat(peer.readLineOrReset()).isNull();
			}
		}
		this.endpoints.awaitEvent(AddressBannedEvent.class);
	}

	@Test
	void whenADelayedConnectionIsClosedThenItsEndIsTold() {
		TcpServer server = serve("1/h", OnExcess.DELAY, Dispatch.AUTO);
		try (Peer peer = new Peer(server)) {
			peer.send("1", "2", "3");
			Awaitility.await().until(() -> this.received.size() == 1);
			server.disconnectAll();
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.KICKED);
	}

	private TcpServer serve(String rate, OnExcess onExcess, Dispatch dispatch) {
		Consumer<AccessSettings.Builder> access = (builder) -> limit(builder, rate, onExcess);
		return this.endpoints.serve((settings) -> settings.access(access)
			.connection((connection) -> connection.framing(Framings.line()).dispatch(dispatch)));
	}

	private static void limit(AccessSettings.Builder access, String rate, OnExcess onExcess) {
		access.inbound(new InboundLimit(Rate.parse(rate), onExcess));
	}

}
