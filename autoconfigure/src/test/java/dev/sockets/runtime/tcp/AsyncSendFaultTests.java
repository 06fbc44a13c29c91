package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is sent without waiting never throws: what cannot be sent fails the future.
 */
@Timeout(60)
class AsyncSendFaultTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints().echo();

	@Test
	void whenPayloadIsNullThenFuturesFail() {
		TcpServer server = this.endpoints.server();
		TcpClient client = this.endpoints.newClient(server);
		assertThat(client.sendAsync(null)).isCompletedExceptionally();
		assertThat(client.requestAsync(null)).isCompletedExceptionally();
		Connection connection = client.connect();
		assertThat(client.sendAsync(null)).isCompletedExceptionally();
		assertThat(client.requestAsync(null)).isCompletedExceptionally();
		assertThat(connection.sendAsync(null)).isCompletedExceptionally();
		assertThat(connection.requestAsync(null)).isCompletedExceptionally();
		assertThat(client.<String>request("ping")).isEqualTo("ping");
	}

	@Test
	void whenPayloadOfOfflineClientIsNullThenTheFutureFails() {
		TcpClient client = this.endpoints.newClient("client", Ports.free(),
				(settings) -> settings.bufferWhenDisconnected(1000));
		assertThat(client.sendAsync(null)).isCompletedExceptionally();
	}

	@Test
	void whenTimeoutIsTooLongToCountThenTheFutureFails() {
		TcpServer server = this.endpoints.server();
		TcpClient client = this.endpoints.newClient(server);
		client.connect();
		assertThat(client.requestAsync("ping", Duration.ofSeconds(Long.MAX_VALUE))).isCompletedExceptionally();
	}

	@Test
	void whenFramingThrowsThenFuturesFail() {
		TcpServer server = this.endpoints.server();
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.connection((connection) -> connection.framing(new FaultyFraming())));
		Connection connection = client.connect();
		assertThat(connection.sendAsync("hello")).isCompletedExceptionally();
		assertThat(connection.requestAsync("hello")).isCompletedExceptionally();
	}

	@Test
	void whenLongMessageWasSentThenItsRoomIsGivenBack() {
		CountingFraming framing = new CountingFraming();
		this.endpoints.onMessage((message) -> {
			message.reply("x".repeat(1_000_000));
			message.reply("short");
		});
		TcpServer server = this.endpoints
			.server((connection) -> connection.framing(framing).maxFrameSize(2_000_000).maxPending(4_000_000));
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("ping")).hasSize(1_000_000);
			assertThat(peer.readLine()).isEqualTo("short");
		}
		assertThat(framing.room).isLessThanOrEqualTo(64 * 1024);
	}

	private static class LineOutput implements Framing {

		@Override
		public boolean next(FrameWindow window) {
			for (int i = window.start(); i < window.end(); i++) {
				if (window.array()[i] == '\n') {
					window.frame(window.start(), i, i + 1);
					return true;
				}
			}
			return false;
		}

		@Override
		public void encode(byte[] payload, FrameOutput output) {
			output.write(payload);
			output.write("\n".getBytes(StandardCharsets.UTF_8));
		}

	}

	private static final class FaultyFraming extends LineOutput {

		@Override
		public void encode(byte[] payload, FrameOutput output) {
			throw new IllegalStateException("no");
		}

	}

	/** Sees how much room there is for a message. */
	private static final class CountingFraming extends LineOutput {

		private volatile int room;

		@Override
		public void encode(byte[] payload, FrameOutput output) {
			this.room = output.array().length;
			super.encode(payload, output);
		}

	}

}
