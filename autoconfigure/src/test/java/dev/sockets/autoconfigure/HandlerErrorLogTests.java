package dev.sockets.autoconfigure;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import dev.sockets.SocketEndpoint;
import dev.sockets.annotation.SocketListener;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.tcp.TcpServer;
import dev.sockets.udp.UdpReceiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What handlers throw is in the log, whoever listens to it besides.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class HandlerErrorLogTests {

	private static final String FAILURE = "out of tea";

	@ParameterizedTest
	@ValueSource(classes = { AuditOfAll.class, AuditOfSockets.class, Errors.class })
	void whenSomebodyListensThenWhatAHandlerThrowsIsLogged(Class<?> listener, CapturedOutput output)
			throws IOException {
		failOnce(listener);
		awaitLogged(output);
		assertThat(output).contains("java.lang.IllegalStateException: " + FAILURE + System.lineSeparator() + "\tat ");
	}

	@Test
	void whenThereIsAnInboxThenWhatAHandlerThrowsIsLogged(CapturedOutput output) throws IOException {
		failOnce(Nobody.class, "sockets.tcp.server.orders.inbox.capacity=10");
		awaitLogged(output);
	}

	@Test
	void whenAHandlerThrowsThenTheLineSaysOnceWhatItSays(CapturedOutput output) throws IOException {
		failOnce(Nobody.class);
		awaitLogged(output);
		assertThat(logged(output)).singleElement()
			.asString()
			.contains("A handler of 'orders' failed: java.lang.IllegalStateException: " + FAILURE)
			.containsOnlyOnce(FAILURE);
	}

	@Test
	void whenItIsSwitchedOffThenItIsLeftToWhoListens(CapturedOutput output) throws IOException {
		failOnce(Errors.class, "sockets.tcp.server.orders.log-errors=false");
		assertThat(logged(output)).isEmpty();
	}

	@Test
	void whenItIsSwitchedOffAndNobodyListensThenItIsLogged(CapturedOutput output) throws IOException {
		failOnce(Nobody.class, "sockets.tcp.server.orders.log-errors=false");
		awaitLogged(output);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenADatagramIsNotHandledThenItIsLoggedUnlessThatIsSwitchedOff(boolean logs, CapturedOutput output)
			throws IOException {
		try (ConfigurableApplicationContext context = run(Errors.class, "sockets.udp.receiver.scale.port=0",
				"sockets.udp.receiver.scale.host=127.0.0.1", "sockets.udp.receiver.scale.log-errors=" + logs);
				DatagramSocket socket = new DatagramSocket()) {
			UdpReceiver receiver = context.getBean(UdpReceiver.class);
			byte[] bytes = "17 kg".getBytes(StandardCharsets.US_ASCII);
			socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(),
					receiver.status().address().getPort()));
			awaitFailure(receiver);
		}
		if (logs) {
			awaitLogged(output);
		}
		else {
			assertThat(logged(output)).isEmpty();
		}
	}

	private static void failOnce(Class<?> listener, String... properties) throws IOException {
		try (ConfigurableApplicationContext context = run(listener, properties)) {
			TcpServer server = context.getBean(TcpServer.class);
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getLocalAddress().getPort())) {
				socket.getOutputStream().write("order\n".getBytes(StandardCharsets.US_ASCII));
				awaitFailure(server);
			}
		}
	}

	private static void awaitFailure(SocketEndpoint endpoint) {
		Awaitility.await().until(() -> !endpoint.recentFailures().isEmpty());
	}

	private static ConfigurableApplicationContext run(Class<?> listener, String... properties) {
		return new SpringApplicationBuilder(Application.class, listener)
			.properties("spring.main.web-application-type=none", "spring.main.banner-mode=off",
					"sockets.tcp.server.orders.host=127.0.0.1", "sockets.tcp.server.orders.port=0")
			.properties(properties)
			.run();
	}

	private static void awaitLogged(CapturedOutput output) {
		Awaitility.await().untilAsserted(() -> assertThat(logged(output)).isNotEmpty());
	}

	private static Stream<String> logged(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains("WARN") && line.contains(FAILURE));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SocketsAutoConfiguration.class)
	static class Application {

		@SocketListener("orders")
		void on(String line) {
			throw new IllegalStateException(FAILURE);
		}

		@SocketListener(value = "scale", optional = true)
		void weigh(String line) {
			throw new IllegalStateException(FAILURE);
		}

	}

	static class Nobody {

	}

	static class AuditOfAll {

		@EventListener
		void on(ApplicationEvent event) {
		}

	}

	static class AuditOfSockets {

		@EventListener
		void on(SocketEvent event) {
		}

	}

	static class Errors {

		@EventListener
		void on(MessageErrorEvent event) {
		}

	}

}
