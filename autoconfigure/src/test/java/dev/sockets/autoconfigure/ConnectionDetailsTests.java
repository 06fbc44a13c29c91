package dev.sockets.autoconfigure;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientCustomizer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Beans that say where clients connect to.
 */
class ConnectionDetailsTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.client-defaults.reconnect.initial-delay=20ms",
				"sockets.tcp.client-defaults.reconnect.multiplier=1");

	@Test
	void whenThereAreDetailsThenTheyReplaceTheProperties() throws IOException {
		try (ServerSocket peer = new ServerSocket(0)) {
			this.contextRunner.withPropertyValues("sockets.tcp.client.robot.port=1")
				.withBean(TcpClientConnectionDetails.class, () -> details("robot", peer))
				.run((context) -> assertConnects(context.getBean(TcpClient.class), peer));
		}
	}

	@Test
	void whenThereAreDetailsThenNoPortIsRequired() throws IOException {
		try (ServerSocket peer = new ServerSocket(0)) {
			this.contextRunner.withPropertyValues("sockets.tcp.client.robot.connect-timeout=10s")
				.withBean(TcpClientConnectionDetails.class, () -> details("robot", peer))
				.run((context) -> assertConnects(context.getBean(TcpClient.class), peer));
		}
	}

	@Test
	void whenDetailsAreAnotherClientsThenPropertiesStay() throws IOException {
		try (ServerSocket peer = new ServerSocket(0); ServerSocket other = new ServerSocket(0)) {
			this.contextRunner.withPropertyValues("sockets.tcp.client.robot.port=" + peer.getLocalPort())
				.withBean(TcpClientConnectionDetails.class, () -> details("weather", other))
				.run((context) -> assertConnects(context.getBean(TcpClient.class), peer));
		}
	}

	@Test
	void whenPeerMovesThenClientFollows() throws IOException {
		try (ServerSocket first = new ServerSocket(0); ServerSocket second = new ServerSocket(0)) {
			AtomicReference<ServerSocket> current = new AtomicReference<>(first);
			this.contextRunner.withPropertyValues("sockets.tcp.client.robot.port=1")
				.withBean(TcpClientConnectionDetails.class,
						() -> TcpClientConnectionDetails.of("robot",
								() -> new Peer("localhost", current.get().getLocalPort())))
				.run((context) -> {
					TcpClient client = context.getBean(TcpClient.class);
					assertConnects(client, first);
					current.set(second);
					first.accept().close();
					Awaitility.await()
						.until(() -> client.getConnection()
							.filter((connection) -> connection.getRemoteAddress().getPort() == second.getLocalPort())
							.isPresent());
				});
		}
	}

	@Test
	void whenDetailsFailThenClientTriesAgain() throws IOException {
		try (ServerSocket peer = new ServerSocket(0)) {
			AtomicReference<ServerSocket> found = new AtomicReference<>();
			this.contextRunner.withPropertyValues("sockets.tcp.client.robot.port=1")
				.withBean(TcpClientConnectionDetails.class, () -> TcpClientConnectionDetails.of("robot", () -> {
					if (found.get() == null) {
						throw new IllegalStateException("not found yet");
					}
					return new Peer("localhost", found.get().getLocalPort());
				}))
				.run((context) -> {
					TcpClient client = context.getBean(TcpClient.class);
					Awaitility.await().until(() -> client.status().lastFailure() != null);
					found.set(peer);
					assertConnects(client, peer);
				});
		}
	}

	@Test
	void whenCustomizerSetsPortThenItWinsOverDetails() throws IOException {
		try (ServerSocket peer = new ServerSocket(0); ServerSocket other = new ServerSocket(0)) {
			TcpClientCustomizer customizer = (name, settings) -> settings.host("localhost").port(peer.getLocalPort());
			this.contextRunner.withPropertyValues("sockets.tcp.client.robot.port=1")
				.withBean(TcpClientConnectionDetails.class, () -> details("robot", other))
				.withBean(TcpClientCustomizer.class, () -> customizer)
				.run((context) -> assertConnects(context.getBean(TcpClient.class), peer));
		}
	}

	private static TcpClientConnectionDetails details(String client, ServerSocket peer) {
		TcpClientConnectionDetails details = TcpClientConnectionDetails.of(client,
				() -> new Peer("localhost", peer.getLocalPort()));
		assertThat(details.getPeers()).isEqualTo(List.of(new Peer("localhost", peer.getLocalPort())));
		return details;
	}

	private static void assertConnects(TcpClient client, ServerSocket peer) {
		Awaitility.await().until(client::isConnected);
		assertThat(client.getConnection().orElseThrow().getRemoteAddress().getPort()).isEqualTo(peer.getLocalPort());
	}

}
