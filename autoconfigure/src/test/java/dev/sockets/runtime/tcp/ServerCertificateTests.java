package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TlsIdentity;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which certificate a server shows.
 */
@Timeout(120)
class ServerCertificateTests {

	private static final SSLContext trusting = TestTls.context(null);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@Test
	void whenClientsAskForNamesThenEachGetsTheCertificateOfItsName() throws IOException {
		TcpServer server = this.endpoints.echo()
			.server((all) -> all.tls(TestTls.settings(TestTls.context("server"))
				.serverName("other.example", () -> TlsIdentity.of(TestTls.context("other")))
				.serverName("*.wild.example", () -> TlsIdentity.of(TestTls.context("renewed")))
				.build()));
		assertThat(shown(server, "other.example")).isEqualTo("CN=other");
		assertThat(shown(server, "OTHER.example")).isEqualTo("CN=other");
		assertThat(shown(server, "a.wild.example")).isEqualTo("CN=renewed");
		assertThat(shown(server, "wild.example")).isEqualTo("CN=server");
		assertThat(shown(server, null)).isEqualTo("CN=server");
	}

	@Test
	void whenThereIsAnotherCertificateThenNewConnectionsGetItAndOldOnesStay() throws IOException {
		AtomicReference<TlsIdentity> identity = new AtomicReference<>(TlsIdentity.of(TestTls.context("server")));
		TcpServer server = this.endpoints.echo().server((all) -> all.tls(TestTls.settings(identity::get).build()));
		try (TlsPeer old = TlsPeer.connect(server.getLocalAddress(), trusting)) {
			assertThat(old.peer().ask("old")).isEqualTo("old");
			identity.set(TlsIdentity.of(TestTls.context("renewed")));
			assertThat(shown(server, null)).isEqualTo("CN=renewed");
			assertThat(old.peer().ask("old")).isEqualTo("old");
			assertThat(old.tls().getSession().getPeerPrincipal().getName()).isEqualTo("CN=server");
		}
	}

	private static String shown(TcpServer server, String name) throws IOException {
		try (TlsPeer peer = TlsPeer.connect(server.getLocalAddress(), TestTls.context(null), "TLSv1.3", name)) {
			peer.tls().startHandshake();
			return peer.tls().getSession().getPeerPrincipal().getName();
		}
	}

}
