package dev.sockets.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code docs/tls.md} shows works, with certificates of the tests.
 */
@Timeout(120)
class TlsDocumentTests {

	private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

	private static final Pattern FILE = Pattern.compile("file:([a-z]+\\.(?:pem|key))");

	private final List<String> blocks = blocks();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
		.withUserConfiguration(EchoConfiguration.class);

	private static List<String> blocks() {
		try {
			return BLOCK.matcher(Files.readString(Path.of("..", "docs", "tls.md")))
				.results()
				.map((block) -> block.group(1))
				.map((block) -> FILE.matcher(block).replaceAll(TlsDocumentTests::file))
				.toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String file(MatchResult file) {
		return SslBundleTests.file(file.group(1));
	}

	@Test
	void whenServerAndClientAreAsShownThenTheyTalk() {
		assertThat(this.blocks).hasSize(4);
		this.runner.withInitializer(Yaml.of(this.blocks.get(0)))
			.withPropertyValues("sockets.tcp.server.echo.port=0")
			.run((context) -> {
				TcpServer server = context.getBean(TcpServer.class);
				assertThat(SslBundleTests.ask(server, TestTls.context(null))).isEqualTo("echo hello");
				this.runner.withInitializer(Yaml.of(this.blocks.get(1)))
					.withPropertyValues("sockets.tcp.client.echo.port=" + server.getLocalAddress().getPort(),
							"sockets.tcp.client.echo.ssl.handshake-timeout=30s",
							"sockets.tcp.client.echo.request-timeout=30s")
					.run((other) -> {
						TcpClient client = other.getBean(TcpClient.class);
						Awaitility.await().until(client::isConnected);
						assertThat(client.<String>request("hello")).isEqualTo("echo hello");
					});
			});
	}

	@Test
	void whenSeveralNamesAreServedAsShownThenEachHasItsCertificate() {
		this.runner.withInitializer(Yaml.of(this.blocks.get(2)))
			.withPropertyValues("sockets.tcp.server.echo.port=0")
			.withPropertyValues(bundle("station", "server"))
			.withPropertyValues(bundle("shop", "other"))
			.withPropertyValues(bundle("shops", "renewed"))
			.run((context) -> {
				TcpServer server = context.getBean(TcpServer.class);
				assertThat(SslBundleTests.shown(server, "shop.example")).isEqualTo("CN=other");
				assertThat(SslBundleTests.shown(server, "a.shop.example")).isEqualTo("CN=renewed");
				assertThat(SslBundleTests.shown(server, "localhost")).isEqualTo("CN=server");
			});
	}

	@Test
	void whenTlsBeginsLaterAsShownThenTheServerStarts() {
		this.runner.withInitializer(Yaml.of(this.blocks.get(3)))
			.withPropertyValues("sockets.tcp.server.mail.port=0")
			.withPropertyValues(bundle("station", "server"))
			.run((context) -> assertThat(context.getBean(TcpServer.class).isRunning()).isTrue());
	}

	private static String[] bundle(String name, String certificate) {
		String keystore = "spring.ssl.bundle.pem." + name + ".keystore.";
		return new String[] { keystore + "certificate=" + SslBundleTests.file(certificate + ".pem"),
				keystore + "private-key=" + SslBundleTests.file(certificate + ".key") };
	}

}
