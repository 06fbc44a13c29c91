package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.ApplicationListener;

import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageSentEvent;
import dev.sockets.event.SendFailedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.SocketOptions;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an event loop's own thread sends to a peer that has gone or takes no more is known
 * not to have been sent, whether the connection is read meanwhile or not.
 */
@Timeout(120)
class LostPeerSendTests {

	private static final int SMALL_BUFFER = 4096;

	/** More than is read ahead. */
	private static final int MUCH = 16 * 1024;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final CountDownLatch held = new CountDownLatch(1);

	private final CountDownLatch gone = new CountDownLatch(1);

	private volatile Connection lost;

	private volatile Consumer<Connection> onSend = (connection) -> {
	};

	private TcpServer server;

	@BeforeEach
	void serve() {
		this.endpoints.onMessage((message) -> {
			switch ((String) message.getPayload()) {
				case "pause" -> {
					this.lost = message.getConnection();
					this.lost.pauseReading();
				}
				case "send" -> {
					this.onSend.accept(this.lost);
					message.reply("done");
				}
				case "reply late" -> {
					message.getConnection().pauseReading();
					this.held.countDown();
					await(this.gone);
					message.reply("x");
				}
				default -> message.reply(message.getPayload());
			}
		});
		this.server = this.endpoints.server((connection) -> connection.dispatch(Dispatch.LOOP)
			.writeTimeout(Duration.ofSeconds(1))
			.socketOptions(new SocketOptions(true, null, SMALL_BUFFER, SMALL_BUFFER, null, null, null)));
	}

	/** Nothing but a write shows that the peer has gone. */
	private Peer loseAPausedPeer() {
		Peer other = new Peer(this.server);
		Peer peer = new Peer(this.server);
		peer.send("pause");
		Awaitility.await().until(() -> this.lost != null);
		peer.sendRaw("x".repeat(MUCH).getBytes());
		Awaitility.await().until(() -> this.lost.getStatistics().bytesReceived() > SMALL_BUFFER);
		for (int i = 0; i < 3; i++) {
			assertThat(other.ask("turn")).isEqualTo("turn");
		}
		peer.reset();
		assertThat(this.endpoints.events(DisconnectedEvent.class)).isEmpty();
		return other;
	}

	@Test
	void whenTheLoopSendsToAPausedPeerThatHasResetThenItsEndIsTold() {
		this.onSend = LostPeerSendTests::trySend;
		try (Peer other = loseAPausedPeer()) {
			assertThat(other.ask("send")).isEqualTo("done");
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
				.isEqualTo(DisconnectReason.RESET);
		}
	}

	@Test
	void whenAHandlerPausesAPeerAndRepliesAfterItHasResetThenItsEndIsTold() {
		Peer peer = new Peer(this.server);
		peer.send("reply late");
		await(this.held);
		peer.sendRaw("x".repeat(MUCH).getBytes());
		peer.reset();
		this.gone.countDown();
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.RESET);
	}

	@Test
	void whenTheLoopSendsToAPeerThatHasResetThenTheFutureFails() throws Exception {
		CompletableFuture<CompletableFuture<Void>> sent = new CompletableFuture<>();
		this.onSend = (connection) -> sent.complete(connection.sendAsync("x"));
		try (Peer other = loseAPausedPeer()) {
			assertThat(other.ask("send")).isEqualTo("done");
			CompletableFuture<Void> end = sent.get(30, TimeUnit.SECONDS);
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> end.get(30, TimeUnit.SECONDS))
				.withCauseInstanceOf(SocketOperationException.class);
			assertThat(this.lost.getStatistics().messagesSent()).isZero();
		}
	}

	@Test
	void whenSomebodyListensForWhatIsSentThenAMessageToAPeerThatHasResetIsToldToHaveFailed() {
		Queue<Object> ends = new ConcurrentLinkedQueue<>();
		this.endpoints.context().addApplicationListener(new ApplicationListener<MessageSentEvent<?>>() {

			@Override
			public void onApplicationEvent(MessageSentEvent<?> event) {
				ends.add("sent " + event.getPayload());
			}

		});
		this.endpoints.context().addApplicationListener(new ApplicationListener<SendFailedEvent<?>>() {

			@Override
			public void onApplicationEvent(SendFailedEvent<?> event) {
				ends.add("failed " + event.getPayload());
			}

		});
		this.onSend = LostPeerSendTests::trySend;
		try (Peer other = loseAPausedPeer()) {
			assertThat(other.ask("send")).isEqualTo("done");
			Awaitility.await().until(() -> ends.contains("failed x"));
			assertThat(ends).doesNotContain("sent x");
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Fails at once where it is known at once. */
	private static void trySend(Connection connection) {
		try {
			connection.send("x");
		}
		catch (SocketOperationException ex) {
			assertThat(connection.isOpen()).isFalse();
		}
	}

	/** Two replies are more than the buffers of both sides take. */
	@Test
	void whenAPeerTakesAPartOfTheLastReplyThenTheWriteDeadlineHoldsForTheRest() {
		try (Peer peer = new Peer(this.server.getLocalAddress(), SMALL_BUFFER)) {
			Connection connection = this.endpoints.onlyConnection(this.server);
			for (int i = 1; i <= 2; i++) {
				int expected = i;
				peer.send("x".repeat(8000));
				Awaitility.await().until(() -> connection.getStatistics().messagesSent() == expected);
			}
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
				.isEqualTo(DisconnectReason.WRITE_TIMEOUT);
			assertThat(connection.getStatistics().pendingBytes()).isZero();
		}
	}

}
