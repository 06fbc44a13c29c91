package dev.sockets.testslice;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import org.springframework.beans.factory.annotation.Autowired;

import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.EndpointStartedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.test.SocketEvents;
import dev.sockets.test.SocketTest;
import dev.sockets.test.SocketTestClient;
import dev.sockets.testkit.LogLines;
import dev.sockets.testkit.Patience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What tests of a slice see of its events.
 */
@SocketTest(useDefaultFilters = false,
		properties = { "sockets.tcp.server.orders.port=5001", "sockets.tcp.server.quotes.port=5002",
				"sockets.tcp.server.quotes.codec=json", "sockets.tcp.client.customer.port=5001" })
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SocketEventsTests {

	@Autowired
	private SocketEvents events;

	@Autowired
	private SocketTestClient orders;

	@Test
	@Order(1)
	void whenContextHasStartedThenItsFirstTestSeesThat() {
		await(EndpointStartedEvent.class, "orders");
		await(ConnectedEvent.class, "customer");
		await(ConnectedEvent.class, "orders");
		this.orders.send("tea");
		assertThat(payload()).isEqualTo("tea");
	}

	@Test
	@Order(2)
	void whenTestBeginsThenEventsOfOthersAreForgotten() {
		assertThat(this.events.all(EndpointStartedEvent.class, "orders")).isEmpty();
		assertThat(this.events.all(MessageReceivedEvent.class, "orders")).isEmpty();
	}

	@Test
	void whenEventsAreAwaitedThenEachIsReturnedOnceAndInOrder() {
		this.orders.send("tea").send("milk").send("sugar");
		assertThat(payload()).isEqualTo("tea");
		assertThat(payload()).isEqualTo("milk");
		assertThat(this.events.await(MessageReceivedEvent.class, "orders",
				(event) -> event.getPayload().equals("sugar"), Patience.SOON))
			.isNotNull();
		assertThat(this.events.all(MessageReceivedEvent.class, "orders")).hasSize(3);
		this.events.clear();
		assertThat(this.events.all(MessageReceivedEvent.class, "orders")).isEmpty();
	}

	@Test
	void whenThereIsNoSuchEventThenTheFailureShowsThoseThatThereAre() {
		this.orders.send("tea");
		assertThat(payload()).isEqualTo("tea");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.events.await(EndpointStartedEvent.class, "orders", (event) -> true,
					Duration.ofMillis(1)))
			.withMessageStartingWith("'orders' should publish an EndpointStartedEvent within 1 ms, but has published ")
			.withMessageContaining("ConnectedEvent")
			.withMessageContaining("MessageReceivedEvent");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.events.await(DisconnectedEvent.class, "nobody", (event) -> true, Duration.ZERO))
			.withMessage("'nobody' should publish a DisconnectedEvent within 0 ms, but has published nothing");
	}

	@Test
	void whenAMessageFailsThenItIsStillLogged(@Autowired SocketTestClient quotes) {
		try (LogLines log = new LogLines("dev.sockets.test.SocketEventRecorder")) {
			quotes.send("{{{");
			await(MessageErrorEvent.class, "quotes");
			assertThat(log.all()).isEqualTo(List.of("WARN A message of 'quotes' has failed"));
		}
	}

	private Object payload() {
		return await(MessageReceivedEvent.class, "orders").getPayload();
	}

	private <E extends SocketEvent> E await(Class<E> type, String endpoint) {
		return this.events.await(type, endpoint, (event) -> true, Patience.SOON);
	}

	/**
	 * Has the context of the class around it, and so its events.
	 */
	@Nested
	class Inside {

		@Test
		void whenTestIsNestedThenEventsOfOthersAreForgottenToo() {
			assertThat(SocketEventsTests.this.events.all(MessageReceivedEvent.class, "orders")).isEmpty();
			SocketEventsTests.this.orders.send("tea");
			assertThat(payload()).isEqualTo("tea");
		}

	}

}
