package dev.sockets.annotation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.convert.support.DefaultConversionService;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpClient;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Patience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Requests that say what their answers are to be, and a peer that sends more digits than
 * a {@code double} has.
 */
class ExactAnswerTests {

	private static final String DIGITS = "12345678901234567890.123456789012345678";

	private static final BigDecimal EXACT = new BigDecimal(DIGITS);

	private static final double ROUNDED = Double.parseDouble(DIGITS);

	private static final String PRICE = "{\"amount\":" + DIGITS + "}";

	private ServerSocket listener;

	@BeforeEach
	void listen() throws IOException {
		this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
	}

	@AfterEach
	void stop() throws IOException {
		this.listener.close();
	}

	@ParameterizedTest
	@CsvSource({ "auto, always", "loop, always", "thread, always", "auto, on-demand", "auto, per-request",
			"thread, per-request" })
	void whenAnAnswerHasMoreDigitsThanADoubleThenARequestWithATypeGetsThem(String dispatch, String connect) {
		answer(1, PRICE);
		run(runner(dispatch, connect), (shop) -> {
			Price price = new Price(EXACT);
			assertThat(shop.request("?", Price.class)).isEqualTo(price);
			assertThat(shop.request("?", Price.class, Patience.SOON)).isEqualTo(price);
			assertThat(shop.requestAsync("?", Price.class)).succeedsWithin(Patience.SOON).isEqualTo(price);
			assertThat(shop.requestAsync("?", Price.class, Patience.SOON)).succeedsWithin(Patience.SOON)
				.isEqualTo(price);
			assertThat(shop.<Object>request("?")).isEqualTo(Map.of("amount", ROUNDED));
			assertThat(shop.requestAsync("?")).succeedsWithin(Patience.SOON).isEqualTo(Map.of("amount", ROUNDED));
			assertThat((Object) shop.request("?", Map.class)).isEqualTo(Map.of("amount", ROUNDED));
			Prices prices = SocketExchangeProxyFactory.create(Prices.class, shop);
			assertThat(prices.price("?")).isEqualTo(price);
			assertThat(prices.priceLater("?")).succeedsWithin(Patience.SOON).isEqualTo(price);
			assertThat(prices.perhaps("?")).contains(price);
			assertThat(prices.amounts("?")).containsEntry("amount", EXACT);
			assertThat(prices.anything("?")).containsEntry("amount", ROUNDED);
		});
	}

	@Test
	void whenAConnectionIsAskedThenItsAnswersHaveAllDigitsToo() {
		answer(1, PRICE);
		run(runner("auto", "always"), (shop) -> {
			Connection connection = shop.getConnection().orElseThrow();
			assertThat(connection.request("?", Price.class)).isEqualTo(new Price(EXACT));
			assertThat(connection.requestAsync("?", Price.class)).succeedsWithin(Patience.SOON)
				.isEqualTo(new Price(EXACT));
		});
	}

	@Test
	void whenTheAnswerIsANumberOrHasSomeThenTheConversionServiceDoesNotRoundThem() {
		answer(1, "[" + DIGITS + ",1,0.5]");
		run(runner("auto", "always"), (shop) -> {
			Prices prices = SocketExchangeProxyFactory.create(Prices.class, shop);
			assertThat(prices.numbers("?")).containsExactly(EXACT, BigDecimal.ONE, new BigDecimal("0.5"));
			assertThat(prices.doubles("?")).containsExactly(ROUNDED, 1.0, 0.5);
		});
	}

