package dev.sockets.backplane.redis;

import java.util.concurrent.CompletionException;

import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Why there is no connection is told in words that need no knowledge of Lettuce.
 */
class RedisOutageTests {

	private static final RedisURI ADDRESS = RedisURI.create("redis://redis.example.com:6379");

	@Test
	void whenThereAreSeveralCausesThenTheFirstIsTold() {
		assertThat(outage(new CompletionException(
				new RedisConnectionException("Unable to connect", new IllegalStateException("Connection refused")))))
			.isEqualTo("Redis at redis.example.com:6379: Connection refused");
	}

	@Test
	void whenTheConnectionEndsBeforeItIsUsedThenThatIsToldPlainly() {
		assertThat(outage(new CompletionException(new RedisConnectionException("Unable to connect",
				new IllegalStateException("RedisHandshakeHandler not registered")))))
			.isEqualTo("Redis at redis.example.com:6379: The connection was closed during the handshake;"
					+ " if it speaks TLS on this port, use rediss: instead of redis:,"
					+ " or spring.data.redis.ssl.enabled=true");
	}

	private static String outage(Throwable failure) {
		return RedisOutage.of(ADDRESS, failure).toString();
	}

}
