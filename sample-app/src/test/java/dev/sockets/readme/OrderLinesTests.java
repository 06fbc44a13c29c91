package dev.sockets.readme;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import dev.sockets.test.SocketTest;
import dev.sockets.test.SocketTestClient;

@SocketTest(properties = "sockets.tcp.server.orders.port=7001")
class OrderLinesTests {

	@Autowired
	private SocketTestClient orders;

	@Test
	void whenOrderIsSentThenItIsAccepted() {
		this.orders.send("7").expect("accepted 7");
	}

}
