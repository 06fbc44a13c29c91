package dev.sockets.annotation;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Payloads are converted to what a listener method takes, or the error says why not.
 */
class ListenerPayloadTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.server.orders.port=0");

	@Test
	void whenPayloadHasAnotherClassThenItIsConverted() {
		this.contextRunner.withBean(Numbers.class)
			.run((context) -> assertThat(LinePeer.ask(orders(context), "20")).isEqualTo("41"));
	}

	@Test
	void whenPayloadIsOfTheTypeThenItIsGivenAsItIs() {
		this.contextRunner.withBean(AsItIs.class)
			.withPropertyValues("sockets.tcp.server.orders.codec=bytes")
			.run((context) -> assertThat(LinePeer.ask(orders(context), "hello")).isEqualTo("hello"));
	}

	@Test
	void whenPayloadCannotBeConvertedThenErrorSaysSo() {
		this.contextRunner.withBean(Numbers.class).withBean(MessageErrors.class).run((context) -> {
			try (LinePeer peer = new LinePeer(orders(context))) {
				peer.tell("many");
				assertThat(context.getBean(MessageErrors.class).await().getCause().getCause())
					.isInstanceOfSatisfying(SocketOperationException.class,
							(cause) -> assertThat(cause.getCode()).isEqualTo(SocketErrorCode.CODEC_FAILED))
					.hasMessageContaining("A payload of class java.lang.String cannot be converted to int for "
							+ Numbers.class.getName() + ".on(int, MessageReceivedEvent)")
					.hasMessageContaining("many");
				assertThat(peer.tell("").tell("1").hear()).isEqualTo("3");
			}
		});
	}

	@Test
	void whenThereIsNoConverterThenErrorSaysWhatToChange() {
		this.contextRunner.withBean(AsUnmade.class).withBean(MessageErrors.class).run((context) -> {
			try (LinePeer peer = new LinePeer(orders(context))) {
				peer.tell("hello");
				assertThat(context.getBean(MessageErrors.class).await().getCause().getCause())
					.hasMessageContaining(
							"A payload of class java.lang.String cannot be converted to " + Unmade.class.getTypeName())
					.hasMessageContaining("change the codec or its payload-type, or add a Converter");
			}
		});
	}

	@Test
	void whenPayloadIsBytesThenItIsNoTextOfNumbers() {
		this.contextRunner.withBean(Echo.class)
			.withBean(MessageErrors.class)
			.withPropertyValues("sockets.tcp.server.orders.codec=bytes")
			.run((context) -> {
				try (LinePeer peer = new LinePeer(orders(context))) {
					peer.tell("hello");
					assertThat(context.getBean(MessageErrors.class).await().getCause().getCause())
						.hasMessageContaining("A payload of class byte[] cannot be converted to java.lang.String");
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

	static class Numbers {

		@SocketListener("orders")
		String on(int number, MessageReceivedEvent<Long> event) {
			long twice = number + event.getPayload();
			return String.valueOf(twice + 1);
		}

	}

	static class AsItIs {

		@SocketListener("orders")
		byte[] on(byte[] payload) {
			return payload;
		}

	}

	static class AsUnmade {

		@SocketListener("orders")
		void on(Unmade payload) {
		}

	}

	/** Nothing can be converted to it. */
	static class Unmade {

	}

}
