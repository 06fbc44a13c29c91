package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;

import jdk.net.ExtendedSocketOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.sockets.EndpointStartException;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.KeepAlive;
import dev.sockets.tcp.SocketOptions;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Options that not every platform has, and where clients connect from.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class SocketOptionsTests {

	private static final SocketOptions PROBING = new SocketOptions(true, null, null, null, null, null, null,
			new KeepAlive(61, 11, 4), null);

	private static final SocketOptions SHARING = new SocketOptions(true, null, null, null, null, null, null, null,
			true);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@Test
	void whenProbesAreSetThenSocketsOfBothSidesHaveThem() throws IOException {
		TcpServer server = this.endpoints.server((connection) -> connection.socketOptions(PROBING));
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.connection((connection) -> connection.socketOptions(PROBING)));
		assertProbes(client.connect());
		assertProbes(this.endpoints.onlyConnection(server));
	}

	private static void assertProbes(Connection connection) throws IOException {
		Socket socket = ((DefaultConnection) connection).channel().socket();
		assertThat(socket.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
		assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(61);
		assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(11);
		assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT)).isEqualTo(4);
	}

	@Test
	void whenAPortIsSharedThenSeveralServersListenOnIt() {
		TcpServer first = this.endpoints.server((connection) -> connection.socketOptions(SHARING));
		int port = first.getLocalAddress().getPort();
		TcpServer second = this.endpoints.newServer("second", port, (connection) -> connection.socketOptions(SHARING));
		second.start();
		assertThat(second.getLocalAddress().getPort()).isEqualTo(port);
		first.stop();
		try (Peer peer = new Peer(second)) {
			this.endpoints.onMessage("second", (message) -> message.reply("second"));
			assertThat(peer.ask("who?")).isEqualTo("second");
		}
		assertThatExceptionOfType(EndpointStartException.class)
			.isThrownBy(() -> this.endpoints.newServer("third", port, (connection) -> {
			}).start())
			.extracting(EndpointStartException::getCode)
			.isEqualTo(SocketErrorCode.ADDRESS_IN_USE);
	}

	@Test
	void whenAClientHasALocalAddressAndPortThenItConnectsFromThereEachTime() {
		TcpServer server = this.endpoints.server();
		int port = Ports.free();
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.localAddress("127.0.0.2").localPort(port).reconnect(ReconnectingTests.QUICK));
		client.start();
		for (int i = 0; i < 2; i++) {
			Connection connection = this.endpoints.onlyConnection(server);
			assertThat(connection.getRemoteAddress().getAddress().getHostAddress()).isEqualTo("127.0.0.2");
			assertThat(connection.getRemoteAddress().getPort()).isEqualTo(port);
			connection.kick();
			Awaitility.await().until(() -> server.getConnections().stream().anyMatch((other) -> other != connection));
		}
	}

	@Test
	void whenAnAddressIsNotOfThisHostThenTheAttemptFailsAndSaysSo() {
		TcpServer server = this.endpoints.server();
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.localAddress("192.0.2.1"));
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(client::connect)
			.withMessageContaining("no socket can be bound to 192.0.2.1, port 0")
			.extracting(SocketOperationException::getCode)
			.isEqualTo(SocketErrorCode.CONNECT_FAILED);
	}

}
