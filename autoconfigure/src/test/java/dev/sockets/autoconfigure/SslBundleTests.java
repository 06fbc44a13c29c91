package dev.sockets.autoconfigure;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import dev.sockets.InvalidSettingException;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Patience;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * TLS by the SSL bundles of an application.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class SslBundleTests {

	private static final String SERVER = "sockets.tcp.server.echo.";

	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
		.withUserConfiguration(EchoConfiguration.class)
		.withPropertyValues(SERVER + "port=0", SERVER + "host=localhost", SERVER + "ssl.bundle=station",
				"spring.ssl.bundle.pem.station.keystore.certificate=" + file("server.pem"),
				"spring.ssl.bundle.pem.station.keystore.private-key=" + file("server.key"),
				"spring.ssl.bundle.pem.station.truststore.certificate=" + file("authority.pem"),
				"spring.ssl.bundle.pem.trusted.truststore.certificate=" + file("authority.pem"));

	static String file(String name) {
		return TestTls.file(name).toUri().toString();
	}

	@Test
	void whenBundlesAreNamedThenServerAndClientSpeakTls() {
		this.runner.run((context) -> {
			int port = context.getBean(TcpServer.class).getLocalAddress().getPort();
			this.runner
				.withPropertyValues("sockets.tcp.client.peer.host=localhost", "sockets.tcp.client.peer.port=" + port,
						"sockets.tcp.client.peer.ssl.bundle=trusted", "sockets.tcp.client.peer.request-timeout=30s",
						"sockets.tcp.client.peer.ssl.handshake-timeout=30s")
				.run((other) -> {
					Connection connection = connected(other);
					assertThat(connection.<String>request("hello")).isEqualTo("echo hello");
					assertThat(connection.getPrincipal())
						.hasValueSatisfying((principal) -> assertThat(principal.getName()).isEqualTo("CN=server"));
				});
		});
	}

	private static Connection connected(ApplicationContext context) {
		TcpClient client = context.getBean(TcpClient.class);
		Awaitility.await().until(client::isConnected);
		return client.getConnection().orElseThrow();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					ssl.bundle=statoin | ssl.bundle' is 'statoin' but must be the name of a bundle below spring.ssl.bundle: station, trusted
					ssl.sni.[a.example].bundle=none | ssl.sni.a.example.bundle' is 'none' but must be the name of a bundle below spring.ssl.bundle
					ssl.verify-hostname=false | ssl.verify-hostname' is 'false' but must be left out: only a client
					ssl.handshake-timeout=0s | ssl.handshake-timeout' is 'PT0S' but must be a positive duration
					""")
	void whenAKeyCannotWorkThenTheStartFailsAndSaysWhatIsAllowed(String key, String message) {
		this.runner.withPropertyValues(SERVER + key)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSettingException.class)
				.hasMessageContaining(message));
	}

	@Test
	void whenTlsIsToBeginOnDemandThenAConnectionIsPlainUntilThen() {
		this.runner.withPropertyValues(SERVER + "ssl.start=on-demand", SERVER + "ssl.handshake-timeout=30s")
			.run((context) -> {
				TcpServer server = context.getBean(TcpServer.class);
				try (Socket socket = new Socket("localhost", server.getLocalAddress().getPort())) {
					socket.setSoTimeout(30_000);
					assertThat(ask(socket)).isEqualTo("echo hello");
					server.getConnections().iterator().next().startTls();
					SSLSocket tls = (SSLSocket) TestTls.context(null)
						.getSocketFactory()
						.createSocket(socket, "localhost", socket.getPort(), true);
					assertThat(ask(tls)).isEqualTo("echo hello");
				}
			});
	}

	@Test
	void whenThereIsNoBundleThenItsKeysAreRefused() {
		new ApplicationContextRunner().withUserConfiguration(EchoConfiguration.class)
			.withPropertyValues(SERVER + "port=0", SERVER + "ssl.client-auth=need")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("must be left out: without ssl.bundle there is no TLS"));
		new ApplicationContextRunner().withUserConfiguration(EchoConfiguration.class)
			.withPropertyValues(SERVER + "port=0", SERVER + "ssl.bundle=station")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("below spring.ssl.bundle, where there is none"));
	}

	@Test
	void whenClientsAreToShowCertificatesThenThoseThatDoGetIn() {
		this.runner.withPropertyValues(SERVER + "ssl.client-auth=need").run((context) -> {
			TcpServer server = context.getBean(TcpServer.class);
			assertThat(ask(server, TestTls.context("client"))).isEqualTo("echo hello");
			Awaitility.await().until(() -> server.getConnections().isEmpty());
		});
	}

	@Test
	void whenANameIsAskedForThenItsBundleIsShown() {
		this.runner
			.withPropertyValues(SERVER + "ssl.sni.localhost.bundle=other",
					"spring.ssl.bundle.pem.other.keystore.certificate=" + file("renewed.pem"),
					"spring.ssl.bundle.pem.other.keystore.private-key=" + file("renewed.key"))
			.run((context) -> assertThat(shown(context.getBean(TcpServer.class), "localhost")).isEqualTo("CN=renewed"));
	}

	@Test
	void whenACertificateIsShownThenItsEndIsKnown() {
		this.runner.run((context) -> assertThat(context.getBean(TcpServer.class).getCertificateExpiry())
			.contains(Instant.parse("2120-01-01T00:00:00Z")));
	}

	@Test
	void whenABundleIsReadAgainThenNewConnectionsGetItNoneFailsAndOldOnesStay() throws IOException {
		Path certificate = copy("server.pem", "shown.pem");
		Path key = copy("server.key", "shown.key");
		this.runner
			.withPropertyValues("spring.ssl.bundle.pem.station.keystore.certificate=" + certificate.toUri(),
					"spring.ssl.bundle.pem.station.keystore.private-key=" + key.toUri(),
					"spring.ssl.bundle.pem.station.reload-on-update=true",
					"spring.ssl.bundle.watch.file.quiet-period=200ms")
			.run((context) -> {
				TcpServer server = context.getBean(TcpServer.class);
				SSLContext trusting = TestTls.context(null);
				try (SSLSocket old = connect(server, trusting, "localhost")) {
					assertThat(ask(old)).isEqualTo("echo hello");
					AtomicBoolean goesOn = new AtomicBoolean(true);
					AtomicInteger served = new AtomicInteger();
					CompletableFuture<Void> traffic = OwnThread.run(() -> {
						while (goesOn.get()) {
							assertThat(ask(server, trusting)).isEqualTo("echo hello");
							served.incrementAndGet();
						}
					});
					Awaitility.await().until(() -> served.get() > 5);
					replace("renewed.key", key);
					replace("renewed.pem", certificate);
					Awaitility.await().until(() -> shown(server, "localhost").equals("CN=renewed"));
					int before = served.get();
					Awaitility.await().until(() -> served.get() > before + 5 || traffic.isDone());
					goesOn.set(false);
					assertThat(traffic).succeedsWithin(Patience.SOON);
					assertThat(ask(old)).isEqualTo("echo hello");
					assertThat(server.getCertificateExpiry()).contains(Instant.parse("2119-01-01T00:00:00Z"));
				}
			});
	}

	@Test
	void whenTheKeyIsAnotherCertificatesThenTheStartFails() {
		this.runner.withPropertyValues("spring.ssl.bundle.pem.station.keystore.private-key=" + file("renewed.key"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidSettingException.class)
				.hasMessageContaining("ssl.bundle' is 'station' but must be a bundle whose private key fits its"
						+ " certificate. The private key 'ssl' is not that of the certificate it comes with"));
	}

	@Test
	void whenTheKeyThatIsReadAgainIsAnotherCertificatesThenItIsLoggedAndTheFormerStays(CapturedOutput output)
			throws IOException {
		Path certificate = copy("server.pem", "shown.pem");
		Path key = copy("server.key", "shown.key");
		this.runner
			.withPropertyValues("spring.ssl.bundle.pem.station.keystore.certificate=" + certificate.toUri(),
					"spring.ssl.bundle.pem.station.keystore.private-key=" + key.toUri(),
					"spring.ssl.bundle.pem.station.reload-on-update=true",
					"spring.ssl.bundle.watch.file.quiet-period=200ms")
			.run((context) -> {
				TcpServer server = context.getBean(TcpServer.class);
				replace("renewed.pem", certificate);
				Awaitility.await()
					.untilAsserted(() -> assertThat(output)
						.contains("The SSL bundle 'station' cannot be used as it is now, so the former one still is"));
				assertThat(output).contains("is not that of the certificate it comes with");
				assertThat(shown(server, "localhost")).isEqualTo("CN=server");
				assertThat(ask(server, TestTls.context(null))).isEqualTo("echo hello");
				replace("renewed.key", key);
				Awaitility.await().until(() -> shown(server, "localhost").equals("CN=renewed"));
			});
	}

	private Path copy(String from, String to) throws IOException {
		return Files.copy(TestTls.file(from), this.directory.resolve(to));
	}

	/** In one step, as tools for certificates do it. */
	private void replace(String from, Path to) throws IOException {
		Path next = copy(from, "next");
		Files.move(next, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	static String shown(TcpServer server, String host) {
		try (SSLSocket socket = connect(server, TestTls.context(null), host)) {
			return socket.getSession().getPeerPrincipal().getName();
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	static String ask(TcpServer server, SSLContext context) {
		try (SSLSocket socket = connect(server, context, "localhost")) {
			return ask(socket);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private static String ask(Socket socket) throws IOException {
		socket.getOutputStream().write("hello\n".getBytes());
		StringBuilder line = new StringBuilder();
		int next;
		while ((next = socket.getInputStream().read()) != '\n' && next >= 0) {
			line.append((char) next);
		}
		return line.toString();
	}

	private static SSLSocket connect(TcpServer server, SSLContext context, String host) throws IOException {
		int port = server.getLocalAddress().getPort();
		Socket socket = new Socket("localhost", port);
		socket.setSoTimeout(30_000);
		SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true);
		SSLParameters parameters = tls.getSSLParameters();
		parameters.setServerNames(List.of(new SNIHostName(host)));
		tls.setSSLParameters(parameters);
		tls.startHandshake();
		return tls;
	}

}
