package dev.sockets.autoconfigure.diagnostics;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.channel.PublishSubscribeChannel;

import dev.sockets.autoconfigure.SocketsRedisAutoConfiguration;
import dev.sockets.autoconfigure.Yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What a user reads when an application can't start for what leads to other nodes.
 */
@ExtendWith(OutputCaptureExtension.class)
class BackplaneStartFailureTests {

	@Test
	void whenSecretsOfTheBackplaneCannotWorkThenFailureSaysWhatToDo(CapturedOutput output) {
		assertStartFails(
				"sockets.backplane: {type: redis, redis.url: 'redis://localhost', prefix: shop, old-secrets: [that was known]}",
				SocketsRedisAutoConfiguration.class);
		assertThat(output).contains("'sockets.backplane.old-secrets'")
			.contains("It does not go with 'sockets.backplane.secret', which is not set.");
		assertStartFails(
				"sockets.backplane: {type: redis, redis.url: 'redis://localhost', prefix: shop, secret: too short}",
				SocketsRedisAutoConfiguration.class);
		assertThat(output).contains("'sockets.backplane.secret' has the invalid value '******', set in Byte array")
			.contains("must be at least 16 characters long, such as what 'openssl rand -base64 32' prints")
			.doesNotContain("that was known")
			.doesNotContain("too short");
	}

	@Test
	void whenTheWindowIsLargerThanWhatMayWaitThenFailureNamesWhatIsSet(CapturedOutput output) {
		assertStartFails(
				"sockets.backplane: {type: redis, redis.url: 'redis://localhost', prefix: shop, outbound.max-pending: 512KB}",
				SocketsRedisAutoConfiguration.class);
		assertThat(output).contains("'sockets.backplane.outbound.max-pending' has the invalid value '512KB'")
			.contains("'sockets.backplane.outbound.max-pending' must be at least outbound.window.");
	}

	@Test
	void whenNoBeanIsTheChannelToOtherNodesThenFailureNamesThoseThatCould(CapturedOutput output) {
		assertStartFails("sockets.backplane: {type: channel, prefix: shop, channel.name: topik}", Channels.class);
		assertThat(output).contains("'sockets.backplane.channel.name' has the invalid value 'topik', set in Byte array")
			.contains("did you mean 'topic'?")
			.contains("on all nodes, one of topic.");
		assertStartFails("sockets.backplane: {type: channel, prefix: shop, channel.name: nowhere}");
		assertThat(output).contains("such as a channel of AMQP, JMS or Kafka; there is no channel bean.");
	}

	private static void assertStartFails(String yaml, Class<?>... more) {
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(StartupFailureTests.Application.class).sources(more)
				.web(WebApplicationType.NONE)
				.initializers(Yaml.of(yaml))
				.run());
	}

	@Configuration(proxyBeanMethods = false)
	static class Channels {

		@Bean
		PublishSubscribeChannel topic() {
			return new PublishSubscribeChannel();
		}

		@Bean
		DirectChannel direct() {
			return new DirectChannel();
		}

	}

}
