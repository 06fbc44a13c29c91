package dev.sockets.testslice;

import java.io.IOException;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.sockets.EndpointStatus;
import dev.sockets.SocketOperationException;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.test.LocalSocketPort;
import dev.sockets.test.SocketTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Clients of a slice connect to servers of the same context, to where details say, and to
 * nobody else, whoever asks them to.
 */
@SocketTest(properties = { "sockets.tcp.server.orders.ports=5001,5003-5004", "sockets.tcp.server.named.port=5009",
		"sockets.tcp.server.orders.route-by=first-word", "sockets.tcp.server.quotes.port=5008",
		"sockets.tcp.server.named.host=localhost", "sockets.tcp.client-defaults.reconnect.initial-delay=10ms",
		"sockets.tcp.client-defaults.request-timeout=30s", "sockets.tcp.client.customer.port=5003",
		"sockets.tcp.client.customer.local-address=192.0.2.9", "sockets.tcp.client.guest.port=5009",
		"sockets.tcp.client.guest.host=127.0.0.1",
		"sockets.tcp.client.partly.addresses=127.0.0.1:${outside.port},127.0.0.1:5001",
		"sockets.tcp.client.stranger.host=127.0.0.1", "sockets.tcp.client.stranger.port=${outside.port}",
		"sockets.tcp.client.listed.addresses=127.0.0.1:${outside.port},127.0.0.2:${outside.port}",
		"sockets.tcp.client.asked.host=127.0.0.1", "sockets.tcp.client.asked.port=${outside.port}",
		"sockets.tcp.client.asked.connect=on-demand", "sockets.tcp.client.moved.port=5001",
		"sockets.tcp.client.searching.port=5001", "sockets.tcp.client.detailed.host=127.0.0.1",
		"sockets.tcp.client.detailed.port=${outside.port}", "sockets.tcp.client.waiting.port=5001",
		"sockets.tcp.client.waiting.auto-startup=false" })
@Import(StaysInsideDetails.class)
class StaysInsideTests {

	private static final Outsider outside = new Outsider();

	@LocalSocketPort("orders")
	private int orders;

	@Autowired
	private ApplicationContext context;

	@DynamicPropertySource
	static void outside(DynamicPropertyRegistry properties) {
		properties.add("outside.port", outside::port);
	}

	@AfterAll
	static void nobodyHasConnectedOutside() throws IOException {
		assertThat(outside.isUntouched()).isTrue();
		outside.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "customer", "partly", "detailed" })
	void whenAPeerIsAServerOfTheContextThenTheClientConnectsToItsNewPort(String name) {
		TcpClient client = client(name);
		Awaitility.await().until(client::isConnected);
		assertThat(client.getConnection().orElseThrow().getRemoteAddress().getPort()).isEqualTo(this.orders);
		assertThat(client.<String>request("tea")).isEqualTo("accepted tea");
	}

	@Test
	void whenTheServerListensOnAnAddressThenTheClientConnectsToItsNewPort(@LocalSocketPort("named") int port) {
		Awaitility.await().until(client("guest")::isConnected);
		assertThat(client("guest").getConnection().orElseThrow().getRemoteAddress().getPort()).isEqualTo(port);
	}

	@ParameterizedTest
	@ValueSource(strings = { "stranger", "listed", "asked", "moved", "searching" })
	void whenThePeerIsSomebodyElseThenTheClientIsNotStartedAndConnectsToNobody(String name) throws IOException {
		TcpClient client = client(name);
		assertThat(client.isRunning()).isFalse();
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> client.connect(Duration.ofSeconds(20)))
			.havingRootCause()
			.withMessageContaining("'" + name + "' does not connect in this test: ")
			.withMessageContaining("TcpClientConnectionDetails");
		client.stop();
		assertThat(outside.isUntouched()).isTrue();
	}

	@Test
	void whenAClientOnDemandIsAskedToSendThenItConnectsToNobody() throws IOException {
		TcpClient client = client("asked");
		client.start();
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> client.send("tea"));
		client.stop();
		assertThat(outside.isUntouched()).isTrue();
	}

	@Test
	void whenThePeerIsNamedInTheCallThenTheClientConnectsToIt() {
		TcpClient client = client("waiting");
		assertThat(client.isRunning()).isFalse();
		client.connect(new Peer("127.0.0.1", this.orders));
		assertThat(client.<String>request("tea")).isEqualTo("accepted tea");
		client.stop();
	}

	@Test
	void whenAServerStartsAgainThenItsClientFindsItsNewPort() {
		TcpServer server = this.context.getBean("named", TcpServer.class);
		server.stop();
		server.start();
		TcpClient client = client("guest");
		Awaitility.await()
			.until(() -> client.getConnection()
				.filter((connection) -> connection.getRemoteAddress().getPort() == server.getLocalAddress().getPort())
				.isPresent());
	}

	@Test
	void whenContextIsPausedAndGoesOnThenItsClientsFindNewPortsAndOthersStayStopped() {
		ConfigurableApplicationContext paused = (ConfigurableApplicationContext) this.context;
		paused.pause();
		paused.restart();
		TcpClient client = client("customer");
		int port = this.context.getBean("orders", TcpServer.class).getLocalAddress().getPort();
		Awaitility.await()
			.until(() -> client.getConnection()
				.filter((connection) -> connection.getRemoteAddress().getPort() == port)
				.isPresent());
		assertThat(client("stranger").isRunning()).isFalse();
	}

	private TcpClient client(String name) {
		return this.context.getBean(name, TcpClient.class);
	}

	/**
	 * Has the context of the class around it.
	 */
	@Nested
	class Inside {

		private EndpointStatus stranger;

		@BeforeEach
		void ask(@Autowired ApplicationContext context) {
			this.stranger = context.getBean("stranger", TcpClient.class).status();
			assertThat(context).isSameAs(StaysInsideTests.this.context);
		}

		@Test
		void whenTestIsNestedThenNobodyConnectsOutsideEither() {
			assertThat(this.stranger.messagesSent()).isZero();
			assertThat(client("stranger").isRunning()).isFalse();
		}

	}

}
