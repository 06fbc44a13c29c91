package dev.sockets.readme;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Import;

import dev.sockets.test.LocalSocketPort;
import dev.sockets.test.SocketTest;

import static org.assertj.core.api.Assertions.assertThat;

@SocketTest(properties = "sockets.tcp.server.orders.port=7001")
class OrderLinesTests {

	@LocalSocketPort("orders")
	private int port;

	@Test
	void whenOrderIsSentThenItIsAccepted() throws IOException {
		assertThat(this.port).isNotEqualTo(7001);
		try (Socket socket = new Socket("localhost", this.port)) {
			socket.setSoTimeout(30_000);
			socket.getOutputStream().write("7\n".getBytes(StandardCharsets.UTF_8));
			assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
				.readLine()).isEqualTo("accepted 7");
		}
	}

	@SpringBootConfiguration
	@Import(OrderLines.class)
	static class Application {

	}

}
