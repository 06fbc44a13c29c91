package dev.sockets.testslice;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

import dev.sockets.autoconfigure.TcpClientConnectionDetails;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerCustomizer;
import dev.sockets.test.LocalSocketPort;
import dev.sockets.test.SocketTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A slice with servers on free ports, whatever the configuration says, and a client that
 * finds one of them.
 */
@SocketTest(properties = { "sockets.tcp.server.orders.port=1", "sockets.tcp.server.quotes.port=1",
		"sockets.tcp.server.orders.route-by=first-word",
		"sockets.tcp.client.customer.port=${sockets.tcp.server.orders.port}",
		"sockets.tcp.client.customer.request-timeout=30s" })
class SocketTestTests {

	@LocalSocketPort("orders")
	private int orders;

	@LocalSocketPort("quotes")
	private Integer quotes;

	@Autowired
	private ApplicationContext context;

	private final int constructed;

	SocketTestTests(@LocalSocketPort("orders") int port) {
		this.constructed = port;
	}

	@Test
	void whenPortIsAskedForThenItIsThatOfServer() {
		assertThat(this.orders).isEqualTo(this.constructed)
			.isEqualTo(this.context.getBean("orders", TcpServer.class).getLocalAddress().getPort())
			.isGreaterThan(1)
			.isNotEqualTo(this.quotes);
	}

	@Test
	void whenPortIsParameterThenItIsThatOfServer(@LocalSocketPort("quotes") int port) {
		assertThat(port).isEqualTo(this.quotes);
	}

	@Test
	void whenComponentHandlesMessagesThenItIsThere() throws IOException {
		assertThat(ask(this.orders, "tea")).isEqualTo("accepted tea");
		assertThat(ask(this.orders, "PING now")).isEqualTo("PONG");
		assertThat(ask(this.quotes, "tea")).isEqualTo("17 tea");
	}

	@Test
	void whenComponentDecidesWhoComesInThenItIsThere() {
		assertThat(this.context.getBeansOfType(Tellers.class)).hasSize(1);
		assertThat(this.context.getBeansOfType(Badges.class)).hasSize(1);
	}

	@Test
	void whenComponentHasNothingToDoWithSocketsThenItIsNotThere() {
		assertThat(this.context.getBeansOfType(Ledger.class)).isEmpty();
		assertThat(this.context.getBeanNamesForType(HealthContributor.class)).isEmpty();
	}

	@Test
	void whenClientHasConnectionDetailsThenItConnectsToThatPeer() {
		TcpClient customer = this.context.getBean(TcpClient.class);
		Awaitility.await().until(customer::isConnected);
		assertThat(customer.<String>request("coffee")).isEqualTo("accepted coffee");
		assertThat(customer.getConnection().orElseThrow().getRemoteAddress().getPort()).isEqualTo(this.orders);
	}

	@Test
	void whenThereAreCustomizersThenTheyAreCalledInOrder() {
		assertThat(this.context.getBean(Customers.class).calls).containsSubsequence("first orders", "second orders");
		assertThat(this.context.getBean(Customers.class).calls).containsSubsequence("first quotes", "second quotes");
	}

	private static String ask(int port, String line) throws IOException {
		try (Socket socket = new Socket("localhost", port)) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
			return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
				.readLine();
		}
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Customers {

		private final List<String> calls = new CopyOnWriteArrayList<>();

		@Bean
		@Order(2)
		TcpServerCustomizer second() {
			return (name, settings) -> this.calls.add("second " + name);
		}

		@Bean
		@Order(1)
		TcpServerCustomizer first() {
			return (name, settings) -> this.calls.add("first " + name);
		}

		@Bean
		TcpClientConnectionDetails customerDetails(ApplicationContext context) {
			return TcpClientConnectionDetails.of("customer", () -> new Peer("localhost",
					context.getBean("orders", TcpServer.class).getLocalAddress().getPort()));
		}

	}

}