	@Test
	void whenTheAnswerIsOneNumberThenItIsExactOrRefused() {
		answer(1, DIGITS);
		run(runner("auto", "always"), (shop) -> {
			assertThat(shop.request("?", BigDecimal.class)).isEqualTo(EXACT);
			assertThat(shop.request("?", Double.class)).isEqualTo(ROUNDED);
			assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> shop.request("?", Integer.class))
				.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.CODEC_FAILED));
		});
	}

	@Test
	void whenTheAnswerIsAWholeNumberWithAPointThenItIsExact() {
		answer(1, "123456789012345678901234567890.0");
		run(runner("auto", "always"), (shop) -> assertThat(shop.request("?", BigInteger.class))
			.isEqualTo(new BigInteger("123456789012345678901234567890")));
	}

	@Test
	void whenAnswersComeInOneReadOrInManyThenEachRequestGetsItsOwn() {
		answer(4, PRICE, "{\"amount\":0.1}", "{\"amount\":0.2}", PRICE.replace("123456789", "987654321"));
		run(runner("auto", "always"), (shop) -> {
			for (int i = 0; i < 2; i++) {
				CompletableFuture<Price> first = shop.requestAsync("?", Price.class);
				CompletableFuture<Object> second = shop.requestAsync("?");
				CompletableFuture<Price> third = shop.requestAsync("?", Price.class);
				CompletableFuture<Price> fourth = shop.requestAsync("?", Price.class);
				assertThat(first).succeedsWithin(Patience.SOON).isEqualTo(new Price(EXACT));
				assertThat(second).succeedsWithin(Patience.SOON).isEqualTo(Map.of("amount", 0.1));
				assertThat(third).succeedsWithin(Patience.SOON).isEqualTo(new Price(new BigDecimal("0.2")));
				assertThat(fourth).succeedsWithin(Patience.SOON)
					.isEqualTo(new Price(new BigDecimal(DIGITS.replace("123456789", "987654321"))));
			}
		});
	}

	@Test
	void whenTheApplicationHasAConverterThenItIsGivenWhatRequestsWithoutATypeGet() {
		answer(1, PRICE);
		DefaultConversionService conversionService = new DefaultConversionService();
		conversionService.addConverter(Map.class, Price.class,
				(map) -> new Price(BigDecimal.valueOf((Double) map.get("amount"))));
		run(runner("auto", "always")
			.withInitializer((context) -> context.getBeanFactory().setConversionService(conversionService)), (shop) -> {
				Price price = new Price(BigDecimal.valueOf(ROUNDED));
				assertThat(shop.request("?", Price.class)).isEqualTo(price);
				assertThat(SocketExchangeProxyFactory.create(Prices.class, shop, conversionService).price("?"))
					.isEqualTo(price);
			});
	}

	@Test
	void whenThePeerDoesNotAnswerThenARequestWithATypeEndsAsOthersDo() {
		answer(2, PRICE, PRICE);
		run(runner("auto", "always"),
				(shop) -> assertThatExceptionOfType(SocketOperationException.class)
					.isThrownBy(() -> shop.request("?", Price.class, Duration.ofMillis(50)))
					.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.REQUEST_TIMEOUT)));
	}

	/** Answers so many requests at once, in one write or byte by byte in turn. */
	private void answer(int requests, String... answers) {
		OwnThread.run(() -> {
			try {
				while (true) {
					LinePeer peer = new LinePeer(this.listener.accept());
					OwnThread.run(() -> serve(peer, requests, answers));
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	private static void serve(LinePeer peer, int requests, String... answers) {
		boolean bytewise = false;
		try (peer) {
			List<String> asked = new ArrayList<>();
			for (String line = peer.hear(); line != null; line = peer.hear()) {
				asked.add(line);
				if (asked.size() == requests) {
					asked.clear();
					tell(peer, bytewise, String.join("\n", answers) + "\n");
					bytewise = !bytewise;
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void tell(LinePeer peer, boolean bytewise, String text) throws IOException {
		if (!bytewise) {
			peer.write(text);
			return;
		}
		for (int i = 0; i < text.length(); i++) {
			peer.write(text.substring(i, i + 1));
		}
	}

	private ApplicationContextRunner runner(String dispatch, String connect) {
		String client = "sockets.tcp.client.shop.";
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
			.withPropertyValues(client + "host=127.0.0.1", client + "port=" + this.listener.getLocalPort(),
					client + "codec=json", client + "dispatch=" + dispatch, client + "connect=" + connect,
					client + "request-timeout=30s");
	}

	private static void run(ApplicationContextRunner runner, Consumer<TcpClient> test) {
		runner.run((context) -> {
			assertThat(context).hasNotFailed();
			TcpClient shop = context.getBean(TcpClient.class);
			if (context.getEnvironment().getProperty("sockets.tcp.client.shop.connect", "").equals("always")) {
				Awaitility.await().until(shop::isConnected);
			}
			test.accept(shop);
		});
	}

	record Price(BigDecimal amount) {
	}

	interface Prices {

		Price price(String what);

		CompletableFuture<Price> priceLater(String what);

		Optional<Price> perhaps(String what);

		Map<String, BigDecimal> amounts(String what);

		Map<String, Object> anything(String what);

		List<BigDecimal> numbers(String what);

		List<Double> doubles(String what);

	}

}
