package dev.sockets.autoconfigure;

import java.util.List;
import java.util.function.Consumer;

import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.LocalBroker;
import dev.sockets.backplane.redis.RedisEngine;
import dev.sockets.runtime.backplane.Backplane;
import dev.sockets.tcp.NodeInfo;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that find each other by Redis.
 */
@Timeout(120)
class RedisAutoConfigurationTests {

	private final ApplicationContextRunner sockets = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsRedisAutoConfiguration.class, SocketsAutoConfiguration.class))
		.withPropertyValues("spring.application.name=shop", "sockets.tcp.server.hub.port=0",
				"sockets.tcp.server.hub.host=127.0.0.1");

	private final ApplicationContextRunner runner = this.sockets
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, DataRedisAutoConfiguration.class))
		.withPropertyValues("sockets.backplane.type=redis");

	/** Where nothing of Spring Boot itself uses what it knows of Redis. */
	private final ApplicationContextRunner withOwnConnections = this.runner.withBean(RedisConnectionFactory.class,
			LettuceConnectionFactory::new);

	@Test
	void whenTypeIsRedisThenApplicationsFormOneServerByTheRedisOfSpringBoot() {
		try (RedisServer redis = RedisServer.start("--requirepass", "s3cret")) {
			ApplicationContextRunner several = this.runner.withPropertyValues("spring.data.redis.port=" + redis.port(),
					"spring.data.redis.host=127.0.0.1", "spring.data.redis.password=s3cret",
					"spring.data.redis.database=5");
			several.withPropertyValues("sockets.node=a").run((first) -> {
				several.withPropertyValues("sockets.node=b").run((second) -> assertNodes(second, "b", "a"));
				assertNodes(first, "a");
				StringRedisTemplate template = first.getBean(StringRedisTemplate.class);
				first.getBean(Backplane.class).stop();
				template.opsForValue().set("still", "there");
				assertThat(template.opsForValue().get("still")).isEqualTo("there");
			});
		}
	}

	@Test
	void whenUrlIsSetThenSpringBootNeedNotKnowIt() {
		try (RedisServer redis = RedisServer.start()) {
			this.sockets
				.withPropertyValues("sockets.backplane.type=redis", "sockets.node=a",
						"sockets.backplane.redis.url=" + redis.url() + "/3")
				.run((context) -> {
					assertNodes(context, "a");
					assertThat(context).hasSingleBean(RedisEngine.class).doesNotHaveBean(ClientResources.class);
					assertThat(redis.clients("sockets:", true)).hasSize(1);
				});
			Awaitility.await().until(() -> redis.clients("sockets:", true).isEmpty());
		}
	}

	private static void assertNodes(AssertableApplicationContext context, String... ids) {
		TcpServer hub = context.getBean("hub", TcpServer.class);
		Awaitility.await().until(() -> hub.presence().isCurrent());
		Awaitility.await()
			.untilAsserted(() -> assertThat(hub.presence().nodes()).extracting(NodeInfo::id).containsExactly(ids));
	}

	@Test
	void whenRedisIsAbsentThenApplicationStarts() {
		this.runner.withPropertyValues("spring.data.redis.port=1").run((context) -> {
			TcpServer hub = context.getBean("hub", TcpServer.class);
			assertThat(hub.isRunning()).isTrue();
			assertThat(hub.presence().isCurrent()).isFalse();
		});
	}

	@Test
	void whenTypeIsNotRedisThenThereIsNoEngine() {
		this.sockets.run((context) -> assertThat(context).doesNotHaveBean(BackplaneEngine.class));
		this.sockets.withPropertyValues("sockets.backplane.type=none")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BackplaneEngine.class));
		this.runner.withPropertyValues("sockets.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BackplaneEngine.class));
	}

	@Test
	void whenApplicationHasAnEngineThenItIsUsed() {
		this.runner.withBean("own", BackplaneEngine.class, new LocalBroker()::engine)
			.run((context) -> assertThat(context.getBeansOfType(BackplaneEngine.class)).containsOnlyKeys("own"));
	}

	@Test
	void whenSpringBootKnowsNoRedisThenFailureNamesTheUrl() {
		this.sockets.withPropertyValues("sockets.backplane.type=redis")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("'sockets.backplane.redis.url' is not set but must be set"));
	}

	@Test
	void whenTheBundleOfSpringBootIsUnknownThenFailureNamesIt() {
		this.withOwnConnections.withPropertyValues("spring.data.redis.ssl.bundle=nope")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("'spring.data.redis.ssl.bundle' is 'nope' but must be the name of a bundle"));
	}

	@Test
	void whenTheBundleOfSpringBootCannotBeUsedThenFailureNamesIt() {
		this.withOwnConnections
			.withPropertyValues("spring.data.redis.ssl.bundle=broker",
					"spring.ssl.bundle.pem.broker.truststore.certificate=file:/nowhere/authority.pem")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(
						"'spring.data.redis.ssl.bundle' is 'broker' but must be a bundle that can be used")
				.hasStackTraceContaining("/nowhere/authority.pem"));
	}

	@Test
	void whenThereAreSentinelsThenTheMasterIsAskedOfThem() {
		addresses((addresses) -> {
			assertThat(addresses).hasSize(1);
			assertThat(addresses.get(0).getSentinelMasterId()).isEqualTo("m");
			assertThat(addresses.get(0).getSentinels()).extracting(RedisURI::getHost).containsExactly("s1", "s2");
			assertThat(addresses.get(0).isSsl()).isTrue();
		}, "spring.data.redis.sentinel.master=m", "spring.data.redis.sentinel.nodes=s1:1,s2:2",
				"spring.data.redis.ssl.enabled=true");
	}

	@Test
	void whenThereIsAClusterThenAnyOfItsNodesWillDo() {
		addresses((addresses) -> {
			assertThat(addresses).extracting(RedisURI::getHost).containsExactly("c1", "c2");
			assertThat(addresses).extracting(RedisURI::getPort).containsExactly(7001, 7002);
			assertThat(addresses).extracting(RedisURI::isSsl).containsExactly(false, false);
		}, "spring.data.redis.cluster.nodes=c1:7001,c2:7002");
	}

	@Test
	void whenThereAreReplicasThenFailureNamesTheUrl() {
		this.runner.withPropertyValues("spring.data.redis.masterreplica.nodes=r1:1,r2:2")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("set to the URL of the one that is written to"));
	}

	private void addresses(Consumer<List<RedisURI>> assertions, String... properties) {
		this.runner.withPropertyValues("sockets.backplane.type=none")
			.withPropertyValues(properties)
			.run((context) -> assertions
				.accept(RedisAddresses.of(context.getBean(DataRedisConnectionDetails.class), null)));
	}

}
