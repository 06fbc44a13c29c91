package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLServerSocket;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With TLS the password handshake is tied to the server's certificate.
 */
@Timeout(120)
class PasswordOverTlsTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@Test
	void whenBothSidesKnowThePasswordThenTheyTalk() {
		TcpServer server = server();
		TcpClient client = client(server.getLocalAddress().getPort());
		client.connect();
		assertThat(client.<String>request("hello")).isEqualTo("hello");
	}

	/** Its certificate is as good, but another one. */
	@Test
	void whenSomebodyBetweenPassesEverythingOnThenItIsRefused() throws Exception {
		TcpServer server = server();
		try (SSLServerSocket between = (SSLServerSocket) TestTls.context("other")
			.getServerSocketFactory()
			.createServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			CompletableFuture<String> end = OwnThread.call(() -> passOn(between, server));
			TcpClient client = client(between.getLocalPort());
			client.start();
			assertThat(end).succeedsWithin(TestEndpoints.SOON).isEqualTo("SOCKETS-PASSWORD/1 REFUSED");
			assertThat(this.endpoints.awaitEvent(ConnectionFailedEvent.class).getCause())
				.hasMessageContaining("The server has refused the password");
		}
		assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
			.isEqualTo(RejectionReason.AUTHENTICATION);
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
	}

	private static String passOn(SSLServerSocket between, TcpServer server) {
		try (Peer client = new Peer(between.accept());
				TlsPeer there = TlsPeer.connect(server.getLocalAddress(), TestTls.context(null))) {
			client.send(there.peer().readLine());
			String end = there.peer().ask(client.readLine());
			client.send(end).readLineOrReset();
			return end;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private TcpServer server() {
		return this.endpoints.echo()
			.server((connection) -> secret(connection).tls(TestTls.settings(TestTls.context("server")).build()));
	}

	private TcpClient client(int port) {
		return this.endpoints.newClient("client", port,
				(settings) -> settings
					.connection((connection) -> secret(connection).tls(TestTls.settings(TestTls.context(null))

						.verifyHostname(false)
						.build())));
	}

	private static ConnectionSettings.Builder secret(ConnectionSettings.Builder connection) {
		return connection.password("correct horse battery staple");
	}

}
