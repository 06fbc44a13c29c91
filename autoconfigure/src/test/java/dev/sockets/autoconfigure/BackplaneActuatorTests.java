package dev.sockets.autoconfigure;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sockets.actuate.BackplaneHealthIndicator;
import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.LocalBroker;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.FaultyEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Actuator shows of several nodes, and does on them.
 */
class BackplaneActuatorTests {

	private static final String[] FAST = { "sockets.tcp.server.hub.port=0", "spring.application.name=shop",
			"sockets.backplane.heartbeat.interval=1s", "sockets.backplane.heartbeat.timeout=60s",
			"sockets.backplane.request-timeout=30s" };

	private static ActuatorApplication here;

	private static ActuatorApplication there;

	private final FaultyEngine engine = new FaultyEngine(new LocalBroker().engine());

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(SocketsAutoConfiguration.class, SocketsBackplaneHealthAutoConfiguration.class))
		.withPropertyValues(FAST);

	@BeforeAll
	static void start() {
		here = ActuatorApplication.onNode(with("sockets.node=a"));
		there = ActuatorApplication.onNode(with("sockets.node=b"));
		Awaitility.await().until(() -> hub(here).presence().nodes().size() == 2);
		Awaitility.await().until(() -> hub(there).presence().nodes().size() == 2);
	}

	@AfterAll
	static void stop() {
		there.close();
		here.close();
	}

	private static String[] with(String property) {
		String[] all = Arrays.copyOf(FAST, FAST.length + 1);
		all[FAST.length] = property;
		return all;
	}

	private static TcpServer hub(ActuatorApplication application) {
		return application.bean(TcpServer.class);
	}

	@Test
	void whenEndpointsAreShownThenNodesAre() throws IOException {
		try (Socket peer = EchoConfiguration.connect(hub(there))) {
			assertThat(peer.isConnected()).isTrue();
			Awaitility.await().until(() -> hub(here).presence().nodes().get(1).connections() == 1);
			Awaitility.await().until(() -> here.get("sockets").<Boolean>json("$.backplane.current"));
			ActuatorApplication.Answer all = here.get("sockets");
			assertThat(all.<String>json("$.backplane.node")).isEqualTo("a");
			assertThat(all.<Boolean>json("$.backplane.current")).isTrue();
			assertThat(all.<String>json("$.backplane.engine")).isEqualTo("LocalEngine");
			assertThat(all.<List<String>>json("$.backplane.nodes[*].id")).containsExactly("a", "b");
			assertThat(all.<List<Boolean>>json("$.backplane.nodes[*].here")).containsExactly(true, false);
			assertThat(all.<List<String>>json("$.backplane.nodes[*].lag")).hasSize(2).doesNotContainNull();
			assertThat(all.<List<Integer>>json("$.backplane.nodes[*].connections.hub")).containsExactly(0, 1);
			ActuatorApplication.Answer one = here.get("sockets/hub");
			assertThat(one.<List<String>>json("$.nodes[*].id")).containsExactly("a", "b");
			assertThat(one.<List<Integer>>json("$.nodes[*].connections")).containsExactly(0, 1);
			assertThat(one.<List<Object>>json("$.connections")).isEmpty();
		}
	}

	@Test
	void whenConnectionIsOnAnotherNodeThenItIsKickedThere() throws IOException {
		try (Socket peer = EchoConfiguration.connect(hub(there))) {
			InetSocketAddress address = (InetSocketAddress) peer.getLocalSocketAddress();
			Awaitility.await().until(() -> hub(there).findConnection(address).isPresent());
			String id = hub(there).findConnection(address).orElseThrow().getId();
			assertThat(here.delete("sockets/hub/" + id).status()).isEqualTo(204);
			assertThat(peer.getInputStream().read()).isEqualTo(-1);
			Awaitility.await().until(() -> hub(there).findConnection(address).isEmpty());
			assertThat(here.delete("sockets/hub/" + id).status()).isEqualTo(404);
			assertThat(here.delete("sockets/hub/nowhere-1").status()).isEqualTo(404);
		}
	}

	@Test
	void whenHealthIsShownThenTheBackplaneHasItsOwn() {
		Awaitility.await()
			.untilAsserted(() -> assertThat(here.get("health").<String>json("$.components.socketsBackplane.status"))
				.isEqualTo("UP"));
		ActuatorApplication.Answer health = here.get("health/socketsBackplane");
		assertThat(health.<String>json("$.details.node")).isEqualTo("a");
		assertThat(health.<Integer>json("$.details.nodes")).isEqualTo(2);
		assertThat(health.<Integer>json("$.details.pendingOut")).isZero();
		assertThat(health.<Map<String, Object>>json("$.details")).containsKeys("engine", "lastEcho", "roundTrip",
				"pendingIn", "required");
	}

	@Test
	void whenThereIsNoEngineThenNothingIsSaidOfNodes() {
		try (ActuatorApplication alone = new ActuatorApplication("sockets.tcp.server.hub.port=0")) {
			assertThat(alone.get("sockets").<Map<String, Object>>json("$")).containsKey("endpoints");
			assertThat(alone.get("sockets").body()).doesNotContain("\"node\"");
			assertThat(alone.get("sockets/hub").<List<Boolean>>json("$.nodes[*].here")).containsExactly(true);
			assertThat(alone.get("health/socketsBackplane").status()).isEqualTo(404);
		}
	}

	@Test
	void whenTheBrokerIsAwayThenHealthIsUnknownUnlessItIsRequired() {
		this.contextRunner.withBean(BackplaneEngine.class, () -> this.engine).run((context) -> {
			BackplaneHealthIndicator indicator = context.getBean(BackplaneHealthIndicator.class);
			Awaitility.await().until(() -> status(indicator).equals(Status.UP));
			this.engine.lose();
			assertThat(status(indicator)).isEqualTo(Status.UNKNOWN);
			assertThat(indicator.health().getDetails().get("cause")).asString().contains("The test has cut it");
			this.engine.restore();
			Awaitility.await().until(() -> status(indicator).equals(Status.UP));
			Awaitility.await().until(() -> !indicator.health().getDetails().containsKey("cause"));
		});
	}

	@Test
	void whenTheBackplaneIsRequiredThenHealthIsDownWithoutIt() {
		this.contextRunner.withBean(BackplaneEngine.class, () -> this.engine)
			.withPropertyValues("sockets.backplane.health.required=true")
			.run((context) -> {
				BackplaneHealthIndicator indicator = context.getBean(BackplaneHealthIndicator.class);
				Awaitility.await().until(() -> status(indicator).equals(Status.UP));
				this.engine.lose();
				assertThat(status(indicator)).isEqualTo(Status.DOWN);
				this.engine.restore();
				Awaitility.await().until(() -> status(indicator).equals(Status.UP));
			});
	}

	@Test
	void whenFormatsDifferThenHealthNamesThem() {
		LocalBroker broker = new LocalBroker();
		ApplicationContextRunner node = this.contextRunner.withBean(BackplaneEngine.class, broker::engine);
		node.run((first) -> node.withPropertyValues("sockets.node=other", "sockets.tcp.server.hub.framing=crlf")
			.run((second) -> Awaitility.await().untilAsserted(() -> {
				Health health = first.getBean(BackplaneHealthIndicator.class).health();
				assertThat(health.getDetails().get("differingFormats")).isEqualTo(Map.of("other", List.of("hub")));
			})));
	}

	@Test
	void whenOnlyNodesOfAnotherSecretAreHeardThenHealthIsUnknownAndNamesThem() {
		LocalBroker broker = new LocalBroker();
		ApplicationContextRunner node = this.contextRunner.withBean(BackplaneEngine.class, broker::engine)
			.withPropertyValues("sockets.backplane.health.required=true", "sockets.backplane.secret=that nobody knows");
		node.run((first) -> {
			BackplaneHealthIndicator health = first.getBean(BackplaneHealthIndicator.class);
			Awaitility.await().until(() -> status(health).equals(Status.UP));
			node.withPropertyValues("sockets.node=other", "sockets.backplane.secret=that others know")
				.run((second) -> Awaitility.await().untilAsserted(() -> {
					assertThat(status(health)).isEqualTo(Status.UNKNOWN);
					assertThat(health.health().getDetails().get("differingSecrets"))
						.isEqualTo(Map.of("other", "signs by a secret that is not known here"));
				}));
			node.withPropertyValues("sockets.node=another")
				.run((third) -> Awaitility.await().until(() -> status(health).equals(Status.UP)));
		});
	}

	@Test
	void whenNobodyHearsThisNodeThenHealthIsUnknownAndNamesThem() {
		LocalBroker broker = new LocalBroker();
		FaultyEngine mirrored = new FaultyEngine(broker.engine());
		ApplicationContextRunner node = this.contextRunner.withPropertyValues("sockets.backplane.health.required=true",
				"sockets.backplane.heartbeat.interval=200ms", "sockets.backplane.heartbeat.timeout=2s");
		node.withBean(BackplaneEngine.class, () -> mirrored).run((first) -> {
			BackplaneHealthIndicator health = first.getBean(BackplaneHealthIndicator.class);
			ApplicationContextRunner others = node.withBean(BackplaneEngine.class, broker::engine);
			others.withPropertyValues("sockets.node=other").run((second) -> {
				Awaitility.await()
					.untilAsserted(() -> assertThat(health.health().getDetails()).containsEntry("nodes", 2)
						.doesNotContainKey("unreached"));
				mirrored.mirror();
				Awaitility.await().untilAsserted(() -> {
					assertThat(status(health)).isEqualTo(Status.UNKNOWN);
					assertThat(health.health().getDetails().get("unreached")).isEqualTo(List.of("other"));
				});
				mirrored.drop((message) -> false);
				Awaitility.await().until(() -> status(health).equals(Status.UP));
				assertThat(health.health().getDetails()).doesNotContainKey("unreached");
			});
		});
	}

	@Test
	void whenItIsSwitchedOffOrHealthIsAbsentThenThereIsNone() {
		ApplicationContextRunner node = this.contextRunner.withBean(BackplaneEngine.class, () -> this.engine);
		node.withPropertyValues("management.health.sockets-backplane.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BackplaneHealthIndicator.class));
		node.withClassLoader(new FilteredClassLoader(HealthContributor.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("socketsBackplaneHealthIndicator"));
		this.contextRunner
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BackplaneHealthIndicator.class));
	}

	private static Status status(BackplaneHealthIndicator indicator) {
		return indicator.health().getStatus();
	}

}
