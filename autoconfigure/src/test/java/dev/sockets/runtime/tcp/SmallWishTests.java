package dev.sockets.runtime.tcp;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.Failure;
import dev.sockets.InboundHandler;
import dev.sockets.SocketErrorCode;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
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

	@Test
	void whenConnectionIsClosedThenItsFutureTellsTheReasonAfterTheEvent() {
		List<String> order = new CopyOnWriteArrayList<>();
		this.endpoints.onEvent((event) -> {
			if (event instanceof DisconnectedEvent disconnected && event.getEndpoint().equals("server")) {
				TestEndpoints.block(50);
				assertThat(disconnected.getConnection().closed()).isNotDone();
				order.add("event");
			}
		});
		TcpServer server = this.endpoints.server();
		TcpClient client = this.endpoints.newClient(server);
		Connection near = client.connect();
		Connection far = this.endpoints.onlyConnection(server);
		CompletableFuture<Void> told = far.closed().thenAccept((reason) -> order.add("future"));
		assertThat(near.closed()).isNotDone();
		client.disconnect();
		assertThat(near.closed()).succeedsWithin(TestEndpoints.SOON).isEqualTo(DisconnectReason.LOCAL);
		assertThat(told).succeedsWithin(TestEndpoints.SOON);
		assertThat(order).containsExactly("event", "future");
		assertThat(far.closed()).isCompletedWithValue(DisconnectReason.REMOTE);
	}

	@Test
	void whenConnectionBreaksThenItsFutureIsNotExceptional() {
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			peer.reset();
			assertThat(connection.closed()).succeedsWithin(TestEndpoints.SOON).isEqualTo(DisconnectReason.RESET);
		}
	}

	@Test
	void whenSomebodyCompletesItsFutureThenThatOfOthersGoesOn() {
		TcpServer server = this.endpoints.server();
		TcpClient client = this.endpoints.newClient(server);
		Connection connection = client.connect();
		CompletableFuture<DisconnectReason> mine = connection.closed();
		CompletableFuture<DisconnectReason> late = connection.closed().orTimeout(1, TimeUnit.MILLISECONDS);
		mine.complete(DisconnectReason.IDLE);
		assertThat(late).failsWithin(TestEndpoints.SOON);
		assertThat(connection.closed()).isNotDone();
		server.stop();
		assertThat(connection.closed()).succeedsWithin(TestEndpoints.SOON).isEqualTo(DisconnectReason.REMOTE);
		assertThat(mine).isCompletedWithValue(DisconnectReason.IDLE);
	}

	@Test
	void whenServerHasStoppedThenAllFuturesAreComplete() {
		TcpServer server = this.endpoints.server();
		this.endpoints.newClient(server).connect();
		CompletableFuture<DisconnectReason> closed = this.endpoints.onlyConnection(server).closed();
		server.stop();
		assertThat(closed).isCompletedWithValue(DisconnectReason.SHUTDOWN);
	}

}
