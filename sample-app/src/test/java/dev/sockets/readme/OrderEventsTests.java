package dev.sockets.readme;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.test.LocalSocketPort;
import dev.sockets.test.SocketEvents;
import dev.sockets.test.SocketTest;
import dev.sockets.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@SocketTest(properties = "sockets.tcp.server.orders.port=7001")
class OrderEventsTests {

	@Autowired
	private SocketTestClient orders;

	@Test
	void whenOrderIsSentThenItIsReceived(@Autowired SocketEvents events) {
		this.orders.send("8");
		assertThat(events.await(MessageReceivedEvent.class, "orders").getPayload()).isEqualTo("8");
	}

	@Test
	void whenPortIsInjectedThenItIsFree(@LocalSocketPort("orders") int port) {
		assertThat(port).isNotEqualTo(7001);
	}

}
