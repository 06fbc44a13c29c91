package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.HandlerErrorPolicy;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The reason of a close is always known, and told once.
 */
@Timeout(60)
class DisconnectReasonTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@ParameterizedTest
	@EnumSource
	void whenApplicationClosesThenLocal(Dispatch dispatch) {
		TcpServer server = server(dispatch, (message) -> message.getConnection().close());
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("close")).isNull();
			expect(DisconnectReason.LOCAL);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenPeerClosesThenRemote(Dispatch dispatch) {
		TcpServer server = server(dispatch, (message) -> message.reply("reply"));
		Peer peer = new Peer(server);
		assertThat(peer.ask("request")).isEqualTo("reply");
		peer.close();
		expect(DisconnectReason.REMOTE);
	}

	@ParameterizedTest
	@EnumSource
	void whenPeerClosesWithinMessageThenTruncated(Dispatch dispatch) {
		List<Object> received = new ArrayList<>();
		TcpServer server = server(dispatch, (message) -> received.add(message.getPayload()));
		Peer peer = new Peer(server);
		peer.sendRaw("whole\npart".getBytes());
		peer.close();
		expect(DisconnectReason.TRUNCATED);
		assertThat(received).containsExactly("whole");
	}

	@ParameterizedTest
	@EnumSource
	void whenPeerResetsThenReset(Dispatch dispatch) {
		TcpServer server = server(dispatch, (message) -> message.reply("reply"));
		Peer peer = new Peer(server);
		assertThat(peer.ask("request")).isEqualTo("reply");
		peer.reset();
		assertThat(expect(DisconnectReason.RESET).getCause()).isInstanceOf(IOException.class);
	}

	@Test
	void whenPeerResetsWhileMessagesWaitForItThenResetAndTheyFail() {
		TcpServer server = server(Dispatch.AUTO, (message) -> {
		});
		Peer peer = new Peer(server.getLocalAddress(), 4096);
		Connection connection = this.endpoints.onlyConnection(server);
		List<CompletableFuture<Void>> sent = fill(connection);
		CompletableFuture<Void> waiting = OwnThread.run(() -> connection.send("waits for the peer"));
		Awaitility.await().until(() -> connection.getStatistics().pendingBytes() > 0);
		peer.reset();
		expect(DisconnectReason.RESET);
		sent.add(waiting);
		assertRestFails(sent);
		assertThat(connection.getStatistics().pendingBytes()).isZero();
	}

	@Test
	void whenPeerResetsWhileHandlerWaitsForItThenResetAndTheHandlerGoesOn() {
		List<SocketOperationException> failures = new ArrayList<>();
		String large = "x".repeat(60_000);
		TcpServer server = server(Dispatch.AUTO, (message) -> {
			SocketOperationException failure = catchThrowableOfType(SocketOperationException.class, () -> {
				for (int i = 0; i < 1000; i++) {
					message.reply(large);
				}
			});
			failures.add(failure);
		});
		Peer peer = new Peer(server.getLocalAddress(), 4096);
		peer.send("request");
		Connection connection = this.endpoints.onlyConnection(server);
		Awaitility.await().until(() -> connection.getStatistics().pendingBytes() > 1_000_000);
		peer.reset();
		expect(DisconnectReason.RESET);
		assertThat(failures).hasSize(1).doesNotContainNull();
	}

	@Test
	void whenAllAreDisconnectedThenKicked() {
		TcpServer server = server(Dispatch.AUTO, (message) -> {
		});
		try (Peer peer = new Peer(server)) {
			this.endpoints.onlyConnection(server);
			server.disconnectAll();
			assertThat(peer.readLine()).isNull();
			expect(DisconnectReason.KICKED);
			try (Peer next = new Peer(server)) {
				assertThat(next.address()).isNotNull();
				this.endpoints.onlyConnection(server);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenServerStopsThenShutdown(Dispatch dispatch) {
		TcpServer server = server(dispatch, (message) -> {
		});
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			server.stop();
			assertThat(this.endpoints.events(DisconnectedEvent.class)).singleElement()
				.extracting(DisconnectedEvent::getReason)
				.isEqualTo(DisconnectReason.SHUTDOWN);
			assertThat(peer.readLine()).isNull();
			assertThat(catchThrowableOfType(SocketOperationException.class, () -> connection.send("late")).getCode())
				.isEqualTo(SocketErrorCode.SHUTTING_DOWN);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenHandlerThrowsAndPolicyIsCloseThenHandlerErrorAndNoMoreIsHandled(Dispatch dispatch) {
		List<Object> handled = new ArrayList<>();
		TcpServer server = this.endpoints.onMessage((message) -> {
			handled.add(message.getPayload());
			message.reply(message.getPayload());
			if (message.getPayload().equals("2")) {
				throw new IllegalStateException("on purpose");
			}
		}).server((connection) -> connection.dispatch(dispatch).onHandlerError(HandlerErrorPolicy.CLOSE));
		try (Peer peer = new Peer(server)) {
			peer.send("1", "2", "3", "4");
			assertThat(peer.readAll()).asString().isEqualTo("1\n2\n");
			assertThat(expect(DisconnectReason.HANDLER_ERROR).getCause()).hasMessage("on purpose");
			assertThat(handled).containsExactly("1", "2");
		}
	}

	@Test
	void whenTooMuchWaitsForPeerThenSlowConsumer() {
		TcpServer server = server(Dispatch.AUTO, (message) -> {
		}, (connection) -> connection.maxPending(100_000));
		try (Peer peer = new Peer(server.getLocalAddress(), 4096)) {
			Connection connection = this.endpoints.onlyConnection(server);
			CompletableFuture<Void> last;
			do {
				last = connection.sendAsync("x".repeat(10_000));
			}
			while (!last.isCompletedExceptionally());
			expect(DisconnectReason.SLOW_CONSUMER);
			assertThat(peer.address()).isNotNull();
			assertThat(catchThrowableOfType(SocketOperationException.class, () -> connection.send("late")).getCode())
				.isEqualTo(SocketErrorCode.SLOW_CONSUMER);
		}
	}

	@Test
	void whenPeerTakesNothingThenWriteTimeout() {
		TcpServer server = server(Dispatch.AUTO, (message) -> {
		}, (connection) -> connection.writeTimeout(Duration.ofMillis(500)));
		try (Peer peer = new Peer(server.getLocalAddress(), 4096); Stalls stalls = new Stalls()) {
			Connection connection = this.endpoints.onlyConnection(server);
			long start = System.nanoTime();
			List<CompletableFuture<Void>> sent = fill(connection);
			SocketOperationException failure = catchThrowableOfType(SocketOperationException.class,
					() -> connection.send("waits for the peer"));
			assertThat(failure.getCode()).isEqualTo(SocketErrorCode.WRITE_TIMEOUT);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(450),
					Duration.ofSeconds(8).plus(stalls.total()));
			expect(DisconnectReason.WRITE_TIMEOUT);
			assertRestFails(sent);
			assertThat(peer.address()).isNotNull();
		}
	}

	@Test
	void whenPeerTakesNothingFromHandlerThenWriteTimeout() {
		List<SocketOperationException> failures = new ArrayList<>();
		TcpServer server = server(Dispatch.AUTO, (message) -> {
			SocketOperationException failure = catchThrowableOfType(SocketOperationException.class, () -> {
				for (int i = 0; i < 1000; i++) {
					message.reply("x".repeat(60_000));
				}
			});
			failures.add(failure);
		}, (connection) -> connection.writeTimeout(Duration.ofMillis(500)));
		try (Peer peer = new Peer(server.getLocalAddress(), 4096)) {
			peer.send("request");
			expect(DisconnectReason.WRITE_TIMEOUT);
			assertThat(failures).singleElement()
				.extracting(SocketOperationException::getCode)
				.isEqualTo(SocketErrorCode.WRITE_TIMEOUT);
		}
	}

	/** Sends until the socket takes no more. */
	private static List<CompletableFuture<Void>> fill(Connection connection) {
		return TestEndpoints.fill(connection, 500_000);
	}

	/**
	 * Where the socket takes no more is known only afterwards: it may have taken more
	 * while the loop was held up.
	 */
	private static void assertRestFails(List<CompletableFuture<Void>> sent) {
		Awaitility.await().until(() -> sent.stream().allMatch(CompletableFuture::isDone));
		assertThat(sent.stream().dropWhile((result) -> !result.isCompletedExceptionally())).isNotEmpty()
			.allMatch(CompletableFuture::isCompletedExceptionally);
	}

	private TcpServer server(Dispatch dispatch, Consumer<MessageReceivedEvent<?>> handler) {
		return server(dispatch, handler, (connection) -> {
		});
	}

	private TcpServer server(Dispatch dispatch, Consumer<MessageReceivedEvent<?>> handler,
			Consumer<ConnectionSettings.Builder> more) {
		return this.endpoints.onMessage(handler).server((connection) -> more.accept(connection.dispatch(dispatch)));
	}

	private DisconnectedEvent expect(DisconnectReason reason) {
		DisconnectedEvent event = this.endpoints.awaitEvent(DisconnectedEvent.class);
		assertThat(event.getReason()).isEqualTo(reason);
		assertThat(this.endpoints.eventNames(event.getConnection())).endsWith("Disconnected")
			.containsOnlyOnce("Connected", "Disconnected");
		assertThat(event.getConnection().isOpen()).isFalse();
		return event;
	}

}
