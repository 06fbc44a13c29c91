package dev.sockets.backplane.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.backplane.Outgoing;
import dev.sockets.testkit.Patience;
import dev.sockets.testkit.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The engine by itself, on a real Redis.
 */
@Timeout(120)
class RedisEngineTests {

	@AutoClose
	private final RedisServer redis = RedisServer.start();

	@AutoClose
	private final RecordingListener listener = new RecordingListener();

	private RedisEngine engine() {
		RedisURI address = RedisURI.create(this.redis.url());
		address.setClientName("sockets:test");
		return new RedisEngine(List.of(address), ClientOptions.create(), null);
	}

	@Test
	void whenPublishedThenSubscribersHearItInOrder() {
		RedisEngine engine = this.listener.start(engine());
		engine.subscribe("test:a");
		engine.subscribe("test:b");
		this.listener.awaitSubscribed("test:a", "test:b");
		assertThat(engine.publish(List.of(message("test:a", "1"), message("test:b", "2"), message("test:c", "lost"),
				message("test:a", "3"))))
			.succeedsWithin(Patience.SOON);
		this.listener.awaitMessages("test:a=1", "test:b=2", "test:a=3");
		engine.unsubscribe("test:a");
		Awaitility.await().until(() -> this.redis.ask("PUBSUB", "CHANNELS").equals(List.of("test:b")));
	}

	@Test
	void whenNothingIsHeardThenBothConnectionsAreMadeAnew() {
		RedisEngine engine = this.listener.start(engine());
		engine.subscribe("test:a");
		this.listener.awaitSubscribed("test:a");
		List<String> before = clients();
		assertThat(before).hasSize(2);
		engine.reconnect();
		Awaitility.await().until(() -> this.listener.connections() == 2);
		assertThat(clients()).hasSize(2).doesNotContainAnyElementsOf(before);
	}

	private List<String> clients() {
		return Stream.of(this.redis.clients(true), this.redis.clients(false)).flatMap(List::stream).toList();
	}

	@Test
	void whenStoppedThenNothingIsLeftAndOthersConnectionsStay() {
		ClientResources shared = ClientResources.create();
		RedisClient client = RedisClient.create(shared, this.redis.url());
		try (StatefulRedisConnection<String, String> other = client.connect()) {
			for (int i = 0; i < 10; i++) {
				RedisEngine engine = new RedisEngine(List.of(RedisURI.create(this.redis.url())), ClientOptions.create(),
						shared);
				this.listener.start(engine);
				engine.subscribe("test:a");
				this.listener.awaitSubscribed("test:a");
				engine.stop();
				this.listener.forget();
			}
			assertThat(other.sync().ping()).isEqualTo("PONG");
			Awaitility.await().until(() -> this.redis.ask("PUBSUB", "CHANNELS").isEmpty());
			Awaitility.await()
				.until(() -> this.redis.ask("CLIENT", "LIST").stream().flatMap(String::lines).count() == 2);
		}
		client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
		shared.shutdown().awaitUninterruptibly();
	}

	@Test
	void whenItHasThreadsOfItsOwnThenTheyEndWithIt() {
		RedisEngine engine = this.listener.start(engine());
		Awaitility.await().until(() -> this.listener.connections() == 1);
		assertThat(threads()).isNotEmpty();
		engine.stop();
		Awaitility.await().untilAsserted(() -> assertThat(threads()).isEmpty());
	}

	private static Set<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("lettuce"))
			.collect(Collectors.toSet());
	}

	private static Outgoing message(String channel, String text) {
		return new Outgoing(channel, text.getBytes(StandardCharsets.UTF_8));
	}

}
