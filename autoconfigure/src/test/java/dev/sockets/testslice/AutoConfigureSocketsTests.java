package dev.sockets.testslice;

import java.io.IOException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.sockets.tcp.TcpClient;
import dev.sockets.test.AutoConfigureSockets;
import dev.sockets.test.LocalSocketPort;
import dev.sockets.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test of a whole application with free ports, which reaches nobody outside either.
 */
@SpringBootTest(classes = SliceApplication.class,
		properties = { "sockets.tcp.server.orders.port=5001", "sockets.tcp.server.orders.route-by=first-word",
				"sockets.tcp.server.quotes.port=5002", "sockets.tcp.client.stranger.host=127.0.0.1",
				"sockets.tcp.client.stranger.port=${outside.port}" })
@AutoConfigureSockets
class AutoConfigureSocketsTests {

	private static final Outsider outside = new Outsider();

	@DynamicPropertySource
	static void outside(DynamicPropertyRegistry properties) {
		properties.add("outside.port", outside::port);
	}

	@AfterAll
	static void nobodyHasConnectedOutside() throws IOException {
		assertThat(outside.isUntouched()).isTrue();
		outside.close();
	}

	@Test
	void whenTheWholeApplicationIsTestedThenItStaysInside(@Autowired Ledger ledger, @Autowired TcpClient stranger,
			@Autowired SocketTestClient orders, @LocalSocketPort("orders") int port) {
		assertThat(ledger).isNotNull();
		assertThat(stranger.isRunning()).isFalse();
		assertThat(port).isNotEqualTo(5001);
		orders.send("tea").expect("accepted tea");
	}

}
