package dev.sockets.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.Lifecycle;
import org.springframework.context.Phased;
import org.springframework.context.SmartLifecycle;

import dev.sockets.EndpointKind;
import dev.sockets.EndpointState;
import dev.sockets.EndpointStatus;
import dev.sockets.Failure;
import dev.sockets.Inbox;
import dev.sockets.SocketEndpoint;
import dev.sockets.actuate.EndpointDescriptor;
import dev.sockets.actuate.EndpointDetailsDescriptor;
import dev.sockets.actuate.SocketsEndpoint;
import dev.sockets.actuate.SocketsHealthContributor;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Endpoints that an application has written itself, which may say little or throw.
 */
class OwnEndpointTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class, MetricsAutoConfiguration.class,
				SocketsMetricsAutoConfiguration.class, SocketsEndpointAutoConfiguration.class,
				SocketsHealthContributorAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=*")
		.withBean(SimpleMeterRegistry.class);

	@Test
	void whenAnEndpointThrowsWhateverItIsAskedThenItIsUnknown() {
		this.contextRunner.withBean("broken", TcpServer.class, () -> throwing(TcpServer.class)).run((context) -> {
			assertThat(context).hasNotFailed();
			EndpointDetailsDescriptor shown = context.getBean(SocketsEndpoint.class).endpoint("broken");
			assertThat(shown).isNotNull();
			assertThat(shown.name()).isEqualTo("broken");
			assertThat(shown.endpoint().kind()).isEqualTo(EndpointKind.TCP_SERVER);
			assertThat(shown.endpoint().state()).isNull();
			assertThat(shown.connections()).isEmpty();
			assertThat(shown.recentFailures()).isEmpty();
			assertThat(health(context.getBean(SocketsHealthContributor.class), "broken")).isEqualTo(Status.UNKNOWN);
			assertThat(context.getBean(SocketEndpoints.class).get("broken")).isPresent();
			assertThat(context.getBean(MeterRegistry.class).find("sockets.messages.received").meter()).isNull();
		});
	}

	@Test
	void whenAnEndpointSaysWhatIsAskedOfAllThenItIsShownWithMeters() {
		Quiet quiet = new Quiet();
		this.contextRunner.withBean("quiet", Quiet.class, () -> quiet).run((context) -> {
			EndpointDescriptor shown = context.getBean(SocketsEndpoint.class).endpoints().endpoints().get("quiet");
			assertThat(shown.state()).isEqualTo(EndpointState.CONNECTED);
			assertThat(health(context.getBean(SocketsHealthContributor.class), "quiet")).isEqualTo(Status.UP);
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("sockets.messages.received").functionCounter().count()).isEqualTo(3);
			quiet.says = false;
			meters.forEachMeter((meter) -> meter.measure().forEach((measurement) -> measurement.getValue()));
			assertThat(meters.get("sockets.messages.received").functionCounter().count()).isEqualTo(3);
			assertThat(health(context.getBean(SocketsHealthContributor.class), "quiet")).isEqualTo(Status.UNKNOWN);
		});
		assertThat(quiet.running).isFalse();
	}

	@Test
	void whenAConnectionIsAMockThenItsServerIsShownWithoutIt() {
		TcpServer server = Mockito.mock(TcpServer.class);
		Connection first = Mockito.mock(Connection.class);
		Connection second = Mockito.mock(Connection.class);
		Mockito.when(server.getConnections()).thenReturn(List.of(first, second));
		Mockito.when(second.getId()).thenReturn("2");
		this.contextRunner.withBean("mock", TcpServer.class, () -> server).run((context) -> {
			SocketsEndpoint endpoint = context.getBean(SocketsEndpoint.class);
			assertThat(endpoint.endpoint("mock").connections()).isEmpty();
			assertThat(endpoint.kick("mock", "2")).isNull();
			Mockito.verify(second).kick();
		});
	}

	@Test
	void whenTheRegistryIsAMockThenActuatorShowsNoEndpoints() {
		this.contextRunner.withBean("registry", SocketEndpoints.class, () -> Mockito.mock(SocketEndpoints.class))
			.withPropertyValues("sockets.tcp.server.echo.port=0")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(SocketsEndpoint.class).endpoints().endpoints()).isEmpty();
				assertThat(context.getBean(SocketsHealthContributor.class).stream()).isEmpty();
				assertThat(context.getBean(TcpServer.class).isRunning()).isTrue();
			});
	}

	@Test
	void whenAnEndpointThatThrowsIsNamedThenItsNameIsTakenAllTheSame() {
		this.contextRunner.withBean("broken", TcpClient.class, () -> throwing(TcpClient.class)).run((context) -> {
			SocketEndpoints endpoints = context.getBean(SocketEndpoints.class);
			assertThat(endpoints.get("other")).isEmpty();
			assertThat(endpoints.remove("other")).isFalse();
		});
	}

	private static Status health(SocketsHealthContributor contributor, String name) {
		return ((HealthIndicator) contributor.getContributor(name)).health().getStatus();
	}

	private static <E extends SocketEndpoint> E throwing(Class<E> type) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> answer(proxy, method, arguments)));
	}

	private static @Nullable Object answer(Object proxy, Method method, Object[] arguments) {
		Class<?> declaring = method.getDeclaringClass();
		if (declaring == Object.class) {
			return switch (method.getName()) {
				case "equals" -> proxy == arguments[0];
				case "hashCode" -> System.identityHashCode(proxy);
				default -> "a broken endpoint";
			};
		}
		if (declaring == Lifecycle.class || declaring == SmartLifecycle.class || declaring == Phased.class) {
			return switch (method.getName()) {
				case "isRunning", "isAutoStartup" -> false;
				case "getPhase" -> 0;
				default -> null;
			};
		}
		throw new UnsupportedOperationException(method.getName());
	}

	/** Says only what an endpoint has to. */
	private static final class Quiet implements SocketEndpoint {

		private volatile boolean running;

		private volatile boolean says = true;

		@Override
		public String getName() {
			return "quiet";
		}

		@Override
		public EndpointStatus status() {
			if (!this.says) {
				throw new IllegalStateException("not now");
			}
			return new EndpointStatus("quiet", EndpointKind.TCP_CLIENT, EndpointState.CONNECTED, null, 0, 0, 3, 0, 0, 0,
					null);
		}

		@Override
		public @Nullable Map<String, Object> getUserData() {
			return null;
		}

		@Override
		public Inbox inbox() {
			throw new IllegalStateException("no inbox");
		}

		@Override
		public Optional<Instant> getCertificateExpiry() {
			throw new IllegalStateException("no certificate");
		}

		@Override
		public @Nullable List<Failure> recentFailures() {
			return null;
		}

		@Override
		public List<Failure> drainFailures() {
			return List.of();
		}

		@Override
		public void clearFailures() {
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

	}

}
