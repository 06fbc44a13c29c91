package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.EndpointState;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.ConnectMode;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Clients that connect when they have something to send.
 */
@Timeout(120)
class ConnectOnDemandTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	private final List<Object> received = Collections.synchronizedList(new ArrayList<>());

	@ParameterizedTest
	@EnumSource(names = { "ON_DEMAND", "PER_REQUEST" })
	void whenAClientStartsThenItConnectsOnlyWhenSomethingIsSent(ConnectMode mode) {
		TcpServer server = answering();
		TcpClient client = client(server, mode, (settings) -> {
		});
		client.start();
		assertThat(client.status().state()).isEqualTo(EndpointState.READY);
		assertThat(client.isConnected()).isFalse();
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
		assertThat(client.<String>request("a")).isEqualTo("re a");
		client.send("tell b");
		Awaitility.await().until(() -> this.received.contains("tell b"));
		assertThat(client.<String>requestAsync("c")).succeedsWithin(TestEndpoints.SOON).isEqualTo("re c");
		assertThat(client.sendAsync("tell d")).succeedsWithin(TestEndpoints.SOON);
		Awaitility.await().untilAsserted(() -> assertThat(this.received).containsExactly("a", "tell b", "c", "tell d"));
		assertThat(server.status().connectionsOpened()).isEqualTo((mode == ConnectMode.ON_DEMAND) ? 1 : 4);
	}

	@Test
	void whenManySendWithoutWaitingThenOneConnectionIsMadeAndTheOrderHolds() {
		TcpServer server = answering();
		TcpClient client = client(server, ConnectMode.ON_DEMAND, (settings) -> {
		});
		client.start();
		List<CompletableFuture<Object>> answers = IntStream.range(0, 100)
			.mapToObj((i) -> client.requestAsync("" + i))
			.toList();
		for (int i = 0; i < 100; i++) {
			assertThat(answers.get(i)).succeedsWithin(TestEndpoints.SOON).isEqualTo("re " + i);
		}
		assertThat(this.received).containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(String::valueOf).toList());
		assertThat(server.status().connectionsOpened()).isOne();
	}

	@Test
	void whenNothingGoesOverAConnectionThenItIsClosedAndTheNextMessageMakesAnother() {
		TcpServer server = answering();
		TcpClient client = client(server, ConnectMode.ON_DEMAND,
				(settings) -> settings.idleDisconnect(Duration.ofMillis(200)));
		client.start();
		for (int i = 0; i < 3; i++) {
			assertThat(client.<String>request("a")).isEqualTo("re a");
			Awaitility.await().until(() -> !client.isConnected());
			assertThat(client.status().state()).isEqualTo(EndpointState.READY);
		}
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.endpoints.events(DisconnectedEvent.class))
				.filteredOn((event) -> event.getEndpoint().equals("client"))
				.hasSize(3)
				.extracting(DisconnectedEvent::getReason)
				.containsOnly(DisconnectReason.IDLE));
		assertThat(server.status().connectionsOpened()).isEqualTo(3);
	}

	@Test
	void whenARequestWaitsThenItsConnectionIsNotIdle() {
		TcpServer server = this.endpoints.server();
		CompletableFuture<Object> answer = new CompletableFuture<>();
		server.addHandler((connection, payload) -> answer);
		TcpClient client = client(server, ConnectMode.ON_DEMAND,
				(settings) -> settings.idleDisconnect(Duration.ofMillis(200)));
		TcpClient other = this.endpoints.newClient("other", server.getLocalAddress().getPort(),
				(settings) -> settings.connect(ConnectMode.ON_DEMAND).idleDisconnect(Duration.ofMillis(400)));
		client.start();
		other.start();
		CompletableFuture<Object> asked = client.requestAsync("a");
		Awaitility.await().until(client::isConnected);
		other.send("b");
		Awaitility.await().until(() -> !other.isConnected());
		assertThat(client.isConnected()).isTrue();
		answer.complete("late");
		assertThat(asked).succeedsWithin(TestEndpoints.SOON).isEqualTo("late");
		Awaitility.await().until(() -> !client.isConnected());
	}

	/** However the ends of connections and messages meet, no message is lost. */
	@Test
	void whenMessagesComeAsConnectionsEndThenEachIsAnswered() {
		TcpServer server = answering();
		TcpClient client = client(server, ConnectMode.ON_DEMAND,
				(settings) -> settings.idleDisconnect(Duration.ofMillis(1)));
		client.start();
		List<CompletableFuture<Void>> all = IntStream.range(0, 3)
			.mapToObj((thread) -> OwnThread.run(() -> IntStream.range(0, 100).forEach((i) -> {
				String text = thread + "-" + i;
				Object answer = (i % 2 == 0) ? client.request(text) : client.requestAsync(text).join();
				assertThat(answer).isEqualTo("re " + text);
				LockSupport.parkNanos((i % 10) * 3_000_000L);
			})))
			.toList();
		assertThat(all).allSatisfy((one) -> assertThat(one).succeedsWithin(TestEndpoints.SOON.multipliedBy(2)));
		assertThat(this.received).hasSize(300);
	}

	@Test
	void whenEachRequestHasAConnectionThenOneIsOpenAtATimeAndAllAreAnswered() {
		AtomicInteger most = new AtomicInteger();
		TcpServer server = answering();
		TcpClient client = client(server, ConnectMode.PER_REQUEST, (settings) -> {
		});
		server.addHandler((connection, payload) -> {
			most.accumulateAndGet(client.status().connections(), Math::max);
			return null;
		});
		client.start();
		List<CompletableFuture<Object>> answers = IntStream.range(0, 50)
			.mapToObj((i) -> client.requestAsync("" + i))
			.toList();
		for (int i = 0; i < 50; i++) {
			assertThat(answers.get(i)).succeedsWithin(TestEndpoints.SOON).isEqualTo("re " + i);
		}
		assertThat(this.received).containsExactlyElementsOf(IntStream.range(0, 50).mapToObj(String::valueOf).toList());
		assertThat(server.status().connectionsOpened()).isEqualTo(50);
		assertThat(most).hasValue(1);
		Awaitility.await().until(() -> client.status().connections() == 0 && server.getConnections().isEmpty());
	}

	@Test
	void whenARequestGetsNoConnectionInTimeThenItsFailureSaysThatItWasNotSent() {
		TcpServer server = this.endpoints.server();
		TcpClient client = client(server, ConnectMode.PER_REQUEST, (settings) -> {
		});
		client.start();
		client.requestAsync("never", Duration.ofSeconds(30));
		assertThat(client.requestAsync("next", Duration.ofMillis(300))).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.withMessageContaining("was not sent");
	}

	@Test
	void whenARequestIsNotAnsweredThenTheNextInLineIsAskedAllTheSame() {
		TcpServer server = this.endpoints.onMessage((message) -> {
			if (!message.getPayload().equals("never")) {
				message.reply("re " + message.getPayload());
			}
		}).server();
		TcpClient client = client(server, ConnectMode.PER_REQUEST, (settings) -> {
		});
		client.start();
		CompletableFuture<Object> never = client.requestAsync("never", Duration.ofMillis(300));
		CompletableFuture<Object> next = client.requestAsync("next");
		assertThat(never).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(SocketOperationException.class,
					(failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.REQUEST_TIMEOUT));
		assertThat(next).succeedsWithin(TestEndpoints.SOON).isEqualTo("re next");
	}

	@ParameterizedTest
	@EnumSource(names = { "ON_DEMAND", "PER_REQUEST" })
	void whenTheServerIsNotThereThenEachKindOfSendFailsAndTheNextOneTriesAgain(ConnectMode mode) {
		int port = Ports.free();
		TcpClient client = this.endpoints.newClient("client", port, (settings) -> settings.connect(mode));
		client.start();
		assertThat(failure(() -> client.send("a"))).isEqualTo(SocketErrorCode.CONNECT_FAILED);
		assertThat(failure(() -> client.request("b"))).isEqualTo(SocketErrorCode.CONNECT_FAILED);
		assertThat(client.requestAsync("c")).failsWithin(TestEndpoints.SOON);
		assertThat(client.sendAsync("d")).failsWithin(TestEndpoints.SOON);
		assertThat(client.status().state()).isEqualTo(EndpointState.DISCONNECTED);
		this.endpoints.echo().newServer("server", port, (connection) -> {
		}).start();
		assertThat(client.<String>request("e")).isEqualTo("e");
		assertThat(client.status().state()).isIn(EndpointState.CONNECTED, EndpointState.READY);
	}

	@ParameterizedTest
	@EnumSource(names = { "ON_DEMAND", "PER_REQUEST" })
	void whenTheClientStopsThenWhatWaitsFailsAtOnce(ConnectMode mode) {
		TcpServer server = this.endpoints.server();
		TcpClient client = client(server, mode, (settings) -> {
		});
		client.start();
		List<CompletableFuture<Object>> asked = IntStream.range(0, 3)
			.mapToObj((i) -> client.requestAsync("never"))
			.toList();
		this.endpoints.onlyConnection(server);
		client.stop();
		assertThat(asked).allSatisfy((answer) -> assertThat(answer).failsWithin(TestEndpoints.SOON));
		assertThat(failure(() -> client.send("late"))).isEqualTo(SocketErrorCode.NOT_CONNECTED);
	}

	@Test
	void whenAConnectionOnDemandIsLostThenTheNextMessageMakesAnother() {
		TcpServer server = answering();
		TcpClient client = client(server, ConnectMode.ON_DEMAND, (settings) -> {
		});
		client.start();
		assertThat(client.<String>request("a")).isEqualTo("re a");
		server.disconnectAll();
		Awaitility.await().until(() -> !client.isConnected());
		assertThat(client.isConnecting()).isFalse();
		assertThat(client.<String>request("b")).isEqualTo("re b");
	}

	private TcpServer answering() {
		return this.endpoints.onMessage((message) -> {
			this.received.add(message.getPayload());
			if (!message.getPayload().toString().startsWith("tell")) {
				message.reply("re " + message.getPayload());
			}
		}).server();
	}

	private TcpClient client(TcpServer server, ConnectMode mode, Consumer<TcpClientSettings.Builder> change) {
		return this.endpoints.newClient("client", server.getLocalAddress().getPort(), (settings) -> {
			settings.connect(mode);
			change.accept(settings);
		});
	}

	private static SocketErrorCode failure(Runnable action) {
		SocketErrorCode[] code = new SocketErrorCode[1];
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(action::run)
			.satisfies((failure) -> code[0] = failure.getCode());
		return code[0];
	}

}
