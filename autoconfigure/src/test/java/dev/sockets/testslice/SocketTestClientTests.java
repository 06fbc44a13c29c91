package dev.sockets.testslice;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.context.ApplicationContext;

import dev.sockets.tcp.TcpServer;
import dev.sockets.test.SocketTest;
import dev.sockets.test.SocketTestClient;
import dev.sockets.testkit.Patience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A client that tests have injected, and what it says when something else comes than was
 * expected.
 */
@SocketTest(properties = { "sockets.tcp.server.orders.port=5001", "sockets.tcp.server.orders.route-by=first-word",
		"sockets.tcp.server.quotes.port=5002" })
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SocketTestClientTests {

	private static @Nullable SocketTestClient before;

	@Autowired
	private SocketTestClient orders;

	@Autowired
	@Qualifier("quotes")
	private SocketTestClient other;

	@Autowired
	private ApplicationContext context;

	@BeforeEach
	void bePatient() {
		this.orders.timeout(Patience.SOON);
		this.other.timeout(Patience.SOON);
	}

	@Test
	@Order(1)
	void whenLinesAreSentThenAnswersAreExpected() {
		this.orders.send("tea").expect("accepted tea").send("PING").send("milk").expect("PONG", "accepted milk");
		this.other.connect().send("tea");
		assertThat(this.other.receive()).isEqualTo("17 tea");
		before = this.orders;
	}

	@Test
	@Order(2)
	void whenTestIsOverThenItsClientsAreClosedAndMayBeUsedAgain() {
		Awaitility.await().until(() -> this.context.getBean("orders", TcpServer.class).getConnections().isEmpty());
		SocketTestClient used = Objects.requireNonNull(before);
		assertThat(used).isNotSameAs(this.orders);
		used.send("tea").expect("accepted tea");
	}

	@Test
	void whenBytesAreSentThenBytesAreExpected() {
		this.orders.send(bytes("tea\nmil"))
			.expect(bytes("accepted t"))
			.send(bytes("k\n"))
			.expect("ea", "accepted milk");
	}

	@Test
	void whenAnotherLineComesThenItIsShown() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.orders.send("tea").expect("no tea"))
			.withMessage("'orders' should send \"no tea\", but sent \"accepted tea\"");
	}

	@Test
	void whenOtherBytesComeThenTheyAreShown() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.orders.send("tea").expect(bytes("accused")))
			.withMessage("'orders' should send [61 63 63 75 73 65 64], but sent [61 63 63 65]");
	}

	@Test
	void whenNothingComesThenItSaysWhatCameBefore() {
		this.orders.timeout(Duration.ofMillis(200));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.orders.expect("tea"))
			.withMessage("'orders' should send \"tea\", but sent nothing for 200 ms");
		assertThatIllegalArgumentException().isThrownBy(() -> this.orders.timeout(Duration.ZERO));
	}

	@Test
	void whenTheServerClosesThenTheEndIsExpected() {
		this.orders.send("tea").expect("accepted tea");
		this.context.getBean("orders", TcpServer.class).disconnectAll();
		this.orders.expectEnd();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.orders.expect("tea"))
			.withMessage("'orders' should send \"tea\", but closed the connection");
	}

	@Test
	void whenSomethingComesInsteadOfTheEndThenItIsShown() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.orders.send("tea").expectEnd())
			.withMessage("'orders' should send nothing and close the connection, but sent [61]");
	}

	@Test
	void whenItIsOfAnyServerThenItIsClosedByTheTest() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				SocketTestClient client = SocketTestClient.of("localhost", server.getLocalPort()).connect();
				Socket accepted = server.accept();
				OutputStream out = accepted.getOutputStream()) {
			out.write(bytes("half\r\na l"));
			accepted.shutdownOutput();
			client.expect("half");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(client::receive)
				.withMessageEndingWith("should send a line, but closed the connection after [61 20 6c]");
		}
	}

	@Test
	void whenNobodyListensThenThatIsTheFailure() throws IOException {
		try (Socket silent = new Socket()) {
			silent.bind(new InetSocketAddress("127.0.0.1", 0));
			SocketTestClient client = SocketTestClient.of("127.0.0.1", silent.getLocalPort());
			assertThatExceptionOfType(AssertionError.class).isThrownBy(client::connect)
				.withMessage("'127.0.0.1:" + silent.getLocalPort() + "' cannot be connected to");
		}
	}

	@Test
	void whenNoServerHasThatNameThenItSaysWhichThereAre() {
		AutowireCapableBeanFactory factory = this.context.getAutowireCapableBeanFactory();
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> factory.createBean(Stranger.class))
			.havingRootCause()
			.withMessageContaining("There is no TCP server 'stranger'")
			.withMessageContaining("there is orders, quotes");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Has clients of the context of the class around it.
	 */
	@Nested
	class Inside {

		@Test
		void whenItIsParameterThenItIsInjected(@Autowired SocketTestClient quotes) {
			quotes.send("tea").expect("17 tea");
			SocketTestClientTests.this.orders.send("tea").expect("accepted tea");
		}

	}

	/**
	 * Wants to be a client of nobody.
	 */
	static class Stranger {

		@Autowired
		private @Nullable SocketTestClient stranger;

	}

}
