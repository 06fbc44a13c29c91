package dev.sockets.annotation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.MessageSentEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Messages that are null, where the codec has such.
 */
class NullPayloadTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.server.orders.port=0", "sockets.tcp.server.orders.codec=json",
				"sockets.tcp.server.orders.inbox.capacity=10", "sockets.tcp.server.text.port=0");

	@Test
	void whenNullIsReceivedThenListenersGetIt() {
		this.contextRunner.withBean(Heard.class).run((context) -> {
			try (LinePeer peer = new LinePeer(server(context))) {
				peer.tell("null", "\"end\"");
				Heard heard = context.getBean(Heard.class);
				Awaitility.await()
					.until(() -> heard.texts.size() == 2 && heard.optionals.size() == 2 && heard.payloads.size() == 2);
				assertThat(heard.texts).containsExactly(null, "end");
				assertThat(heard.optionals).containsExactly(Optional.empty(), Optional.of("end"));
				assertThat(heard.payloads).containsExactly(Optional.empty(), "end");
				Awaitility.await().until(() -> heard.events.size() == 2);
				assertThat(heard.events).containsExactly(Optional.empty(), "end");
				assertThat(heard.empty).containsExactly(Optional.empty());
				assertThat(heard.errors).isEmpty();
			}
			assertThat(server(context).inbox()
				.drain()
				.stream()
				.filter(MessageReceivedEvent.class::isInstance)
				.map((event) -> ((MessageReceivedEvent<?>) event).getPayload())).first().isEqualTo(Optional.empty());
		});
	}

	@Test
	void whenHandlerReturnsEmptyOptionalThenItAnswersNull() {
		this.contextRunner.withBean(Answers.class).run((context) -> {
			try (LinePeer peer = new LinePeer(server(context))) {
				assertThat(peer.tell("\"empty\"").hear()).isEqualTo("null");
				assertThat(peer.tell("\"null\"", "\"later\"").hear()).isEqualTo("null");
				assertThat(peer.tell("\"nothing later\"", "\"value\"").hear()).isEqualTo("\"value\"");
				assertThat(peer.tell("\"sent\"").hear()).isEqualTo("null");
			}
		});
	}

	@Test
	void whenAnswerIsNullThenTheRequestReturnsNull() {
		this.contextRunner.withBean(Answers.class).run((context) -> {
			String port = String.valueOf(server(context).getLocalAddress().getPort());
			this.contextRunner
				.withPropertyValues("sockets.tcp.client.shop.port=" + port, "sockets.tcp.client.shop.codec=json",
						"sockets.tcp.client.shop.request-timeout=30s")
				.run((clients) -> {
					TcpClient client = clients.getBean(TcpClient.class);
					Awaitility.await().until(client::isConnected);
					assertThat(client.<Object>request("empty")).isNull();
					assertThat(client.<Object>request("empty", Duration.ofSeconds(20))).isNull();
					assertThat(client.<Object>requestAsync("later").get()).isNull();
					assertThat(client.<Object>request(null)).isEqualTo("null was asked");
					assertThat(client.<Object>request(Optional.of("value"))).isEqualTo("value");
				});
		});
	}

	@Test
	void whenNullIsSentThenOnlyCodecsThatHaveItSendIt() {
		this.contextRunner.withBean(Sent.class).run((context) -> {
			try (LinePeer peer = new LinePeer(server(context))) {
				Awaitility.await().until(() -> !server(context).getConnections().isEmpty());
				server(context).getConnections().iterator().next().send(null);
				assertThat(peer.hear()).isEqualTo("null");
				assertThat(server(context).broadcast(null)).isOne();
				assertThat(peer.hear()).isEqualTo("null");
				Sent sent = context.getBean(Sent.class);
				Awaitility.await().until(() -> sent.payloads.size() == 2);
				assertThat(sent.payloads).containsOnly(Optional.empty());
			}
			TcpServer text = context.getBean("text", TcpServer.class);
			try (LinePeer peer = new LinePeer(text)) {
				Awaitility.await().until(() -> !text.getConnections().isEmpty());
				Connection connection = text.getConnections().iterator().next();
				assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> connection.send(null))
					.withMessage(
							"Codec text (UTF-8) cannot send null: send a String, any other CharSequence or byte[], "
									+ "or use another codec")
					.extracting(SocketOperationException::getCode)
					.isEqualTo(SocketErrorCode.CODEC_FAILED);
				connection.send("still open");
				assertThat(peer.hear()).isEqualTo("still open");
			}
		});
	}

	@Test
	void whenParameterIsPrimitiveThenNullAndOtherNumbersAreErrors() {
		this.contextRunner.withBean(Count.class).run((context) -> {
			try (LinePeer peer = new LinePeer(server(context))) {
				assertThat(peer.tell("null", "3").hear()).isEqualTo("4");
				assertThat(server(context).recentFailures()).hasSize(1);
				assertThat(peer.tell("1.9", "5000000000", "4.0").hear()).isEqualTo("5");
				assertThat(server(context).recentFailures()).hasSize(3);
			}
		});
	}

	private static TcpServer server(ApplicationContext context) {
		return context.getBean("orders", TcpServer.class);
	}

	static class Heard {

		private final List<String> texts = new CopyOnWriteArrayList<>();

		private final List<Optional<String>> optionals = new CopyOnWriteArrayList<>();

		private final List<Object> payloads = new CopyOnWriteArrayList<>();

		private final List<Object> events = new CopyOnWriteArrayList<>();

		private final List<Object> empty = new CopyOnWriteArrayList<>();

		private final List<MessageErrorEvent> errors = new CopyOnWriteArrayList<>();

		@SocketListener("orders")
		void text(String text) {
			this.texts.add(text);
		}

		@SocketListener("orders")
		void optional(Optional<String> text) {
			this.optionals.add(text);
		}

		@SocketListener("orders")
		void payload(MessageReceivedEvent<?> event) {
			this.payloads.add(event.getPayload());
		}

		@EventListener
		void event(MessageReceivedEvent<?> event) {
			this.events.add(event.getPayload());
		}

		@EventListener
		void empty(MessageReceivedEvent<Optional<?>> event) {
			this.empty.add(event.getPayload());
		}

		@EventListener
		void error(MessageErrorEvent event) {
			this.errors.add(event);
		}

	}

	static class Answers {

		@SocketListener("orders")
		Object answer(String question, Connection connection) {
			if (question == null) {
				return "null was asked";
			}
			return switch (question) {
				case "empty" -> Optional.empty();
				case "null" -> null;
				case "later" -> OwnThread.call(Optional::empty);
				case "nothing later" -> CompletableFuture.completedFuture(null);
				case "sent" -> {
					connection.send(null);
					yield null;
				}
				default -> Optional.of(question);
			};
		}

	}

	static class Sent {

		private final List<Object> payloads = new CopyOnWriteArrayList<>();

		@EventListener
		void sent(MessageSentEvent<?> event) {
			this.payloads.add(event.getPayload());
		}

	}

	static class Count {

		@SocketListener("orders")
		int count(int number) {
			return number + 1;
		}

	}

}
