package dev.sockets.autoconfigure;

import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.mock.env.MockEnvironment;

import dev.sockets.autoconfigure.properties.BackplaneProperties;
import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.BackplaneSettings;
import dev.sockets.backplane.LocalBroker;
import dev.sockets.runtime.backplane.Backplane;
import dev.sockets.tcp.NodeInfo;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Patience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

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
	void whenContextsComeAndGoThenNothingIsLeftBehind() {
		Set<Thread> before = threads();
		for (int i = 0; i < 50; i++) {
			this.several.run((context) -> {
				TcpServer hub = context.getBean("hub", TcpServer.class);
				try (Socket peer = EchoConfiguration.connect(hub)) {
					assertThat(peer.isConnected()).isTrue();
					Awaitility.await().until(() -> !hub.getConnections().isEmpty());
					assertThat(hub.group("hall").join(hub.getConnections().iterator().next()))
						.succeedsWithin(Patience.SOON);
					Awaitility.await().until(() -> this.broker.channels().size() == 4);
				}
			});
			assertThat(this.broker.channels()).isEmpty();
		}
		Awaitility.await().untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("sockets-"))
			.collect(Collectors.toSet());
	}

	@Test
	void whenAServerIsKeptToItselfThenNothingOfItIsShared() {
		this.several.withPropertyValues("sockets.tcp.server.hub.backplane=false", "sockets.tcp.server.other.port=0")
			.run((first) -> this.several.withPropertyValues("sockets.tcp.server.other.port=0").run((second) -> {
				TcpServer other = first.getBean("other", TcpServer.class);
				TcpServer there = second.getBean("hub", TcpServer.class);
				Awaitility.await().until(() -> other.presence().nodes().size() == 2);
				Awaitility.await().until(() -> second.getBean("other", TcpServer.class).presence().nodes().size() == 2);
				assertThat(first.getBean("hub", TcpServer.class).presence().nodes()).hasSize(1);
				assertThat(there.presence().nodes()).hasSize(1);
				assertThat(other.presence().nodes()).extracting(NodeInfo::id)
					.contains(first.getBean("hub", TcpServer.class).presence().nodes().get(0).id());
			}));
	}

	@Test
	void whenPresenceIsOffThenOnlyCountsOfOtherNodesAreKnown() {
		ApplicationContextRunner node = this.several.withPropertyValues("sockets.backplane.presence.enabled=false");
		node.run((first) -> node.run((second) -> {
			TcpServer here = first.getBean("hub", TcpServer.class);
			TcpServer there = second.getBean("hub", TcpServer.class);
			Awaitility.await().until(() -> here.presence().nodes().size() == 2 && here.presence().isCurrent());
			try (Socket peer = EchoConfiguration.connect(there)) {
				Awaitility.await().until(() -> here.presence().size() == 1);
				String id = there.getConnections().iterator().next().getId();
				assertThat(here.sendAsync(id, "hello")).succeedsWithin(Patience.SOON);
				assertThat(peer.getInputStream().read()).isEqualTo('h');
				assertThatIllegalStateException().isThrownBy(() -> here.presence().find(id))
					.withMessageContaining("sockets.backplane.presence.enabled is false");
			}
			Awaitility.await().until(() -> here.presence().size() == 0);
		}));
	}

	@Test
	void whenPropertiesAreNotSetThenTheyAreTheDefaultsOfSettings() {
		assertThat(settings(Map.of("sockets.backplane.prefix", "shop")))
			.isEqualTo(BackplaneSettings.builder("shop").build());
	}

	@Test
	void whenPropertiesAreSetThenSettingsHaveThem() {
		Map<String, String> properties = new HashMap<>();
		properties.put("spring.application.name", "shop");
		properties.put("sockets.backplane.secret", "that nobody knows");
		properties.put("sockets.backplane.old-secrets", "one,two");
		properties.put("sockets.backplane.heartbeat.interval", "1s");
		properties.put("sockets.backplane.heartbeat.timeout", "4s");
		properties.put("sockets.backplane.outbound.max-pending", "4KB");
		properties.put("sockets.backplane.outbound.max-wait", "2s");
		properties.put("sockets.backplane.outbound.window", "2KB");
		properties.put("sockets.backplane.inbound.max-pending", "3KB");
		properties.put("sockets.backplane.request-timeout", "3s");
		properties.put("sockets.backplane.max-pending-requests", "7");
		properties.put("sockets.backplane.group-channels", "16");
		properties.put("sockets.backplane.presence.enabled", "false");
		assertThat(settings(properties)).isEqualTo(new BackplaneSettings("shop", "that nobody knows",
				List.of("one", "two"), Duration.ofSeconds(1), Duration.ofSeconds(4), 4096, Duration.ofSeconds(2), 2048,
				3072, Duration.ofSeconds(3), 7, 16, false));
	}

	private static BackplaneSettings settings(Map<String, String> properties) {
		MockEnvironment environment = new MockEnvironment();
		properties.forEach(environment::setProperty);
		BackplaneProperties bound = Binder.get(environment)
			.bindOrCreate("sockets.backplane", BackplaneProperties.class);
		return BackplaneConfiguration.settings(bound, environment);
	}

	@Test
	void whenValuesCannotWorkThenTheStartFails() {
		for (List<String> wrong : List.of(List.of("sockets.backplane.heartbeat.timeout=5s", "heartbeat.timeout"),
				List.of("sockets.backplane.heartbeat.interval=0s",
						"heartbeat.interval' is 'PT0S' but must be a positive"),
				List.of("sockets.backplane.outbound.max-wait=-1s", "a positive duration"),
				List.of("sockets.backplane.request-timeout=0s", "request-timeout"),
				List.of("sockets.backplane.max-pending-requests=0",
						"max-pending-requests' is '0' but must be at least 1"),
				List.of("sockets.backplane.outbound.max-pending=3GB", "at least 1B and at most 2047MB"),
				List.of("sockets.backplane.inbound.max-pending=0", "at least 1B and at most 2047MB"),
				List.of("sockets.backplane.secret=", "secret"),
				List.of("sockets.backplane.secret=of 15 in length", "secret' is '******' but must be at least 16"),
				List.of("sockets.backplane.outbound.window=9MB", "must be at most outbound.max-pending"),
				List.of("sockets.backplane.outbound.max-pending=1000KB", "must be at most outbound.max-pending"),
				List.of("sockets.backplane.old-secrets=one", "left out without a secret"),
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
