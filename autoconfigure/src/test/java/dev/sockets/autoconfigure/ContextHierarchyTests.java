package dev.sockets.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.udp.UdpReceiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application of a context and its parent, both with endpoints.
 */
class ContextHierarchyTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class));

	@Test
	void whenBothHaveOneEndpointThenTheStartFailsAndSaysWhatToChange() {
		this.contextRunner.withPropertyValues("sockets.tcp.server.echo.port=0")
			.run((parent) -> this.contextRunner.withParent(parent)
				.withPropertyValues("sockets.tcp.server.echo.port=0")
				.run((child) -> assertThat(child.getStartupFailure())
					.hasMessageContaining(
							"'sockets.tcp.server.<name>' is 'echo' but must be a name of which the parent "
									+ "context has no endpoint")
					.hasMessageContaining("sockets.enabled=false")));
	}

	@Test
	void whenBothHaveEndpointsThenEachContextHearsItsOwn() {
		this.contextRunner.withBean("inParent", Heard.class).run((parent) -> {
			parent.getBean(SocketEndpoints.class).registerServer(TcpServerSettings.builder("echo").port(0).build());
			this.contextRunner.withParent(parent)
				.withBean("inChild", Heard.class)
				.withPropertyValues("sockets.tcp.server.orders.port=0", "sockets.udp.receiver.lamp.port=0")
				.run((child) -> {
					assertThat(child).hasNotFailed();
					Heard heard = child.getBean("inChild", Heard.class);
					EchoConfiguration.tell(child.getBean("orders", TcpServer.class), "hello");
					Awaitility.await().until(() -> heard.endpoints.equals(List.of("orders")));
					EchoConfiguration.tell((TcpServer) parent.getBean(SocketEndpoints.class).get("echo").orElseThrow(),
							"hello");
					Awaitility.await().until(() -> parent.getBean(Heard.class).endpoints.contains("echo"));
					assertThat(heard.endpoints).containsExactly("orders");
					assertThat(child.getBean(SocketEndpoints.class).get("orders")).isPresent();
					assertThat(parent.getBean(SocketEndpoints.class).get("orders")).isEmpty();
					assertThat(child.getBean("lamp", UdpReceiver.class).isRunning()).isTrue();
				});
		});
	}

	static class Heard {

		private final List<String> endpoints = new CopyOnWriteArrayList<>();

		@EventListener
		void on(MessageReceivedEvent<?> event) {
			this.endpoints.add(event.getEndpoint());
		}

	}

}
