package dev.sockets.autoconfigure;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.MessageChannels;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.support.MessageBuilder;

import dev.sockets.InvalidSettingException;
import dev.sockets.SocketErrorCode;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Flows of Spring Integration that get messages by a channel, and answer.
 */
class ChannelFlowTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class, IntegrationAutoConfiguration.class));

	@Test
	void whenServerHasChannelThenFlowTransformsAndAnswersEachConnection() {
		this.contextRunner.withUserConfiguration(UpperCase.class)
			.withPropertyValues("sockets.tcp.server.shouts.port=0", "sockets.tcp.server.shouts.channel=lines")
			.run((context) -> {
				TcpServer server = context.getBean(TcpServer.class);
				assertThat(EchoConfiguration.ask(server, "hello")).isEqualTo("HELLO");
				assertThat(EchoConfiguration.ask(server, "again")).isEqualTo("AGAIN");
			});
	}

	@Test
	void whenMessageComesByChannelThenHeadersSayFromWhere() {
		this.contextRunner.withUserConfiguration(Recorder.class)
			.withPropertyValues("sockets.tcp.server.plain.host=127.0.0.1", "sockets.tcp.server.plain.port=0",
					"sockets.tcp.server.plain.channel=record")
			.run((context) -> {
				TcpServer server = context.getBean(TcpServer.class);
				try (Socket socket = connect(server)) {
					socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
					Recorder recorder = context.getBean(Recorder.class);
					Awaitility.await().until(() -> !recorder.messages.isEmpty());
					Message<?> message = recorder.messages.element();
					assertThat(message.getPayload()).isEqualTo("hello");
					assertThat(message.getHeaders()).containsAllEntriesOf(
							Map.of(IpHeaders.CONNECTION_ID, server.getConnections().iterator().next().getId(),
									IpHeaders.IP_ADDRESS, "127.0.0.1", IpHeaders.REMOTE_PORT, socket.getLocalPort()));
					assertThat(message.getHeaders()).containsKey(IpHeaders.HOSTNAME);
				}
			});
	}

	@Test
	void whenClientHasChannelThenFlowGetsItsMessagesAndAnswers() throws IOException {
		try (ServerSocket peer = new ServerSocket(0)) {
			peer.setSoTimeout(20_000);
			this.contextRunner.withUserConfiguration(ClientUpperCase.class)
				.withPropertyValues("sockets.tcp.client.peer.port=" + peer.getLocalPort(),
						"sockets.tcp.client.peer.channel=lines")
				.run((context) -> {
					try (Socket socket = peer.accept()) {
						socket.setSoTimeout(20_000);
						socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
						assertThat(socket.getInputStream().readNBytes(6)).asString().isEqualTo("HELLO\n");
					}
				});
		}
	}

	@Test
	void whenMessageNamesConnectionThenOnlyThatGetsIt() {
		this.contextRunner.withPropertyValues("sockets.tcp.server.plain.port=0").run((context) -> {
			TcpServer server = context.getBean(TcpServer.class);
			try (Socket first = connect(server)) {
				Awaitility.await().until(() -> server.getConnections().size() == 1);
				Connection connection = server.getConnections().iterator().next();
				try (Socket second = connect(server)) {
					Awaitility.await().until(() -> server.getConnections().size() == 2);
					server.asMessageHandler().handleMessage(message("to you", connection.getId()));
					assertThat(first.getInputStream().readNBytes(7)).asString().isEqualTo("to you\n");
					assertThat(second.getInputStream().available()).isZero();
				}
			}
		});
	}

	@Test
	void whenConnectionIsUnknownThenExceptionSaysSo() {
		this.contextRunner.withPropertyValues("sockets.tcp.server.plain.port=0").run((context) -> {
			TcpServer server = context.getBean(TcpServer.class);
			Message<?> message = message("to nobody", "nobody");
			assertThatExceptionOfType(MessageHandlingException.class)
				.isThrownBy(() -> server.asMessageHandler().handleMessage(message))
				.withMessageContaining("TCP server 'plain' has no open connection 'nobody'")
				.satisfies((failure) -> assertThat(failure.getFailedMessage()).isSameAs(message));
			assertThatExceptionOfType(MessageHandlingException.class)
				.isThrownBy(
						() -> server.asMessageHandler().handleMessage(MessageBuilder.withPayload("to whom?").build()))
				.withMessageContaining("ip_connectionId");
		});
	}

	@Test
	void whenMessageCannotBeSentThenExceptionHasTheCause() {
		this.contextRunner
			.withPropertyValues("sockets.tcp.server.plain.port=0", "sockets.tcp.server.plain.max-frame-size=4B")
			.run((context) -> {
				TcpServer server = context.getBean(TcpServer.class);
				try (Socket socket = connect(server)) {
					Awaitility.await().until(() -> server.getConnections().size() == 1);
					String id = server.getConnections().iterator().next().getId();
					assertThat(socket.isConnected()).isTrue();
					assertThatExceptionOfType(MessageHandlingException.class)
						.isThrownBy(() -> server.asMessageHandler().handleMessage(message("too long", id)))
						.havingCause()
						.isInstanceOfSatisfying(dev.sockets.SocketOperationException.class,
								(cause) -> assertThat(cause.getCode()).isEqualTo(SocketErrorCode.FRAME_TOO_LARGE));
				}
			});
	}

	@Test
	void whenClientSendsThenMessageWithoutConnectionGoesOverTheOpenOne() {
		this.contextRunner.withPropertyValues("sockets.tcp.server.plain.port=0").run((context) -> {
			TcpServer server = context.getBean(TcpServer.class);
			this.contextRunner.withPropertyValues("sockets.tcp.client.peer.port=" + server.getLocalAddress().getPort())
				.run((other) -> {
					TcpClient client = other.getBean(TcpClient.class);
					Awaitility.await().until(client::isConnected);
					client.asMessageHandler().handleMessage(MessageBuilder.withPayload("hello").build());
					client.asMessageHandler()
						.handleMessage(message("again", client.getConnection().orElseThrow().getId()));
					Awaitility.await().until(() -> server.status().messagesReceived() == 2);
					assertThatExceptionOfType(MessageHandlingException.class)
						.isThrownBy(() -> client.asMessageHandler().handleMessage(message("late", "gone")))
						.withMessageContaining("TCP client 'peer' has no open connection 'gone'");
				});
		});
	}

	@Test
	void whenChannelIsMissingThenStartFailsWithThePropertysPath() {
		this.contextRunner.withUserConfiguration(Recorder.class)
			.withPropertyValues("sockets.tcp.server.plain.port=0", "sockets.tcp.server.plain.channel=recrod")
			.run((context) -> assertThat(context.getStartupFailure()).isInstanceOf(InvalidSettingException.class)
				.hasMessageContaining("sockets.tcp.server.plain.channel")
				.hasMessageContaining("record"));
	}

	private static Message<?> message(String payload, String connectionId) {
		return MessageBuilder.withPayload(payload).setHeader(IpHeaders.CONNECTION_ID, connectionId).build();
	}

	private static Socket connect(TcpServer server) throws IOException {
		Socket socket = new Socket("127.0.0.1", server.getLocalAddress().getPort());
		socket.setSoTimeout(20_000);
		return socket;
	}

	@Configuration(proxyBeanMethods = false)
	static class UpperCase {

		@Bean
		IntegrationFlow upperCase(TcpServer shouts) {
			return IntegrationFlow.from(MessageChannels.direct("lines"))
				.<String, String>transform(String::toUpperCase)
				.handle(shouts.asMessageHandler())
				.get();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ClientUpperCase {

		@Bean
		IntegrationFlow upperCase(TcpClient peer) {
			return IntegrationFlow.from("lines")
				.<String, String>transform(String::toUpperCase)
				.handle(peer.asMessageHandler())
				.get();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Recorder {

		private final Queue<Message<?>> messages = new ConcurrentLinkedQueue<>();

		@Bean
		DirectChannel record() {
			DirectChannel channel = new DirectChannel();
			channel.subscribe(this.messages::add);
			return channel;
		}

	}

}
