package dev.sockets.runtime.tcp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.Heartbeat;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.FaultProxy;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Heartbeats find peers that are gone without a word, and bother nobody else. Fault F3.
 */
@Timeout(60)
class HeartbeatTests {

	private static final String BEAT = "beat";

	private static final Duration INTERVAL = Duration.ofMillis(300);

	private static final Duration SHORT = Duration.ofMillis(600);

	/** Where nobody is to be found out, though the machine keeps all of them waiting. */
	private static final Duration LONG = Duration.ofSeconds(2);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final List<Object> received = Collections.synchronizedList(new ArrayList<>());

	@Test
	void f3_whenPeerIsHalfOpenThenItIsFoundOut() {
		TcpServer server = server(SHORT);
		CompletableFuture<LongSupplier> clock = new CompletableFuture<>();
		CompletableFuture<Long> ended = new CompletableFuture<>();
		OnConnected.first(this.endpoints, (connection) -> {
			StreamChannel channel = ((DefaultConnection) connection).channel();
			clock.complete(channel::nanos);
			connection.closed().thenAccept((reason) -> ended.complete(channel.nanos()));
		});
		try (FaultProxy proxy = FaultProxy.to(server.getLocalAddress());
				Peer peer = new Peer(new InetSocketAddress("127.0.0.1", proxy.getPort()), 0)) {
			assertThat(clock).succeedsWithin(TestEndpoints.SOON);
			proxy.halfOpen();
			peer.finish();
			long start = clock.join().getAsLong();
			DisconnectedEvent end = this.endpoints.awaitEvent(DisconnectedEvent.class);
			assertThat(ended).succeedsWithin(TestEndpoints.SOON);
			assertThat(Duration.ofNanos(ended.join() - start))
				.isLessThan(INTERVAL.multipliedBy(2).plus(SHORT).plusSeconds(1));
			assertThat(end.getReason()).isEqualTo(DisconnectReason.HEARTBEAT);
			assertThat(server.getConnections()).isEmpty();
		}
	}

	@Test
	void f3_whenReadingIsPausedAndThePeerIsGoneThenHeartbeatsFindOut() {
		TcpServer server = server(SHORT);
		OnConnected.each(this.endpoints, Connection::pauseReading);
		try (Peer staying = new Peer(server)) {
			this.endpoints.onlyConnection(server);
			try (Peer going = new Peer(server)) {
				going.send("never read", "nor this");
				Awaitility.await().until(() -> server.getConnections().size() == 2);
			}
			DisconnectedEvent end = this.endpoints.awaitEvent(DisconnectedEvent.class);
			assertThat(end.getReason()).isEqualTo(DisconnectReason.RESET);
			assertThat(staying.readLine()).isEqualTo(BEAT);
			assertThat(server.getConnections()).hasSize(1);
		}
	}

