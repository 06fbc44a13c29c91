package dev.sockets.autoconfigure;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sockets.EndpointStatistics;
import dev.sockets.SocketOperationException;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Meters come and go with their endpoints, and what they count never goes back.
 */
class MeterLifetimeTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class, MetricsAutoConfiguration.class,
				SocketsMetricsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withUserConfiguration(EchoConfiguration.class);

	@Test
	void whenServerRestartsThenCountersGoOn() {
		this.contextRunner.withPropertyValues("sockets.tcp.server.echo.port=0").run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			TcpServer server = context.getBean(TcpServer.class);
			EchoConfiguration.ask(server, "hello");
			Meters.awaitValue(registry, "sockets.messages.received", 1);
			server.stop();
			assertThat(Meters.value(registry, "sockets.messages.received")).isEqualTo(1);
			server.start();
			EchoConfiguration.ask(server, "hello");
			Meters.awaitValue(registry, "sockets.messages.received", 2);
			Meters.awaitValue(registry, "sockets.connections.opened", 2);
		});
	}

	@Test
	void whenConnectionsComeAndGoThenTotalsNeverGoBack() {
		this.contextRunner.withPropertyValues("sockets.tcp.server.echo.port=0").run((context) -> {
			TcpServer server = context.getBean(TcpServer.class);
			CompletableFuture<Void> traffic = OwnThread.run(() -> {
				for (int i = 0; i < 300; i++) {
					EchoConfiguration.ask(server, "hello");
				}
			});
			EndpointStatistics before = server.statistics();
			while (!traffic.isDone()) {
				EndpointStatistics now = server.statistics();
				assertThat(now.messages().received()).isGreaterThanOrEqualTo(before.messages().received());
				assertThat(now.messages().sent()).isGreaterThanOrEqualTo(before.messages().sent());
				assertThat(now.messages().bytesReceived()).isGreaterThanOrEqualTo(before.messages().bytesReceived());
				assertThat(now.messages().bytesSent()).isGreaterThanOrEqualTo(before.messages().bytesSent());
				before = now;
			}
			assertThat(traffic).isCompleted();
			Awaitility.await().until(() -> server.statistics().connections().closed().get("REMOTE") == 300);
			assertThat(server.statistics().messages().sent()).isEqualTo(300);
		});
	}

	@Test
	void whenEndpointIsMadeAtRunTimeThenItsMetersComeAndGo() {
		this.contextRunner.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			SocketEndpoints endpoints = context.getBean(SocketEndpoints.class);
			for (int i = 1; i <= 2; i++) {
				TcpServer server = endpoints.registerServer(TcpServerSettings.builder("late").port(0).build());
				EchoConfiguration.ask(server, "hello");
				Meters.awaitValue(registry, "sockets.messages.received", 1, "name", "late");
				endpoints.remove("late");
				assertThat(Meters.socketMeters(registry)).isEmpty();
			}
		});
	}

	@Test
	void whenEndpointCannotBeRegisteredThenNoMeterIsLeft() throws IOException {
		try (ServerSocket taken = new ServerSocket(0)) {
			this.contextRunner.run((context) -> {
				SocketEndpoints endpoints = context.getBean(SocketEndpoints.class);
				TcpServerSettings settings = TcpServerSettings.builder("late").port(taken.getLocalPort()).build();
				assertThatExceptionOfType(SocketOperationException.class)
					.isThrownBy(() -> endpoints.registerServer(settings));
				assertThat(Meters.socketMeters(context.getBean(MeterRegistry.class))).isEmpty();
			});
		}
	}

}
