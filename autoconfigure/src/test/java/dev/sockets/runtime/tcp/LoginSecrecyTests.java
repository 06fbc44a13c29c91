package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.InvalidSettingException;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Credentials;
import dev.sockets.tcp.PeerLogin;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Passwords are not sent in clear to another machine, nor shown.
 */
@Timeout(180)
class LoginSecrecyTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	/** Without TLS all between can read the password. */
	@Test
	void whenPasswordsWouldBeSentInClearThenTheStartFailsUnlessThatIsAllowed() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(
				() -> this.endpoints.serve((settings) -> settings.host("0.0.0.0").authenticator(Logins::authenticate)))
			.withMessageContaining("'sockets.tcp.server.server.ssl.bundle' is not set but must be")
			.withMessageContaining("sockets.tcp.server.server.allow-plain-credentials");
		for (String host : List.of("192.0.2.1", "127.example.org", "::2", "example.org")) {
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(() -> this.endpoints.newClient("client", 1,
						(settings) -> settings.host(host).credentials(Credentials.of("ada", Logins.SECRET))))
				.withMessageContaining("'sockets.tcp.client.client.ssl.bundle' is not set but must be")
				.withMessageNotContaining(Logins.SECRET);
		}
		for (String host : List.of("localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]", "LOCALHOST")) {
			this.endpoints.newClient("client", 1,
					(settings) -> settings.host(host).credentials(Credentials.of("ada", Logins.SECRET)));
		}
		TcpServer server = this.endpoints.serve(
				(settings) -> settings.host("0.0.0.0").allowPlainCredentials(true).authenticator(Logins::authenticate));
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.host("localhost").credentials(Credentials.of("ada", Logins.SECRET)));
		assertThat(client.connect().isOpen()).isTrue();
	}

	/** A name may stand for another address than it did at start. */
	@Test
	void whenTheClientHasConnectedToAnotherMachineThenNothingIsSent() throws IOException {
		InetAddress elsewhere = NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((address) -> address instanceof Inet4Address && !address.isLoopbackAddress())
			.findFirst()
			.orElse(null);
		Assumptions.assumeTrue(elsewhere != null, "There is no network");
		try (ServerSocket socket = new ServerSocket(0)) {
			socket.setSoTimeout(30_000);
			dev.sockets.tcp.Peer peer = new dev.sockets.tcp.Peer(elsewhere.getHostAddress(), socket.getLocalPort());
			TcpClient client = this.endpoints.newClient("client", 1, (settings) -> settings.peers(() -> List.of(peer))
				.credentials(Credentials.of("ada", Logins.SECRET)));
			client.start();
			try (Socket accepted = socket.accept()) {
				accepted.setSoTimeout(30_000);
				assertThat(accepted.getInputStream().read()).isEqualTo(-1);
			}
		}
		assertThat(this.endpoints.awaitEvent(ConnectionFailedEvent.class).getCause())
			.hasMessageContaining("would be sent to another machine without TLS");
	}

	@Test
	void whenCredentialsCannotBeSentThenTheStartFailsAndTellsNoSecret() {
		for (Credentials credentials : List.of(Credentials.of("", Logins.SECRET), Credentials.of("ada", ""),
				Credentials.of("x".repeat(257), Logins.SECRET), Credentials.of("ada", Logins.SECRET.repeat(1000)),
				Credentials.of("\ud800", Logins.SECRET))) {
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(
						() -> this.endpoints.newClient("client", 1, (settings) -> settings.credentials(credentials)))
				.withMessageContaining(".credentials.")
				.withMessageContaining("'******'");
		}
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> this.endpoints.newClient("client", 1,
					(settings) -> settings.credentials(Credentials.of("ada", Logins.SECRET))
						.connection((connection) -> connection.password("other"))))
			.withMessageContaining("credentials' is '******' but must be left out: with password");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> this.endpoints.serve((settings) -> settings.authenticator(Logins::authenticate)
				.connection((connection) -> connection.handshake(Connection::receiveAsync))))
			.withMessageContaining("authenticator' is '******' but must be left out: with handshake");
	}

	@Test
	void whenALogInIsShownThenItTellsNoSecret() {
		Credentials credentials = Credentials.of("ada", Logins.SECRET);
		PeerLogin login = new PeerLogin("server", new InetSocketAddress("127.0.0.1", 1), credentials, List.of());
		assertThat(credentials + " " + login).doesNotContain("ada").doesNotContain("s3cret");
	}

}
