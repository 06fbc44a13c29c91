package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

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
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TlsIdentity;
import dev.sockets.tcp.TlsSettings;
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
			.tls(TlsSettings.builder(TestTls.context("server")).serverName("other.example", () -> other).build()));
		try (Socket socket = tls(server, TestTls.context(null), NASTY)) {
			new Peer(socket).trySend("hello\n".getBytes(StandardCharsets.UTF_8)).readLineOrReset();
			assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
				.isEqualTo(RejectionReason.TLS);
		}
		server.stop();
		assertThat(output.getAll()).contains("x\\u001b[31m\\r\\n2026-01-01 ERROR forged\\u0085a\\u2028b\\u202ed")
			.doesNotContain(HARMFUL);
		assertThat(server.recentFailures().toString()).doesNotContain(HARMFUL);
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
