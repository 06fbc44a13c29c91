package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Heartbeat;
import dev.sockets.tcp.PeerEndPolicy;
import dev.sockets.tcp.SocketOptions;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections without a deadline that is near are looked at once a second only; what
 * begins then has its deadline all the same, from that moment on.
 */
@Timeout(120)
class RestingConnectionTests {

	/** After that a connection rests. */
	private static final long RESTING_MILLIS = 1500;

	private static final long SHORT_MILLIS = 100;

	/** Who is looked at once a second only is seldom so soon. */
	private static final long SOON_MILLIS = 350;

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final int TIMES = 6;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@Test
	void whenAFrameBeginsThenItsDeadlineIsNotLate() throws Exception {
		TcpServer server = this.endpoints.echo()
			.server((connection) -> connection.frameTimeout(Duration.ofMillis(SHORT_MILLIS)));
		assertEndsSoon(server, DisconnectReason.FRAME_TIMEOUT,
				(peer) -> peer.sendRaw("half".getBytes(StandardCharsets.US_ASCII)));
	}

	@Test
	void whenAPeerTakesNothingMoreThenTheWriteTimeoutIsNotLate() throws Exception {
		TcpServer server = this.endpoints
			.server((connection) -> connection.writeTimeout(Duration.ofMillis(SHORT_MILLIS))
				.socketOptions(new SocketOptions(true, null, 4096, 4096, null, null, null)));
		String much = "x".repeat(60_000);
		assertEndsSoon(server, DisconnectReason.WRITE_TIMEOUT, (peer) -> {
			Connection connection = server.findConnection(peer.address()).orElseThrow();
			for (int i = 0; i < 10; i++) {
				connection.sendAsync(much);
			}
		});
	}

	@Test
	void whenNothingIsDueThenAConnectionRestsAlsoWhileMessagesCome() {
		TcpServer server = this.endpoints.echo().server();
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			Awaitility.await().until(() -> isAtRest(connection));
			assertThat(peer.ask("hello")).isEqualTo("hello");
			assertThat(isAtRest(connection)).isTrue();
		}
	}

	@Test
	void whenADeadlineIsNearThenItDoesNotRest() {
		Duration nearly = MINUTE.minusMillis(500);
		assertRests(false, nearly, (connection) -> connection.idleTimeout(MINUTE));
		assertRests(false, nearly, (connection) -> connection.readTimeout(MINUTE));
		assertRests(true, Duration.ZERO, (connection) -> connection.idleTimeout(MINUTE).readTimeout(MINUTE));
	}

	@Test
	void whenThereIsSomethingToDoAfterSomeTimeThenItDoesNotRest() {
		assertRests(false, Duration.ZERO, (connection) -> connection
			.heartbeat(new Heartbeat(MINUTE, MINUTE, "beat".getBytes(StandardCharsets.US_ASCII))));
		assertRests(false, Duration.ZERO, (connection) -> connection.maxConnectionAge(MINUTE));
	}

	@Test
	void whenAnAnswerIsAwaitedThenItDoesNotRest() {
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			Awaitility.await().until(() -> isAtRest(connection));
			connection.requestAsync("question");
			assertThat(isAtRest(connection)).isFalse();
			assertThat(peer.readLine()).isEqualTo("question");
		}
	}

	@Test
	void whenThePeerHasEndedItsSideThenItDoesNotRest() {
		TcpServer server = this.endpoints.echo().server((connection) -> connection.onPeerEnd(PeerEndPolicy.KEEP));
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			Awaitility.await().until(() -> isAtRest(connection));
			peer.finish();
			Awaitility.await().until(() -> !isAtRest(connection));
		}
	}

	private void assertRests(boolean rests, Duration later, Consumer<ConnectionSettings.Builder> settings) {
		try (TestEndpoints own = new TestEndpoints()) {
			TcpServer server = own.echo().server(settings);
			try (Peer peer = new Peer(server)) {
				assertThat(peer.ask("hello")).isEqualTo("hello");
				assertThat(isAtRest(own.onlyConnection(server), later)).isEqualTo(rests);
			}
		}
	}

	private static boolean isAtRest(Connection connection) {
		return isAtRest(connection, Duration.ZERO);
	}

	/** Returns whether it would rest when some time had passed. */
	private static boolean isAtRest(Connection connection, Duration later) {
		DefaultConnection own = (DefaultConnection) connection;
		return own.reader().isAtRest(own.channel().nanos() + later.toNanos());
	}

	/** All but one of some times, as one in three would be soon by chance. */
	private void assertEndsSoon(TcpServer server, DisconnectReason reason, Consumer<Peer> act) throws Exception {
		int soon = 0;
		try (Stalls stalls = new Stalls()) {
			for (int time = 1; time <= TIMES; time++) {
				try (Peer peer = new Peer(server)) {
					Awaitility.await().until(() -> server.findConnection(peer.address()).isPresent());
					TestEndpoints.block(RESTING_MILLIS);
					long start = System.nanoTime();
					act.accept(peer);
					this.endpoints.awaitEvents(DisconnectedEvent.class, time);
					long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
					assertThat(this.endpoints.events(DisconnectedEvent.class).get(time - 1).getReason())
						.isEqualTo(reason);
					soon += (millis <= SOON_MILLIS + stalls.longest().toMillis()) ? 1 : 0;
				}
			}
		}
		assertThat(soon).isGreaterThanOrEqualTo(TIMES - 1);
	}

}
