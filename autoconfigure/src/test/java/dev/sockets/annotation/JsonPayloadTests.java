package dev.sockets.annotation;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.support.DefaultConversionService;

import dev.sockets.SocketErrorCode;
import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Patience;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages of JSON become what the methods want that handle them, each its own class.
 */
class JsonPayloadTests {

	private final ApplicationContextRunner server = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.server.gate.port=0", "sockets.tcp.server.gate.framing=line",
				"sockets.tcp.server.gate.codec=json");

	private final ApplicationContextRunner routed = this.server
		.withPropertyValues("sockets.tcp.server.gate.route-by=json:/type");

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{\"type\":\"order\",\"item\":\"pen\",\"count\":2} | \"2 pen\"",
					"{\"type\":\"login\",\"user\":{\"name\":\"ada\"}} | \"hello ada\"",
					"{\"type\":\"event\",\"item\":\"ink\",\"count\":3} | \"event of 3 ink\"",
					"{\"type\":\"map\",\"a\":1} | \"{type=map, a=1}\"" })
	void whenMethodsWantDifferentClassesThenEachGetsItsOwn(String message, String answer) {
		this.routed.withBean(Types.class).run((context) -> {
			try (LinePeer peer = new LinePeer(context.getBean(TcpServer.class))) {
				assertThat(peer.ask(message)).isEqualTo(answer);
			}
		});
	}

	@Test
	void whenAMessageIsNothingOfTheClassThenThatIsAnError() {
		this.routed.withBean(Types.class).withBean(Errors.class).run((context) -> {
			try (LinePeer peer = new LinePeer(context.getBean(TcpServer.class))) {
				peer.tell("{\"type\":\"order\",\"count\":\"many\"}");
				Queue<MessageErrorEvent> errors = context.getBean(Errors.class).all;
				Awaitility.await().until(() -> !errors.isEmpty());
				assertThat(errors.peek().getCause()).hasStackTraceContaining("cannot be converted to")
					.hasStackTraceContaining(Order.class.getName());
				assertThat(errors.peek().getCode()).isEqualTo(SocketErrorCode.HANDLER_FAILED);
				assertThat(peer.ask("{\"type\":\"order\",\"item\":\"pen\",\"count\":2}")).isEqualTo("\"2 pen\"");
			}
		});
	}

	@Test
	void whenAListenerWantsAClassOrAListOfItThenItGetsThat() {
		this.server.withBean(OrderListener.class)
			.run((context) -> assertThat(
					LinePeer.ask(context.getBean(TcpServer.class), "{\"item\":\"pen\",\"count\":2}"))
				.isEqualTo("\"2 pen\""));
		this.server.withBean(ListListener.class)
			.run((context) -> assertThat(LinePeer.ask(context.getBean(TcpServer.class),
					"[{\"item\":\"pen\",\"count\":2},{\"item\":\"ink\",\"count\":1}]"))
				.isEqualTo("\"2 pen, 1 ink\""));
	}

	@Test
	void whenTheApplicationHasAConverterThenThatIsAskedFirst() {
		DefaultConversionService conversion = new DefaultConversionService();
		conversion.addConverter(new MapToOrder());
		this.server.withBean(OrderListener.class)
			.withInitializer((context) -> context.getBeanFactory().setConversionService(conversion))
			.run((context) -> assertThat(
					LinePeer.ask(context.getBean(TcpServer.class), "{\"item\":\"pen\",\"count\":2}"))
				.isEqualTo("\"7 by converter\""));
	}

	@Test
	void whenAClientIsAnsweredInJsonThenItsInterfaceReturnsTheClass() throws IOException {
		try (ServerSocket listener = new ServerSocket(0)) {
			new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
				.withUserConfiguration(Exchanges.class)
				.withPropertyValues("sockets.tcp.client.shop.host=localhost",
						"sockets.tcp.client.shop.port=" + listener.getLocalPort(),
						"sockets.tcp.client.shop.framing=line", "sockets.tcp.client.shop.codec=json",
						"sockets.tcp.client.shop.request-timeout=30s")
				.run((context) -> {
					try (LinePeer peer = new LinePeer(listener.accept())) {
						Awaitility.await().until(context.getBean(TcpClient.class)::isConnected);
						CompletableFuture<Order> order = new CompletableFuture<>();
						Thread asks = new Thread(() -> order.complete(context.getBean(Shop.class).order("pen")));
						asks.start();
						assertThat(peer.hear()).isEqualTo("\"pen\"");
						peer.tell("{\"item\":\"pen\",\"count\":5}");
						assertThat(order).succeedsWithin(Patience.SOON).isEqualTo(new Order("pen", 5));
						asks.join();
					}
				});
		}
	}

	@Test
	void whenAMethodWantsAClassThenNativeImagesCanMakeIt() throws Exception {
		RuntimeHints hints = new RuntimeHints();
		new ListenerReflectiveProcessor().registerReflectionHints(hints.reflection(),
				Types.class.getDeclaredMethod("order", Order.class, Connection.class));
		assertThat(RuntimeHintsPredicates.reflection().onType(Order.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Connection.class)).rejects(hints);
	}

	record Order(String item, int count) {

		@Override
		public String toString() {
			return this.count + " " + this.item;
		}

	}

	record Login(User user) {

	}

	record User(String name) {

	}

	static class Types {

		@SocketMapping(endpoint = "gate", value = "order")
		String order(Order order, Connection connection) {
			return order.toString();
		}

		@SocketMapping(endpoint = "gate", value = "login")
		String login(Login login) {
			return "hello " + login.user().name();
		}

		@SocketMapping(endpoint = "gate", value = "event")
		String event(MessageReceivedEvent<Order> event) {
			return "event of " + event.getPayload();
		}

		@SocketMapping(endpoint = "gate", value = "map")
		String map(Map<String, Object> payload) {
			return payload.toString();
		}

	}

	static class OrderListener {

		@SocketListener("gate")
		String on(Order order) {
			return order.toString();
		}

	}

	static class ListListener {

		@SocketListener("gate")
		String on(List<Order> orders) {
			return orders.get(0) + ", " + orders.get(1);
		}

	}

	static class MapToOrder implements Converter<Map<?, ?>, Order> {

		@Override
		public Order convert(Map<?, ?> source) {
			return new Order("by converter", 7);
		}

	}

	static class Errors {

		private final Queue<MessageErrorEvent> all = new ConcurrentLinkedQueue<>();

		@EventListener
		void on(MessageErrorEvent event) {
			this.all.add(event);
		}

	}

	@SocketExchange("shop")
	interface Shop {

		Order order(String item);

	}

	@EnableSocketExchanges(clients = Shop.class)
	static class Exchanges {

	}

}
