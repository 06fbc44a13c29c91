package dev.sockets.autoconfigure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ApplicationListener;

import dev.sockets.autoconfigure.ActuatorApplication.Answer;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.Pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What an operator sees and does by {@code /actuator/sockets}, and by JMX.
 */
class SocketsEndpointTests {

	private static final ObjectName MBEAN = mbean();

	private static final Queue<DisconnectedEvent> disconnected = new ConcurrentLinkedQueue<>();

	private static ActuatorApplication application;

	private TcpServer server;

	@BeforeAll
	static void startApplication() {
		application = new ActuatorApplication("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=*",
				"sockets.tcp.client.hub.port=1", "sockets.tcp.client.hub.auto-startup=false");
		application.addListener(new DisconnectedListener());
	}

	@AfterAll
	static void stopApplication() {
		application.close();
	}

	@BeforeEach
	void registerServer() {
		disconnected.clear();
		this.server = application.endpoints()
			.registerServer(TcpServerSettings.builder("orders")
				.host("127.0.0.1")
				.port(0)
				.connection((connection) -> connection.userData(Map.of("room", 7)).maxFrameSize(1000))
				.build());
	}

	@AfterEach
	void removeEndpoints() {
		application.endpoints().remove("orders");
		application.endpoints().remove("client");
	}

	@Test
	void whenAllAreReadThenEachIsThereByName() {
		Answer all = application.get("sockets");
		assertThat(all.status()).isEqualTo(200);
		assertThat(all.<Map<String, Object>>json("$.endpoints")).containsOnlyKeys("hub", "orders");
		assertThat(all.<Map<String, Object>>json("$.endpoints.orders")).containsEntry("kind", "TCP_SERVER")
			.containsEntry("state", "LISTENING")
			.containsEntry("address", "127.0.0.1:" + this.server.getLocalAddress().getPort())
			.containsEntry("openConnections", 0);
		assertThat(all.<Map<String, Object>>json("$.endpoints.hub")).containsEntry("kind", "TCP_CLIENT")
			.containsEntry("state", "STOPPED");
	}

	@Test
	void whenOneIsReadThenItsConnectionsAreThere() throws IOException {
		try (Socket socket = connect()) {
			socket.getOutputStream().write("hello\n".getBytes());
			assertThat(socket.getInputStream().readNBytes(11)).hasSize(11);
			Awaitility.await().until(() -> this.server.status().messagesSent() == 1);
			Answer one = application.get("sockets/orders");
			assertThat(one.status()).isEqualTo(200);
			assertThat(one.<String>json("$.name")).isEqualTo("orders");
			assertThat(one.<String>json("$.state")).isEqualTo("LISTENING");
			assertThat(one.<Integer>json("$.openConnections")).isEqualTo(1);
			assertThat(one.<Integer>json("$.messagesReceived")).isEqualTo(1);
			List<Map<String, Object>> connections = one.json("$.connections");
			assertThat(connections).hasSize(1);
			assertThat(connections.get(0)).containsEntry("id", this.server.getConnections().iterator().next().getId())
				.containsEntry("remoteAddress", "127.0.0.1:" + socket.getLocalPort())
				.containsEntry("localAddress", "127.0.0.1:" + socket.getPort())
				.containsEntry("messagesReceived", 1)
				.containsEntry("bytesReceived", 6)
				.containsEntry("bytesSent", 11)
				.containsEntry("pendingBytes", 0)
				.containsKeys("openedAt", "lastActivity");
		}
	}

	@Test
	void whenHandlersFailThenFailuresAreThere() {
		EchoConfiguration.tell(this.server, "x".repeat(2000));
		Awaitility.await().until(() -> !this.server.recentFailures().isEmpty());
		Answer one = application.get("sockets/orders");
		assertThat(one.<String>json("$.lastFailure.code")).isEqualTo("FRAME_TOO_LARGE");
		assertThat(one.<List<String>>json("$.recentFailures[*].code")).containsExactly("FRAME_TOO_LARGE");
	}

	@Test
	void whenServerIsToldThenItStopsStartsPausesAndResumes() {
		assertAction("pause", "PAUSED");
		assertThat(this.server.isAccepting()).isFalse();
		assertAction("resume", "LISTENING");
		assertThat(this.server.isAccepting()).isTrue();
		assertAction("stop", "STOPPED");
		assertThat(this.server.isRunning()).isFalse();
		assertAction("start", "LISTENING");
		assertThat(EchoConfiguration.ask(this.server, "hello")).isEqualTo("echo hello");
	}

