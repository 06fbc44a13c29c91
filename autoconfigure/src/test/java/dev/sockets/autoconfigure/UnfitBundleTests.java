package dev.sockets.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.sockets.InvalidSettingException;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An SSL bundle that no peer could be served with ends the start, with what to change.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnfitBundleTests {

	private static final String SERVER = "sockets.tcp.server.echo.";

	private static final String BUNDLE = "spring.ssl.bundle.pem.";

	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
		.withUserConfiguration(EchoConfiguration.class)
		.withPropertyValues(SERVER + "port=0", SERVER + "ssl.bundle=station", certificate("station", "server.pem"),
				privateKey("station", "server.key"),
				BUNDLE + "trusted.truststore.certificate=" + SslBundleTests.file("authority.pem"));

	private static String certificate(String bundle, String file) {
		return BUNDLE + bundle + ".keystore.certificate=" + SslBundleTests.file(file);
	}

	private static String privateKey(String bundle, String file) {
		return BUNDLE + bundle + ".keystore.private-key=" + SslBundleTests.file(file);
	}

	private void assertRefused(ApplicationContextRunner runner, String message) {
		runner.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(InvalidSettingException.class)
			.hasMessageContaining(message));
	}

	@ParameterizedTest
	@CsvSource({ "need", "want" })
	void whenClientsAreToShowCertificatesThenTheBundleHasToSayWhoSignsThem(String clientAuth) {
		String message = "ssl.client-auth' is '" + clientAuth
				+ "' but must be 'none' while the SSL bundle 'station' has no truststore";
		assertRefused(this.runner.withPropertyValues(SERVER + "ssl.client-auth=" + clientAuth), message);
		assertRefused(this.runner.withPropertyValues(SERVER + "ssl.client-auth=" + clientAuth,
				BUNDLE + "station.truststore.certificate=" + SslBundleTests.file("authority.pem"),
				certificate("shop", "server.pem"), privateKey("shop", "server.key"),
				SERVER + "ssl.sni.[shop.example].bundle=shop"), message.replace("station", "shop"));
	}

	@Test
	void whenAServerHasNothingToShowThenTheStartFails() {
		assertRefused(this.runner.withPropertyValues(SERVER + "ssl.bundle=trusted"),
				"ssl.bundle' is 'trusted' but must be a bundle with a private key and its certificate");
	}

	@Test
	void whenAFileIsMissingThenTheStartFails() {
		assertRefused(this.runner.withPropertyValues(BUNDLE + "station.keystore.certificate=file:/nowhere/x.pem"),
				"ssl.bundle' is 'station' but must be a bundle that can be used");
	}

	@Test
	void whenAFileIsSomethingElseThenTheStartFailsAndTellsNothingOfItsText() throws IOException {
		Path file = Files.writeString(this.directory.resolve("key.pem"),
				"-----BEGIN PRIVATE KEY-----\nc2VjcmV0c2VjcmV0\n-----END PRIVATE KEY-----\n");
		assertRefused(this.runner.withPropertyValues(BUNDLE + "station.keystore.private-key=" + file.toUri()),
				"ssl.bundle' is 'station' but must be a bundle that can be used");
		assertRefused(
				this.runner.withPropertyValues(certificate("station", "server.key"),
						privateKey("station", "server.pem")),
				"ssl.bundle' is 'station' but must be a bundle that can be used");
	}

	@Test
	void whenACertificateHasExpiredThenTheServerStartsAndWarns(CapturedOutput output) {
		this.runner.withPropertyValues(certificate("station", "expired.pem"), privateKey("station", "expired.key"))
			.run((context) -> assertThat(context.getBean(TcpServer.class).isRunning()).isTrue());
		assertThat(output).contains("The certificate of the SSL bundle 'station' has expired, at ");
	}

	@ParameterizedTest
	@CsvSource({ "enabled-protocols,TLSv9", "ciphers,TLS_NONE" })
	void whenAnOptionIsUnknownThenTheStartFails(String option, String value) {
		assertRefused(this.runner.withPropertyValues(BUNDLE + "station.options." + option + "=" + value),
				"ssl.bundle' is 'station' but must be a bundle that can be used");
	}

}
