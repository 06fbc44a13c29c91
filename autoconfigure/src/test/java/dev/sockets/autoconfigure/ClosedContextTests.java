package dev.sockets.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing keeps an application that was closed.
 */
@Timeout(120)
class ClosedContextTests {

	@Test
	void whenAnApplicationIsClosedThenNoTimerKeepsItForTheRestOfTheGracePeriod() throws IOException {
		try (Socket peer = new Socket()) {
			assertIsForgotten((context) -> connect(peer, context.getBean("hub", TcpServer.class)),
					"sockets.tcp.server.hub.port=0", "sockets.tcp.server.hub.host=127.0.0.1",
					"sockets.tcp.server.hub.shutdown.grace-period=10m",
					"spring.lifecycle.timeout-per-shutdown-phase=10m");
		}
	}

	private static void connect(Socket peer, TcpServer server) {
		try {
			peer.connect(server.getLocalAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Awaitility.await().until(() -> server.getConnections().size() == 1);
	}

	@Test
	void whenAnApplicationIsClosedThenNoPlanOfAClientToConnectKeepsIt() {
		assertIsForgotten((context) -> {
		}, "sockets.tcp.client.robot.host=127.0.0.1", "sockets.tcp.client.robot.port=1",
				"sockets.tcp.client.robot.reconnect.initial-delay=10m",
				"sockets.tcp.client.robot.reconnect.max-delay=10m");
	}

	private static void assertIsForgotten(Consumer<ApplicationContext> use, String... properties) {
		WeakReference<ApplicationContext> closed = useAndClose(use, properties);
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(closed.get()).isNull();
		});
	}

	private static WeakReference<ApplicationContext> useAndClose(Consumer<ApplicationContext> use,
			String... properties) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties(properties)
			.run()) {
			use.accept(context);
			return new WeakReference<>(context);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SocketsAutoConfiguration.class)
	static class Application {

	}

}
