package dev.sockets.annotation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.support.DefaultConversionService;

import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a codec decodes to, as the parameters of listeners say it.
 */
class TypedListenerTests {

	private static final String TEA = "{\"item\":\"tea\",\"count\":2}";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withBean(Events.class)
		.withPropertyValues("sockets.tcp.server.shop.port=0", "sockets.tcp.server.shop.codec=json");

	@Test
	void whenAListenerTakesAClassThenMessagesAreDecodedToIt() {
		this.contextRunner.withBean(OrderDesk.class).run((context) -> {
			assertThat(ask(context, TEA)).isEqualTo("{\"item\":\"tea\",\"price\":6}");
			assertThat(context.getBean(Events.class).awaitPayload()).isEqualTo(new Order("tea", 2));
			Awaitility.await().untilAsserted(() -> assertThat(context.getBean(Events.class).orders).hasSize(1));
		});
	}

	@Test
	void whenAListenerTakesAListThenItsElementsAreOfItsClass() {
		this.contextRunner.withBean(Counter.class)
			.run((context) -> assertThat(ask(context, "[" + TEA + "," + TEA + "]")).isEqualTo("4"));
	}

	@Test
	void whenASuperclassTakesATypeVariableThenItIsWhatTheClassSays() {
		this.contextRunner.withBean(InheritedDesk.class)
			.run((context) -> assertThat(ask(context, "[" + TEA + "]")).isEqualTo("\"tea\""));
	}

	@Test
	void whenAListenerTakesNumbersThenNoDigitIsLost() {
		this.contextRunner.withBean(Cashier.class)
			.run((context) -> assertThat(ask(context, "12345678901234567890.10"))
				.isEqualTo("\"12345678901234567890.10\""));
	}

	@Test
	void whenListenersTakeTheSameClassInDifferentWaysThenItIsThat() {
		this.contextRunner.withBean(OrderDesk.class).withBean(Clerks.class).run((context) -> {
			assertThat(ask(context, TEA)).isEqualTo("{\"item\":\"tea\",\"price\":6}");
			Awaitility.await()
				.untilAsserted(() -> assertThat(context.getBean(Clerks.class).heard).containsExactlyInAnyOrder(
						Optional.of(new Order("tea", 2)), new Order("tea", 2), new Order("tea", 2)));
		});
	}

