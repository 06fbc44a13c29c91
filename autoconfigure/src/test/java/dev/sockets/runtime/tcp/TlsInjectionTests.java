package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.tcp.ClientAuth;
import dev.sockets.tcp.SocketAuthenticator;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TlsIdentity;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Text that a peer puts into its TLS handshake. Fault F26.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class TlsInjectionTests {

	private static final String NASTY = "x\u001b[31m\r\n2026-01-01 ERROR forged\u0085a\u2028b\u202ed";

	private static final String[] HARMFUL = { "\u001b", "\r", "\u0085", "\u2028", "\u202e",
			"\n2026-01-01 ERROR forged" };

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints().echo();

	@AutoClose
	private final AutoCloseable level = () -> level(LogLevel.INFO);

	@Test
	void whenAClientAsksForANameThatForgesLinesThenItIsEscaped(CapturedOutput output) throws Exception {
		level(LogLevel.TRACE);
		TlsIdentity other = TlsIdentity.of(TestTls.context("other"));
		TcpServer server = this.endpoints.server((all) -> all
			.tls(TestTls.settings(TestTls.context("server")).serverName("other.example", () -> other).build()));
		try (Socket socket = tls(server, TestTls.context(null), NASTY)) {
			new Peer(socket).trySend("hello\n".getBytes(StandardCharsets.UTF_8)).readLineOrReset();
			assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
				.isEqualTo(RejectionReason.TLS);
		}
		server.stop();
		Awaitility.await()
			.untilAsserted(() -> assertThat(output.getAll())
				.contains("x\\u001b[31m\\r\\n2026-01-01 ERROR forged\\u0085a\\u2028b\\u202ed"));
		assertThat(output.getAll()).doesNotContain(HARMFUL);
		assertThat(server.recentFailures().toString()).doesNotContain(HARMFUL);
	}

	/** Whoever gets a certificate has chosen the name in it. */
	@Test
	void whenACertificateHasANameThatForgesLinesThenItIsEscaped(CapturedOutput output) {
		level(LogLevel.TRACE);
		TcpServer server = server("server", "nasty", (login) -> {
			throw new IllegalStateException("Who is " + login.certificates().get(0).getSubjectX500Principal() + "?");
		});
		try (TlsPeer peer = TlsPeer.connect(server.getLocalAddress(), TestTls.context("nasty"))) {
			peer.peer().trySend("hello\n".getBytes(StandardCharsets.UTF_8)).readLineOrReset();
			assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
				.isEqualTo(RejectionReason.AUTHENTICATION);
		}
		server.stop();
		assertThat(output.getAll()).contains("Who is CN=").contains("ERROR forged").doesNotContain(HARMFUL);
		assertThat(server.recentFailures().toString()).doesNotContain(HARMFUL);
	}

	@Test
	void whenTheCertificateOfAServerHasANameThatForgesLinesThenItIsEscaped(CapturedOutput output) {
		level(LogLevel.TRACE);
		TcpServer server = server("nasty", "authority", null);
		for (String authority : List.of("authority", "nasty")) {
			TcpClient client = this.endpoints.newClient(authority, server.getLocalAddress().getPort(),
					(settings) -> settings
						.connection((all) -> all.tls(TestTls.settings(TestTls.context("nasty", authority)).build())));
			client.start();
			Awaitility.await().until(() -> !this.endpoints.eventNames(authority).isEmpty());
			client.stop();
			assertThat(client + " " + client.recentFailures() + " " + client.status()).doesNotContain(HARMFUL);
		}
		server.stop();
		assertThat(this.endpoints.events().toString() + output.getAll()).doesNotContain(HARMFUL);
	}

	private TcpServer server(String certificate, String authority, SocketAuthenticator authenticator) {
		return this.endpoints.serve((settings) -> settings.authenticator(authenticator)
			.connection((all) -> all.tls(TestTls.settings(TestTls.context(certificate, authority))
				.clientAuth((authenticator != null) ? ClientAuth.NEED : ClientAuth.WANT)
				.build())));
	}

	private static Socket tls(TcpServer server, SSLContext context, String name) throws IOException {
		Socket raw = new Socket("127.0.0.1", server.getLocalAddress().getPort());
		raw.setSoTimeout(30_000);
		SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(raw, "localhost", raw.getPort(), true);
		SSLParameters parameters = tls.getSSLParameters();
		parameters.setProtocols(new String[] { "TLSv1.3" });
		if (name != null) {
			parameters.setServerNames(List.of(new RawName(name)));
		}
		tls.setSSLParameters(parameters);
		return tls;
	}

	private static void level(LogLevel level) {
		LoggingSystem.get(TlsInjectionTests.class.getClassLoader()).setLogLevel("dev.sockets", level);
	}

	private static final class RawName extends SNIServerName {

		private RawName(String name) {
			super(0, name.getBytes(StandardCharsets.UTF_8));
		}

	}

}
