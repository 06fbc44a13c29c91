package dev.sockets.annotation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.annotation.shop.ShopConfiguration;
import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Patience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Interfaces as clients of a server that answers all but some lines.
 */
class SocketExchangeTests {

	private static ConfigurableApplicationContext server;

	private static Peer peer;

	private ApplicationContextRunner contextRunner;

	@BeforeAll
	static void startServer() {
		server = new SpringApplicationBuilder(Peer.class).web(WebApplicationType.NONE)
			.properties("sockets.tcp.server.peer.port=0", "spring.main.banner-mode=off")
			.run();
		peer = server.getBean(Peer.class);
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	/** The server may come late to what a client has asked that has given up since. */
	@BeforeEach
	void setUp() {
		Awaitility.await().until(() -> server.getBean(TcpServer.class).getConnections().isEmpty());
		peer.heard.clear();
		int port = server.getBean(TcpServer.class).getLocalAddress().getPort();
		this.contextRunner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
			.withPropertyValues("sockets.tcp.client.orders.port=" + port, "name.of.client=orders",
					"name.of.timeout=100ms", "sockets.tcp.client.orders.request-timeout=60s");
	}

	@Test
	void whenMethodReturnsValueThenItIsTheAnswer() {
		withOrders((context) -> assertThat(context.getBean(OrderClient.class).ask("hello")).isEqualTo("re: hello"));
	}

	@Test
	void whenMethodReturnsFutureThenItIsCompletedWithTheAnswer() {
		withOrders((context) -> {
			OrderClient orders = context.getBean(OrderClient.class);
			CompletableFuture<String> first = orders.askAsync("first");
			CompletionStage<Object> second = orders.askAsStage("second");
			assertThat(first.get()).isEqualTo("re: first");
			assertThat(second.toCompletableFuture().get()).isEqualTo("re: second");
		});
	}

	@Test
	void whenMethodIsVoidThenThePayloadIsSent() {
		withOrders((context) -> {
			OrderClient orders = context.getBean(OrderClient.class);
			orders.tell("silent one");
			orders.tellAsync("silent two").get();
			assertThat(orders.ask("three")).isEqualTo("re: three");
			assertThat(peer.heard).containsExactly("silent one", "silent two", "three");
		});
	}

	@Test
	void whenMethodIsVoidAndClientIsNotConnectedThenItFails() {
		this.contextRunner.withUserConfiguration(OrdersConfiguration.class)
			.withPropertyValues("sockets.tcp.client.orders.auto-startup=false")
			.run((context) -> {
				OrderClient orders = context.getBean(OrderClient.class);
				assertFails(SocketErrorCode.NOT_CONNECTED, () -> orders.tell("hello"));
				assertFails(SocketErrorCode.NOT_CONNECTED, () -> orders.ask("hello"));
				assertThat(orders.askAsync("hello")).isCompletedExceptionally();
				assertThat(orders.tellAsync("hello")).isCompletedExceptionally();
			});
	}

	@Test
	void whenAnswerHasAnotherClassThenItIsConverted() {
		withOrders((context) -> {
			OrderClient orders = context.getBean(OrderClient.class);
			assertThat(orders.count("echo 12")).isEqualTo(12);
			assertThat(orders.countAsync("echo 13").get()).isEqualTo(13L);
			assertThat(orders.list("echo 1,2")).containsExactly(1, 2);
		});
	}

	@Test
	void whenAnswerCannotBeConvertedThenCodecFailed() {
		withOrders((context) -> {
			OrderClient orders = context.getBean(OrderClient.class);
			assertThat(assertFails(SocketErrorCode.CODEC_FAILED, () -> orders.count("hello")))
				.hasMessageContaining("A payload of class java.lang.String cannot be converted to int for "
						+ OrderClient.class.getName() + ".count(String)");
			assertFails(SocketErrorCode.CODEC_FAILED, () -> orders.thread("hello"));
			assertFails(SocketErrorCode.CODEC_FAILED, () -> orders.bytes("hello"));
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> orders.countAsync("hello").get())
				.withCauseInstanceOf(SocketOperationException.class)
				.withMessageContaining("cannot be converted to java.lang.Long");
			assertThat(orders.ask("hello")).isEqualTo("re: hello");
		});
	}

