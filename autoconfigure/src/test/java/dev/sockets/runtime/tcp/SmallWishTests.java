package dev.sockets.runtime.tcp;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.Failure;
import dev.sockets.InboundHandler;
import dev.sockets.SocketErrorCode;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an endpoint is asked beside its work.
 */
@Timeout(60)
class SmallWishTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@Test
	void whenHandlerIsRemovedThenItIsCalledNoMore() {
		TcpServer server = this.endpoints.server();
		InboundHandler<Connection> loud = (connection, payload) -> "loud " + payload;
		server.addHandler(loud);
		TcpClient client = this.endpoints.newClient(server);
		client.connect();
		assertThat(client.<String>request("a")).isEqualTo("loud a");
		assertThat(server.removeHandler(loud)).isTrue();
		assertThat(server.removeHandler(loud)).isFalse();
		server.addHandler((connection, payload) -> payload);
		assertThat(client.<String>request("b")).isEqualTo("b");
	}

	@Test
	void whenFailuresAreDrainedThenTheyAreForgotten() {
		TcpServer server = this.endpoints.onMessage((message) -> {
			throw new IllegalStateException("no");
		}).server();
		this.endpoints.newClient(server).connect().send("a");
		Awaitility.await().until(() -> !server.recentFailures().isEmpty());
		assertThat(server.drainFailures()).extracting(Failure::code).containsExactly(SocketErrorCode.HANDLER_FAILED);
		assertThat(server.drainFailures()).isEmpty();
		assertThat(server.recentFailures()).isEmpty();
	}

	@Test
	void whenServerIsStoppedThenItIsTerminated() {
		TcpServer server = this.endpoints.server();
		assertThat(server.isTerminated()).isFalse();
		server.stop();
		assertThat(server.isTerminated()).isTrue();
		server.start();
		assertThat(server.isTerminated()).isFalse();
	}

}
