package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.framing.ChecksumKind;
import dev.sockets.framing.ChecksumRule;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages that end with a silence, and silences between those that are sent.
 */
@Timeout(60)
class IdleGapTests {

	private static final Duration GAP = Duration.ofMillis(50);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	private TcpServer serve(Framing framing, Consumer<ConnectionSettings.Builder> more) {
		return this.endpoints.server((connection) -> more.accept(connection.framing(framing)));
	}

	private TcpServer serve(Dispatch dispatch) {
		return serve(Framings.idleGap(GAP), (connection) -> connection.dispatch(dispatch));
	}

	private static Peer send(Peer peer, String text) {
		return peer.sendRaw(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static String read(Peer peer, int count) {
		try {
			return new String(peer.in().readNBytes(count), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenThePeerIsSilentThenItsMessageIsThere(Dispatch dispatch) {
		this.endpoints.onMessage((message) -> {
			this.received.add(message.getPayload());
			message.reply("re " + message.getPayload());
		});
		try (Peer peer = new Peer(serve(dispatch))) {
			for (int i = 0; i < 5; i++) {
				send(peer, "message " + i);
				assertThat(read(peer, 12)).isEqualTo("re message " + i);
			}
			assertThat(this.received).hasSize(5);
		}
	}

	@Test
	void whenPiecesComeWithoutASilenceThenTheyAreOneMessage() {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		try (Peer peer = new Peer(serve(Framings.idleGap(Duration.ofSeconds(5)), (connection) -> {
		}))) {
			send(send(send(peer, "a"), "b"), "c");
			Awaitility.await().until(() -> !this.received.isEmpty());
			assertThat(this.received).containsExactly("abc");
		}
	}

	@Test
	void whenThisSideIsLateThenNoMessageIsCut() {
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch sent = new CountDownLatch(1);
		this.endpoints.onMessage((message) -> {
			this.received.add(message.getPayload());
			if (message.getPayload().equals("first")) {
				handling.countDown();
				await(sent);
			}
		});
		try (Peer peer = new Peer(serve(Dispatch.LOOP))) {
			send(peer, "first");
			await(handling);
			send(peer, "a");
			TestEndpoints.block(3 * GAP.toMillis());
			send(peer, "b");
			sent.countDown();
			Awaitility.await().until(() -> this.received.size() > 1);
			assertThat(this.received).containsExactly("first", "ab");
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void whenReadingIsPausedThenNoMessageIsCut() {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		TcpServer server = serve(Dispatch.AUTO);
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			connection.pauseReading();
			send(peer, "a");
			TestEndpoints.block(3 * GAP.toMillis());
			assertThat(this.received).isEmpty();
			send(peer, "b");
			connection.resumeReading();
			Awaitility.await().until(() -> !this.received.isEmpty());
			assertThat(this.received).containsExactly("ab");
		}
	}

	@Test
	void whenThePeerEndsItsSideThenThatEndsAMessageToo() {
		this.endpoints.onMessage((message) -> message.reply("re " + message.getPayload()));
		try (Peer peer = new Peer(serve(Framings.idleGap(Duration.ofMinutes(5)), (connection) -> {
		}))) {
			send(peer, "a").finish();
			assertThat(new String(peer.readAll(), StandardCharsets.ISO_8859_1)).isEqualTo("re a");
		}
	}

	@Test
	void whenAMessageIsTooLongThenTheConnectionIsClosed() {
		TcpServer server = serve(Framings.idleGap(GAP), (connection) -> connection.maxFrameSize(100));
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		try (Peer peer = new Peer(server)) {
			send(peer, "x".repeat(100));
			Awaitility.await().until(() -> !this.received.isEmpty());
			send(peer, "x".repeat(101));
			assertThat(this.endpoints.awaitEvent(MessageErrorEvent.class).getCode())
				.isEqualTo(SocketErrorCode.FRAME_TOO_LARGE);
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
				.isEqualTo(DisconnectReason.FRAME_ERROR);
		}
	}

	@Test
	void whenAChecksumIsWrongThenTheConnectionGoesOn() {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		try (Peer peer = new Peer(serve(
				Framings.checked(Framings.idleGap(GAP), ChecksumRule.of(ChecksumKind.CRC16_MODBUS)), (connection) -> {
				}))) {
			send(peer, "123456789\0\0");
			assertThat(this.endpoints.awaitEvent(MessageErrorEvent.class).getCode())
				.isEqualTo(SocketErrorCode.CHECKSUM);
			send(peer, "123456789\u0037\u004B");
			Awaitility.await().until(() -> !this.received.isEmpty());
			assertThat(this.received).containsExactly("123456789");
		}
	}

	@Test
	void whenMessagesAreSentThenTheLaterOnesWaitForASilenceAndAllArrive() {
		TcpServer server = serve(Dispatch.AUTO);
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			Queue<Boolean> early = new ConcurrentLinkedQueue<>();
			List<CompletableFuture<Void>> sent = IntStream.range(0, 5)
				.mapToObj((i) -> connection.sendAsync("m" + i))
				.toList();
			for (int i = 1; i < 5; i++) {
				CompletableFuture<Void> next = sent.get(i);
				int before = i - 1;
				next.whenComplete((result, failure) -> early.add(!sent.get(before).isDone()));
			}
			assertThat(read(peer, 10)).isEqualTo("m0m1m2m3m4");
			assertThat(sent).allSatisfy((one) -> assertThat(one).succeedsWithin(TestEndpoints.SOON));
			Awaitility.await().untilAsserted(() -> assertThat(early).hasSize(4).containsOnly(false));
		}
	}

	@Test
	void whenMessagesAreSentThenTheSilenceBetweenThemIsLongEnough() {
		TcpServer server = serve(Framings.idleGap(Duration.ofMillis(400)), (connection) -> {
		});
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			long start = System.nanoTime();
			IntStream.range(0, 4).forEach((i) -> connection.sendAsync("m" + i));
			assertThat(read(peer, 8)).isEqualTo("m0m1m2m3");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1200));
		}
	}

	@Test
	void whenTheServerStopsThenWhatWaitsIsSentFirst() {
		TcpServer server = serve(Dispatch.AUTO);
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			IntStream.range(0, 4).forEach((i) -> connection.sendAsync("m" + i));
			CompletableFuture<Void> stopped = OwnThread.run(server::stop);
			assertThat(new String(peer.readAll(), StandardCharsets.ISO_8859_1)).isEqualTo("m0m1m2m3");
			assertThat(stopped).succeedsWithin(TestEndpoints.SOON);
		}
	}

	@Test
	void whenTheConnectionEndsThenWhatWaitsFails() {
		TcpServer server = serve(Framings.idleGap(Duration.ofMinutes(5)), (connection) -> {
		});
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			CompletableFuture<Void> first = connection.sendAsync("m0");
			CompletableFuture<Void> second = connection.sendAsync("m1");
			assertThat(read(peer, 2)).isEqualTo("m0");
			assertThat(first).succeedsWithin(TestEndpoints.SOON);
			assertThat(second).isNotDone();
			connection.close();
			assertThat(second).failsWithin(TestEndpoints.SOON);
		}
	}

}
