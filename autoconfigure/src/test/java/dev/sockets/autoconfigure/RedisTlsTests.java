package dev.sockets.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

import dev.sockets.actuate.BackplaneHealthIndicator;
import dev.sockets.testkit.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Redis that speaks TLS only, wants a certificate, and a user with few rights.
 */
@Timeout(120)
class RedisTlsTests {

	@AutoClose
	private final RedisServer redis = RedisServer.startTls("--user", "sockets", "on", ">s3cret", "resetchannels",
			"&shop:*", "+publish", "+subscribe", "+unsubscribe", "+ping", "+hello", "+auth", "+client|setname");

	private String[] properties(String authority) {
		return properties(authority, "spring.data.redis.host=localhost", at(this.redis),
				"spring.data.redis.username=sockets", "spring.data.redis.password=s3cret");
	}

	private static String[] properties(String authority, String... more) {
		List<String> properties = new ArrayList<>(List.of(more));
		properties.add("spring.data.redis.ssl.bundle=broker");
		properties.add("spring.ssl.bundle.pem.broker.truststore.certificate=" + SslBundleTests.file(authority));
		properties.add("spring.ssl.bundle.pem.broker.keystore.certificate=" + SslBundleTests.file("client.pem"));
		properties.add("spring.ssl.bundle.pem.broker.keystore.private-key=" + SslBundleTests.file("client.key"));
		return properties.toArray(String[]::new);
	}

	@Test
	void whenRedisSpeaksTlsThenNodesAreOneServerAlsoAfterItsRestart() {
		try (RedisApplications nodes = new RedisApplications(properties("authority.pem"))) {
			nodes.assertAllReachAll();
			assertThat(this.redis.ask("CLIENT", "LIST")).asString().contains("name=sockets:node0 ", "user=sockets ");
			this.redis.kill();
			Awaitility.await().until(() -> nodes.health(0).getStatus().equals(Status.UNKNOWN));
			this.redis.run();
			nodes.awaitEachOther();
			nodes.assertAllReachAll();
			nodes.assertNobodyHasLeft();
			assertThat(nodes.health(0).getStatus()).isEqualTo(Status.UP);
		}
	}

	@Test
	void whenRedisIsNotTrustedThenHealthSaysWhatToChange() {
		assertThat(causeWith(properties("stranger-authority.pem")))
			.startsWith("Redis at localhost:" + this.redis.port() + ": ")
			.contains("spring.data.redis.ssl.bundle", "truststore")
			.endsWith("(unable to find valid certification path to requested target)");
	}

	@Test
	void whenTheCertificateOfRedisHasExpiredThenHealthSaysSo() {
		try (RedisServer old = RedisServer.startTlsAs("expired")) {
			assertThat(causeWith(properties("authority.pem", at(old)))).contains("its certificate has expired");
		}
	}

	@Test
	void whenRedisWantsACertificateThenHealthSaysWhatToChange() {
		assertThat(causeWith("spring.data.redis.ssl.bundle=broker", at(this.redis),
				"spring.ssl.bundle.pem.broker.truststore.certificate=" + SslBundleTests.file("authority.pem")))
			.contains("it wants a certificate", "keystore");
	}

	@Test
	void whenRedisDoesNotSpeakTlsThenHealthSaysSo() {
		try (RedisServer plain = RedisServer.start()) {
			assertThat(causeWith(properties("authority.pem", at(plain))))
				.contains("it does not speak TLS on this port");
		}
	}

	private static String at(RedisServer redis) {
		return "spring.data.redis.port=" + redis.port();
	}

	@Test
	void whenTheCertificateIsForAnotherHostThenHealthSaysSo() {
		assertThat(causeWith(properties("authority.pem", at(this.redis), "spring.data.redis.host=127.0.0.2")))
			.contains("127.0.0.2");
	}

	@Test
	void whenTheWayIsNotEncryptedThenHealthSaysWhatToChange() {
		assertThat(causeWith(at(this.redis), "spring.data.redis.host=127.0.0.1"))
			.startsWith("Redis at 127.0.0.1:" + this.redis.port() + ": ")
			.contains("rediss:", "spring.data.redis.ssl.enabled=true");
	}

	@Test
	void whenOnlyTheUrlOfSpringBootSaysTlsThenThatIsSpoken() {
		String url = "spring.data.redis.url=rediss://sockets:s3cret@localhost:" + this.redis.port();
		assertThat(causeWith(url)).as("whom the JVM trusts").contains("unable to find valid certification path");
		try (ConfigurableApplicationContext context = RedisApplications.start("node0",
				properties("authority.pem", url))) {
			BackplaneHealthIndicator health = context.getBean(BackplaneHealthIndicator.class);
			Awaitility.await().until(() -> health.health().getStatus().equals(Status.UP));
		}
	}

	private static String causeWith(String... properties) {
		try (ConfigurableApplicationContext context = RedisApplications.start("node0", properties)) {
			BackplaneHealthIndicator indicator = context.getBean(BackplaneHealthIndicator.class);
			Awaitility.await().until(() -> indicator.health().getDetails().containsKey("cause"));
			Health health = indicator.health();
			assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
			return health.getDetails().get("cause").toString();
		}
	}

}