	@Test
	void whenThereIsTimeoutThenItBoundsTheAnswer() {
		withOrders((context) -> {
			OrderClient orders = context.getBean(OrderClient.class);
			Duration began = Duration.ofNanos(System.nanoTime());
			assertFails(SocketErrorCode.REQUEST_TIMEOUT, () -> orders.askShortly("silent"));
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> orders.askShortlyAsync("silent").get())
				.withCauseInstanceOf(SocketOperationException.class)
				.withStackTraceContaining("within its deadline");
			assertThat(Duration.ofNanos(System.nanoTime()).minus(began)).isLessThan(Patience.SOON);
		});
	}

	@Test
	void whenInterfaceHasTimeoutThenItIsThatOfItsMethods() {
		withOrders((context) -> {
			Impatient impatient = context.getBean(Impatient.class);
			Duration began = Duration.ofNanos(System.nanoTime());
			assertFails(SocketErrorCode.REQUEST_TIMEOUT, () -> impatient.ask("silent"));
			assertThat(Duration.ofNanos(System.nanoTime()).minus(began)).isLessThan(Patience.SOON);
		});
	}

	@Test
	void whenThereIsNoTimeoutThenItIsThatOfTheClient() {
		this.contextRunner = this.contextRunner.withPropertyValues("sockets.tcp.client.orders.request-timeout=1s");
		withOrders((context) -> {
			Duration began = Duration.ofNanos(System.nanoTime());
			assertFails(SocketErrorCode.REQUEST_TIMEOUT, () -> context.getBean(OrderClient.class).ask("silent"));
			assertThat(Duration.ofNanos(System.nanoTime()).minus(began)).isBetween(Duration.ofMillis(500),
					Patience.SOON);
		});
	}

	@Test
	void whenMethodIsInheritedThenItsTypesAreTheInterfaces() {
		withOrders((context) -> {
			Counter counter = context.getBean(Counter.class);
			assertThat(counter.get("echo 12")).isEqualTo(12);
			Asking<Integer, String> asking = counter;
			assertThat(asking.get("echo 13")).isEqualTo(13);
		});
	}

	@Test
	void whenMethodIsDefaultThenItIsLeftAsItIs() {
		withOrders(
				(context) -> assertThat(context.getBean(OrderClient.class).askTwice("a")).isEqualTo("re: a and re: a"));
	}

	@Test
	void whenMethodIsThatOfObjectThenNothingIsSent() {
		withOrders((context) -> {
			OrderClient orders = context.getBean(OrderClient.class);
			OrderClient other = SocketExchangeProxyFactory.create(OrderClient.class, context.getBean(TcpClient.class));
			assertThat(orders).isEqualTo(orders).isNotEqualTo(other).isNotEqualTo(null);
			assertThat(orders.hashCode()).isEqualTo(orders.hashCode()).isNotEqualTo(other.hashCode());
			assertThat(orders).hasToString("OrderClient of TCP client 'orders'");
			assertThat(other.ask("hello")).isEqualTo("re: hello");
			assertThat(peer.heard).containsExactly("hello");
		});
	}

	@Test
	void whenPayloadIsNullThenItFailsAtOnce() {
		withOrders((context) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> context.getBean(OrderClient.class).ask(null))
			.withMessage("The payload for " + OrderClient.class.getName() + ".ask(String) is null"));
	}

	@Test
	void whenPackageIsScannedThenItsAnnotatedInterfacesAreBeans() {
		this.contextRunner.withUserConfiguration(ShopConfiguration.class, AgainConfiguration.class).run((context) -> {
			awaitConnection(context);
			assertThat(context.getBeanNamesForAnnotation(SocketExchange.class))
				.containsExactly(ShopConfiguration.class.getName() + "$ShopClient");
			assertThat(context.getBean(ShopConfiguration.Shop.class).ask("hello")).isEqualTo("re: hello, re: hello");
		});
	}

	@Test
	void whenPackagesAreNamedThenTheyAreScanned() {
		for (Class<?> configuration : List.of(AgainConfiguration.class, ByClassConfiguration.class)) {
			this.contextRunner.withUserConfiguration(configuration)
				.run((context) -> assertThat(context.getBeanNamesForAnnotation(SocketExchange.class))
					.containsExactly(ShopConfiguration.class.getName() + "$ShopClient"));
		}
	}

	private void withOrders(ContextConsumer<AssertableApplicationContext> test) {
		this.contextRunner.withUserConfiguration(OrdersConfiguration.class).run((context) -> {
			awaitConnection(context);
			test.accept(context);
		});
	}

	private static void awaitConnection(AssertableApplicationContext context) {
		Awaitility.await().until(context.getBean("orders", TcpClient.class)::isConnected);
	}

	private static SocketOperationException assertFails(SocketErrorCode code, Runnable call) {
		SocketOperationException[] failure = new SocketOperationException[1];
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(call::run)
			.satisfies((thrown) -> failure[0] = thrown)
			.satisfies((thrown) -> assertThat(thrown.getCode()).isEqualTo(code));
		return failure[0];
	}

	@Configuration(proxyBeanMethods = false)
	@Import(SocketsAutoConfiguration.class)
	static class Peer {

		private final List<String> heard = new CopyOnWriteArrayList<>();

		@SocketListener("peer")
		String on(String line) {
			this.heard.add(line);
			if (line.startsWith("silent")) {
				return null;
			}
			return line.startsWith("echo ") ? line.substring("echo ".length()) : "re: " + line;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableSocketExchanges(clients = { OrderClient.class, Impatient.class, Counter.class })
	static class OrdersConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableSocketExchanges("dev.sockets.annotation.shop")
	static class AgainConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableSocketExchanges(basePackageClasses = ShopConfiguration.class)
	static class ByClassConfiguration {

	}

	@SocketExchange("orders")
	interface OrderClient {

		String ask(String question);

		CompletableFuture<String> askAsync(String question);

		CompletionStage<Object> askAsStage(String question);

		void tell(String note);

		CompletableFuture<Void> tellAsync(String note);

		int count(String question);

		CompletableFuture<Long> countAsync(String question);

		List<Integer> list(String question);

		Peer thread(String question);

		byte[] bytes(String question);

		@SocketExchange(timeout = "100ms")
		String askShortly(String question);

		@SocketExchange(timeout = "PT0.1S")
		CompletableFuture<String> askShortlyAsync(String question);

		default String askTwice(String question) {
			return ask(question) + " and " + ask(question);
		}

		@Override
		String toString();

	}

	@SocketExchange(value = "${name.of.client}", timeout = "${name.of.timeout}")
	interface Impatient {

		String ask(String question);

		void tell(String note);

	}

	interface Asking<A, Q> {

		A get(Q question);

	}

	@SocketExchange("orders")
	interface Counter extends Asking<Integer, String> {

	}

}
