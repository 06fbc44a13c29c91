package dev.sockets.annotation;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which listener methods cannot be called, and what the failure says.
 */
class UnfitListenerTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.server.orders.port=0");

	@Test
	void whenEndpointDoesNotExistThenFailureNamesThoseThatDo() {
		this.contextRunner.withPropertyValues("sockets.tcp.client.peer.port=9")
			.withBean("lost", Lost.class)
			.run((context) -> assertThat(context.getStartupFailure()).isInstanceOf(SocketListenerException.class)
				.hasMessage("The @SocketListener method %s.on(String) of bean 'lost' cannot be called: "
						+ "there is no TCP server or client or receiver 'ordres' (did you mean 'orders'?); "
						+ "there is orders, peer", Lost.class.getName()));
	}

	@Test
	void whenThereAreNoEndpointsThenFailureSaysSo() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
			.withBean(Lost.class)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasMessageEndingWith("there is no TCP server or client or receiver 'ordres'; there is none at all"));
	}

	@Test
	void whenNameIsNotResolvedOrMissingThenItFails() {
		assertFails(new Object() {
			@SocketListener("${no.such.name}")
			void on(String message) {
			}
		}, "no.such.name");
		assertFails(new Object() {
			@SocketListener({})
			void on(String message) {
			}
		}, "it names no endpoint");
	}

	@Test
	void whenParameterIsNotSupportedThenFailureNamesItAndWhatIsAllowed() {
		String allowed = "allowed are one parameter for the payload, and Connection, MessageReceivedEvent, "
				+ "SocketEndpoint and, as 'orders' is one, TcpServer";
		assertFails(new Object() {
			@SocketListener("orders")
			void on(String message, Integer second) {
			}
		}, "on(String, Integer)",
				"there is no argument for its parameter 'second' of type java.lang.Integer; " + allowed);
		assertFails(new Object() {
			@SocketListener("orders")
			void on(TcpClient client) {
			}
		}, "parameter 'client' of type dev.sockets.tcp.TcpClient; " + allowed);
		assertFails(new Object() {
			@SocketListener("orders")
			void on(ConnectedEvent event) {
			}
		}, "parameter 'event' of type dev.sockets.event.ConnectedEvent; " + allowed);
	}

	@Test
	void whenMethodIsStaticThenItFails() {
		assertFails(new Static(), "it is static; make it a method of the bean");
	}

	private void assertFails(Object bean, String... messages) {
		this.contextRunner.withBean("bean", Object.class, () -> bean)
			.run((context) -> assertThat(context.getStartupFailure()).isInstanceOf(IllegalStateException.class)
				.message()
				.contains(messages));
	}

	static class Static {

		@SocketListener("orders")
		static String on(String message) {
			return message;
		}

	}

	static class Lost {

		@SocketListener("ordres")
		void on(String message) {
		}

	}

}
