package dev.sockets.autoconfigure;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.metrics.SocketMeter;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Patience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the meters of endpoints say.
 */
class SocketMetersTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class, MetricsAutoConfiguration.class,
				SocketsMetricsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withBean(EchoOrFail.class);

	@Test
	void whenMessagesGoOverServerThenTheyAreCounted() {
		this.contextRunner.withPropertyValues("sockets.tcp.server.echo.port=0").run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			EchoConfiguration.ask(context.getBean(TcpServer.class), "hello");
			EchoConfiguration.ask(context.getBean(TcpServer.class), "again");
			Meters.awaitValue(registry, "sockets.connections.closed", 2, "name", "echo", "kind", "TCP_SERVER", "reason",
					"REMOTE");
			assertThat(Meters.value(registry, "sockets.connections.opened")).isEqualTo(2);
			assertThat(Meters.value(registry, "sockets.connections.active")).isZero();
			assertThat(Meters.value(registry, "sockets.connections.max")).isEqualTo(10_000);
			assertThat(Meters.value(registry, "sockets.messages.received")).isEqualTo(2);
			assertThat(Meters.value(registry, "sockets.messages.sent")).isEqualTo(2);
			assertThat(Meters.value(registry, "sockets.bytes.received")).isEqualTo(12);
			assertThat(Meters.value(registry, "sockets.bytes.sent")).isEqualTo(22);
			assertThat(Meters.value(registry, "sockets.messages.failed")).isZero();
		});
	}

	@Test
	void whenConnectionIsOpenThenItIsActive() {
		this.contextRunner.withPropertyValues("sockets.tcp.server.echo.port=0").run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			try (Socket socket = connect(context.getBean(TcpServer.class))) {
				assertThat(socket.isConnected()).isTrue();
				Meters.awaitValue(registry, "sockets.connections.active", 1);
			}
			Meters.awaitValue(registry, "sockets.connections.active", 0);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "loop", "thread" })
	void whenHandlerTakesTimeThenTimerHasIt(String dispatch) {
		this.contextRunner
			.withPropertyValues("sockets.tcp.server.echo.port=0", "sockets.tcp.server.echo.dispatch=" + dispatch)
			.run((context) -> {
				for (int i = 0; i < 2; i++) {
					EchoConfiguration.ask(context.getBean(TcpServer.class), "take long");
				}
				FunctionTimer timer = context.getBean(MeterRegistry.class).get("sockets.handler").functionTimer();
				Awaitility.await().until(() -> timer.count() == 2);
				assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isBetween(100.0, 30_000.0);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "loop", "thread" })
	void whenBytesAreNoMessageThenTimerCountsNoneForThem(String dispatch) {
		this.contextRunner
			.withPropertyValues("sockets.tcp.server.echo.port=0", "sockets.tcp.server.echo.max-frame-size=10B",
					"sockets.tcp.server.echo.dispatch=" + dispatch)
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				TcpServer server = context.getBean(TcpServer.class);
				EchoConfiguration.ask(server, "hello");
				EchoConfiguration.tell(server, "a line of more than ten bytes");
				Meters.awaitValue(registry, "sockets.messages.failed", 1, "reason", "FRAME_TOO_LARGE");
				server.stop();
				Awaitility.await()
					.until(() -> Meters.value(registry, "sockets.connections.closed", "reason", "FRAME_ERROR") == 1);
				Awaitility.await().until(() -> registry.get("sockets.handler").functionTimer().count() == 1);
			});
	}

	@Test
	void whenMessagesFailThenReasonIsCounted() {
		this.contextRunner
			.withPropertyValues("sockets.tcp.server.echo.port=0", "sockets.tcp.server.echo.max-frame-size=10B")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				TcpServer server = context.getBean(TcpServer.class);
				EchoConfiguration.tell(server, "fail");
				EchoConfiguration.tell(server, "a line of more than ten bytes");
				EchoConfiguration.tell(server, "too long");
				Meters.awaitValue(registry, "sockets.messages.failed", 2, "reason", "HANDLER_FAILED");
				Meters.awaitValue(registry, "sockets.messages.failed", 2, "reason", "FRAME_TOO_LARGE");
				Meters.awaitValue(registry, "sockets.connections.closed", 1, "reason", "FRAME_ERROR");
			});
	}

	@Test
	void whenConnectionsAreRejectedThenReasonIsCounted() {
		this.contextRunner
			.withPropertyValues("sockets.tcp.server.echo.port=0", "sockets.tcp.server.echo.max-connections=1")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				TcpServer server = context.getBean(TcpServer.class);
				try (Socket first = connect(server); Socket second = connect(server)) {
					assertThat(first.isConnected() && second.isConnected()).isTrue();
					Meters.awaitValue(registry, "sockets.connections.rejected", 1, "reason", "FULL");
				}
				assertThat(Meters.value(registry, "sockets.connections.rejected", "reason", "PAUSED")).isZero();
				server.setMaxConnections(7);
				Meters.awaitValue(registry, "sockets.connections.max", 7);
			});
	}

	@Test
	void whenRequestsEndThenTheyAreTimedByOutcome() {
		this.contextRunner.withPropertyValues("sockets.tcp.server.echo.port=0").run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			TcpServer server = context.getBean(TcpServer.class);
			try (Socket socket = connect(server)) {
				Awaitility.await().until(() -> server.getConnections().size() == 1);
				Connection connection = server.getConnections().iterator().next();
				CompletableFuture<String> answer = connection.requestAsync("who?");
				socket.getOutputStream().write("me\n".getBytes(StandardCharsets.UTF_8));
				assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("me");
				assertThatExceptionOfType(SocketOperationException.class)
					.isThrownBy(() -> connection.request("why?", Duration.ofMillis(400)));
				connection.requestAsync("when?").cancel(true);
				CompletableFuture<String> last = connection.requestAsync("where?");
				connection.close();
				assertThat(last).failsWithin(Patience.SOON);
			}
			for (String outcome : Set.of("SUCCESS", "TIMEOUT", "CANCELLED", "ERROR")) {
				Meters.awaitValue(registry, "sockets.requests", 1, "outcome", outcome);
			}
			assertThat(registry.get("sockets.requests")
				.tag("outcome", "TIMEOUT")
				.functionTimer()
				.totalTime(TimeUnit.MILLISECONDS)).isGreaterThanOrEqualTo(20);
		});
	}

	@Test
	void whenClientLosesConnectionThenReconnectIsCounted() throws IOException {
		try (ServerSocket peer = new ServerSocket(0)) {
			peer.setSoTimeout(30_000);
			this.contextRunner
				.withPropertyValues("sockets.tcp.client.peer.port=" + peer.getLocalPort(),
						"sockets.tcp.client.peer.reconnect.initial-delay=10ms")
				.run((context) -> {
					MeterRegistry registry = context.getBean(MeterRegistry.class);
					peer.accept().close();
					try (Socket second = peer.accept()) {
						assertThat(second.isConnected()).isTrue();
						Meters.awaitValue(registry, "sockets.reconnects", 1, "name", "peer", "kind", "TCP_CLIENT");
					}
					assertThat(registry.find("sockets.connections.rejected").meters()).isEmpty();
				});
		}
	}

	@Test
	void whenPeerDoesNotReadThenBytesArePending() {
		this.contextRunner.withPropertyValues("sockets.tcp.server.echo.port=0").run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			TcpServer server = context.getBean(TcpServer.class);
			try (Socket socket = connect(server)) {
				assertThat(socket.isConnected()).isTrue();
				Awaitility.await().until(() -> server.getConnections().size() == 1);
				Connection connection = server.getConnections().iterator().next();
				while (connection.getStatistics().pendingBytes() < 100_000) {
					connection.sendAsync("x".repeat(60_000));
				}
				Awaitility.await().until(() -> Meters.value(registry, "sockets.outbound.pending") > 0);
			}
			Meters.awaitValue(registry, "sockets.outbound.pending", 0);
		});
	}

	@Test
	void whenEndpointHasInboxThenItsSizeIsSeenAndNoOther() {
		this.contextRunner
			.withPropertyValues("sockets.tcp.server.echo.port=0", "sockets.tcp.server.echo.inbox.capacity=10",
					"sockets.tcp.server.echo.events=received", "sockets.tcp.server.other.port=0")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				TcpServer server = context.getBean("echo", TcpServer.class);
				EchoConfiguration.ask(server, "hello");
				Meters.awaitValue(registry, "sockets.inbox.size", 1);
				server.inbox().drain();
				Meters.awaitValue(registry, "sockets.inbox.size", 0);
				assertThat(registry.find("sockets.inbox.size").tag("name", "other").meters()).isEmpty();
			});
	}

	@Test
	void whenMeterIsBoundThenItIsDocumentedWithItsTags() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withPropertyValues("sockets.tcp.server.echo.ssl.bundle=station",
					"spring.ssl.bundle.pem.station.keystore.certificate=classpath:tls/server.pem",
					"spring.ssl.bundle.pem.station.keystore.private-key=classpath:tls/server.key",
					"sockets.tcp.server.echo.port=0", "sockets.tcp.server.echo.inbox.capacity=1",
					"sockets.tcp.client.peer.port=9", "sockets.tcp.client.peer.auto-startup=false",
					"sockets.multicast.receiver.news.port=7777", "sockets.multicast.receiver.news.groups=239.1.2.3",
					"sockets.multicast.receiver.news.auto-startup=false")
			.run((context) -> {
				Collection<Meter> meters = Meters.socketMeters(context.getBean(MeterRegistry.class));
				assertThat(meters.stream().map((meter) -> meter.getId().getName()).collect(Collectors.toSet()))
					.containsExactlyInAnyOrderElementsOf(
							Arrays.stream(SocketMeter.values()).map(SocketMeter::meterName).toList());
				assertThat(meters).allSatisfy((meter) -> {
					SocketMeter documented = Arrays.stream(SocketMeter.values())
						.filter((candidate) -> candidate.meterName().equals(meter.getId().getName()))
						.findFirst()
						.orElseThrow();
					assertThat(meter.getId().getDescription()).isEqualTo(documented.description());
					assertThat(Tags.of(meter.getId().getTags()).stream().map((tag) -> tag.getKey()))
						.containsExactlyInAnyOrderElementsOf((documented.tag() != null)
								? Set.of("name", "kind", documented.tag()) : Set.of("name", "kind"));
				});
			});
	}

	@Test
	void whenACertificateIsShownThenTheTimeUntilItExpiresIsMeasured() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withPropertyValues("sockets.tcp.server.echo.port=0", "sockets.tcp.server.echo.ssl.bundle=station",
					"spring.ssl.bundle.pem.station.keystore.certificate=classpath:tls/expired.pem",
					"spring.ssl.bundle.pem.station.keystore.private-key=classpath:tls/expired.key")
			.run((context) -> assertThat(context.getBean(MeterRegistry.class)
				.get("sockets.certificate.expiry")
				.tag("name", "echo")
				.timeGauge()
				.value(TimeUnit.SECONDS)).isLessThan(-100_000_000));
	}

	@Test
	void whenConnectionsAreManyThenMetersAreAsFewAsBefore() {
		this.contextRunner.withPropertyValues("sockets.tcp.server.echo.port=0").run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			int before = Meters.socketMeters(registry).size();
			for (int i = 0; i < 20; i++) {
				EchoConfiguration.ask(context.getBean(TcpServer.class), "hello");
			}
			assertThat(Meters.socketMeters(registry)).hasSize(before);
			assertThat(registry.find("sockets.connections.closed").meters()).hasSize(DisconnectReason.values().length);
			assertThat(registry.find("sockets.connections.rejected").meters()).hasSize(RejectionReason.values().length);
		});
	}

	@Test
	void whenThereAreNoEndpointsThenTheMemoryThatTheyWouldShareIsMeasured() {
		this.contextRunner.withPropertyValues("sockets.memory.max=5MB").run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("sockets.memory.max").gauge().value()).isEqualTo(5 * 1024 * 1024);
			assertThat(registry.get("sockets.memory.used").gauge().value()).isZero();
		});
	}

	private static Socket connect(TcpServer server) throws IOException {
		return new Socket("localhost", server.getLocalAddress().getPort());
	}

	/**
	 * Replies, late or too much, or throws.
	 */
	static class EchoOrFail {

		@EventListener
		void on(MessageReceivedEvent<String> event) {
			switch (event.getPayload()) {
				case "fail" -> throw new IllegalStateException("on purpose");
				case "take long" -> Awaitility.await().pollDelay(Duration.ofMillis(60)).until(() -> true);
				default -> {
				}
			}
			event.reply("echo " + event.getPayload());
		}

	}

}
