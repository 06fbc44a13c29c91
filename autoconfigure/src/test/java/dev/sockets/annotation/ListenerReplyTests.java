package dev.sockets.annotation;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.support.DefaultConversionService;

import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of what listener methods return.
 */
class ListenerReplyTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.server.orders.port=0");

	@Test
	void whenAnOptionalIsReturnedThenItsValueIsTheReplyAndNothingIsNone() {
		this.contextRunner.withBean(Optionals.class).run((context) -> assertAnswersAllButNothing(context));
	}

	@Test
	void whenAMonoIsReturnedThenItsValueIsTheReplyAndNothingIsNone() {
		this.contextRunner.withBean(Monos.class).run((context) -> assertAnswersAllButNothing(context));
	}

	@Test
	void whenAStageOfAnOptionalIsReturnedThenItsValueIsTheReplyAndNothingIsNone() {
		this.contextRunner.withBean(Stages.class).run((context) -> assertAnswersAllButNothing(context));
	}

	@Test
	void whenAMonoOfAnOptionalIsReturnedThenItsValueIsTheReplyAndNothingIsNone() {
		this.contextRunner.withBean(OptionalMonos.class).run((context) -> assertAnswersAllButNothing(context));
	}

	@Test
	void whenAnyObjectMayBeReturnedThenAMonoIsKnownByItself() {
		this.contextRunner.withBean(Anything.class).run((context) -> assertAnswersAllButNothing(context));
	}

	@Test
	void whenAMonoFailsThenItIsAnErrorOfTheMessage() {
		this.contextRunner.withBean(FailingMonos.class).withBean(Errors.class).run((context) -> {
			try (LinePeer peer = new LinePeer(orders(context))) {
				peer.tell("fail");
				Awaitility.await().until(() -> !context.getBean(Errors.class).events.isEmpty());
				assertThat(context.getBean(Errors.class).events.get(0).getCause()).rootCause().hasMessage("no order");
				assertThat(peer.ask("go on")).isEqualTo("go on");
			}
		});
	}

	@Test
	void whenACodecHasNullThenOnlyAnOptionalInAnOptionalAnswersIt() {
		this.contextRunner.withBean(OptionalNulls.class)
			.withPropertyValues("sockets.tcp.server.orders.codec=json")
			.run((context) -> {
				try (LinePeer peer = new LinePeer(orders(context))) {
					assertThat(peer.tell("\"nothing\"", "\"null\"").hear()).isEqualTo("null");
					assertThat(peer.ask("\"value\"")).isEqualTo("\"value\"");
				}
			});
	}

	@Test
	void whenAReplyIsNoTextThenItIsConvertedToIt() {
		this.contextRunner.withBean(Objects.class).run((context) -> {
			try (LinePeer peer = new LinePeer(orders(context))) {
				assertThat(peer.ask("number")).isEqualTo("42");
				assertThat(peer.ask("uuid")).isEqualTo("00000000-0000-0001-0000-000000000002");
				assertThat(peer.ask("later")).isEqualTo("43");
				assertThat(peer.ask("builder")).isEqualTo("built");
				assertThat(peer.ask("bytes")).isEqualTo("raw");
			}
		});
	}

	@Test
	void whenTheApplicationConvertsAReplyThenItIsConverted() {
		DefaultConversionService conversion = new DefaultConversionService();
		conversion.addConverter(Receipt.class, String.class, (receipt) -> "price " + receipt.price());
		conversion.addConverter(Receipt.class, byte[].class, (receipt) -> new byte[] { 'b', '\n' });
		ApplicationContextRunner runner = this.contextRunner.withBean(Receipts.class)
			.withInitializer((context) -> context.getBeanFactory().setConversionService(conversion));
		runner.run((context) -> assertThat(LinePeer.ask(orders(context), "tea")).isEqualTo("price 6"));
		runner.withPropertyValues("sockets.tcp.server.orders.codec=bytes", "sockets.tcp.server.orders.framing=raw")
			.run((context) -> assertThat(LinePeer.ask(orders(context), "tea")).isEqualTo("b"));
	}

	@Test
	void whenAReplyCannotBeConvertedThenTheErrorSaysWhatToChange() {
		this.contextRunner.withBean(Receipts.class).withBean(Errors.class).run((context) -> {
			try (LinePeer peer = new LinePeer(orders(context))) {
				peer.tell("tea");
				Awaitility.await().until(() -> !context.getBean(Errors.class).events.isEmpty());
				assertThat(context.getBean(Errors.class).events.get(0).getCause()).rootCause()
					.hasMessageContaining("A reply of class " + Receipt.class.getTypeName() + " of "
							+ Receipts.class.getName() + ".take(Object) cannot be converted to java.lang.String")
					.hasMessageContaining("change the codec, or add a Converter");
			}
		});
	}

	@Test
	void whenAMethodReturnsManyThenTheStartFails() {
		this.contextRunner.withBean(Many.class)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining(
						"it returns a reactor.core.publisher.Flux, which may be many, but a reply is one"));
	}

	@Test
	void whenTwoMethodsReturnWithoutAnOrderThenTheStartFailsAndNamesBoth() {
		this.contextRunner.withBean(Receipts.class)
			.withBean(Optionals.class)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("each message of 'orders' would get two replies")
				.hasMessageContaining(Receipts.class.getName() + ".take(Object)")
				.hasMessageContaining("@Order"));
		this.contextRunner.withBean(Receipts.class).withBean(Listens.class).run((context) -> {
			assertThat(context).hasNotFailed();
		});
	}

	@Test
	void whenTwoMethodsReturnInAnOrderThenBothReply() {
		this.contextRunner.withBean(InOrder.class).run((context) -> {
			try (LinePeer peer = new LinePeer(orders(context))) {
				assertThat(peer.ask("a")).isEqualTo("first a");
				assertThat(peer.hear()).isEqualTo("second a");
			}
		});
	}

	private static void assertAnswersAllButNothing(AssertableApplicationContext context) throws IOException {
		try (LinePeer peer = new LinePeer(orders(context))) {
			assertThat(peer.tell("nothing", "value").hear()).isEqualTo("value");
			assertThat(peer.tell("nothing", "another").hear()).isEqualTo("another");
		}
	}

	private static TcpServer orders(AssertableApplicationContext context) {
		return context.getBean(TcpServer.class);
	}

	private static Optional<String> unlessNothing(String line) {
		return Optional.of(line).filter((text) -> !text.equals("nothing"));
	}

	record Receipt(int price) {
	}

	static class Optionals {

		@SocketListener("orders")
		Optional<String> on(String line) {
			return unlessNothing(line);
		}

	}

	static class Monos {

		@SocketListener("orders")
		Mono<String> on(String line) {
			return Mono.justOrEmpty(unlessNothing(line));
		}

	}

	static class Stages {

		@SocketListener("orders")
		CompletionStage<Optional<String>> on(String line) {
			return OwnThread.call(() -> unlessNothing(line));
		}

	}

	static class OptionalMonos {

		@SocketListener("orders")
		Mono<Optional<String>> on(String line) {
			return Mono.just(unlessNothing(line));
		}

	}

	static class Anything {

		@SocketListener("orders")
		Object on(String line) {
			return Mono.justOrEmpty(unlessNothing(line));
		}

	}

	static class FailingMonos {

		@SocketListener("orders")
		Mono<String> on(String line) {
			return line.equals("fail") ? Mono.error(new IllegalStateException("no order")) : Mono.just(line);
		}

	}

	static class OptionalNulls {

		@SocketListener("orders")
		Optional<Optional<String>> on(String line) {
			return switch (line) {
				case "nothing" -> Optional.empty();
				case "null" -> Optional.of(Optional.empty());
				default -> Optional.of(Optional.of(line));
			};
		}

	}

	static class Objects {

		@SocketListener("orders")
		Object on(String line) {
			return switch (line) {
				case "number" -> 42;
				case "uuid" -> new UUID(1, 2);
				case "later" -> CompletableFuture.completedFuture(43L);
				case "builder" -> new StringBuilder("built");
				default -> new byte[] { 'r', 'a', 'w' };
			};
		}

	}

	static class Receipts {

		@SocketListener("orders")
		Receipt take(Object item) {
			return new Receipt(6);
		}

	}

	static class Listens {

		@SocketListener("orders")
		void listen(String item) {
		}

		@SocketListener("orders")
		CompletableFuture<Void> record(Connection connection) {
			return CompletableFuture.completedFuture(null);
		}

	}

	static class Many {

		@SocketListener("orders")
		Flux<String> on(String line) {
			return Flux.just(line, line);
		}

	}

	static class InOrder {

		@SocketListener("orders")
		@Order(2)
		String second(String line) {
			return "second " + line;
		}

		@SocketListener("orders")
		@Order(1)
		String first(String line) {
			return "first " + line;
		}

	}

	static class Errors {

		private final List<MessageErrorEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void on(MessageErrorEvent event) {
			this.events.add(event);
		}

	}

}
