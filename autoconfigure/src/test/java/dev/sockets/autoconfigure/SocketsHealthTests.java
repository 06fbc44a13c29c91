package dev.sockets.autoconfigure;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.sockets.SocketEndpoint;
import dev.sockets.SocketOperationException;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.tcp.TlsIdentity;
import dev.sockets.testkit.Ports;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What {@code /actuator/health} says of endpoints in each of their states.
 */
class SocketsHealthTests {

	private static ActuatorApplication application;

	@BeforeAll
	static void start() {
		application = new ActuatorApplication("management.endpoint.health.group.orders.include=sockets/orders",
				"management.endpoint.health.group.readiness.include=readinessState,sockets",
				"management.endpoint.health.group.readiness.show-components=always",
				"management.endpoint.health.validate-group-membership=false");
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@AfterEach
	void removeEndpoints() {
		List.copyOf(application.endpoints().all())
			.forEach((endpoint) -> application.endpoints().remove(endpoint.getName()));
	}

	@Test
	void whenThereAreNoEndpointsThenApplicationIsUp() {
		assertThat(application.get("health").status()).isEqualTo(200);
		assertThat(application.get("health").<Map<String, Object>>json("$.components")).doesNotContainKey("sockets");
		assertThat(application.get("health/readiness").status()).isEqualTo(200);
	}

	@Test
	void whenServerListensThenItIsUpWithDetails() {
		TcpServer server = server((settings) -> {
		});
		ActuatorApplication.Answer health = application.get("health/sockets/orders");
		assertThat(health.status()).isEqualTo(200);
		assertThat(health.<String>json("$.status")).isEqualTo("UP");
		assertThat(health.<Map<String, Object>>json("$.details")).containsOnly(Map.entry("kind", "TCP_SERVER"),
				Map.entry("state", "LISTENING"), Map.entry("connections", 0),
				Map.entry("address", "127.0.0.1:" + server.getLocalAddress().getPort()));
		assertThat(application.get("health").<String>json("$.components.sockets.components.orders.status"))
			.isEqualTo("UP");
	}

	@Test
	void whenEndpointsShowCertificatesThenHealthSaysWhenTheyExpire() {
		Instant expiry = Instant.parse("2119-01-01T00:00:00Z");
		TlsIdentity identity = new TlsIdentity(TestTls.context("renewed"), List.of(), List.of(), expiry);
		server((settings) -> settings
			.connection((connection) -> connection.tls(TestTls.settings(() -> identity).build())));
		ActuatorApplication.Answer health = application.get("health/sockets/orders");
		assertThat(health.status()).isEqualTo(200);
		assertThat(health.<String>json("$.details.certificateExpires")).isEqualTo("2119-01-01T00:00:00Z");
	}

	@Test
	void whenServerStopsThenItIsDownUntilItStartsAgain() {
		TcpServer server = server((settings) -> {
		});
		server.stop();
		assertHealth(503, "DOWN", "STOPPED");
		server.start();
		assertHealth(200, "UP", "LISTENING");
	}

	@Test
	void whenServerIsPausedThenItIsOutOfServiceUntilItIsResumed() {
		TcpServer server = server((settings) -> {
		});
		server.pause();
		assertHealth(503, "OUT_OF_SERVICE", "PAUSED");
		server.resume();
		assertHealth(200, "UP", "LISTENING");
	}

	@Test
	void whenPortIsTakenThenServerIsDownWithItsFailure() throws IOException {
		try (ServerSocket taken = new ServerSocket(0)) {
			TcpServer server = application.endpoints()
				.registerServer(TcpServerSettings.builder("orders")
					.port(taken.getLocalPort())
					.connection((connection) -> connection.autoStartup(false))
					.build());
			assertThatExceptionOfType(SocketOperationException.class).isThrownBy(server::start);
			assertHealth(503, "DOWN", "STOPPED");
			Map<String, String> failure = application.get("health/sockets/orders").json("$.details.lastFailure");
			assertThat(failure).containsEntry("code", "ADDRESS_IN_USE").containsKeys("time", "message");
		}
	}

	@Test
	void whenClientHasNoConnectionThenItIsDownUntilItHasOne() throws IOException {
		int port = Ports.free();
		TcpClient client = client(port, true);
		Awaitility.await().until(() -> client.status().lastFailure() != null);
		assertThat(application.get("health/sockets/orders").status()).isEqualTo(503);
		assertThat(application.get("health/sockets/orders").<String>json("$.status")).isEqualTo("DOWN");
		assertThat(application.get("health/sockets/orders").<String>json("$.details.lastFailure.code"))
			.isEqualTo("CONNECT_FAILED");
		try (ServerSocket peer = new ServerSocket(port)) {
			Awaitility.await().until(client::isConnected);
			assertHealth(200, "UP", "CONNECTED");
			assertThat(application.get("health/sockets/orders").<String>json("$.details.address"))
				.endsWith(":" + peer.getLocalPort());
		}
	}

	@Test
	void whenClientIsNotRequiredThenItIsShownButDoesNotCount() {
		client(1, false);
		server("listening", (settings) -> {
		});
		ActuatorApplication.Answer health = application.get("health/sockets");
		assertThat(health.status()).isEqualTo(200);
		assertThat(health.<String>json("$.status")).isEqualTo("UP");
		assertThat(health.<String>json("$.components.orders.status")).isEqualTo("UNKNOWN");
		assertThat(health.<Boolean>json("$.components.orders.details.required")).isFalse();
		assertThat(application.get("health").<String>json("$.status")).isEqualTo("UP");
	}

	@Test
	void whenNobodySaysThatAClientIsRequiredThenItIsShownButDoesNotCount() {
		application.endpoints().registerClient(TcpClientSettings.builder("orders").port(1).build());
		ActuatorApplication.Answer health = application.get("health");
		assertThat(health.status()).isEqualTo(200);
		assertThat(health.<String>json("$.components.sockets.components.orders.status")).isEqualTo("UNKNOWN");
		assertThat(health.<Boolean>json("$.components.sockets.components.orders.details.required")).isFalse();
		assertThat(health.<String>json("$.components.sockets.components.orders.details.state"))
			.isNotEqualTo("CONNECTED");
	}

	@Test
	void whenOnlyEndpointIsNotRequiredThenApplicationIsUp() {
		client(1, false);
		assertThat(application.get("health/sockets").status()).isEqualTo(200);
		assertThat(application.get("health").<String>json("$.status")).isEqualTo("UP");
	}

	@Test
	void whenEndpointIsInReadinessGroupThenItCountsThere() {
		TcpServer server = server((settings) -> {
		});
		assertThat(application.get("health/readiness").status()).isEqualTo(200);
		assertThat(application.get("health/readiness").<Map<String, Object>>json("$.components"))
			.containsOnlyKeys("readinessState", "sockets");
		server.stop();
		assertThat(application.get("health/readiness").status()).isEqualTo(503);
		assertThat(application.get("health/liveness").status()).isEqualTo(200);
		assertThat(application.get("health/orders").status()).isEqualTo(503);
	}

	@Test
	void whenEndpointIsUnknownThenThereIsNoHealth() {
		assertThat(application.get("health/sockets/nobody").status()).isEqualTo(404);
	}

	private static void assertHealth(int code, String status, String state) {
		ActuatorApplication.Answer health = application.get("health/sockets/orders");
		assertThat(health.status()).isEqualTo(code);
		assertThat(health.<String>json("$.status")).isEqualTo(status);
		assertThat(health.<String>json("$.details.state")).isEqualTo(state);
		SocketEndpoint endpoint = application.endpoints().get("orders").orElseThrow();
		assertThat(endpoint.status().state()).hasToString(state);
	}

	private static TcpServer server(Consumer<TcpServerSettings.Builder> settings) {
		return server("orders", settings);
	}

	private static TcpServer server(String name, Consumer<TcpServerSettings.Builder> settings) {
		TcpServerSettings.Builder builder = TcpServerSettings.builder(name).host("127.0.0.1").port(0);
		settings.accept(builder);
		return application.endpoints().registerServer(builder.build());
	}

	private static TcpClient client(int port, boolean required) {
		Reconnect often = new Reconnect(true, Duration.ofMillis(20), 1, Duration.ofMillis(20), 0, 0);
		return application.endpoints()
			.registerClient(TcpClientSettings.builder("orders")
				.port(port)
				.reconnect(often)
				.connection((connection) -> connection.healthRequired(required))
				.build());
	}

}
