package dev.sockets.runtime.tcp;

import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.Correlation;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.RequestMatching;
import dev.sockets.tcp.RequestOrder;
import dev.sockets.tcp.RequestTimeoutPolicy;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is sent may have another limit than what is received.
 */
@Timeout(60)
class MessageSizeTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@Test
	void whenLongerMessagesMayBeSentThanReceivedThenEachWayHasItsOwnLimit() {
		TcpServer server = this.endpoints.server((connection) -> connection.maxFrameSize(10).maxMessageSize(100));
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			connection.send("x".repeat(100));
			assertThat(peer.readLine()).hasSize(100);
			assertTooLong(connection, 101, "outbound.max-message-size=100B");
			assertThat(server.broadcast("y".repeat(100))).isOne();
			assertThat(peer.readLine()).hasSize(100);
			peer.send("z".repeat(11));
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
			.isEqualTo(DisconnectReason.FRAME_ERROR);
	}

	@Test
	void whenShorterMessagesMayBeSentThanReceivedThenTheLimitIsExact() {
		TcpServer server = this.endpoints.echo()
			.server((connection) -> connection.maxFrameSize(100).maxMessageSize(10));
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			assertTooLong(connection, 11, "outbound.max-message-size=10B");
			peer.send("x".repeat(100));
			assertThat(peer.ask("y".repeat(10))).isEqualTo("y".repeat(10));
		}
	}

	@Test
	void whenThereIsNoLimitOfItsOwnThenItIsThatOfFrames() {
		TcpServer server = this.endpoints.server((connection) -> connection.maxFrameSize(10));
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			connection.send("x".repeat(10));
			assertThat(peer.readLine()).hasSize(10);
			assertTooLong(connection, 11, "max-frame-size=10B");
		}
	}

	@Test
	void whenALongRequestHasAKeyThenItsAnswerIsFound() {
		TcpServer server = this.endpoints.server((connection) -> connection.maxFrameSize(10)
			.maxMessageSize(100)
			.requestMatching(
					new RequestMatching(Correlation.bytes(0, 2), RequestTimeoutPolicy.KEEP, RequestOrder.PIPELINED)));
		try (Peer peer = new Peer(server)) {
			CompletableFuture<Object> answer = this.endpoints.onlyConnection(server)
				.requestAsync("17" + "x".repeat(98));
			assertThat(peer.readLine()).hasSize(100);
			peer.send("18 other", "17 yes");
			assertThat(answer).succeedsWithin(TestEndpoints.SOON).isEqualTo("17 yes");
		}
	}

	private static void assertTooLong(Connection connection, int length, String limit) {
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> connection.send("x".repeat(length)))
			.withMessage("A message of " + length + " bytes is longer than sockets.tcp.server.server." + limit
					+ ", so it was not sent: raise that, or send less at a time")
			.extracting(SocketOperationException::getCode)
			.isEqualTo(SocketErrorCode.FRAME_TOO_LARGE);
	}

}
