package dev.sockets.annotation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Patience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Requests that say what their answers are to be.
 */
class TypedRequestTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withBean(Shop.class)
		.withPropertyValues("sockets.tcp.server.shop.port=0", "sockets.tcp.server.shop.codec=json",
				"sockets.tcp.client.buyer.port=1", "sockets.tcp.client.buyer.codec=json",
				"sockets.tcp.client.buyer.auto-startup=false", "sockets.tcp.client.buyer.request-timeout=30s");

	@Test
	void whenARequestNamesAClassThenItsAnswerIsOfIt() {
		run(this.contextRunner, (buyer) -> {
			Connection connection = buyer.getConnection().orElseThrow();
			Receipt six = new Receipt("tea", 6);
			assertThat(buyer.request(new Order("tea", 2), Receipt.class)).isEqualTo(six);
			assertThat(buyer.request(new Order("tea", 2), Receipt.class, Patience.SOON)).isEqualTo(six);
			assertThat(buyer.requestAsync(new Order("tea", 2), Receipt.class)).succeedsWithin(Patience.SOON)
				.isEqualTo(six);
			assertThat(buyer.requestAsync(new Order("tea", 2), Receipt.class, Patience.SOON))
				.succeedsWithin(Patience.SOON)
				.isEqualTo(six);
			assertThat(connection.request(new Order("tea", 2), Receipt.class)).isEqualTo(six);
			assertThat(connection.requestAsync(new Order("tea", 2), Receipt.class)).succeedsWithin(Patience.SOON)
				.isEqualTo(six);
			assertThat(buyer.<Object>request(new Order("tea", 2))).isEqualTo(Map.of("item", "tea", "price", 6));
			assertThat(buyer.convert(Map.of("item", "tea", "price", 6), Receipt.class)).isEqualTo(six);
		});
	}

	@Test
	void whenTheAnswerIsNothingOfTheClassThenTheRequestFailsAndTheNextDoesNot() {
		run(this.contextRunner, (buyer) -> {
			assertThatExceptionOfType(SocketOperationException.class)
				.isThrownBy(() -> buyer.request(new Order("tea", 2), Long.class))
				.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.CODEC_FAILED))
				.withMessageContaining("java.lang.Long");
			assertThat(buyer.requestAsync(new Order("tea", 2), Long.class)).failsWithin(Patience.SOON)
				.withThrowableThat()
				.withMessageContaining("java.lang.Long");
			assertThat(buyer.request(new Order("tea", 2), Receipt.class)).isEqualTo(new Receipt("tea", 6));
		});
	}

	@Test
	void whenAClientListensTooThenMessagesAndAnswersHaveTheirOwnClasses() {
		run(this.contextRunner.withBean(News.class), (buyer) -> {
			assertThat(buyer.request(new Order("tea", 2), Receipt.class)).isEqualTo(new Receipt("tea", 6));
			buyer.send(new Order("news", 1));
			assertThat(News.heard).succeedsWithin(Patience.SOON).isEqualTo(new Headline("news", 3));
		});
	}

	@Test
	void whenAnExchangeReturnsObjectsThenAnswersAreMadeThem() {
		run(this.contextRunner, (buyer) -> {
			Buying buying = SocketExchangeProxyFactory.create(Buying.class, buyer);
			assertThat(buying.buy(new Order("tea", 2))).isEqualTo(new Receipt("tea", 6));
			assertThat(buying.buyLater(new Order("tea", 2))).succeedsWithin(Patience.SOON)
				.isEqualTo(new Receipt("tea", 6));
			assertThat(buying.perhaps(new Order("tea", 2))).contains(new Receipt("tea", 6));
			assertThat(buying.all(List.of(new Order("milk", 1)))).containsExactly(new Receipt("milk", 3));
		});
	}

	private void run(ApplicationContextRunner runner, Consumer<TcpClient> test) {
		runner.run((context) -> {
			assertThat(context).hasNotFailed();
			TcpClient buyer = context.getBean(TcpClient.class);
			buyer.connect(new Peer("localhost", context.getBean(TcpServer.class).getLocalAddress().getPort()));
			Awaitility.await().until(buyer::isConnected);
			test.accept(buyer);
		});
	}

	record Order(String item, int count) {
	}

	record Receipt(String item, int price) {
	}

	record Headline(String item, int price) {
	}

	interface Buying {

		Receipt buy(Order order);

		CompletableFuture<Receipt> buyLater(Order order);

		Optional<Receipt> perhaps(Order order);

		List<Receipt> all(List<Order> orders);

	}

	static class Shop {

		@SocketListener("shop")
		Object take(Object order) {
			if (order instanceof List<?> orders) {
				return orders.stream().map(this::receipt).toList();
			}
			return receipt(order);
		}

		private Receipt receipt(Object order) {
			Map<?, ?> map = (Map<?, ?>) order;
			return new Receipt((String) map.get("item"), 3 * (int) map.get("count"));
		}

	}

	static class News {

		private static final CompletableFuture<Headline> heard = new CompletableFuture<>();

		@SocketListener("buyer")
		void hear(Headline headline) {
			heard.complete(headline);
		}

	}

}
