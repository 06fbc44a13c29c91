package dev.sockets.runtime.tcp;

import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TlsIdentity;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who comes back goes on with the session of before: the certificate of the server is
 * shown and verified once.
 */
@Timeout(120)
class TlsResumptionTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints().echo();

	private final Verifications verifications = new Verifications();

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void whenAClientOfTheJdkComesBackThenItsSessionIsResumed(String protocol) {
		TcpServer server = server();
		for (int i = 0; i < 3; i++) {
			try (TlsPeer peer = TlsPeer.connect(server.getLocalAddress(), this.verifications.context(), protocol,
					null)) {
				assertThat(peer.peer().ask("hello")).isEqualTo("hello");
				assertThat(peer.tls().getSession().getProtocol()).isEqualTo(protocol);
			}
		}
		assertThat(this.verifications.count).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void whenOurClientComesBackThenItsSessionIsResumed(String protocol) {
		TcpServer server = server();
		TlsIdentity identity = new TlsIdentity(this.verifications.context(), List.of(protocol), List.of(), null);
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.connection((all) -> all.tls(TestTls.settings(() -> identity)

					.verifyHostname(false)
					.build())));
		client.connect();
		for (int i = 0; i < 3; i++) {
			assertThat(client.<String>request("hello")).isEqualTo("hello");
			client.reconnect();
		}
		assertThat(this.verifications.count).hasValue(1);
	}

	private TcpServer server() {
		return this.endpoints.server((all) -> all.tls(TestTls.settings(TestTls.context("server")).build()));
	}

	/** Counts how often a certificate is looked at. */
	private static final class Verifications extends X509ExtendedTrustManager {

		private final AtomicInteger count = new AtomicInteger();

		private final X509ExtendedTrustManager actual = actual();

		private final SSLContext context = create();

		SSLContext context() {
			return this.context;
		}

		private SSLContext create() {
			try {
				SSLContext context = SSLContext.getInstance("TLS");
				context.init(null, new TrustManager[] { this }, null);
				return context;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

		private static X509ExtendedTrustManager actual() {
			try (InputStream in = Files.newInputStream(TestTls.file("authority.pem"))) {
				KeyStore trusted = KeyStore.getInstance("PKCS12");
				trusted.load(null, null);
				trusted.setCertificateEntry("authority",
						CertificateFactory.getInstance("X.509").generateCertificate(in));
				TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
				trust.init(trusted);
				return (X509ExtendedTrustManager) trust.getTrustManagers()[0];
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
				throws CertificateException {
			this.count.incrementAndGet();
			this.actual.checkServerTrusted(chain, type, socket);
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
				throws CertificateException {
			this.count.incrementAndGet();
			this.actual.checkServerTrusted(chain, type, engine);
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
			throw new CertificateException("Without a connection nothing can be said");
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
				throws CertificateException {
			throw new CertificateException("There is no client");
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
				throws CertificateException {
			throw new CertificateException("There is no client");
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
			throw new CertificateException("There is no client");
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return this.actual.getAcceptedIssuers();
		}

	}

}
