package dev.sockets.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.integration.ip.tcp.inbound.TcpInboundGateway;
import org.springframework.messaging.Message;

import dev.sockets.EndpointStartException;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * An application whose endpoints are on Unix domain sockets, as its operator sees it.
 */
@EnabledOnOs({ OS.LINUX, OS.MAC })
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class UnixApplicationTests {

	@TempDir
	private Path directory;

	@Test
	void whenEndpointsHavePathsThenActuatorAndHealthAndRegistryShowThem() {
		Path path = this.directory.resolve("echo.sock");
		try (ActuatorApplication application = new ActuatorApplication("sockets.tcp.server.echo.path=" + path,
				"sockets.tcp.client.peer.path=" + path, "sockets.tcp.client.peer.reconnect.initial-delay=10ms")) {
			Awaitility.await().until(application.bean(TcpClient.class)::isConnected);
			Awaitility.await().until(() -> application.bean(TcpServer.class).getConnections().size() == 1);
			String where = "unix:" + path;
			assertThat(application.get("sockets").<String>json("$.endpoints.echo.address")).isEqualTo(where);
			assertThat(application.get("sockets/echo").<String>json("$.connections[0].remoteAddress")).isEqualTo(where);
			assertThat(application.get("sockets/echo").<String>json("$.connections[0].localAddress")).isEqualTo(where);
			assertThat(application.get("health").<String>json("$.components.sockets.components.echo.details.address"))
				.isEqualTo(where);
			assertThat(application.get("health").<String>json("$.components.sockets.components.peer.details.address"))
				.isEqualTo(where);
			application.post("sockets/echo", "{\"action\": \"stop\"}");
			Awaitility.await().until(() -> Files.notExists(path));
			application.post("sockets/echo", "{\"action\": \"start\"}");
			Awaitility.await().until(application.bean(TcpClient.class)::isConnected);
			Path later = this.directory.resolve("later.sock");
			TcpServer server = application.endpoints()
				.registerServer(TcpServerSettings.builder("later").path(later).build());
			TcpClient client = application.endpoints()
				.registerClient(TcpClientSettings.builder("late").path(later).build());
			Awaitility.await().until(client::isConnected);
			Awaitility.await().until(() -> server.getConnections().size() == 1);
			application.endpoints().remove("late");
			application.endpoints().remove("later");
			assertThat(later).doesNotExist();
		}
		assertThat(path).doesNotExist();
	}

	@Test
	void whenSomebodyListensOnThePathThenTheStartSaysWhatToDo(CapturedOutput output) {
		Path path = this.directory.resolve("echo.sock");
		try (ActuatorApplication first = new ActuatorApplication("sockets.tcp.server.echo.path=" + path)) {
			assertThat(first.bean(TcpServer.class).isRunning()).isTrue();
			SpringApplicationBuilder second = new SpringApplicationBuilder(ActuatorApplication.Everything.class)
				.properties("server.port=0", "spring.main.banner-mode=off", "sockets.tcp.server.two.path=" + path);
			assertThatException().isThrownBy(second::run).havingRootCause().isInstanceOf(IOException.class);
			assertThat(output)
				.contains("The TCP server 'two' could not listen on unix:" + path + ": the socket is in use")
				.contains("Set 'sockets.tcp.server.two.path' to another path, or end the program that listens there. "
						+ "To find it: ss -lxp (Linux), lsof -U (macOS).");
		}
		SpringApplicationBuilder third = new SpringApplicationBuilder(ActuatorApplication.Everything.class).properties(
				"server.port=0", "spring.main.banner-mode=off", "sockets.tcp.server.three.path=/no/such/directory/s");
		assertThatException().isThrownBy(third::run)
			.satisfies(
					(failure) -> assertThat(failure).hasStackTraceContaining(EndpointStartException.class.getName()));
		assertThat(output)
			.contains("could not listen on unix:/no/such/directory/s: the directory /no/such/directory does not exist")
			.contains("Set 'sockets.tcp.server.three.path' to a path in a directory that is there");
	}

	@Test
	void whenSpringIntegrationHasTheServerThenGatewaysAnswerAndHeadersSayWhere() {
		Path path = this.directory.resolve("flow.sock");
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(SocketsAutoConfiguration.class, IntegrationAutoConfiguration.class))
			.withUserConfiguration(Gateway.class)
			.withPropertyValues("sockets.tcp.server.flow.path=" + path)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
						BufferedReader in = new BufferedReader(
								new InputStreamReader(Channels.newInputStream(socket)))) {
					socket.write(ByteBuffer.wrap("hello\n".getBytes()));
					assertThat(in.readLine()).isEqualTo("hello from unix:" + path + " 127.0.0.1 0");
				}
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class Gateway {

		@Bean
		IntegrationFlow answers(TcpServer flow) {
			TcpInboundGateway gateway = new TcpInboundGateway();
			gateway.setConnectionFactory(flow.getConnectionFactory());
			return IntegrationFlow.from(gateway)
				.handle(Message.class,
						(message, headers) -> message.getPayload() + " from " + headers.get(IpHeaders.HOSTNAME) + " "
								+ headers.get(IpHeaders.IP_ADDRESS) + " " + headers.get(IpHeaders.REMOTE_PORT))
				.get();
		}

	}

}