	@Test
	void whenServerIsRestartedUnderAPeerThenThePeerIsLetGoAndItServesEachTime() throws IOException {
		for (int i = 0; i < 5; i++) {
			try (Socket socket = connect()) {
				Awaitility.await().until(() -> this.server.getConnections().size() == 1);
				assertAction("stop", "STOPPED");
				assertThat(socket.getInputStream().read()).isEqualTo(-1);
				assertAction("start", "LISTENING");
				assertThat(EchoConfiguration.ask(this.server, "hello")).isEqualTo("echo hello");
			}
			Awaitility.await().until(() -> this.server.getConnections().isEmpty());
		}
		Awaitility.await().untilAsserted(() -> assertThat(disconnected).hasSize(10));
	}

	@Test
	void whenServerIsToldToDisconnectThenAllItsConnectionsAreKicked() throws IOException {
		try (Socket first = connect(); Socket second = connect()) {
			Awaitility.await().until(() -> this.server.getConnections().size() == 2);
			assertThat(application.post("sockets/orders", "{\"action\": \"disconnect\"}").status()).isEqualTo(200);
			assertThat(first.getInputStream().read()).isEqualTo(-1);
			assertThat(second.getInputStream().read()).isEqualTo(-1);
			Awaitility.await().until(() -> disconnected.size() == 2);
			assertThat(disconnected).allMatch((event) -> event.getReason() == DisconnectReason.KICKED);
		}
	}

