package dev.sockets.annotation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.annotation.Order;

import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Listener methods for endpoints that are made while the application runs.
 */
class OptionalListenerTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.server.orders.port=0");

	@Test
	void whenAnEndpointIsMadeLaterThenItsMessagesAreHeardEachTime() {
		this.contextRunner.withBean(Echo.class).run((context) -> {
			SocketEndpoints endpoints = context.getBean(SocketEndpoints.class);
			assertThat(LinePeer.ask(endpoints.registerServer(settings("later")), "one")).isEqualTo("echo one");
			assertThat(endpoints.remove("later")).isTrue();
			assertThat(LinePeer.ask(endpoints.registerServer(settings("later")), "two")).isEqualTo("echo two");
			assertThat(LinePeer.ask(context.getBean("orders", TcpServer.class), "three")).isEqualTo("echo three");
		});
	}

	@Test
	void whenThereAreSeveralMethodsThenTheyAreCalledInTheirOrder() {
		this.contextRunner.withBean(Ordered.class).run((context) -> {
			TcpServer server = context.getBean(SocketEndpoints.class).registerServer(settings("later"));
			assertThat(LinePeer.ask(server, "x")).isEqualTo("last");
			assertThat(context.getBean(Ordered.class).called).containsExactly("first", "second", "last");
		});
	}

	@Test
	void whenAnEndpointIsMadeBeforeTheMethodsAreLookedForThenItsMessagesAreHeard() {
		this.contextRunner.withBean(Early.class)
			.run((context) -> assertThat(LinePeer.ask(context.getBean(Early.class).server, "x")).isEqualTo("early x"));
	}

	@Test
	void whenAMethodCannotBeCalledForAnEndpointThatIsMadeThenThatIsRefused() {
		this.contextRunner.withBean(Echo.class).withBean(OfServers.class).run((context) -> {
			SocketEndpoints endpoints = context.getBean(SocketEndpoints.class);
			assertThatExceptionOfType(SocketListenerException.class)
				.isThrownBy(() -> endpoints.registerSender(MulticastSenderSettings.builder("later").build()))
				.withMessageContaining("'later' is no TCP server or client or receiver");
			assertThat(endpoints.get("later")).isEmpty();
			assertThat(endpoints.registerServer(settings("later")).isRunning()).isTrue();
		});
	}

	private static TcpServerSettings settings(String name) {
		return TcpServerSettings.builder(name).host("127.0.0.1").port(0).build();
	}

	static class Echo {

		@SocketListener(value = { "orders", "later" }, optional = true)
		String on(String line) {
			return "echo " + line;
		}

	}

	static class Ordered {

		final List<String> called = new CopyOnWriteArrayList<>();

		@Order(2)
		@SocketListener(value = "later", optional = true)
		void second(String line) {
			this.called.add("second");
		}

		@Order(3)
		@SocketListener(value = "later", optional = true)
		String last(String line) {
			this.called.add("last");
			return "last";
		}

		@Order(1)
		@SocketListener(value = "later", optional = true)
		void first(String line) {
			this.called.add("first");
		}

	}

	static class Early implements InitializingBean {

		private final SocketEndpoints endpoints;

		private TcpServer server;

		Early(SocketEndpoints endpoints) {
			this.endpoints = endpoints;
		}

		@Override
		public void afterPropertiesSet() {
			this.server = this.endpoints.registerServer(settings("early"));
		}

		@SocketListener("early")
		String on(String line) {
			return "early " + line;
		}

	}

	static class OfServers {

		@SocketListener(value = "later", optional = true)
		void on(String line, TcpServer server) {
		}

	}

}
