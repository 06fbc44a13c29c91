package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.net.ssl.SSLServerSocket;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.Heartbeat;
import dev.sockets.tcp.PeerEndPolicy;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TlsStart;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection whose own output is closed while its peer still answers.
 */
@Timeout(120)
class CloseOutputTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	@ParameterizedTest
	@EnumSource
	void whenAPeerAnswersAtTheEndOfTheStreamThenARequestGetsItsAnswer(Dispatch dispatch) {
		try (Backend backend = new Backend()) {
			TcpClient client = this.endpoints.newClient("client", backend.port(),
					(settings) -> settings.connection((all) -> all.dispatch(dispatch)));
			Connection connection = client.connect();
			Peer peer = backend.accept();
			connection.send("1");
			CompletableFuture<String> sum = connection.requestAsync("2");
			CompletableFuture<Void> closed = connection.closeOutput();
			assertThat(peer.readAll()).asString(StandardCharsets.UTF_8).isEqualTo("1\n2\n");
			assertThat(closed).succeedsWithin(TestEndpoints.SOON);
			assertThat(sum).isNotDone();
			peer.send("3");
			assertThat(sum).succeedsWithin(TestEndpoints.SOON).isEqualTo("3");
			assertThat(connection.isOpen()).isTrue();
			peer.close();
			assertThat(connection.closed()).succeedsWithin(TestEndpoints.SOON).isEqualTo(DisconnectReason.REMOTE);
			assertThat(connection.closeOutput()).succeedsWithin(TestEndpoints.SOON);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAHandlerClosesTheOutputThenItsReplyIsTheLastAndMessagesStillCome(Dispatch dispatch) {
		Queue<SocketErrorCode> failures = new ConcurrentLinkedQueue<>();
		this.endpoints.onMessage((message) -> {
			this.received.add(message.getPayload());
			try {
				message.reply(message.getPayload());
				((Connection) message.getPeer()).closeOutput();
			}
			catch (SocketOperationException ex) {
				failures.add(ex.getCode());
			}
		});
		TcpServer server = this.endpoints.server((all) -> all.dispatch(dispatch));
		try (Peer peer = new Peer(server)) {
			peer.send("one", "two");
			assertThat(peer.readLine()).isEqualTo("one");
			assertThat(peer.readLine()).isNull();
			peer.send("three");
			Awaitility.await().atMost(TestEndpoints.SOON).until(() -> failures.size() == 2);
			assertThat(failures).containsOnly(SocketErrorCode.OUTPUT_CLOSED);
			assertThat(this.received).containsExactly("one", "two", "three");
			assertThat(this.endpoints.events(DisconnectedEvent.class)).isEmpty();
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.REMOTE);
	}

	@Test
	void whenTheOutputIsClosedThenEachKindOfSendSaysSo() {
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			connection.closeOutput();
			assertThat(code(OwnThread.run(() -> connection.send("send")))).isEqualTo(SocketErrorCode.OUTPUT_CLOSED);
			assertThat(code(OwnThread.run(() -> connection.sendRaw(new byte[1]))))
				.isEqualTo(SocketErrorCode.OUTPUT_CLOSED);
			assertThat(code(connection.sendAsync("sendAsync"))).isEqualTo(SocketErrorCode.OUTPUT_CLOSED);
			assertThat(code(connection.requestAsync("request"))).isEqualTo(SocketErrorCode.OUTPUT_CLOSED);
			assertThat(peer.readLine()).isNull();
		}
	}

	@Test
	void whenMuchWaitsToBeWrittenThenAllOfItArrivesBeforeTheEnd() {
		List<CompletableFuture<Void>> sent = new ArrayList<>();
		TcpServer server = this.endpoints.server((all) -> all.maxPending(50_000_000));
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			for (int i = 0; i < 1000; i++) {
				sent.add(connection.sendAsync("x".repeat(10_000)));
			}
			CompletableFuture<Void> closed = connection.closeOutput();
			assertThat(closed).isNotDone();
			assertThat(peer.readAll()).hasSize(1000 * 10_001);
			assertThat(closed).succeedsWithin(TestEndpoints.SOON);
			assertThat(sent).allSatisfy((each) -> assertThat(each).isCompleted());
			assertThat(connection.getStatistics().pendingBytes()).isZero();
		}
	}

	@Test
	void whenThePeerHasEndedBeforeAndTheConnectionWasKeptThenItIsClosed() {
		TcpServer server = this.endpoints.server((all) -> all.onPeerEnd(PeerEndPolicy.KEEP));
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			peer.finish();
			connection.send("last");
			connection.closeOutput();
			assertThat(peer.readLine()).isEqualTo("last");
			assertThat(peer.readLine()).isNull();
			assertThat(connection.closed()).succeedsWithin(TestEndpoints.SOON).isEqualTo(DisconnectReason.REMOTE);
		}
	}

	@Test
	void whenTheOutputIsClosedThenNoHeartbeatIsExpectedToBeAnswered() {
		TcpServer server = this.endpoints.server((all) -> all.heartbeat(new Heartbeat(Duration.ofMillis(200),
				Duration.ofMillis(200), "ping".getBytes(StandardCharsets.UTF_8))));
		OnConnected.first(this.endpoints, Connection::closeOutput);
		try (Peer peer = new Peer(server)) {
			while (peer.readLine() != null) {
				assertThat(this.endpoints.events(DisconnectedEvent.class)).isEmpty();
			}
			Awaitility.await()
				.during(Duration.ofSeconds(1))
				.until(() -> this.endpoints.events(DisconnectedEvent.class).isEmpty());
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.REMOTE);
	}

	@Test
	void whenTheOutputIsClosedWithinTlsThenThePeerMayStillAnswer() throws IOException {
		try (SSLServerSocket listener = (SSLServerSocket) TestTls.context("server")
			.getServerSocketFactory()
			.createServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			TcpClient client = this.endpoints.newClient("client", listener.getLocalPort(), (settings) -> settings
				.connection((all) -> all.tls(TestTls.settings(TestTls.context(null)).build())));
			CompletableFuture<String> served = OwnThread.call(() -> answerAtTheEnd(listener));
			Connection connection = client.connect();
			CompletableFuture<String> answer = connection.requestAsync("question");
			assertThat(connection.closeOutput()).succeedsWithin(TestEndpoints.SOON);
			assertThat(served).succeedsWithin(TestEndpoints.SOON).isEqualTo("question\n");
			assertThat(answer).succeedsWithin(TestEndpoints.SOON).isEqualTo("question\\n answered");
			assertThat(connection.closed()).succeedsWithin(TestEndpoints.SOON).isEqualTo(DisconnectReason.REMOTE);
		}
	}

	private static String answerAtTheEnd(SSLServerSocket listener) {
		try (Peer peer = new Peer(listener.accept())) {
			String question = new String(peer.readAll(), StandardCharsets.UTF_8);
			peer.send(question.replace("\n", "\\n") + " answered");
			return question;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void whenTlsIsToBeginAfterTheOutputIsClosedThenItIsRefusedAndReadingGoesOn() {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		TcpServer server = this.endpoints
			.server((all) -> all.tls(TestTls.settings(TestTls.context("server")).start(TlsStart.ON_DEMAND).build()));
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			connection.closeOutput();
			assertThat(code(connection.startTls())).isEqualTo(SocketErrorCode.OUTPUT_CLOSED);
			peer.send("hello");
			Awaitility.await().atMost(TestEndpoints.SOON).until(() -> this.received.contains("hello"));
		}
	}

	@Test
	void whenTheConnectionIsClosedThenItsOutputCannotBe() {
		TcpServer server = this.endpoints.server();
		Connection connection = this.endpoints.newClient(server).connect();
		connection.close();
		assertThat(connection.closed()).succeedsWithin(TestEndpoints.SOON);
		assertThat(code(connection.closeOutput())).isEqualTo(SocketErrorCode.NOT_CONNECTED);
	}

	private static SocketErrorCode code(CompletableFuture<?> future) {
		Awaitility.await().atMost(TestEndpoints.SOON).until(future::isDone);
		return future.handle((done, failure) -> {
			Throwable cause = (failure instanceof SocketOperationException) ? failure : failure.getCause();
			return ((SocketOperationException) cause).getCode();
		}).join();
	}

}
