package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;

import dev.sockets.codec.Codec;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageSentEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionHandshake;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Until a handshake of the application's has ended, nothing gets through but what it asks
 * for.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class ConnectionHandshakeTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	ConnectionHandshakeTests() {
		this.endpoints.onMessage((message) -> this.received
			.add(this.endpoints.events(ConnectedEvent.class).size() + message.getPayload().toString()));
	}

	@ParameterizedTest
	@EnumSource
	void whenAPeerSendsMoreInTheSameSegmentThenThatIsDeliveredAfterTheHandshake(Dispatch dispatch) {
		CompletableFuture<Void> checked = new CompletableFuture<>();
		CompletableFuture<Object> asked = new CompletableFuture<>();
		TcpServer server = server((connection) -> connection.receiveAsync().thenCompose((hello) -> {
			asked.complete(hello);
			return checked.thenCompose((none) -> connection.sendAsync("WELCOME"));
		}), dispatch);
		try (Peer peer = new Peer(server)) {
			peer.send("LOGIN x", "A", "B");
			assertThat(asked).succeedsWithin(TestEndpoints.SOON).isEqualTo("LOGIN x");
			peer.send("C");
			assertThat(server.getConnections()).isEmpty();
			checked.complete(null);
			assertThat(peer.readLine()).isEqualTo("WELCOME");
			Awaitility.await().untilAsserted(() -> assertThat(this.received).containsExactly("1A", "1B", "1C"));
			assertThat(this.endpoints.onlyConnection(server).getStatistics().messagesReceived()).isEqualTo(4);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAHandshakeBlocksThenItsRequestsAreAnsweredAllTheSame(Dispatch dispatch) {
		TcpServer server = server((connection) -> {
			for (int i = 0; i < 3; i++) {
				assertThat(connection.<String>request("who " + i)).isEqualTo("me " + i);
			}
			connection.send("go");
			return CompletableFuture.completedFuture(null);
		}, dispatch);
		try (Peer peer = new Peer(server)) {
			for (int i = 0; i < 3; i++) {
				assertThat(peer.readLine()).isEqualTo("who " + i);
				peer.send("me " + i);
			}
			assertThat(peer.readLine()).isEqualTo("go");
			peer.send("A");
			Awaitility.await().untilAsserted(() -> assertThat(this.received).containsExactly("1A"));
		}
	}

	/** A race between who ends a handshake and who reads may leave nobody to read on. */
	@ParameterizedTest
	@EnumSource
	void whenManyHandshakesEndOnOtherThreadsThenEachIsReadOn(Dispatch dispatch) {
		TcpServer server = server((connection) -> {
			String name = connection.<String>receiveAsync().join();
			connection.send(name);
			return (name.hashCode() % 2 == 0) ? CompletableFuture.completedFuture(null)
					: connection.requestAsync("sure?").thenCompose((answer) -> OwnThread.run(() -> requireOk(answer)));
		}, dispatch);
		Queue<Peer> peers = new ConcurrentLinkedQueue<>();
		for (int i = 0; i < 500; i++) {
			Peer peer = new Peer(server).send("n" + i);
			assertThat(peer.readLine()).isEqualTo("n" + i);
			peer.send("OK", "A");
			peers.add(peer);
		}
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(this.received.stream().filter((message) -> message.toString().endsWith("A")))
						.hasSize(500));
		peers.forEach(Peer::close);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenAListenerOfTheConnectionAsksThenItIsAnswered(Dispatch dispatch) {
		CompletableFuture<Object> answer = new CompletableFuture<>();
		this.endpoints.onEvent((event) -> {
			if (event instanceof ConnectedEvent connected) {
				answer.complete(connected.getConnection().request("ready?"));
			}
		});
		TcpServer server = server(Connection::receiveAsync, dispatch);
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("LOGIN")).isEqualTo("ready?");
			peer.send("yes", "A");
			assertThat(answer).succeedsWithin(TestEndpoints.SOON).isEqualTo("yes");
			Awaitility.await().until(() -> this.received.size() == 1);
		}
	}

	@Test
	void whenMessagesComeTogetherThenEachGoesToWhatIsAskedNext() {
		TcpServer server = server((connection) -> connection.receiveAsync()
			.thenCombine(connection.receiveAsync(), (name, secret) -> name + ":" + secret)
			.thenCompose((both) -> OwnThread.call(() -> both))
			.thenCompose(connection::requestAsync)
			.thenAccept(ConnectionHandshakeTests::requireOk), Dispatch.AUTO);
		try (Peer peer = new Peer(server)) {
			peer.send("ada", "secret", "OK", "A");
			assertThat(peer.readLine()).isEqualTo("ada:secret");
			Awaitility.await().untilAsserted(() -> assertThat(this.received).containsExactly("1A"));
		}
	}

	@Test
	void whenAHandshakeFailsThenThePeerIsTurnedAwayAndNothingIsDelivered() throws Exception {
		CompletableFuture<Connection> held = new CompletableFuture<>();
		TcpServer server = server((connection) -> {
			held.complete(connection);
			return connection.receiveAsync().thenAccept(ConnectionHandshakeTests::requireOk);
		}, Dispatch.AUTO);
		try (Peer peer = new Peer(server)) {
			peer.send("LET ME IN", "A", "B");
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertTurnedAway(server);
		assertThat(held.get().closed()).succeedsWithin(TestEndpoints.SOON).isEqualTo(DisconnectReason.AUTHENTICATION);
	}

	@ParameterizedTest
	@EnumSource
	void whenAHandshakeThrowsOrReturnsNullThenThePeerIsTurnedAway(Dispatch dispatch) {
		Queue<ConnectionHandshake> ways = new ConcurrentLinkedQueue<>();
		ways.add((connection) -> {
			throw new Exception("no");
		});
		ways.add((connection) -> {
			throw new AssertionError("no");
		});
		ways.add((connection) -> null);
		ways.add((connection) -> CompletableFuture.failedFuture(new StackOverflowError()));
		int count = ways.size();
		TcpServer server = server((connection) -> ways.remove().begin(connection), dispatch);
		for (int i = 0; i < count; i++) {
			try (Peer peer = new Peer(server)) {
				peer.send("A");
				assertThat(peer.readLineOrReset()).isNull();
			}
		}
		this.endpoints.awaitEvents(ConnectionRejectedEvent.class, count);
		assertThat(this.received).isEmpty();
	}

	@Test
	void whenAHandshakeNeverEndsThenThePeerIsTurnedAwayAtTheDeadline() {
		TcpServer server = this.endpoints.serve((settings) -> settings.handshakeTimeout(Duration.ofMillis(200))
			.connection((connection) -> connection.handshake((held) -> new CompletableFuture<>())));
		try (Peer peer = new Peer(server)) {
			peer.send("A");
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertTurnedAway(server);
	}

	@Test
	void whenThreadOfTheLoopIsLateInAHandshakeThenItIsTurnedAwayAtTheDeadlineAllTheSame() {
		CompletableFuture<Void> release = new CompletableFuture<>();
		TcpServer server = this.endpoints.serve((settings) -> settings.handshakeTimeout(Duration.ofMillis(200))
			.connection((connection) -> connection
				.handshake((held) -> held.receiveAsync().thenAccept((message) -> release.join()))));
		try (Peer peer = new Peer(server)) {
			peer.send("LOGIN", "A");
			assertThat(peer.readLineOrReset()).isNull();
		}
		finally {
			release.complete(null);
		}
		assertTurnedAway(server);
	}

	@Test
	void whenTheServerStopsWhileAHandshakeIsUnderWayThenItEnds() {
		CompletableFuture<Connection> held = new CompletableFuture<>();
		TcpServer server = server((connection) -> {
			held.complete(connection);
			return connection.receiveAsync();
		}, Dispatch.AUTO);
		try (Peer peer = new Peer(server)) {
			assertThat(held).succeedsWithin(TestEndpoints.SOON);
			server.stop();
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
	}

	@Test
	void whenAMessageCannotBeDecodedThenItIsShownNowhere(CapturedOutput output) {
		TcpServer server = this.endpoints
			.server((connection) -> connection.codec(new Undecodable()).handshake((held) -> held.receiveAsync()));
		try (Peer peer = new Peer(server)) {
			peer.send("s3cret");
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertTurnedAway(server);
		assertThat(this.endpoints.events(MessageErrorEvent.class)).isEmpty();
		assertThat(output).doesNotContain("s3cret").doesNotContain("73 33 63");
	}

	@Test
	void whenSecretsAreSentThenNobodyIsShownThem(CapturedOutput output) {
		Queue<Object> sent = new ConcurrentLinkedQueue<>();
		this.endpoints.context()
			.addApplicationListener((ApplicationListener<MessageSentEvent<?>>) (event) -> sent.add(event.getPayload()));
		TcpServer server = this.endpoints.server((connection) -> connection.wireLog(true)
			.handshake((held) -> held.receiveAsync().thenCompose((hello) -> held.sendAsync("s3cret token"))));
		try (Peer peer = new Peer(server)) {
			peer.send("LOGIN s3cret");
			assertThat(peer.readLine()).isEqualTo("s3cret token");
			this.endpoints.onlyConnection(server).send("shown");
			assertThat(peer.readLine()).isEqualTo("shown");
		}
		Awaitility.await().untilAsserted(() -> assertThat(sent).containsExactly("shown"));
		Awaitility.await().untilAsserted(() -> assertThat(output).contains("shown"));
		assertThat(output).doesNotContain("s3cret");
	}

	@Test
	void whenHundredsOfPeersStopInTheMiddleThenOthersAreLetInAndTheyAreClosed() {
		TcpServer server = this.endpoints.serve((settings) -> settings.handshakeTimeout(Duration.ofSeconds(3))
			.connection((connection) -> connection
				.handshake((held) -> held.receiveAsync().thenCombine(held.receiveAsync(), (name, secret) -> secret))));
		Queue<Peer> slow = new ConcurrentLinkedQueue<>();
		for (int i = 0; i < 300; i++) {
			slow.add(new Peer(server).send("half"));
		}
		try (Peer good = new Peer(server)) {
			good.send("ada", "secret", "A");
			Awaitility.await().until(() -> !this.received.isEmpty());
			for (Peer peer : slow) {
				assertThat(peer.readLineOrReset()).isNull();
				peer.close();
			}
			assertThat(server.getConnections()).hasSize(1);
		}
		this.endpoints.awaitEvents(ConnectionRejectedEvent.class, 300);
		assertThat(this.endpoints.events(ConnectedEvent.class)).hasSize(1);
	}

	@Test
	void whenMoreSilentPeersBlockThanThereAreThreadsThenOthersAreLetInAtOnce() {
		TcpServer server = this.endpoints.serve((settings) -> settings.handshakeTimeout(Duration.ofMinutes(10))
			.connection((connection) -> connection.handshake(ConnectionHandshakeTests::receiveBlocking)));
		List<Peer> silent = new ArrayList<>();
		for (int i = 0; i < HandshakeThreads.MOST + 20; i++) {
			silent.add(new Peer(server));
		}
		for (int i = 0; i < 20; i++) {
			try (Peer good = new Peer(server)) {
				good.send("in");
				this.endpoints.awaitEvents(ConnectedEvent.class, i + 1);
			}
		}
		assertThat(this.endpoints.awaitEvents(ConnectionRejectedEvent.class, 20))
			.allSatisfy((event) -> assertThat(event.getReason()).isEqualTo(RejectionReason.AUTHENTICATION));
		silent.forEach(Peer::close);
	}

	@Test
	void whenHandshakesBlockForOtherThingsThenTheyKeepNoHandlerFromItsThread() throws Exception {
		CountDownLatch blocked = new CountDownLatch(1);
		try (TestEndpoints few = new TestEndpoints(1, Executors.newFixedThreadPool(1),
				new GenericApplicationContext())) {
			TcpServer server = few.onMessage("other", (message) -> message.reply(message.getPayload()))
				.serve((settings) -> settings.connection((connection) -> connection.handshake((held) -> {
					blocked.await();
					return CompletableFuture.completedFuture(null);
				})));
			TcpServer other = few.server("other", (connection) -> connection.dispatch(Dispatch.THREAD));
			try (Peer first = new Peer(server); Peer second = new Peer(server); Peer good = new Peer(other)) {
				assertThat(good.ask("served")).isEqualTo("served");
				assertThat(server.getConnections()).isEmpty();
				blocked.countDown();
				Awaitility.await().until(() -> server.getConnections().size() == 2);
				assertThat(first.address()).isNotEqualTo(second.address());
			}
		}
	}

	private static CompletableFuture<Object> receiveBlocking(Connection held) throws Exception {
		Object message = held.receiveAsync().get();
		return CompletableFuture.completedFuture(message);
	}

	private void assertTurnedAway(TcpServer server) {
		ConnectionRejectedEvent rejected = this.endpoints.awaitEvent(ConnectionRejectedEvent.class);
		assertThat(rejected.getReason()).isEqualTo(RejectionReason.AUTHENTICATION);
		assertThat(server.getConnections()).isEmpty();
		assertThat(this.received).isEmpty();
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
		assertThat(this.endpoints.events(DisconnectedEvent.class)).isEmpty();
	}

	static void requireOk(Object answer) {
		if (!answer.equals("OK")) {
			throw new IllegalStateException("The peer is not the right one");
		}
	}

	private TcpServer server(ConnectionHandshake handshake, Dispatch dispatch) {
		return this.endpoints.serve((settings) -> settings.handshakeTimeout(TestEndpoints.SOON)
			.connection((connection) -> connection.handshake(handshake).dispatch(dispatch)));
	}

	/** Takes nothing. */
	private static final class Undecodable implements Codec {

		@Override
		public Object decode(byte[] buffer, int offset, int length) throws Exception {
			throw new Exception("s3cret");
		}

		@Override
		public byte[] encode(Object payload) {
			return new byte[0];
		}

	}

}
