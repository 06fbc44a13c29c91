package dev.sockets.autoconfigure;

import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.integration.channel.PublishSubscribeChannel;

import dev.sockets.autoconfigure.properties.BackplaneProperties;
import dev.sockets.backplane.channel.ChannelEngine;
import dev.sockets.backplane.redis.RedisEngine;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with other nodes that was processed ahead of time finds them.
 */
@Timeout(120)
@CompileWithForkedClassLoader
class BackplaneAheadOfTimeTests {

	@Test
	void whenTypeIsRedisThenItTakesPartByTheRedisOfRunTime() {
		String yaml = """
				sockets:
				  backplane.type: redis
				  tcp.server.hub.port: 0
				spring:
				  application.name: shop
				  data.redis: {host: 127.0.0.1, port: %d}
				""";
		try (RedisServer redis = RedisServer.start()) {
			AheadOfTime.run(RedisConfiguration.class, yaml.formatted(1), yaml.formatted(redis.port()), (context) -> {
				assertThat(context.getBean(RedisEngine.class)).isNotNull();
				awaitHearing(context);
				assertThat(redis.clients("sockets:", true)).hasSize(1);
			});
		}
	}

	@Test
	void whenTypeIsChannelThenItTakesPart() {
		String yaml = """
				sockets:
				  backplane: {type: channel, channel.name: events}
				  tcp.server.hub.port: 0
				spring.application.name: shop
				""";
		AheadOfTime.run(ChannelConfiguration.class, yaml, yaml, (context) -> {
			assertThat(context.getBean(ChannelEngine.class)).isNotNull();
			awaitHearing(context);
		});
	}

	@Test
	void whenProcessedThenNativeImageCanBindProperties() {
		TestGenerationContext generated = new TestGenerationContext();
		AheadOfTime.process(EchoConfiguration.class, "sockets.tcp.server.echo.port: 0", generated);
		assertThat(Stream.of(BackplaneProperties.class, BackplaneProperties.Heartbeat.class,
				BackplaneProperties.Presence.class, BackplaneProperties.Health.class,
				BackplaneProperties.Outbound.class, BackplaneProperties.Inbound.class, BackplaneProperties.Redis.class,
				BackplaneProperties.Channel.class))
			.allSatisfy((type) -> assertThat(RuntimeHintsPredicates.reflection().onType(type))
				.accepts(generated.getRuntimeHints()));
	}

	private static void awaitHearing(GenericApplicationContext context) {
		Awaitility.await().until(() -> context.getBean("hub", TcpServer.class).presence().isCurrent());
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, DataRedisAutoConfiguration.class,
			SocketsRedisAutoConfiguration.class, SocketsAutoConfiguration.class })
	static class RedisConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SocketsAutoConfiguration.class)
	static class ChannelConfiguration {

		@Bean
		PublishSubscribeChannel events() {
			return new PublishSubscribeChannel();
		}

	}

}
