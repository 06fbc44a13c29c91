package dev.sockets.runtime.tcp;

import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.InvalidSettingException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.tcp.ClientAuth;
import dev.sockets.tcp.Credentials;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.PeerLogin;
import dev.sockets.tcp.SocketAuthenticator;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TlsStart;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Peers log in over TLS, by a password or by the certificate that they show anyway.
 */
@Timeout(120)
class LoginOverTlsTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints().echo();

	private final Queue<PeerLogin> logins = new ConcurrentLinkedQueue<>();

	@Test
	void whenAClientLogsInByAPasswordThenItMayComeFromElsewhere() {
		TcpServer server = server(ClientAuth.NONE, Dispatch.AUTO, (login) -> () -> login.credentials().username());
		TcpClient client = client(server, null, (settings) -> settings.credentials(Credentials.of("ada", "s3cret")));
		assertThat(client.connect().<String>request("hello")).isEqualTo("hello");
		assertThat(principal(server)).isEqualTo("ada");
		assertThat(this.logins).singleElement().satisfies((login) -> {
			assertThat(login.server()).isEqualTo("server");
			assertThat(login.certificates()).isEmpty();
			assertThat(login.credentials()).isEqualTo(Credentials.of("ada", "s3cret"));
		});
	}

	@Test
	void whenCertificatesAreWantedThenTheAuthenticatorSeesBoth() {
		TcpServer server = server(ClientAuth.WANT, Dispatch.AUTO, LoginOverTlsTests::subject);
		TcpClient client = client(server, "client",
				(settings) -> settings.credentials(Credentials.of("ada", "s3cret")));
		client.connect();
		assertThat(principal(server)).isEqualTo("subject CN=client");
		assertThat(this.logins.element().credentials()).isEqualTo(Credentials.of("ada", "s3cret"));
	}

	/** So a device that knows nothing of our log-in can do it, too. */
	@ParameterizedTest
	@EnumSource
	void whenCertificatesAreNeededThenTheyAreTheCredentialsAndNothingIsSent(Dispatch dispatch) {
		TcpServer server = server(ClientAuth.NEED, dispatch, LoginOverTlsTests::subject);
		try (TlsPeer peer = TlsPeer.connect(server.getLocalAddress(), TestTls.context("client"))) {
			assertThat(peer.peer().ask("hello")).isEqualTo("hello");
			assertThat(principal(server)).isEqualTo("subject CN=client");
			assertThat(this.logins.element().credentials()).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void whenACertificateIsTrustedButNotKnownThenItsPeerIsTurnedAway(String protocol) {
		TcpServer server = server(ClientAuth.NEED, Dispatch.AUTO, (login) -> null);
		try (TlsPeer peer = TlsPeer.connect(server.getLocalAddress(), TestTls.context("client"), protocol, null)) {
			peer.peer().trySend("hello\n".getBytes());
			assertThat(peer.peer().readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
			.isEqualTo(RejectionReason.AUTHENTICATION);
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
	}

	/** Many at once, whose handshakes end on several threads. */
	@Test
	void whenManyLogInByCertificatesThenEachIsReadOn() {
		TcpServer server = server(ClientAuth.NEED, Dispatch.AUTO, LoginOverTlsTests::subject);
		Queue<TlsPeer> peers = new ConcurrentLinkedQueue<>();
		for (int i = 0; i < 50; i++) {
			TlsPeer peer = TlsPeer.connect(server.getLocalAddress(), TestTls.context("client"));
			peer.peer().send("hello " + i);
			peers.add(peer);
		}
		int i = 0;
		for (TlsPeer peer : peers) {
			assertThat(peer.peer().readLine()).isEqualTo("hello " + i++);
			peer.close();
		}
		Awaitility.await().until(() -> server.getConnections().isEmpty());
	}

	/** The log-in would come before TLS, and nobody has shown a certificate by then. */
	@Test
	void whenTlsBeginsLaterThenTheStartFails() {
		for (ClientAuth clientAuth : ClientAuth.values()) {
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(() -> this.endpoints.serve((settings) -> settings.authenticator(LoginOverTlsTests::subject)
					.connection((connection) -> connection.tls(TestTls.settings(TestTls.context("server"))
						.clientAuth(clientAuth)
						.start(TlsStart.ON_DEMAND)
						.build()))))
				.withMessageContaining("ssl.start' is 'on-demand' but must be connect with authenticator");
		}
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> this.endpoints.newClient("client", 1,
					(settings) -> settings.credentials(Credentials.of("ada", "s3cret"))
						.connection((connection) -> connection
							.tls(TestTls.settings(TestTls.context(null)).start(TlsStart.ON_DEMAND).build()))))
			.withMessageContaining("ssl.start' is 'on-demand' but must be connect with credentials");
	}

	private static Principal subject(PeerLogin login) {
		X509Certificate certificate = login.certificates().get(0);
		return () -> "subject " + certificate.getSubjectX500Principal();
	}

	private String principal(TcpServer server) {
		return this.endpoints.onlyConnection(server).getPrincipal().orElseThrow().getName();
	}

	private TcpServer server(ClientAuth clientAuth, Dispatch dispatch, SocketAuthenticator authenticator) {
		return this.endpoints.serve((settings) -> settings.host("0.0.0.0").authenticator((login) -> {
			this.logins.add(login);
			return authenticator.authenticate(login);
		})
			.connection((connection) -> connection.dispatch(dispatch)
				.tls(TestTls.settings(TestTls.context("server"))

					.clientAuth(clientAuth)
					.build())));
	}

	private TcpClient client(TcpServer server, String certificate, Consumer<TcpClientSettings.Builder> more) {
		return this.endpoints.newClient("client", server.getLocalAddress().getPort(), (settings) -> {
			settings.host("localhost")
				.connection((connection) -> connection.tls(TestTls.settings(TestTls.context(certificate))

					.build()));
			more.accept(settings);
		});
	}

}
