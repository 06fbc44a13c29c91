package dev.sockets.autoconfigure;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sockets.RequestOutcome;
import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.LocalBroker;
import dev.sockets.metrics.BackplaneMeter;
import dev.sockets.metrics.BackplaneMeters;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Patience;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is measured of the way to other nodes.
 */
class BackplaneMetersTests {

	private final LocalBroker broker = new LocalBroker();

	private final ApplicationContextRunner alone = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SocketsMetricsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues("sockets.tcp.server.hub.port=0", "spring.application.name=shop",
				"sockets.backplane.heartbeat.interval=1s", "sockets.backplane.heartbeat.timeout=60s");

	private final ApplicationContextRunner several = this.alone.withBean(BackplaneEngine.class, this.broker::engine);

	@Test
	void whenThereIsABackplaneThenEachMeterIsBound() {
		this.several.run((context) -> {
			MeterRegistry registry = bound(context.getBean(BackplaneMeters.class));
			assertThat(
					registry.getMeters().stream().map((meter) -> meter.getId().getName()).collect(Collectors.toSet()))
				.containsExactlyInAnyOrderElementsOf(
						Arrays.stream(BackplaneMeter.values()).map(BackplaneMeter::meterName).toList());
			assertThat(registry.getMeters()).allSatisfy((meter) -> {
				BackplaneMeter documented = Arrays.stream(BackplaneMeter.values())
					.filter((candidate) -> candidate.meterName().equals(meter.getId().getName()))
					.findFirst()
					.orElseThrow();
				assertThat(meter.getId().getDescription()).isEqualTo(documented.description());
				assertThat(meter.getId().getTags()).extracting(Tag::getKey)
					.containsExactlyElementsOf((documented.tag() != null) ? Set.of(documented.tag()) : Set.of());
			});
			assertThat(values(registry, BackplaneMeter.DROPPED)).hasSize(DropReason.values().length);
			assertThat(values(registry, BackplaneMeter.REQUESTS)).hasSize(RequestOutcome.values().length);
			assertThat(values(registry, BackplaneMeter.PENDING)).containsOnly("in", "out");
		});
	}

	@Test
	void whenNodesTalkThenThatIsMeasured() {
		this.several.run((first) -> this.several.run((second) -> {
			MeterRegistry registry = bound(first.getBean(BackplaneMeters.class));
			TcpServer there = second.getBean("hub", TcpServer.class);
			Meters.awaitValue(registry, "sockets.backplane.nodes", 2);
			Awaitility.await("and the other way round").until(() -> there.presence().nodes().size() == 2);
			EchoConfiguration.connect(there).close();
			IntStream.range(0, 4).forEach((number) -> there.broadcast("line " + number));
			Awaitility.await().until(() -> Meters.value(registry, "sockets.backplane.received") > 3);
			Awaitility.await().until(() -> Meters.value(registry, "sockets.backplane.published") > 0);
			Awaitility.await().until(() -> registry.get("sockets.backplane.round.trip").functionTimer().count() > 0);
			assertThat(registry.get("sockets.backplane.round.trip").functionTimer().totalTime(TimeUnit.SECONDS))
				.isPositive();
			assertThat(registry.get("sockets.backplane.lag").timeGauge().value(TimeUnit.SECONDS)).isBetween(0.0, 60.0);
			TcpServer here = first.getBean("hub", TcpServer.class);
			String nobody = there.presence().nodes().get(0).id() + "-9999";
			assertThat(here.kick(nobody)).succeedsWithin(Patience.SOON).isEqualTo(false);
			Meters.awaitValue(registry, "sockets.backplane.requests", 1, "outcome", "SUCCESS");
			assertThat(Meters.value(registry, "sockets.backplane.outages")).isZero();
			assertThat(Meters.value(registry, "sockets.backplane.missed")).isZero();
		}));
	}

	@Test
	void whenConnectionsAreElsewhereThenPresenceCountsThem() {
		this.several.run((first) -> this.several.run((second) -> {
			MeterRegistry registry = first.getBean(MeterRegistry.class);
			try (AutoCloseable connected = EchoConfiguration.connect(second.getBean("hub", TcpServer.class))) {
				assertThat(connected).isNotNull();
				Meters.awaitValue(registry, "sockets.presence.connections", 1, "name", "hub", "kind", "TCP_SERVER");
			}
			Meters.awaitValue(registry, "sockets.presence.connections", 0, "name", "hub");
		}));
	}

	@Test
	void whenThereIsNoEngineThenThereAreNoMetersOfABackplane() {
		this.alone.run((context) -> {
			assertThat(context).doesNotHaveBean(BackplaneMeters.class);
			assertThat(context.getBean(MeterRegistry.class).find("sockets.presence.connections").meters()).hasSize(1);
		});
	}

	private static MeterRegistry bound(BackplaneMeters meters) {
		MeterRegistry registry = new SimpleMeterRegistry();
		meters.bindTo(registry);
		return registry;
	}

	private static Set<String> values(MeterRegistry registry, BackplaneMeter meter) {
		return registry.get(meter.meterName())
			.meters()
			.stream()
			.map(Meter::getId)
			.map((id) -> id.getTag(String.valueOf(meter.tag())))
			.collect(Collectors.toSet());
	}

}