	@Test
	void f3_whenPeerAnswersThenItStaysAndItsHeartbeatsAreNotDelivered() {
		TcpServer server = server(TestEndpoints.SOON);
		try (Peer peer = new Peer(server)) {
			peer.send("first", BEAT, "second");
			for (int i = 0; i < 6; i++) {
				assertThat(peer.readLine()).isEqualTo(BEAT);
				peer.send(BEAT);
			}
			peer.send("last");
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.received).containsExactly("first", "second", "last"));
			assertThat(server.getConnections()).hasSize(1);
		}
	}

	@Test
	void f3_whenSomethingElseIsSentThenNoHeartbeatIs() {
		TcpServer server = server(TestEndpoints.SOON);
		long gaps = 1;
		long last = System.nanoTime();
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			for (int i = 0; i < 14; i++) {
				LockSupport.parkNanos(INTERVAL.toNanos() / 4);
				connection.send("message");
				long now = System.nanoTime();
				gaps += (now - last) / (INTERVAL.toNanos() * 2 / 3);
				last = now;
				peer.send(BEAT);
			}
			long beats = 0;
			int messages = 0;
			while (messages < 14) {
				if (peer.readLine().equals(BEAT)) {
					beats++;
				}
				else {
					messages++;
				}
			}
			assertThat(beats).isLessThanOrEqualTo(gaps);
			assertThat(peer.readLine()).isEqualTo(BEAT);
		}
	}

	@Test
	void f3_whenPeerReadsNothingThenHeartbeatsDoNotPileUp() {
		TcpServer server = server(TestEndpoints.SOON);
		try (Peer peer = new Peer(server.getLocalAddress(), 4096)) {
			Connection connection = this.endpoints.onlyConnection(server);
			TestEndpoints.fill(connection, 100_000);
			long pending = connection.getStatistics().pendingBytes();
			long end = System.nanoTime() + INTERVAL.toNanos() * 6;
			while (System.nanoTime() < end) {
				peer.send(BEAT);
				LockSupport.parkNanos(INTERVAL.toNanos() / 3);
			}
			assertThat(connection.getStatistics().pendingBytes()).isBetween(1L, pending);
			assertThat(connection.isOpen()).isTrue();
		}
	}

	@Test
	void f3_whenBothSidesBeatThenTheyStayConnected() {
		TcpServer server = server(LONG);
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.connection((connection) -> heartbeat(connection, LONG)));
		this.endpoints.onMessage("client", (message) -> this.received.add(message.getPayload()));
		Connection connection = client.connect();
		Awaitility.await()
			.during(INTERVAL.plus(LONG).multipliedBy(2))
			.until(() -> connection.isOpen() && server.getConnections().size() == 1);
		assertThat(this.received).isEmpty();
		assertThat(connection.getStatistics().bytesReceived()).isPositive();
	}

	@Test
	void f3_whenAPeerOnlyAnswersThenItIsAskedThoughItIsSentMuch() {
		Duration timeout = LONG.multipliedBy(2);
		TcpServer server = server(timeout);
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			long end = System.nanoTime() + INTERVAL.multipliedBy(2).plus(timeout).toNanos();
			while (System.nanoTime() < end) {
				connection.send("message");
				if (peer.readLine().equals(BEAT)) {
					peer.send(BEAT);
				}
				LockSupport.parkNanos(INTERVAL.toNanos() / 6);
			}
			assertThat(connection.isOpen()).isTrue();
			assertThat(connection.getStatistics().bytesReceived()).isPositive();
		}
	}

	@Test
	void f3_whenReadingWasPausedThenItsSilenceIsNotHeldAgainstThePeer() {
		TcpServer server = this.endpoints.onMessage((message) -> {
			if (message.getPayload().equals("block")) {
				TestEndpoints.block(150);
			}
			else {
				this.received.add(message.getPayload());
			}
		}).server((connection) -> heartbeat(connection, LONG).dispatch(Dispatch.LOOP));
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			connection.pauseReading();
			peer.send("waiting");
			LockSupport.parkNanos(INTERVAL.plus(LONG).plusMillis(300).toNanos());
			try (Peer other = new Peer(server)) {
				CompletableFuture<Void> blocking = OwnThread.run(() -> {
					for (int i = 0; i < 6; i++) {
						other.send("block");
						LockSupport.parkNanos(120_000_000);
					}
				});
				LockSupport.parkNanos(470_000_000);
				connection.resumeReading();
				blocking.join();
				Awaitility.await().untilAsserted(() -> assertThat(this.received).containsExactly("waiting"));
				assertThat(connection.isOpen()).isTrue();
			}
		}
	}

	@Test
	void f3_whenHandlerTakesLongerThanThePeerMayBeSilentThenTheConnectionStays() {
		TcpServer server = this.endpoints.onMessage((message) -> {
			TestEndpoints.block(INTERVAL.plus(LONG).plusMillis(400).toMillis());
			message.reply(message.getPayload());
		}).server((connection) -> heartbeat(connection, LONG));
		try (Peer peer = new Peer(server)) {
			peer.send("takes long");
			for (int i = 0; i < 23; i++) {
				LockSupport.parkNanos(100_000_000);
				peer.send(BEAT);
			}
			String line;
			while (BEAT.equals(line = peer.readLine())) {
				peer.send(BEAT);
			}
			assertThat(line).isEqualTo("takes long");
		}
	}

	@Test
	void f3_whenTheLoopIsLateThenPeersThatAreNotStay() {
		TcpServer server = this.endpoints
			.onMessage((message) -> TestEndpoints.block(INTERVAL.plus(LONG).plusMillis(200).toMillis()))
			.server((connection) -> heartbeat(connection, LONG).dispatch(Dispatch.LOOP));
		long longest = 0;
		long last = System.nanoTime();
		try (Peer peer = new Peer(server); Peer other = new Peer(server)) {
			Awaitility.await().until(() -> server.status().connectionsOpened() == 2);
			other.trySend("1\n".getBytes());
			LockSupport.parkNanos(100_000_000);
			peer.trySend((BEAT + "\n").getBytes());
			LockSupport.parkNanos(50_000_000);
			other.trySend("2\n".getBytes());
			for (int i = 0; i < 53; i++) {
				LockSupport.parkNanos(100_000_000);
				peer.trySend((BEAT + "\n").getBytes());
				other.trySend((BEAT + "\n").getBytes());
				long now = System.nanoTime();
				longest = Math.max(longest, now - last);
				last = now;
			}
			assertThat(server.findConnection(peer.address()).isPresent() || longest > LONG.toNanos())
				.as("it stays unless the machine has kept it from beating")
				.isTrue();
		}
	}

	private TcpServer server(Duration timeout) {
		return this.endpoints.onMessage((message) -> this.received.add(message.getPayload()))
			.server((connection) -> heartbeat(connection, timeout));
	}

	private static ConnectionSettings.Builder heartbeat(ConnectionSettings.Builder connection, Duration timeout) {
		return connection.heartbeat(new Heartbeat(INTERVAL, timeout, BEAT.getBytes()));
	}

}
