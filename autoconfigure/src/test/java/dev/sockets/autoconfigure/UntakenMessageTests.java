package dev.sockets.autoconfigure;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.event.TransactionalEventListenerFactory;

import dev.sockets.SocketEndpoint;
import dev.sockets.annotation.SocketListener;
import dev.sockets.annotation.SocketMapping;
import dev.sockets.codec.Codec;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.tcp.TcpServer;
import dev.sockets.udp.UdpReceiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A message that nothing handles is told, once, with what would take it.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class UntakenMessageTests {

	private static final String TOLD = "that nothing handles";

	private static final String[] SERVER = { "sockets.tcp.server.orders.port=0",
			"sockets.tcp.server.orders.host=127.0.0.1" };

	@Test
	void whenThereIsNoListenerThenThatIsToldOnceInEachRun(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext context = run(Nobody.class)) {
			TcpServer server = context.getBean(TcpServer.class);
			send(server, "secret", 3);
			server.stop();
			assertThat(told(output)).singleElement()
				.asString()
				.contains("WARN", "'orders'", "java.lang.String", "@SocketListener(\"orders\")",
						"MessageReceivedEvent<java.lang.String>")
				.doesNotContain("secret");
			server.start();
			send(server, "secret", 3);
			server.stop();
			assertThat(told(output)).hasSize(2);
		}
	}

	@Test
	void whenListenersTakeOtherPayloadsThenTheCodecIsNamed(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext context = run(OfTexts.class, "sockets.tcp.server.orders.codec=bytes")) {
			send(context.getBean(TcpServer.class), "secret", 2);
		}
		assertThat(told(output)).singleElement()
			.asString()
			.contains("of type byte[]", "sockets.tcp.server.orders.codec");
	}

	@Test
	void whenOneListenerWatchesAllEventsThenThoseForOtherPayloadsAreToldAllTheSame(CapturedOutput output)
			throws IOException {
		try (ConfigurableApplicationContext context = run(WatchedTexts.class,
				"sockets.tcp.server.orders.codec=bytes")) {
			send(context.getBean(TcpServer.class), "secret", 2);
		}
		assertThat(told(output)).singleElement().asString().contains("of type byte[]");
	}

	@Test
	void whenListenersWaitForATransactionThenThatIsTold(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext context = run(InTransactions.class)) {
			send(context.getBean(TcpServer.class), "secret", 2);
		}
		assertThat(told(output)).singleElement().asString().contains("only in a transaction", "fallbackExecution");
	}

	@ParameterizedTest
	@ValueSource(classes = { OfOtherEndpoint.class, Never.class, WatchedNever.class })
	void whenNoListenersConditionIsMetThenThatIsToldOnceInEachRun(Class<?> listeners, CapturedOutput output)
			throws IOException {
		try (ConfigurableApplicationContext context = run(listeners)) {
			TcpServer server = context.getBean(TcpServer.class);
			send(server, "secret", 5);
			server.stop();
			assertThat(told(output)).singleElement()
				.asString()
				.contains("INFO", "'orders'", "conditions that the message does not meet")
				.doesNotContain("secret");
			server.start();
			send(server, "secret", 5);
		}
		assertThat(told(output)).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(classes = { OfOrders.class, OfOrdersAndOthers.class })
	void whenAListenersConditionIsMetThenNothingIsTold(Class<?> listeners, CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext context = run(listeners)) {
			send(context.getBean(TcpServer.class), "secret", 3);
		}
		assertThat(told(output)).isEmpty();
	}

	@Test
	void whenAConditionIsNotMetAndAPayloadIsOfNobodyThenTheWarningComesToo(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext context = run(NoTexts.class, "sockets.tcp.server.orders.codec=mixed")) {
			TcpServer server = context.getBean(TcpServer.class);
			send(server, "a", 3);
			send(server, "7", 3);
		}
		assertThat(told(output)).hasSize(2)
			.anySatisfy((line) -> assertThat(line).contains("INFO", "conditions"))
			.anySatisfy((line) -> assertThat(line).contains("WARN", "of type java.lang.Integer"));
	}

	@Test
	void whenTheConfigurationLeavesOutMessagesThenThatIsTold(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext context = run(OfTexts.class,
				"sockets.tcp.server.orders.events=connected")) {
			send(context.getBean(TcpServer.class), "secret", 2);
		}
		assertThat(told(output)).singleElement().asString().contains("sockets.tcp.server.orders.events leaves out");
	}

	@Test
	void whenADatagramIsNotHandledThenThatIsTold(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext context = run(Nobody.class, "sockets.udp.receiver.scale.port=0",
				"sockets.udp.receiver.scale.host=127.0.0.1"); DatagramSocket socket = new DatagramSocket()) {
			UdpReceiver receiver = context.getBean(UdpReceiver.class);
			byte[] bytes = "17 kg".getBytes(StandardCharsets.US_ASCII);
			socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(),
					receiver.status().address().getPort()));
			await(receiver, 1);
		}
		assertThat(told(output)).singleElement().asString().contains("@SocketListener(\"scale\")");
	}

	@Test
	void whenOneOfManyPayloadsIsNotTakenThenItIsTold(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext context = run(OfTexts.class, "sockets.tcp.server.orders.codec=mixed")) {
			OfTexts texts = context.getBean(OfTexts.class);
			TcpServer server = context.getBean(TcpServer.class);
			send(server, "a", 5);
			assertThat(told(output)).isEmpty();
			send(server, "7", 5);
			send(server, "b", 5);
			assertThat(told(output)).singleElement().asString().contains("of type java.lang.Integer");
			Awaitility.await().untilAsserted(() -> assertThat(texts.received).hasSize(10));
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { OfTexts.class, OfAll.class, Audit.class, ByAnnotation.class, ByRoute.class,
			WithFallback.class })
	void whenSomebodyTakesMessagesThenNothingIsTold(Class<?> listeners, CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext context = run(listeners, "sockets.tcp.server.orders.route-by=first-word")) {
			send(context.getBean(TcpServer.class), "secret", 3);
		}
		assertThat(told(output)).isEmpty();
	}

	@Test
	void whenThereIsAnInboxThenNothingIsTold(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext context = run(Nobody.class, "sockets.tcp.server.orders.inbox.capacity=9")) {
			send(context.getBean(TcpServer.class), "secret", 3);
		}
		assertThat(told(output)).isEmpty();
	}

	private static ConfigurableApplicationContext run(Class<?> listeners, String... properties) {
		return new SpringApplicationBuilder(Application.class, listeners)
			.properties(Stream.concat(Stream.of(SERVER), Stream.of(properties)).toArray(String[]::new))
			.properties("spring.main.web-application-type=none", "spring.main.banner-mode=off")
			.run();
	}

	private static void send(TcpServer server, String line, int times) throws IOException {
		long before = server.status().messagesReceived();
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getLocalAddress().getPort())) {
			socket.getOutputStream().write((line + "\n").repeat(times).getBytes(StandardCharsets.US_ASCII));
			await(server, before + times);
			socket.shutdownOutput();
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
	}

	private static void await(SocketEndpoint endpoint, long messages) {
		Awaitility.await().until(() -> endpoint.status().messagesReceived() == messages);
	}

	private static Stream<String> told(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains(TOLD));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SocketsAutoConfiguration.class)
	static class Application {

		/** Makes numbers of digits. */
		@Bean
		Codec mixed() {
			return new Codec() {

				@Override
				public Object decode(byte[] bytes, int offset, int length) {
					String text = new String(bytes, offset, length, StandardCharsets.US_ASCII);
					return Character.isDigit(text.charAt(0)) ? (Object) Integer.valueOf(text) : text;
				}

				@Override
				public byte[] encode(Object payload) {
					return payload.toString().getBytes(StandardCharsets.US_ASCII);
				}

			};
		}

		@Bean
		TransactionalEventListenerFactory transactionalListeners() {
			return new TransactionalEventListenerFactory();
		}

	}

	static class Nobody {

	}

	static class OfTexts {

		private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

		@EventListener
		void on(MessageReceivedEvent<String> event) {
			this.received.add(event.getPayload());
		}

	}

	static class OfOtherEndpoint {

		@EventListener(condition = "event.endpoint == 'ordres'")
		void on(MessageReceivedEvent<?> event) {
		}

	}

	static class Never {

		@EventListener(condition = "false")
		void on(MessageReceivedEvent<String> event) {
		}

	}

	static class WatchedNever extends Never {

		@EventListener
		void watch(SocketEvent event) {
		}

	}

	static class NoTexts extends Never {

	}

	static class OfOrders {

		@EventListener(condition = "event.endpoint == 'orders'")
		void on(MessageReceivedEvent<?> event) {
		}

	}

	static class OfOrdersAndOthers extends OfOrders {

		@EventListener(condition = "event.endpoint == 'other'")
		void onOther(MessageReceivedEvent<?> event) {
		}

	}

	static class OfAll {

		@EventListener
		void on(MessageReceivedEvent<?> event) {
		}

	}

	static class Audit implements ApplicationListener<SocketEvent> {

		@Override
		public void onApplicationEvent(SocketEvent event) {
		}

	}

	static class WatchedTexts extends OfTexts {

		@EventListener
		void watch(SocketEvent event) {
		}

	}

	static class ByAnnotation {

		@SocketListener("orders")
		void on(String line) {
		}

	}

	static class ByRoute {

		@SocketMapping(endpoint = "orders", value = "secret")
		void on(String line) {
		}

	}

	static class InTransactions {

		@TransactionalEventListener
		void on(MessageReceivedEvent<String> event) {
		}

	}

	static class WithFallback {

		@TransactionalEventListener(fallbackExecution = true)
		void on(MessageReceivedEvent<String> event) {
		}

	}

}
