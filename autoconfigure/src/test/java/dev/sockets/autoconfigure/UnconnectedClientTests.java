package dev.sockets.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import dev.sockets.actuate.UnconnectedClients;
import dev.sockets.tcp.TcpClient;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the log says, once an application has started, of clients that have no connection.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnconnectedClientTests {

	@Test
	void whenClientsHaveNoConnectionThenTheLogSaysWhatThatMeansForTheHealth(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("""
				sockets.tcp.client:
				  backend: {host: 127.0.0.1, port: %1$d}
				  ledger: {host: 127.0.0.1, port: %1$d, health.required: true}
				  later: {host: 127.0.0.1, port: %1$d, auto-startup: false}
				  rare: {host: 127.0.0.1, port: %1$d, connect: on-demand}
				""".formatted(Ports.free()))) {
			assertThat(context.isRunning()).isTrue();
			assertThat(output)
				.containsPattern("INFO .*TCP client 'backend' has no connection yet \\((dis)?connect.*\\): "
						+ "the health shows it as unknown and does not count it, unless "
						+ "'sockets.tcp.client.backend.health.required' is true")
				.containsPattern("WARN .*TCP client 'ledger' has no connection yet \\((dis)?connect.*\\): "
						+ "the health of the application is down until it has one, as "
						+ "'sockets.tcp.client.ledger.health.required' is true")
				.doesNotContain("'later' has no connection")
				.doesNotContain("'rare' has no connection");
		}
	}

	@Test
	void whenAClientHasAConnectionThenNothingIsSaid(CapturedOutput output) throws IOException {
		try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				ConfigurableApplicationContext context = start(
						"sockets.tcp.client.backend: {port: %d, auto-startup: false}".formatted(peer.getLocalPort()))) {
			TcpClient client = context.getBean(TcpClient.class);
			client.start();
			Awaitility.await().until(client::isConnected);
			context.getBean(UnconnectedClients.class)
				.onApplicationEvent(new ApplicationReadyEvent(new SpringApplication(), new String[0], context, null));
			assertThat(output).doesNotContain("has no connection yet");
		}
	}

	private static ConfigurableApplicationContext start(String yaml) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.initializers(Yaml.of(yaml))
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SocketsAutoConfiguration.class, SocketsHealthContributorAutoConfiguration.class })
	static class Application {

	}

}
