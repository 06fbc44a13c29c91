package dev.sockets.autoconfigure;

import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.LocalBroker;
import dev.sockets.runtime.backplane.Backplane;
import dev.sockets.tcp.NodeInfo;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that find each other by an engine that is a bean.
 */
class BackplaneAutoConfigurationTests {

	private final LocalBroker broker = new LocalBroker();

	private final ApplicationContextRunner alone = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.server.hub.port=0", "sockets.tcp.server.hub.host=127.0.0.1");

	private final ApplicationContextRunner several = this.alone.withBean(BackplaneEngine.class, this.broker::engine)
		.withPropertyValues("spring.application.name=shop");

	@Test
	void whenThereIsAnEngineThenApplicationsFormOneServer() {
		this.several.withPropertyValues("sockets.node=a").run((first) -> {
			TcpServer here = first.getBean("hub", TcpServer.class);
			this.several.withPropertyValues("sockets.node=b").run((second) -> {
				TcpServer there = second.getBean("hub", TcpServer.class);
				Awaitility.await().until(() -> here.presence().nodes().size() == 2);
				Awaitility.await().until(() -> there.presence().nodes().size() == 2);
				assertThat(there.presence().nodes()).extracting(NodeInfo::id).containsExactly("b", "a");
				assertThat(this.broker.channels()).contains("shop:nodes", "shop:node:a", "shop:hub:all");
			});
			Awaitility.await().until(() -> here.presence().nodes().size() == 1);
		});
		assertThat(this.broker.channels()).isEmpty();
	}

	@Test
	void whenThereIsNoEngineThenThereIsNoBackplane() {
		this.alone.run((context) -> {
			assertThat(context).doesNotHaveBean(Backplane.class);
			TcpServer hub = context.getBean("hub", TcpServer.class);
			assertThat(hub.presence().nodes()).hasSize(1);
			assertThat(hub.presence().nodes().get(0).id()).matches("[0-9a-z]{9}");
			Awaitility.await("those of other tests have ended")
				.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
					.noneMatch((name) -> name.contains("backplane")));
		});
	}

	@Test
	void whenThePrefixDiffersThenNothingIsShared() {
		this.several.run((first) -> this.several.withPropertyValues("sockets.backplane.prefix=other").run((second) -> {
			TcpServer there = second.getBean("hub", TcpServer.class);
			Awaitility.await().until(() -> there.presence().isCurrent());
			assertThat(there.presence().nodes()).hasSize(1);
			assertThat(this.broker.channels()).contains("shop:nodes", "other:nodes");
		}));
	}

	@Test
	void whenValuesCannotWorkThenTheStartFails() {
		for (List<String> wrong : List.of(List.of("sockets.backplane.heartbeat.timeout=5s", "heartbeat.timeout"),
				List.of("sockets.backplane.group-channels=0", "group-channels"),
				List.of("sockets.backplane.outbound.window=0B", "outbound.window"),
				List.of("sockets.node=a:b", "sockets.node"), List.of("sockets.backplane.prefix=", "prefix"))) {
			this.several.withPropertyValues(wrong.get(0))
				.run((context) -> assertThat(context).getFailure().hasStackTraceContaining(wrong.get(1)));
		}
		this.alone.withBean(BackplaneEngine.class, this.broker::engine)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("spring.application.name, as it separates applications"));
	}

}
