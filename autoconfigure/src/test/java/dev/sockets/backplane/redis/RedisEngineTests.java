package dev.sockets.backplane.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
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
import dev.sockets.testkit.LogLines;
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
		return engine("");
	}

	private RedisEngine engine(String credentials) {
		RedisURI address = RedisURI.create(this.redis.url().replace("//", "//" + credentials));
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
		Awaitility.await("the former ones are closed")
			.untilAsserted(() -> assertThat(clients()).hasSize(2).doesNotContainAnyElementsOf(before));
	}

	private List<String> clients() {
		return Stream.of(this.redis.clients("sockets:", true), this.redis.clients("sockets:", false))
			.flatMap(List::stream)
			.toList();
	}

	@Test
	void whenBucketEmptiesDuringOutageThenItStaysUnsubscribed() {
		RedisEngine engine = this.listener.start(engine());
		engine.subscribe("test:a");
		engine.subscribe("test:b");
		this.listener.awaitSubscribed("test:a", "test:b");
		this.redis.kill();
		Awaitility.await().until(() -> !this.listener.losses().isEmpty());
		this.listener.forget();
		engine.unsubscribe("test:b");
		engine.subscribe("test:c");
		this.redis.run();
		this.listener.awaitSubscribed("test:a", "test:c");
		assertThat(this.redis.ask("PUBSUB", "CHANNELS")).containsExactlyInAnyOrder("test:a", "test:c");
	}

	@Test
	void whenUserMayDoWhatIsNeededThenItIsEnough() {
		this.redis.ask("ACL", "SETUSER", "sockets", "on", ">s3cret", "&test:*", "+publish", "+subscribe",
				"+unsubscribe", "+ping", "+hello", "+auth", "+client|setname");
		RedisEngine engine = this.listener.start(engine("sockets:s3cret@"));
		engine.subscribe("test:a");
		this.listener.awaitSubscribed("test:a");
		assertThat(engine.publish(List.of(message("test:a", "1")))).succeedsWithin(Patience.SOON);
		this.listener.awaitMessages("test:a=1");
		engine.unsubscribe("test:a");
		Awaitility.await().until(() -> this.redis.ask("PUBSUB", "CHANNELS").isEmpty());
		assertThat(this.listener.losses()).isEmpty();
	}

	@Test
	void whenUserMayNotPublishThenTheCauseIsTold() {
		this.redis.ask("ACL", "SETUSER", "sockets", "on", ">s3cret", "&test:*", "+subscribe", "+ping", "+hello",
				"+auth", "+client|setname");
		RedisEngine engine = engine("sockets:s3cret@");
		this.redis.pause(true);
		this.listener.start(engine).subscribe("test:a");
		this.redis.pause(false);
		Awaitility.await().until(() -> !this.listener.losses().isEmpty());
		assertThat(this.listener.losses().get(0)).asString()
			.startsWith("Redis at 127.0.0.1:" + this.redis.port() + ": NOPERM")
			.contains("publish");
		assertThat(this.listener.connections()).isZero();
		this.redis.ask("ACL", "SETUSER", "sockets", "+publish");
		Awaitility.await().until(() -> this.listener.connections() == 1);
	}

	@Test
	void whenUserMayNotHearAChannelThenTheCauseIsTold() {
		this.redis.ask("ACL", "SETUSER", "sockets", "on", ">s3cret", "&test:*", "+@all");
		RedisEngine engine = this.listener.start(engine("sockets:s3cret@"));
		engine.subscribe("test:a");
		this.listener.awaitSubscribed("test:a");
		engine.subscribe("other:a");
		Awaitility.await().until(() -> this.listener.losses().size() > 1);
		assertThat(this.listener.losses()).allSatisfy((loss) -> assertThat(loss).hasMessageContaining("NOPERM"));
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
	void whenItHasThreadsOfItsOwnThenTheyEndWithItAndNothingIsLogged() {
		RedisEngine engine = this.listener.start(engine());
		Awaitility.await().until(() -> this.listener.connections() == 1);
		assertThat(threads()).isNotEmpty();
		try (LogLines lines = new LogLines("io.lettuce")) {
			engine.stop();
			assertThat(lines.all()).isEmpty();
		}
		Awaitility.await().untilAsserted(() -> assertThat(threads()).isEmpty());
	}

	@Test
	void whenItStopsWhileRedisIsAwayThenNothingIsLogged() {
		this.redis.kill();
		try (LogLines client = new LogLines("io.lettuce"); LogLines network = new LogLines("io.netty")) {
			for (int i = 0; i < 30; i++) {
				RedisEngine engine = this.listener.start(engine());
				LockSupport.parkNanos(Duration.ofMillis(i).toNanos());
				engine.stop();
			}
			Awaitility.await().untilAsserted(() -> assertThat(threads()).isEmpty());
			assertThat(client.all()).noneMatch(RedisEngineTests::isSerious);
			assertThat(network.all()).noneMatch(RedisEngineTests::isSerious);
		}
	}

	private static boolean isSerious(String line) {
		return line.startsWith("WARN") || line.startsWith("ERROR");
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
