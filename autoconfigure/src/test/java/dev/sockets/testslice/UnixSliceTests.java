package dev.sockets.testslice;

import java.nio.file.Path;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.springframework.beans.factory.annotation.Autowired;

import dev.sockets.UnixSocketAddress;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.test.SocketTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers of a slice that listen on paths do so on others, and its clients find them
 * there.
 */
@EnabledOnOs({ OS.LINUX, OS.MAC })
@SocketTest(properties = { "sockets.tcp.server.local.path=/no/such/directory/local.sock",
		"sockets.tcp.client.caller.path=/no/such/directory/local.sock", "sockets.tcp.server.orders.port=0",
		"sockets.tcp.server.orders.route-by=first-word" })
class UnixSliceTests {

	@Autowired
	private TcpServer local;

	@Autowired
	private TcpClient caller;

	@Test
	void whenAServerListensOnAPathThenItIsAnotherInATestAndItsClientFindsIt() {
		assertThat(this.local.getLocalAddress()).isInstanceOfSatisfying(UnixSocketAddress.class,
				(address) -> assertThat(address.getPath()).exists()
					.isNotEqualTo(Path.of("/no/such/directory/local.sock")));
		Awaitility.await().until(this.caller::isConnected);
	}

}
