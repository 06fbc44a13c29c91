package dev.sockets.autoconfigure;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.EventListener;

import dev.sockets.annotation.SocketListener;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.MessageReceivedEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code @EventListener} methods return is no reply, which is told at the start when
 * it is nothing else either.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReturnedEventsTests {

	private static final String PUBLISHED = "Spring publishes what an @EventListener method returns as an event, and no listener takes that. ";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.server.echo.port=0");

	static Stream<Class<?>> lost() {
		return Stream.of(Text.class, Bytes.class, Number.class, Order.class, Later.class, Reactive.class, Many.class,
				Several.class, Perhaps.class, Untyped.class, ByAnnotation.class);
	}

	static Stream<Class<?>> silent() {
		return Stream.of(Nothing.class, NothingLater.class, Event.class, AnyEvent.class, Anything.class, OfOther.class,
				Replies.class);
	}

	@ParameterizedTest
	@MethodSource("lost")
	void whenAListenerOfMessagesReturnsWhatNobodyTakesThenTheStartSaysWhatReplies(Class<?> listener,
			CapturedOutput output) {
		start(output, listener, WatchingAll.class, WatchingPayloads.class);
		assertThat(warnings(output)).singleElement()
			.asString()
			.contains(listener.getName() + ".on returns ")
			.contains(", which is no reply: " + PUBLISHED + "A method with @SocketListener(\"echo\") in place of "
					+ "@EventListener replies by what it returns; or call event.reply(...) and return nothing");
	}

	@ParameterizedTest
	@MethodSource("silent")
	void whenAListenerReturnsNothingOrMayReturnAnEventThenThereIsNothingToTell(Class<?> listener,
			CapturedOutput output) {
		start(output, listener);
		assertThat(warnings(output)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("lost")
	void whenAnotherListenerTakesItThenThereIsNothingToTell(Class<?> listener, CapturedOutput output) {
		start(output, listener, Taking.class);
		assertThat(warnings(output)).isEmpty();
	}

	@Test
	void whenAListenerOfConnectionsReturnsTextThenTheStartSaysThatItIsSentToNobody(CapturedOutput output) {
		start(output, Welcome.class);
		assertThat(warnings(output)).singleElement()
			.asString()
			.contains(Welcome.class.getName() + ".on returns java.lang.String, which is sent to nobody: " + PUBLISHED
					+ "Send it by the connection of the event, and return nothing");
	}

	@Test
	void whenThereAreSeveralEndpointsThenNoneIsNamed(CapturedOutput output) {
		this.runner.withBean(Text.class)
			.withPropertyValues("sockets.udp.receiver.other.port=0")
			.run((context) -> assertThat(warnings(output)).singleElement()
				.asString()
				.contains("@SocketListener(\"<endpoint>\")"));
	}

	private void start(CapturedOutput output, Class<?>... beans) {
		ApplicationContextRunner runner = this.runner;
		for (Class<?> bean : beans) {
			runner = runner.withBean(bean);
		}
		runner.run((context) -> assertThat(context).hasNotFailed());
	}

	private static List<String> warnings(CapturedOutput output) {
		return output.toString().lines().filter((line) -> line.contains("WARN")).toList();
	}

	record Item(String name) {
	}

	static class Text {

		@EventListener
		String on(MessageReceivedEvent<String> event) {
			return "echo " + event.getPayload();
		}

	}

	static class Bytes {

		@EventListener
		byte[] on(MessageReceivedEvent<byte[]> event) {
			return event.getPayload();
		}

	}

	static class Number {

		@EventListener
		int on(MessageReceivedEvent<String> event) {
			return event.getPayload().length();
		}

	}

	static class Order {

		@EventListener
		Item on(MessageReceivedEvent<?> event) {
			return new Item("x");
		}

	}

	static class Later {

		@EventListener
		CompletableFuture<String> on(MessageReceivedEvent<String> event) {
			return CompletableFuture.completedFuture("x");
		}

	}

	static class Reactive {

		@EventListener
		Mono<String> on(MessageReceivedEvent<String> event) {
			return Mono.just("x");
		}

	}

	static class Many {

		@EventListener
		Flux<Item> on(MessageReceivedEvent<String> event) {
			return Flux.empty();
		}

	}

	static class Several {

		@EventListener
		List<String> on(MessageReceivedEvent<String> event) {
			return List.of();
		}

	}

	static class Perhaps {

		@EventListener
		Optional<String> on(MessageReceivedEvent<String> event) {
			return Optional.empty();
		}

	}

	@SuppressWarnings("rawtypes")
	static class Untyped {

		@EventListener
		String on(MessageReceivedEvent event) {
			return "x";
		}

	}

	static class ByAnnotation {

		@EventListener(classes = MessageReceivedEvent.class, condition = "event.endpoint == 'echo'")
		String on() {
			return "x";
		}

	}

	static class Welcome {

		@EventListener
		String on(ConnectedEvent event) {
			return "welcome";
		}

	}

	static class Nothing {

		@EventListener
		void on(MessageReceivedEvent<String> event) {
		}

	}

	static class NothingLater {

		@EventListener
		Mono<Void> on(MessageReceivedEvent<String> event) {
			return Mono.empty();
		}

	}

	static class Ordered extends ApplicationEvent {

		private static final long serialVersionUID = 1L;

		Ordered(Object source) {
			super(source);
		}

	}

	static class Event {

		@EventListener
		Ordered on(MessageReceivedEvent<String> event) {
			return new Ordered(this);
		}

	}

	static class AnyEvent {

		@EventListener
		List<? extends ApplicationEvent> on(MessageReceivedEvent<String> event) {
			return List.of();
		}

	}

	static class Anything {

		@EventListener
		Object on(MessageReceivedEvent<String> event) {
			return "x";
		}

	}

	/** No business of ours. */
	static class OfOther {

		@EventListener
		String on(Ordered event) {
			return "x";
		}

	}

	static class Replies {

		@SocketListener("echo")
		String on(String line) {
			return line;
		}

	}

	static class WatchingAll {

		@EventListener
		void on(ApplicationEvent event) {
		}

	}

	static class WatchingPayloads {

		@EventListener
		void on(PayloadApplicationEvent<?> event) {
		}

	}

	static class Taking {

		@EventListener
		void text(CharSequence text) {
		}

		@EventListener
		void item(Item item) {
		}

		@EventListener
		void number(Integer number) {
		}

		@EventListener
		void octet(Byte octet) {
		}

		@EventListener
		void perhaps(Optional<String> text) {
		}

	}

}