	@Test
	void whenListenersTakeDifferentClassesThenTheStartFailsAndNamesBoth() {
		this.contextRunner.withBean(OrderDesk.class)
			.withBean(Refunds.class)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("messages of 'shop'")
				.hasMessageContaining(Order.class.getName())
				.hasMessageContaining(Refund.class.getName())
				.hasMessageContaining(OrderDesk.class.getName() + ".take(Order)")
				.hasMessageContaining("sockets.tcp.server.shop.payload-type")
				.hasMessageContaining("java.lang.Object"));
	}

	@Test
	void whenThereIsAPayloadTypeThenItWinsAndOthersAreConverted() {
		this.contextRunner.withBean(OrderDesk.class)
			.withBean(Refunds.class)
			.withPropertyValues("sockets.tcp.server.shop.payload-type=java.lang.Object")
			.run((context) -> {
				assertThat(ask(context, TEA)).isEqualTo("{\"item\":\"tea\",\"price\":6}");
				assertThat(context.getBean(Events.class).awaitPayload()).isEqualTo(Map.of("item", "tea", "count", 2));
				Awaitility.await()
					.untilAsserted(
							() -> assertThat(context.getBean(Refunds.class).heard).containsExactly(new Refund("tea")));
			});
	}

	@Test
	void whenThereIsAPayloadTypeThenAnObjectOfItIsNotMadeAnotherByChance() {
		this.contextRunner.withBean(Refunds.class)
			.withPropertyValues("sockets.tcp.server.shop.payload-type=" + Order.class.getName())
			.run((context) -> {
				try (LinePeer peer = new LinePeer(context.getBean(TcpServer.class))) {
					peer.tell(TEA);
					assertThat(context.getBean(Events.class).awaitError().getCause().getCause())
						.hasMessageContaining("A payload of class " + Order.class.getTypeName()
								+ " cannot be converted to " + Refund.class.getTypeName());
				}
			});
	}

	@Test
	void whenTheApplicationConvertsMapsThenItStillDoes() {
		DefaultConversionService conversion = new DefaultConversionService();
		conversion.addConverter(new MapToOrder());
		this.contextRunner.withBean(OrderDesk.class)
			.withInitializer((context) -> context.getBeanFactory().setConversionService(conversion))
			.run((context) -> {
				assertThat(ask(context, TEA)).isEqualTo("{\"item\":\"converted\",\"price\":3}");
				assertThat(context.getBean(Events.class).awaitPayload()).isInstanceOf(Map.class);
			});
	}

	@Test
	void whenMessagesAreRoutedThenEachMethodGetsItsClass() {
		this.contextRunner.withBean(Routes.class)
			.withPropertyValues("sockets.tcp.server.shop.route-by=json:/item")
			.run((context) -> {
				assertThat(ask(context, TEA)).isEqualTo("{\"item\":\"tea\",\"count\":2}");
				assertThat(ask(context, "{\"item\":\"milk\"}")).isEqualTo("{\"item\":\"milk\"}");
			});
	}

	@Test
	void whenTheCodecMakesTextThenNothingIsInferred() {
		this.contextRunner.withBean(Numbers.class)
			.withPropertyValues("sockets.tcp.server.shop.codec=text")
			.run((context) -> assertThat(ask(context, "20.5")).isEqualTo("41.0"));
	}

	private static String ask(AssertableApplicationContext context, String line) throws Exception {
		return LinePeer.ask(context.getBean(TcpServer.class), line);
	}

	record Order(String item, int count) {
	}

	record Receipt(String item, int price) {
	}

	record Refund(String item) {
	}

	static class OrderDesk {

		@SocketListener("shop")
		Receipt take(Order order) {
			return new Receipt(order.item(), 3 * order.count());
		}

	}

	static class Refunds {

		private final List<Object> heard = new CopyOnWriteArrayList<>();

		@SocketListener("shop")
		void take(Refund refund) {
			this.heard.add(refund);
		}

	}

	static class Clerks {

		private final List<Object> heard = new CopyOnWriteArrayList<>();

		@SocketListener("shop")
		void optional(Optional<Order> order, MessageReceivedEvent<?> event) {
			this.heard.add(order);
			this.heard.add(event.getPayload());
		}

		@SocketListener("shop")
		void event(MessageReceivedEvent<Order> event) {
			this.heard.add(event.getPayload());
		}

		@SocketListener("shop")
		void any(Object payload) {
		}

	}

	abstract static class Desk<T> {

		abstract Object take(T order);

		@SocketListener("shop")
		Object handle(T order) {
			return take(order);
		}

	}

	static class InheritedDesk extends Desk<List<Order>> {

		@Override
		Object take(List<Order> orders) {
			return orders.get(0).item();
		}

	}

	static class Counter {

		@SocketListener("shop")
		int count(List<Order> orders) {
			return orders.stream().mapToInt(Order::count).sum();
		}

	}

	static class Cashier {

		@SocketListener("shop")
		String pay(BigDecimal amount) {
			return amount.toPlainString();
		}

	}

	static class Numbers {

		@SocketListener("shop")
		String twice(BigDecimal number) {
			return number.add(number).toString();
		}

	}

	static class Routes {

		@SocketMapping(endpoint = "shop", value = "tea")
		Order tea(Order order) {
			return order;
		}

		@SocketMapping(endpoint = "shop", value = "milk")
		Refund milk(Refund refund) {
			return refund;
		}

	}

	static class MapToOrder implements Converter<Map<String, Object>, Order> {

		@Override
		public Order convert(Map<String, Object> map) {
			return new Order("converted", 1);
		}

	}

	static class Events {

		private final List<Object> payloads = new CopyOnWriteArrayList<>();

		private final List<Order> orders = new CopyOnWriteArrayList<>();

		private final List<MessageErrorEvent> errors = new CopyOnWriteArrayList<>();

		@EventListener
		void received(MessageReceivedEvent<?> event) {
			this.payloads.add(event.getPayload());
		}

		@EventListener
		void order(MessageReceivedEvent<Order> event) {
			this.orders.add(event.getPayload());
		}

		@EventListener
		void error(MessageErrorEvent event) {
			this.errors.add(event);
		}

		private Object awaitPayload() {
			Awaitility.await().until(() -> !this.payloads.isEmpty());
			return this.payloads.get(0);
		}

		private MessageErrorEvent awaitError() {
			Awaitility.await().until(() -> !this.errors.isEmpty());
			return this.errors.get(0);
		}

	}

}
