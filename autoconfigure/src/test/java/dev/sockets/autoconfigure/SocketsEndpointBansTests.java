package dev.sockets.autoconfigure;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.sockets.autoconfigure.ActuatorApplication.Answer;
import dev.sockets.tcp.BanRule;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator sees of banned addresses by {@code /actuator/sockets}, and how they
 * are let in again.
 */
class SocketsEndpointBansTests {

	private static ActuatorApplication application;

	private TcpServer server;

	@BeforeAll
	static void startApplication() {
		application = new ActuatorApplication();
	}

	@AfterEach
	void removeServer() {
		application.endpoints().remove("orders");
	}

	@AfterAll
	static void stopApplication() {
		application.close();
	}

	@Test
	void whenAnAddressIsBannedThenItIsShownAndCanBeLetInAgain() throws IOException {
		this.server = application.endpoints()
			.registerServer(TcpServerSettings.builder("orders")
				.host("127.0.0.1")
				.port(0)
				.access((access) -> access.ban(new BanRule(1, Duration.ofMinutes(10))))
				.connection((connection) -> connection.maxFrameSize(10))
				.build());
		try (Socket socket = connect()) {
			socket.getOutputStream().write("far too long a line\n".getBytes());
			Awaitility.await().until(() -> this.server.getBans().size() == 1);
		}
		Answer one = application.get("sockets/orders");
		assertThat(one.<List<String>>json("$.bans[*].addresses")).containsExactly("127.0.0.1");
		assertThat(one.<List<String>>json("$.bans[*].until")).hasSize(1);
		assertThat(unban("192.0.2.1").body()).contains("'192.0.2.1' is not banned");
		assertThat(unban("somebody").status()).isEqualTo(400);
		assertThat(application.post("sockets/orders", "{\"action\": \"unban\"}").status()).isEqualTo(400);
		assertThat(unban("127.0.0.1").status()).isEqualTo(200);
		assertThat(this.server.getBans()).isEmpty();
		assertThat(unban("127.0.0.1").status()).isEqualTo(400);
	}

	/** It may have ended by itself on a slow machine, so it is tried again then. */
	@Test
	void whenAnAddressIsBannedForWrongPasswordsThenItIsShownAndCanBeLetInAgain() {
		this.server = application.endpoints()
			.registerServer(TcpServerSettings.builder("orders")
				.host("127.0.0.1")
				.port(0)
				.connection((connection) -> connection.password("s3cret"))
				.build());
		Awaitility.await().untilAsserted(() -> {
			while (this.server.getBans().isEmpty()) {
				offend();
			}
			assertThat(application.get("sockets/orders").<List<String>>json("$.bans[*].addresses"))
				.containsExactly("127.0.0.1");
			assertThat(unban("127.0.0.1").status()).isEqualTo(200);
		});
	}

	private void offend() throws IOException {
		try (Socket socket = connect()) {
			socket.getOutputStream().write("let me in\n".getBytes());
			socket.getInputStream().readAllBytes();
		}
		catch (SocketException ex) {
			// it was reset
		}
	}

	private static Answer unban(String address) {
		return application.post("sockets/orders", "{\"action\": \"unban\", \"address\": \"" + address + "\"}");
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket("127.0.0.1", this.server.getLocalAddress().getPort());
		socket.setSoTimeout(20_000);
		return socket;
	}

}
