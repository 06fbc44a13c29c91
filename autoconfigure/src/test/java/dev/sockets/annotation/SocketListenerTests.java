package dev.sockets.annotation;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.annotation.Order;

import dev.sockets.SocketEndpoint;
import dev.sockets.SocketErrorCode;
import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What a listener method is given, and what becomes of what it returns and throws.
 */
class SocketListenerTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.server.orders.port=0");

	@Test
	void whenMethodReturnsValueThenItIsTheReply() {
		this.contextRunner.withBean(Echo.class)
			.run((context) -> assertThat(LinePeer.ask(orders(context), "hello")).isEqualTo("echo hello"));
	}

	@Test
	void whenMethodReturnsNothingThenThereIsNoReply() {
		this.contextRunner.withBean(Selective.class).run((context) -> {
			try (LinePeer peer = new LinePeer(orders(context))) {
				assertThat(peer.tell("void", "null", "value").hear()).isEqualTo("value");
			}
			assertThat(context.getBean(Selective.class).heard).containsExactly("void", "null", "value");
		});
	}

	@Test
	void whenMethodReturnsFutureThenItsResultIsTheReply() {
		this.contextRunner.withBean(Later.class).run((context) -> {
			try (LinePeer peer = new LinePeer(orders(context))) {
				peer.tell("hello");
				Later later = context.getBean(Later.class);
				Awaitility.await().until(() -> later.futures.size() == 1);
				later.futures.get(0).complete("later");
				assertThat(peer.hear()).isEqualTo("later");
			}
		});
	}

	@Test
	void whenFutureFailsThenItIsAnErrorOfTheMessage() {
		this.contextRunner.withBean(Later.class).withBean(MessageErrors.class).run((context) -> {
			try (LinePeer peer = new LinePeer(orders(context))) {
				peer.tell("hello");
				Later later = context.getBean(Later.class);
				Awaitility.await().until(() -> later.futures.size() == 1);
				later.futures.get(0).completeExceptionally(new IllegalStateException("no luck"));
				assertThat(context.getBean(MessageErrors.class).await().getCause())
					.hasCause(new IllegalStateException("no luck"));
			}
		});
	}

	@Test
	void whenMethodTakesEverythingThenItGetsEverything() {
		this.contextRunner.withBean(Everything.class).run((context) -> {
			TcpServer server = orders(context);
			String id = LinePeer.ask(server, "hello");
			assertThat(id).isNotEmpty();
			List<Object> arguments = context.getBean(Everything.class).arguments;
			assertThat(arguments).hasSize(5);
			assertThat(arguments.get(0)).isSameAs(server);
			assertThat(arguments.get(1)).isInstanceOfSatisfying(MessageReceivedEvent.class, (event) -> {
				assertThat(event.getPayload()).isEqualTo("hello");
				assertThat(event.getSource()).isSameAs(server);
				assertThat(event.getConnection()).isSameAs(arguments.get(3));
				assertThat(event.getTimestamp()).isCloseTo(System.currentTimeMillis(), within(60_000L));
			});
			assertThat(arguments.get(2)).isEqualTo("hello");
			assertThat(arguments.get(3)).isInstanceOfSatisfying(Connection.class,
					(connection) -> assertThat(connection.getId()).isEqualTo(id));
			assertThat(arguments.get(4)).isSameAs(server);
		});
	}

	@Test
	void whenMethodTakesNothingThenItIsStillCalled() {
		this.contextRunner.withBean(Nothing.class)
			.run((context) -> assertThat(LinePeer.ask(orders(context), "hello")).isEqualTo("called"));
	}

	@Test
	void whenMethodThrowsThenErrorHasItsExceptionUnwrapped() {
		this.contextRunner.withBean(Failing.class).withBean(MessageErrors.class).run((context) -> {
			try (LinePeer peer = new LinePeer(orders(context))) {
				peer.tell("checked");
				MessageErrorEvent error = context.getBean(MessageErrors.class).await();
				assertThat(error.getCode()).isEqualTo(SocketErrorCode.HANDLER_FAILED);
				assertThat(error.getCause().getCause()).isSameAs(context.getBean(Failing.class).failure);
				assertThat(peer.ask("fine")).isEqualTo("fine");
			}
		});
	}

	@Test
	void whenMethodThrowsAndPolicyIsCloseThenConnectionIsClosed() {
		this.contextRunner.withBean(Failing.class)
			.withPropertyValues("sockets.tcp.server.orders.on-handler-error=close")
			.run((context) -> {
				try (LinePeer peer = new LinePeer(orders(context))) {
					assertThat(peer.ask("checked")).isNull();
				}
			});
	}

	@Test
	void whenThereAreTwoListenersThenBothAreCalledInTheirOrder() {
		this.contextRunner.withBean("a", Second.class).withBean("b", First.class).run((context) -> {
			try (LinePeer peer = new LinePeer(orders(context))) {
				assertThat(peer.ask("hello")).isEqualTo("first hello");
				assertThat(peer.hear()).isEqualTo("second hello");
			}
		});
	}

	@Test
	void whenMethodNamesSeveralEndpointsThenItIsCalledForEach() {
		this.contextRunner.withBean(Several.class)
			.withPropertyValues("sockets.tcp.server.feed.port=0", "sockets.tcp.server.audit.port=0",
					"sockets.tcp.server.other.port=0", "name.of.audit=audit")
			.run((context) -> {
				for (String name : List.of("orders", "feed", "audit")) {
					TcpServer server = context.getBean(name, TcpServer.class);
					try (LinePeer peer = new LinePeer(server)) {
						assertThat(peer.ask("one")).isEqualTo(name + " one");
						assertThat(peer.ask("two")).isEqualTo(name + " two");
					}
				}
			});
	}

	@Test
	void whenAnnotationIsMadeOfItThenItWorksLikeIt() {
		this.contextRunner.withBean(Composed.class)
			.run((context) -> assertThat(LinePeer.ask(orders(context), "hello")).isEqualTo("composed hello"));
	}

	@Test
	void whenEndpointIsClientThenItsMessagesArrive() {
		this.contextRunner.withBean(Welcome.class).run((context) -> {
			int port = orders(context).getLocalAddress().getPort();
			new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
				.withBean(Guest.class)
				.withPropertyValues("sockets.tcp.client.peer.port=" + port)
				.run((client) -> {
					Awaitility.await().until(client.getBean(TcpClient.class)::isConnected);
					client.getBean(TcpClient.class).send("hello");
					List<Object> heard = client.getBean(Guest.class).heard;
					Awaitility.await().until(() -> heard.size() == 2);
					assertThat(heard).containsExactly("welcome hello", client.getBean(TcpClient.class));
				});
		});
	}

	@Test
	void whenMessagesAreManyThenEachConnectionHasItsOrder() {
		this.contextRunner.withBean(Echo.class).run((context) -> {
			String[] lines = IntStream.range(0, 1000).mapToObj(String::valueOf).toArray(String[]::new);
			try (LinePeer one = new LinePeer(orders(context)); LinePeer two = new LinePeer(orders(context))) {
				one.tell(lines);
				two.tell(lines);
				for (String line : lines) {
					assertThat(one.hear()).isEqualTo("echo " + line);
					assertThat(two.hear()).isEqualTo("echo " + line);
				}
			}
		});
	}

	@Test
	void whenThereIsEventListenerTooThenItIsToldAfterwards() {
		this.contextRunner.withBean(Echo.class).withBean(Observer.class).run((context) -> {
			try (LinePeer peer = new LinePeer(orders(context))) {
				assertThat(peer.ask("hello")).isEqualTo("echo hello");
				assertThat(peer.hear()).isEqualTo("observed hello");
			}
		});
	}

	private static TcpServer orders(ApplicationContext context) {
		return context.getBean("orders", TcpServer.class);
	}

	static class Echo {

		@SocketListener("orders")
		String on(String message) {
			return "echo " + message;
		}

	}

	static class Selective {

		private final List<String> heard = new CopyOnWriteArrayList<>();

		@SocketListener("orders")
		@Order(1)
		void hear(String message) {
			this.heard.add(message);
		}

		@SocketListener("orders")
		@Order(2)
		String answer(String message) {
			return message.equals("value") ? message : null;
		}

	}

	static class Later {

		private final List<CompletableFuture<String>> futures = new CopyOnWriteArrayList<>();

		@SocketListener("orders")
		CompletableFuture<String> on() {
			CompletableFuture<String> future = new CompletableFuture<>();
			this.futures.add(future);
			return future;
		}

	}

	static class Everything {

		private volatile List<Object> arguments;

		@SocketListener("orders")
		String on(SocketEndpoint endpoint, MessageReceivedEvent<String> event, Object payload, Connection connection,
				TcpServer server) {
			this.arguments = List.of(endpoint, event, payload, connection, server);
			return connection.getId();
		}

	}

	static class Nothing {

		@SocketListener("orders")
		String on() {
			return "called";
		}

	}

	static class Failing {

		private final Exception failure = new Exception("checked");

		@SocketListener("orders")
		String on(String message) throws Exception {
			if (message.equals("checked")) {
				throw this.failure;
			}
			return message;
		}

	}

	static class First {

		@SocketListener("orders")
		@Order(1)
		String on(String message) {
			return "first " + message;
		}

	}

	static class Second {

		@SocketListener("orders")
		@Order(2)
		String on(String message) {
			return "second " + message;
		}

	}

	static class Several {

		@SocketListener({ "orders", "feed" })
		@SocketListener("${name.of.audit}")
		@SocketListener("orders")
		String on(SocketEndpoint endpoint, String message) {
			return endpoint.getName() + " " + message;
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@SocketListener("orders")
	@interface Listener {

		@AliasFor(annotation = SocketListener.class, attribute = "value")
		String[] endpoints() default "orders";

	}

	static class Composed {

		@Listener
		String on(String message) {
			return "composed " + message;
		}

	}

	static class Welcome {

		@SocketListener("orders")
		String on(String message) {
			return "welcome " + message;
		}

	}

	static class Guest {

		private final List<Object> heard = new CopyOnWriteArrayList<>();

		@SocketListener("peer")
		void on(String message, TcpClient client) {
			this.heard.add(message);
			this.heard.add(client);
		}

	}

	static class Observer {

		@EventListener
		void on(MessageReceivedEvent<String> event) {
			event.reply("observed " + event.getPayload());
		}

	}

}
