package dev.sockets.autoconfigure;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.channel.PublishSubscribeChannel;

import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.LocalBroker;
import dev.sockets.backplane.channel.ChannelEngine;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that find each other by a message channel that is a bean.
 */
class ChannelBackplaneAutoConfigurationTests {

	private final PublishSubscribeChannel shared = new PublishSubscribeChannel();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withPropertyValues("spring.application.name=shop", "sockets.tcp.server.hub.port=0",
				"sockets.tcp.server.hub.host=127.0.0.1");

	private final ApplicationContextRunner channel = this.runner.withPropertyValues("sockets.backplane.type=channel");

	@Test
	void whenAChannelIsNamedThenApplicationsFormOneServer() {
		ApplicationContextRunner several = this.channel.withPropertyValues("sockets.backplane.channel.name=events")
			.withBean("events", PublishSubscribeChannel.class, () -> this.shared,
					(bean) -> bean.setDestroyMethodName(""));
		several.run((first) -> {
			TcpServer here = first.getBean("hub", TcpServer.class);
			several.run((second) -> {
				TcpServer there = second.getBean("hub", TcpServer.class);
				Awaitility.await().until(() -> here.presence().nodes().size() == 2);
				Awaitility.await().until(() -> there.presence().nodes().size() == 2);
			});
			Awaitility.await().until(() -> here.presence().nodes().size() == 1);
		});
		assertThat(this.shared.getSubscriberCount()).isZero();
	}

	@Test
	void whenThereIsAnEngineThenItGoesBeforeTheChannel() {
		this.channel.withBean(BackplaneEngine.class, () -> new LocalBroker().engine())
			.run((context) -> assertThat(context).hasSingleBean(BackplaneEngine.class)
				.doesNotHaveBean(ChannelEngine.class));
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					sockets.backplane.channel.name=events  | the name of a SubscribableChannel bean that gives each message to all of its subscribers on all nodes: a DirectChannel gives it to one of them
					sockets.backplane.channel.name=nowhere | 'sockets.backplane.channel.name' is 'nowhere' but must be the name of a SubscribableChannel bean that gives each message to all of its subscribers on all nodes, one of topic
					sockets.backplane.channel.name=hub     | 'sockets.backplane.channel.name' is 'hub' but must be the name of a SubscribableChannel
					sockets.loops=1                        | 'sockets.backplane.channel.name' is not set but must be the name of a SubscribableChannel
					""")
	void whenNoChannelCanLeadToOthersThenTheStartFails(String property, String message) {
		this.channel.withPropertyValues(property)
			.withBean("events", DirectChannel.class)
			.withBean("topic", PublishSubscribeChannel.class)
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining(message));
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					channel.name=events             | 'sockets.backplane.channel.name' is 'events' but must be left out, or 'sockets.backplane.type' be channel,
					redis.url=redis://u:secret@host | 'sockets.backplane.redis.url' is '******' but must be left out, or 'sockets.backplane.type' be redis,
					""")
	void whenOnlyTheTypeIsMissingThenTheStartFails(String property, String message) {
		ApplicationContextRunner named = this.runner.withPropertyValues("sockets.backplane." + property);
		named.run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining(message)
			.hasMessageNotContainingAny("secret"));
		named.withPropertyValues("sockets.backplane.type=none").run((context) -> assertThat(context).hasNotFailed());
	}

}
