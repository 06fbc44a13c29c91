package dev.sockets.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sockets.backplane.redis.RedisEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code docs/scale-out.md} shows for Redis is what applications connect by.
 */
class RedisDocumentTests {

	private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

	private static final Pattern FILE = Pattern.compile("file:([a-z]+\\.(?:pem|key))");

	private final List<String> blocks = blocks();

	private static List<String> blocks() {
		try {
			return BLOCK.matcher(Files.readString(Path.of("..", "docs", "scale-out.md")))
				.results()
				.map((block) -> block.group(1))
				.filter((block) -> block.contains("data.redis"))
				.map((block) -> FILE.matcher(block).replaceAll((file) -> SslBundleTests.file(file.group(1))))
				.toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void whenHostIsAsShownThenItIsConnectedTo() {
		assertThat(this.blocks).hasSize(4);
		addresses(0, (addresses) -> {
			assertThat(addresses).extracting(RedisURI::getHost).containsExactly("redis.example.com");
			assertThat(addresses).extracting(RedisURI::isSsl).containsExactly(false);
		});
	}

	@Test
	void whenTlsIsAsShownThenItIsSpokenByTheUser() {
		addresses(1, (addresses) -> {
			assertThat(addresses).extracting(RedisURI::getPort).containsExactly(6380);
			assertThat(addresses).extracting(RedisURI::isSsl).containsExactly(true);
			assertThat(addresses).extracting(RedisDocumentTests::user).containsExactly("shop-sockets");
		});
	}

	@Test
	void whenSentinelsAreAsShownThenTheyAreAskedForThePrimary() {
		addresses(2, (addresses) -> {
			assertThat(addresses).extracting(RedisURI::getSentinelMasterId).containsExactly("shop");
			assertThat(addresses.get(0).getSentinels()).extracting(RedisURI::getHost)
				.containsExactly("sentinel-1.example.com", "sentinel-2.example.com", "sentinel-3.example.com");
		});
	}

	@Test
	void whenAClusterIsAsShownThenItsNodesAreTriedInThatOrder() {
		addresses(3, (addresses) -> assertThat(addresses).extracting(RedisURI::getHost)
			.containsExactly("redis-1.example.com", "redis-2.example.com", "redis-3.example.com"));
	}

	private static String user(RedisURI address) {
		return Objects.requireNonNull(address.getCredentialsProvider().resolveCredentials().block()).getUsername();
	}

	private void addresses(int block, Consumer<List<RedisURI>> assertions) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, DataRedisAutoConfiguration.class,
					SocketsRedisAutoConfiguration.class, SocketsAutoConfiguration.class))
			.withInitializer(Yaml.of(this.blocks.get(block)))
			.withPropertyValues("sockets.tcp.server.hub.port=0", "REDIS_PASSWORD=s3cret")
			.run((context) -> {
				assertThat(context).hasSingleBean(RedisEngine.class);
				assertions.accept(RedisAddresses.of(context.getBean(DataRedisConnectionDetails.class), null));
			});
	}

}
