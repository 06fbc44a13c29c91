package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections end when they are as old as they may become, between two messages.
 */
@Timeout(120)
class ConnectionAgeTests {

	private static final Duration AGE = Duration.ofMillis(500);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@Test
	void whenAMessageIsHalfReceivedThenItIsAnsweredBeforeTheEnd() {
		TcpServer server = this.endpoints.echo().server((connection) -> connection.maxConnectionAge(AGE));
		try (Peer peer = peerThatHasSent("he", server)) {
			awaitAge(server);
			assertThat(peer.ask("llo")).isEqualTo("hello");
			assertThat(peer.readLine()).isNull();
		}
		assertReasons();
	}

	@Test
	void whenARequestWaitsThenItIsAnsweredBeforeTheEnd() {
		TcpServer server = this.endpoints.server((connection) -> connection.maxConnectionAge(AGE));
		CompletableFuture<CompletableFuture<Object>> asked = askTheFirst();
		try (Peer peer = new Peer(server)) {
			assertThat(peer.readLine()).isEqualTo("question");
			CompletableFuture<Object> answer = asked.join();
			awaitAge(server);
			assertThat(answer).isNotDone();
			peer.send("answer");
			assertThat(answer).succeedsWithin(TestEndpoints.SOON).isEqualTo("answer");
			assertThat(peer.readLine()).isNull();
		}
		assertReasons();
	}

	@Test
	void whenItIsNeverQuietThenItEndsAllTheSame() {
		TcpServer server = this.endpoints
			.server((connection) -> connection.maxConnectionAge(AGE).frameTimeout(Duration.ofMillis(300)));
		CompletableFuture<CompletableFuture<Object>> asked = askTheFirst();
		try (Peer peer = new Peer(server)) {
			assertThat(peer.readLine()).isEqualTo("question");
			assertThat(peer.readLine()).isNull();
			assertThat(asked.join()).failsWithin(TestEndpoints.SOON)
				.withThrowableThat()
				.havingCause()
				.isInstanceOfSatisfying(SocketOperationException.class,
						(failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.NOT_CONNECTED));
		}
		assertReasons();
	}

	@Test
	void whenAClientsConnectionIsOldThenItConnectsAgain() {
		TcpServer server = this.endpoints.echo().server();
		this.endpoints
			.newClient("client", server.getLocalAddress().getPort(),
					(settings) -> settings.reconnect(ReconnectingTests.QUICK)
						.connection((connection) -> connection.maxConnectionAge(AGE)))
			.start();
		Awaitility.await()
			.until(() -> this.endpoints.events(ConnectedEvent.class)
				.stream()
				.filter((event) -> event.getEndpoint().equals("client"))
				.count() >= 3);
		assertThat(this.endpoints.events(DisconnectedEvent.class))
			.filteredOn((event) -> event.getEndpoint().equals("client"))
			.extracting(DisconnectedEvent::getReason)
			.containsOnly(DisconnectReason.MAX_AGE);
	}

	@Test
	void whenManyHaveBegunTogetherThenTheyDoNotEndTogether() {
		TcpServer server = this.endpoints.server((connection) -> connection.maxConnectionAge(Duration.ofSeconds(5)));
		List<Peer> peers = new ArrayList<>();
		try {
			for (int i = 0; i < 40; i++) {
				peers.add(new Peer(server));
			}
			List<DisconnectedEvent> ends = this.endpoints.awaitEvents(DisconnectedEvent.class, 40);
			List<Duration> ages = ends.stream().map(ConnectionAgeTests::age).sorted().toList();
			assertThat(ages.get(39).minus(ages.get(0))).isGreaterThan(Duration.ofMillis(150));
			assertThat(ages.get(0)).isGreaterThan(Duration.ofMillis(4000));
		}
		finally {
			peers.forEach(Peer::close);
		}
	}

	private static Duration age(DisconnectedEvent end) {
		return Duration.between(end.getConnection().getOpenedAt(), Instant.ofEpochMilli(end.getTimestamp()));
	}

	/** Its request is under way before the connection has any age. */
	private CompletableFuture<CompletableFuture<Object>> askTheFirst() {
		CompletableFuture<CompletableFuture<Object>> asked = new CompletableFuture<>();
		OnConnected.first(this.endpoints, (connection) -> asked.complete(connection.requestAsync("question")));
		return asked;
	}

	/** What it has sent is there before the only loop has seen its connection. */
	private Peer peerThatHasSent(String begun, TcpServer server) {
		CompletableFuture<Void> held = new CompletableFuture<>();
		CompletableFuture<Void> sent = new CompletableFuture<>();
		this.endpoints.onMessage("holding", (message) -> {
			held.complete(null);
			sent.join();
		});
		TcpServer holding = this.endpoints.server("holding", (connection) -> connection.dispatch(Dispatch.LOOP));
		try (Peer holder = new Peer(holding)) {
			holder.send("hold");
			assertThat(held).succeedsWithin(TestEndpoints.SOON);
			return new Peer(server).sendRaw(begun.getBytes());
		}
		finally {
			sent.complete(null);
		}
	}

	/** Any connection that was open before is older than it may become afterwards. */
	private void awaitAge(TcpServer server) {
		for (int i = 0; i < 2; i++) {
			try (Peer other = new Peer(server)) {
				assertThat(other.readLine()).isNull();
			}
		}
	}

	private void assertReasons() {
		Awaitility.await()
			.untilAsserted(() -> assertThat(ofServer(DisconnectedEvent.class)).isNotEmpty()
				.hasSameSizeAs(ofServer(ConnectedEvent.class)));
		assertThat(ofServer(DisconnectedEvent.class)).extracting(DisconnectedEvent::getReason)
			.containsOnly(DisconnectReason.MAX_AGE);
	}

	private <E extends SocketEvent> List<E> ofServer(Class<E> type) {
		return this.endpoints.events(type).stream().filter((event) -> event.getEndpoint().equals("server")).toList();
	}

}
