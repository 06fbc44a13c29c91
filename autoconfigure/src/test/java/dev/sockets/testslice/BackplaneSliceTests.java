package dev.sockets.testslice;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;

import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.tcp.TcpServer;
import dev.sockets.test.SocketTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A slice of an application that has several instances.
 */
@SocketTest(properties = { "sockets.backplane.type=redis", "sockets.tcp.server.orders.port=1",
		"sockets.tcp.server.quotes.port=1", "sockets.tcp.server.orders.route-by=first-word",
		"sockets.tcp.client.customer.port=${sockets.tcp.server.orders.port}" })
class BackplaneSliceTests {

	@Autowired
	private TcpServer orders;

	@Autowired
	private ObjectProvider<BackplaneEngine> engines;

	@Test
	void whenTypeIsRedisThenASliceIsAlone() {
		assertThat(this.engines.getIfAvailable()).isNull();
		assertThat(this.orders.presence().nodes()).hasSize(1);
	}

}
