package dev.sockets.runtime.tcp;

import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.tcp.ClientAuth;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TlsIdentity;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What a handshake asks of the application may throw: who is turned away for it is told
 * of like anybody else. Kind 1 of what breaks.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class BrokenTlsTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	/** What a side of a connection is, by whom it breaks. */
	private record Broken(String by, Supplier<TlsIdentity> identity) {

		@Override
		public String toString() {
			return this.by;
		}

	}

	static Stream<Broken> broken() {
		SSLContext exception = trusting(() -> {
			throw new IllegalStateException("on purpose");
		});
		SSLContext error = trusting(() -> {
			throw new AssertionError("on purpose");
		});
		return Stream.of(new Broken("trust manager", () -> TlsIdentity.of(exception)),
				new Broken("error of a trust manager", () -> TlsIdentity.of(error)), new Broken("identity", () -> {
					throw new IllegalStateException("on purpose");
				}), new Broken("error of an identity", () -> {
					throw new AssertionError("on purpose");
				}));
	}

	private static SSLContext trusting(Runnable check) {
		return TestTls.context("server", new TrustManager[] { new BrokenTrust(check) });
	}

	@ParameterizedTest
	@MethodSource("broken")
	void whenAServerBreaksInAHandshakeThenItsPeerIsRejectedAndTheLogSaysWhy(Broken broken, CapturedOutput output) {
		TcpServer server = this.endpoints.serve((settings) -> settings.connection((connection) -> connection
			.tls(TestTls.settings(broken.identity()).clientAuth(ClientAuth.NEED).build())));
		TcpClient client = client(server, () -> TlsIdentity.of(TestTls.context("client")));
		client.start();
		assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason()).isEqualTo(RejectionReason.TLS);
		Awaitility.await()
			.untilAsserted(() -> assertThat(output).contains("away: no TLS with the peer: ").contains("on purpose"));
		assertThat(server.statistics().connections().rejected()).containsEntry("TLS", 1L);
	}

	@ParameterizedTest
	@MethodSource("broken")
	void whenAClientBreaksInAHandshakeThenItSaysWhy(Broken broken) {
		TcpServer server = this.endpoints.serve((settings) -> settings
			.connection((connection) -> connection.tls(TestTls.settings(TestTls.context("server")).build())));
		TcpClient client = client(server, broken.identity());
		SocketOperationException failure = catchThrowableOfType(SocketOperationException.class, client::connect);
		assertThat(failure.getCode()).isEqualTo(SocketErrorCode.TLS_FAILED);
		assertThat(failure).hasMessageContaining("on purpose");
		assertThat(this.endpoints.awaitEvent(ConnectionFailedEvent.class).getCause())
			.hasMessageContaining("on purpose");
	}

	private TcpClient client(TcpServer server, Supplier<TlsIdentity> identity) {
		return this.endpoints.newClient("client", server.getLocalAddress().getPort(), (settings) -> settings
			.connection((connection) -> connection.tls(TestTls.settings(identity).verifyHostname(false).build())));
	}

	private record BrokenTrust(Runnable check) implements X509TrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) {
			this.check.run();
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) {
			this.check.run();
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