	@Test
	void whenClientIsToldToDisconnectThenItStaysSo() {
		TcpClient client = client();
		assertThat(application.post("sockets/client", "{\"action\": \"disconnect\"}").status()).isEqualTo(200);
		Awaitility.await().until(() -> this.server.getConnections().isEmpty());
		assertThat(client.isConnected()).isFalse();
		assertThat(client.isRunning()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "restart", "START", "", "pause" })
	void whenClientCannotDoActionThenAnswerSaysWhatItCan(String action) {
		Answer answer = application.post("sockets/hub", "{\"action\": \"" + action + "\"}");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.<String>json("$.error"))
			.isEqualTo("'" + action + "' is not one of [start, stop, disconnect, trace, stop-trace]");
	}

	@Test
	void whenThereIsNoActionThenRequestIsBad() {
		assertThat(application.post("sockets/orders", "{}").status()).isEqualTo(400);
	}

	@Test
	void whenServerCannotStartThenAnswerSaysWhy() throws IOException {
		application.endpoints().remove("orders");
		try (ServerSocket taken = new ServerSocket(0)) {
			application.endpoints()
				.registerServer(TcpServerSettings.builder("orders")
					.port(taken.getLocalPort())
					.connection((connection) -> connection.autoStartup(false))
					.build());
			Answer answer = application.post("sockets/orders", "{\"action\": \"start\"}");
			assertThat(answer.status()).isEqualTo(409);
			assertThat(answer.<String>json("$.error")).contains("sockets.tcp.server.orders");
		}
	}

	@Test
	void whenConnectionIsKickedThenOnlyThatIsClosed() throws IOException {
		try (Socket kicked = connect()) {
			Awaitility.await().until(() -> this.server.getConnections().size() == 1);
			String id = this.server.getConnections().iterator().next().getId();
			try (Socket other = connect()) {
				Awaitility.await().until(() -> this.server.getConnections().size() == 2);
				assertThat(application.delete("sockets/orders/" + id).status()).isEqualTo(204);
				assertThat(kicked.getInputStream().read()).isEqualTo(-1);
				Awaitility.await().until(() -> this.server.getConnections().size() == 1);
				Awaitility.await().until(() -> disconnected.size() == 1);
				assertThat(disconnected.element().getReason()).isEqualTo(DisconnectReason.KICKED);
				other.getOutputStream().write("still here\n".getBytes());
				assertThat(other.getInputStream().readNBytes(16)).asString().isEqualTo("echo still here\n");
			}
			assertThat(application.delete("sockets/orders/" + id).status()).isEqualTo(404);
		}
	}

	@Test
	void whenConnectionOfClientIsKickedThenItConnectsAgain() {
		TcpClient client = client();
		String id = client.getConnection().orElseThrow().getId();
		assertThat(application.delete("sockets/client/" + id).status()).isEqualTo(204);
		Awaitility.await()
			.until(() -> client.getConnection().filter((connection) -> !connection.getId().equals(id)).isPresent());
	}

	@Test
	void whenEndpointIsUnknownThenItIsNotFoundNorCreated() {
		assertThat(application.get("sockets/nobody").status()).isEqualTo(404);
		assertThat(application.post("sockets/nobody", "{\"action\": \"start\"}").status()).isEqualTo(404);
		assertThat(application.delete("sockets/nobody/1").status()).isEqualTo(404);
		assertThat(application.endpoints().all()).hasSize(2);
	}

	@Test
	void whenAServerIsTracedThenItsBytesCanBeFetchedAsAFile() throws IOException {
		assertThat(application.get("sockets/orders/trace").status()).isEqualTo(404);
		assertThat(application.get("sockets/orders").<Object>json("$.trace")).isNull();
		assertAction("trace", "LISTENING");
		try (Socket socket = connect()) {
			socket.getOutputStream().write("hello\n".getBytes());
			assertThat(socket.getInputStream().readNBytes(11)).hasSize(11);
			Awaitility.await()
				.until(() -> application.get("sockets/orders").<Integer>json("$.trace.packets").equals(2));
			assertThat(application.get("sockets/orders").<Boolean>json("$.trace.running")).isTrue();
			HttpResponse<byte[]> file = application.download("sockets/orders/trace");
			assertThat(file.headers().firstValue("Content-Type")).contains("application/vnd.tcpdump.pcap");
			assertThat(Pcap.stream(Pcap.read(file.body()), "127.0.0.1:" + socket.getLocalPort()))
				.isEqualTo("hello\n".getBytes());
		}
		assertAction("stop-trace", "LISTENING");
		Answer one = application.get("sockets/orders");
		assertThat(one.<Boolean>json("$.trace.running")).isFalse();
		assertThat(one.<Integer>json("$.trace.packets")).isEqualTo(2);
		assertThat(application.get("sockets/orders/other").status()).isEqualTo(404);
		assertThat(application.get("sockets/nobody/trace").status()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "seconds: 0 | from 1 to 3600, not 0",
			"seconds: 3601 | from 1 to 3600, not 3601", "connection: nobody | There is no connection 'nobody'" })
	void whenATraceCannotBeThenAnswerSaysWhy(String option, String reason) {
		String[] parts = option.split(": ");
		Answer answer = application.post("sockets/orders",
				"{\"action\": \"trace\", \"" + parts[0] + "\": \"" + parts[1] + "\"}");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.<String>json("$.error")).contains(reason);
		assertThat(application.get("sockets/orders").<Object>json("$.trace")).isNull();
	}

	@Test
	void whenNothingIsSaidThenUserDataAreMasked() {
		assertThat(application.get("sockets").<String>json("$.endpoints.orders.userData.room")).isEqualTo("******");
		assertThat(application.get("sockets/orders").<String>json("$.userData.room")).isEqualTo("******");
	}

	@Test
	void whenAskedByJmxThenItAnswers() throws Exception {
		assertThat(invoke("endpoints")).asString().contains("orders", "hub", "LISTENING").doesNotContain("room=7");
		assertThat(invoke("endpoint", "orders")).asString().contains("connections");
		assertThat(invoke("endpoint", "nobody")).isNull();
		assertThat(invoke("act", "orders", "stop")).asString().contains("STOPPED");
		assertThatException().isThrownBy(() -> invoke("act", "orders", "restart"))
			.havingRootCause()
			.withMessageContaining("[start, stop, pause, resume, disconnect, unban, trace, stop-trace]");
		assertThatException().isThrownBy(() -> invoke("act", "nobody", "stop"))
			.havingRootCause()
			.withMessage("There is no endpoint 'nobody'");
		assertThatException().isThrownBy(() -> invoke("kick", "orders", "1"))
			.havingRootCause()
			.withMessage("There is no connection '1' of 'orders'");
	}

	private void assertAction(String action, String state) {
		Answer answer = application.post("sockets/orders", "{\"action\": \"" + action + "\"}");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.<String>json("$.state")).isEqualTo(state);
	}

	private TcpClient client() {
		TcpClient client = application.endpoints()
			.registerClient(TcpClientSettings.builder("client")
				.host("127.0.0.1")
				.port(this.server.getLocalAddress().getPort())
				.reconnect(new Reconnect(true, Duration.ofMillis(20), 1, Duration.ofMillis(20), 0, 0))
				.build());
		Awaitility.await().until(client::isConnected);
		return client;
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket("127.0.0.1", this.server.getLocalAddress().getPort());
		socket.setSoTimeout(20_000);
		return socket;
	}

	private static Object invoke(String operation, String... arguments) throws Exception {
		MBeanServer mbeans = ManagementFactory.getPlatformMBeanServer();
		String[] types = new String[arguments.length];
		Arrays.fill(types, String.class.getName());
		return mbeans.invoke(MBEAN, operation, arguments, types);
	}

	private static ObjectName mbean() {
		try {
			return new ObjectName("org.springframework.boot:type=Endpoint,name=Sockets");
		}
		catch (MalformedObjectNameException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static class DisconnectedListener implements ApplicationListener<DisconnectedEvent> {

		@Override
		public void onApplicationEvent(DisconnectedEvent event) {
			if (event.getEndpoint().equals("orders")) {
				disconnected.add(event);
			}
		}

	}

}
