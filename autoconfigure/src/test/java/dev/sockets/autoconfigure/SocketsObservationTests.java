package dev.sockets.autoconfigure;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import dev.sockets.SocketOperationException;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.metrics.DefaultSocketObservationConvention;
import dev.sockets.metrics.SocketObservationContext;
import dev.sockets.metrics.SocketObservationConvention;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.MessageObserver;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Observations of messages.
 */
class SocketsObservationTests {

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(SocketsAutoConfiguration.class, SocketsObservationAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.server.echo.port=0", "sockets.observations.enabled=true")
		.withBean(ObservationRegistry.class, () -> this.registry)
		.withUserConfiguration(EchoOrFail.class);

	@ParameterizedTest
	@ValueSource(strings = { "auto", "loop", "thread" })
	void whenMessageIsReceivedAndAnsweredThenBothAreObserved(String dispatch) {
		this.contextRunner.withPropertyValues("sockets.tcp.server.echo.dispatch=" + dispatch).run((context) -> {
			EchoConfiguration.ask(context.getBean(TcpServer.class), "hello");
			awaitStopped("sockets.receive");
			awaitStopped("sockets.send");
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasNumberOfObservationsWithNameEqualTo("sockets.receive", 1)
				.hasNumberOfObservationsWithNameEqualTo("sockets.send", 1)
				.doesNotHaveAnyRemainingCurrentObservation();
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasObservationWithNameEqualTo("sockets.receive")
				.that()
				.hasContextualNameEqualTo("echo receive")
				.hasLowCardinalityKeyValue("name", "echo")
				.hasHighCardinalityKeyValueWithKey("connection.id")
				.doesNotHaveError();
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasObservationWithNameEqualTo("sockets.send")
				.that()
				.hasParentObservationContextMatching((parent) -> parent.getName().equals("sockets.receive"));
		});
	}

	@Test
	void whenHandlerFailsThenObservationHasTheError() {
		this.contextRunner.run((context) -> {
			EchoConfiguration.tell(context.getBean(TcpServer.class), "fail");
			awaitStopped("sockets.receive");
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasObservationWithNameEqualTo("sockets.receive")
				.that()
				.hasError();
		});
	}

	@Test
	void whenRequestEndsThenItIsObserved() {
		this.contextRunner.run((context) -> {
			TcpServer server = context.getBean(TcpServer.class);
			try (Socket socket = connect(server)) {
				assertThat(socket.isConnected()).isTrue();
				Awaitility.await().until(() -> server.getConnections().size() == 1);
				Connection connection = server.getConnections().iterator().next();
				assertThatExceptionOfType(SocketOperationException.class)
					.isThrownBy(() -> connection.request("why?", Duration.ofMillis(50)));
				awaitStopped("sockets.request");
				TestObservationRegistryAssert.assertThat(this.registry)
					.hasObservationWithNameEqualTo("sockets.request")
					.that()
					.hasLowCardinalityKeyValue("name", "echo")
					.hasError();
			}
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenAHandlerOfObservationsThrowsThenNextMessageIsNoPartOfTheOneBefore(boolean atBegin) {
		this.registry.observationConfig().observationHandler(new ThrowingHandler(atBegin));
		this.contextRunner.withPropertyValues("sockets.tcp.server.echo.dispatch=loop").run((context) -> {
			TcpServer server = context.getBean(TcpServer.class);
			assertThat(EchoConfiguration.ask(server, "hello")).isEqualTo("echo hello");
			assertThat(EchoConfiguration.ask(server, "hello")).isEqualTo("echo hello");
			Awaitility.await()
				.untilAsserted(() -> TestObservationRegistryAssert.assertThat(this.registry)
					.hasNumberOfObservationsWithNameEqualTo("sockets.receive", 2)
					.forAllObservationsWithNameEqualTo("sockets.receive",
							(observation) -> observation.doesNotHaveParentObservation()));
		});
	}

	@Test
	void whenThereIsConventionThenItDecidesWhatIsSaid() {
		this.contextRunner.withUserConfiguration(OwnConvention.class).run((context) -> {
			EchoConfiguration.ask(context.getBean(TcpServer.class), "hello");
			awaitStopped("sockets.receive");
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasObservationWithNameEqualTo("sockets.receive")
				.that()
				.hasLowCardinalityKeyValue("payload", "hello");
		});
	}

	@Test
	void whenNothingIsSaidThenNothingIsObserved() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(SocketsAutoConfiguration.class, SocketsObservationAutoConfiguration.class))
			.withPropertyValues("sockets.tcp.server.echo.port=0")
			.withBean(ObservationRegistry.class, () -> this.registry)
			.withUserConfiguration(EchoConfiguration.class)
			.run((context) -> {
				assertThat(context).doesNotHaveBean(MessageObserver.class);
				EchoConfiguration.ask(context.getBean(TcpServer.class), "hello");
				TestObservationRegistryAssert.assertThat(this.registry).doesNotHaveAnyObservation();
			});
	}

	@Test
	void whenThereIsNoRegistryThenNothingIsObserved() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(SocketsAutoConfiguration.class, SocketsObservationAutoConfiguration.class))
			.withPropertyValues("sockets.tcp.server.echo.port=0", "sockets.observations.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MessageObserver.class));
	}

	@Test
	void whenMicrometerObservationIsFilteredThenServerStarts() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(ObservationRegistry.class))
			.run((context) -> assertThat(context).doesNotHaveBean(SocketsObservationAutoConfiguration.class));
	}

	@Test
	void whenThereIsOwnObserverThenItReplacesOurs() {
		this.contextRunner.withBean(MessageObserver.class, () -> MessageObserver.NONE)
			.run((context) -> assertThat(context.getBean(MessageObserver.class)).isSameAs(MessageObserver.NONE));
	}

	private void awaitStopped(String name) {
		Awaitility.await()
			.untilAsserted(() -> TestObservationRegistryAssert.assertThat(this.registry)
				.hasObservationWithNameEqualTo(name)
				.that()
				.hasBeenStopped());
	}

	private static Socket connect(TcpServer server) throws IOException {
		return new Socket("localhost", server.getLocalAddress().getPort());
	}

	private record ThrowingHandler(boolean atBegin) implements ObservationHandler<Observation.Context> {

		@Override
		public void onScopeOpened(Observation.Context context) {
			if (this.atBegin) {
				throw new IllegalStateException("on purpose");
			}
		}

		@Override
		public void onScopeClosed(Observation.Context context) {
			if (!this.atBegin) {
				throw new IllegalStateException("on purpose");
			}
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EchoOrFail {

		@EventListener
		void on(MessageReceivedEvent<String> event) {
			if (event.getPayload().equals("fail")) {
				throw new IllegalStateException("on purpose");
			}
			event.reply("echo " + event.getPayload());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConvention {

		@Bean
		SocketObservationConvention payloads() {
			return new DefaultSocketObservationConvention() {

				@Override
				public KeyValues getLowCardinalityKeyValues(SocketObservationContext context) {
					assertThat(context).isInstanceOf(Observation.Context.class);
					return super.getLowCardinalityKeyValues(context).and("payload", context.getPayload().toString());
				}

			};
		}

	}

}
