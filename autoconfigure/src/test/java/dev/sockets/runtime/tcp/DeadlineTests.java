package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.ApplicationListener;

import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.SendFailedEvent;
import dev.sockets.loop.stream.ChannelActivity;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deadlines are kept, and run only while the peer is the one to be waited for.
 */
@Timeout(60)
class DeadlineTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final List<Object> received = Collections.synchronizedList(new ArrayList<>());

	@Test
	void whenNothingGoesOverAConnectionThenItIsClosedAsIdle() {
		this.endpoints.echo();
		TcpServer server = this.endpoints.server((connection) -> connection.idleTimeout(Duration.ofMillis(1500)));
		Queue<Long> silences = silencesAtTheEnd((activity) -> Math.max(activity.lastRead(), activity.lastWrite()));
		try (Peer idle = new Peer(server); Peer listening = new Peer(server); Peer speaking = new Peer(server)) {
			Awaitility.await().until(() -> server.status().connectionsOpened() == 3);
			long start = System.nanoTime();
			for (int i = 0; i < 20; i++) {
				server.findConnection(listening.address()).ifPresent((served) -> served.sendAsync("news"));
				speaking.trySend("hello\n".getBytes()).readLineOrReset();
				LockSupport.parkNanos(100_000_000);
			}
			assertThat(idle.readLine()).isNull();
			assertThat(this.endpoints.awaitEvents(DisconnectedEvent.class, 3))
				.allSatisfy((end) -> assertThat(end.getReason()).isEqualTo(DisconnectReason.IDLE));
			Awaitility.await().until(() -> silences.size() == 3);
			assertThat(silences).allSatisfy((silence) -> assertThat(silence).isGreaterThan(1450));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(3400),
					TestEndpoints.SOON);
		}
	}

	@Test
	void whenAPeerSendsNothingThenItIsClosedHoweverMuchItIsSent() {
		this.endpoints.echo();
		TcpServer server = this.endpoints.server((connection) -> connection.readTimeout(Duration.ofMillis(1500)));
		Queue<Long> silences = silencesAtTheEnd(ChannelActivity::lastRead);
		try (Peer silent = new Peer(server); Peer speaking = new Peer(server)) {
			Awaitility.await().until(() -> server.status().connectionsOpened() == 2);
			Awaitility.await().until(() -> {
				server.broadcast("news");
				speaking.trySend("hello\n".getBytes());
				return server.findConnection(silent.address()).isEmpty();
			});
			assertThat(this.endpoints.awaitEvents(DisconnectedEvent.class, 1))
				.allSatisfy((end) -> assertThat(end.getReason()).isEqualTo(DisconnectReason.READ_TIMEOUT));
			Awaitility.await().until(() -> !silences.isEmpty());
			assertThat(silences).allSatisfy((silence) -> assertThat(silence).isGreaterThan(1450));
		}
	}

	/**
	 * Collects how many milliseconds of its loop's time before its end something last
	 * went over a connection: one that speaks ends too when the machine holds it up.
	 */
	private Queue<Long> silencesAtTheEnd(ToLongFunction<ChannelActivity> last) {
		Queue<Long> silences = new ConcurrentLinkedQueue<>();
		this.endpoints.context().addApplicationListener(new ApplicationListener<DisconnectedEvent>() {

			@Override
			public void onApplicationEvent(DisconnectedEvent event) {
				StreamChannel channel = ((DefaultConnection) event.getConnection()).channel();
				silences.add(TimeUnit.NANOSECONDS.toMillis(channel.nanos() - last.applyAsLong(channel.activity())));
			}

		});
		return silences;
	}

	@Test
	void whenReadingIsPausedThenTheReadDeadlineStandsStill() {
		TcpServer server = this.endpoints.echo().server((connection) -> connection.readTimeout(Duration.ofMillis(300)));
		OnConnected.first(this.endpoints, Connection::pauseReading);
		try (Peer paused = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			for (int i = 0; i < 3; i++) {
				try (Peer silent = new Peer(server)) {
					assertThat(silent.readLine()).isNull();
				}
			}
			assertThat(connection.isOpen()).isTrue();
			paused.send("hello");
			connection.resumeReading();
			assertThat(paused.readLine()).isEqualTo("hello");
			assertThat(paused.readLine()).isNull();
		}
	}

	@Test
	void whenReadingIsPausedWithinAFrameThenTheFrameDeadlineStandsStill() {
		TcpServer server = this.endpoints.onMessage((message) -> {
			if (message.getPayload().equals("block")) {
				TestEndpoints.block(150);
			}
			else {
				this.received.add(message.getPayload());
			}
		}).server((connection) -> connection.frameTimeout(Duration.ofSeconds(1)).dispatch(Dispatch.LOOP));
		try (Peer peer = peerThatIsPausedWithinAFrame(server, "be"); Peer other = new Peer(server)) {
			Connection connection = server.findConnection(peer.address()).orElseThrow();
			peer.send("gun");
			LockSupport.parkNanos(1_300_000_000);
			CompletableFuture<Void> blocking = OwnThread.run(() -> {
				for (int i = 0; i < 6; i++) {
					other.send("block");
					LockSupport.parkNanos(120_000_000);
				}
			});
			LockSupport.parkNanos(470_000_000);
			connection.resumeReading();
			blocking.join();
			Awaitility.await().untilAsserted(() -> assertThat(this.received).containsExactly("begun"));
			assertThat(connection.isOpen()).isTrue();
		}
	}

	/** The deadline of one may pass before it is paused. */
	private static Peer peerThatIsPausedWithinAFrame(TcpServer server, String begun) {
		return Awaitility.await().until(() -> {
			long before = server.status().bytesReceived();
			Peer peer = new Peer(server).sendRaw(begun.getBytes());
			Awaitility.await().until(() -> server.status().bytesReceived() == before + begun.length());
			Optional<Connection> connection = server.findConnection(peer.address());
			connection.ifPresent(Connection::pauseReading);
			return connection.filter(Connection::isOpen).isPresent() ? peer : null;
		}, Objects::nonNull);
	}

	@Test
	void whenReadingIsPausedThenNothingIsDeliveredUntilItResumes() {
		TcpServer server = this.endpoints.onMessage((message) -> {
			this.received.add(message.getPayload());
			if (message.getPayload().equals("2")) {
				message.getConnection().pauseReading();
			}
		}).server();
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			peer.send("1", "2", "3", "4");
			Awaitility.await().until(() -> this.received.size() >= 2);
			peer.send("5");
			Awaitility.await().during(Duration.ofMillis(300)).until(() -> this.received.size() == 2);
			assertThat(this.received).containsExactly("1", "2");
			connection.send("writing goes on");
			assertThat(peer.readLine()).isEqualTo("writing goes on");
			connection.resumeReading();
			Awaitility.await().untilAsserted(() -> assertThat(this.received).containsExactly("1", "2", "3", "4", "5"));
			connection.pauseReading();
			connection.pauseReading();
			connection.resumeReading();
			peer.send("6");
			Awaitility.await().until(() -> this.received.size() == 6);
		}
	}

	@Test
	void whenReadingIsPausedThenThePeerIsSlowedDown() {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			connection.pauseReading();
			String line = "x".repeat(60_000);
			CompletableFuture<Void> flood = OwnThread.run(() -> {
				for (int i = 0; i < 500; i++) {
					peer.send(line);
				}
			});
			Awaitility.await()
				.during(Duration.ofMillis(400))
				.until(() -> !flood.isDone() && connection.getStatistics().bytesReceived() <= 4 * 1024);
			connection.resumeReading();
			flood.join();
			Awaitility.await().until(() -> this.received.size() == 500);
		}
	}

	@Test
	void f14_whenListenerOfADeadlineBlocksThenOtherDeadlinesAreKept() throws Exception {
		CountDownLatch released = new CountDownLatch(1);
		CountDownLatch blocked = new CountDownLatch(1);
		Thread test = Thread.currentThread();
		this.endpoints.context().addApplicationListener(new ApplicationListener<SendFailedEvent<?>>() {

			@Override
			public void onApplicationEvent(SendFailedEvent<?> event) {
				if (Thread.currentThread() == test) {
					return;
				}
				blocked.countDown();
				try {
					released.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}

		});
		TcpServer server = this.endpoints.server(
				(connection) -> connection.writeTimeout(Duration.ofMillis(300)).frameTimeout(Duration.ofMillis(1000)));
		try (Peer deaf = new Peer(server.getLocalAddress(), 4096); Peer slow = new Peer(server)) {
			Awaitility.await().until(() -> server.getConnections().size() == 2);
			Connection connection = server.findConnection(deaf.address()).orElseThrow();
			TestEndpoints.fill(connection, 100_000);
			slow.sendRaw("x".getBytes());
			blocked.await();
			Awaitility.await()
				.until(() -> this.endpoints.events(DisconnectedEvent.class)
					.stream()
					.anyMatch((end) -> end.getReason() == DisconnectReason.FRAME_TIMEOUT));
		}
		finally {
			released.countDown();
		}
	}

}
