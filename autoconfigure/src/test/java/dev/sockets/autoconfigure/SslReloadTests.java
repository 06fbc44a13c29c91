package dev.sockets.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Stalls;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fault F21: under traffic a new certificate is served within a second of the bundle's
 * update, and no connection fails for it.
 */
@Timeout(180)
@Tag("measures")
class SslReloadTests {

	private static final int TIMES = 4;

	@TempDir
	private Path directory;

	@Test
	void whenABundleIsUpdatedUnderTrafficThenItIsServedWithinASecondAndNoConnectionFails() throws IOException {
		Path certificate = this.directory.resolve("shown.pem");
		Path key = this.directory.resolve("shown.key");
		replace("server.key", key);
		replace("server.pem", certificate);
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withUserConfiguration(EchoConfiguration.class)
			.withPropertyValues("sockets.tcp.server.echo.port=0", "sockets.tcp.server.echo.host=localhost",
					"sockets.tcp.server.echo.ssl.bundle=station", "sockets.tcp.server.echo.ssl.handshake-timeout=30s",
					"spring.ssl.bundle.pem.station.keystore.certificate=" + certificate.toUri(),
					"spring.ssl.bundle.pem.station.keystore.private-key=" + key.toUri(),
					"spring.ssl.bundle.pem.station.reload-on-update=true",
					"spring.ssl.bundle.watch.file.quiet-period=200ms")
			.run((context) -> {
				TcpServer server = context.getBean(TcpServer.class);
				Map<String, Long> updates = new ConcurrentHashMap<>();
				context.getBean(SslBundles.class)
					.addBundleUpdateHandler("station", (bundle) -> updated(bundle, updates));
				AtomicBoolean goesOn = new AtomicBoolean(true);
				AtomicInteger served = new AtomicInteger();
				List<CompletableFuture<Void>> traffic = new ArrayList<>();
				for (int i = 0; i < 2; i++) {
					traffic.add(OwnThread.run(() -> keepAsking(server, goesOn, served)));
				}
				Awaitility.await().until(() -> served.get() > 20);
				for (int i = 0; i < TIMES; i++) {
					Duration took = measure(server, (i % 2 == 0) ? "renewed" : "server", certificate, key, updates);
					System.out.println("[figures] F21: a certificate was served " + took.toMillis()
							+ " ms after the update of its bundle, " + served.get() + " connections until then");
				}
				goesOn.set(false);
				traffic.forEach((each) -> assertThat(each).succeedsWithin(Duration.ofMinutes(1)));
			});
	}

	/** The first one has another key as long as only that is written. */
	private static void updated(SslBundle bundle, Map<String, Long> updates) {
		try {
			KeyStore shown = bundle.getStores().getKeyStore();
			X509Certificate certificate = (X509Certificate) shown.getCertificate(shown.aliases().nextElement());
			updates.put(certificate.getSubjectX500Principal().getName(), System.nanoTime());
		}
		catch (KeyStoreException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Duration measure(TcpServer server, String name, Path certificate, Path key, Map<String, Long> updates)
			throws IOException {
		updates.clear();
		try (Stalls stalls = new Stalls()) {
			replace(name + ".key", key);
			replace(name + ".pem", certificate);
			Awaitility.await()
				.pollInterval(Duration.ofMillis(5))
				.until(() -> SslBundleTests.shown(server, "localhost").equals("CN=" + name));
			long shown = System.nanoTime();
			Awaitility.await().until(() -> updates.containsKey("CN=" + name));
			Duration took = Duration.ofNanos(shown - updates.get("CN=" + name));
			assertThat(took).isLessThan(Duration.ofSeconds(1).plus(stalls.total()));
			return took;
		}
	}

	private static void keepAsking(TcpServer server, AtomicBoolean goesOn, AtomicInteger served) {
		while (goesOn.get()) {
			assertThat(SslBundleTests.ask(server, TestTls.context(null))).isEqualTo("echo hello");
			served.incrementAndGet();
		}
	}

	/** In one step, as tools for certificates do it. */
	private void replace(String from, Path to) throws IOException {
		Path next = Files.copy(TestTls.file(from), this.directory.resolve("next"));
		Files.move(next, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

}
