package dev.sockets.readme;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Import;

import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.test.LocalSocketPort;
import dev.sockets.test.SocketEvents;
import dev.sockets.test.SocketTest;
import dev.sockets.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@SocketTest(properties = "sockets.tcp.server.orders.port=7001")
class OrderLinesTests {

	@Autowired
	private SocketTestClient orders;

	@Test
	void whenOrderIsSentThenItIsAccepted() {
		this.orders.send("7").expect("accepted 7");
	}

	@Test
	void whenOrderIsSentThenItIsReceived(@Autowired SocketEvents events) {
		this.orders.send("8");
		assertThat(events.await(MessageReceivedEvent.class, "orders").getPayload()).isEqualTo("8");
	}

	@Test
	void whenPortIsInjectedThenItIsFree(@LocalSocketPort("orders") int port) {
		assertThat(port).isNotEqualTo(7001);
	}

	@SpringBootConfiguration
	@Import(OrderLines.class)
	static class Application {

	}

}
