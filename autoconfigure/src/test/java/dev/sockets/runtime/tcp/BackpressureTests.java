package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ApplicationListener;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.codec.Codecs;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageSentEvent;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.SocketOptions;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Slow peers lose nothing, get nothing in a wrong order, and cost bounded memory.
 */
@Timeout(60)
class BackpressureTests {

	private static final int SMALL_BUFFER = 4096;

	private static final int BUFFER = 256 * 1024;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@ParameterizedTest
	@EnumSource
	void whenPeerReadsSlowlyThenItGetsAllReplies(Dispatch dispatch) throws Exception {
		this.endpoints.onMessage((message) -> message.reply(body(Integer.parseInt((String) message.getPayload()))));
		TcpServer server = this.endpoints.server((connection) -> small(connection).dispatch(dispatch));
		try (Peer peer = new Peer(server.getLocalAddress(), SMALL_BUFFER)) {
			peer.send(IntStream.range(0, 300).mapToObj(String::valueOf).toArray(String[]::new));
			Reader reader = new Reader(peer.in());
			for (int number = 0; number < 300; number++) {
				expectLine(reader, body(number));
			}
		}
	}

	@Test
	void whenManyThreadsSendThenEachFrameArrivesWholeAndInItsThreadsOrder() throws Exception {
		sendFromThreads((connection, line) -> connection.send(line));
	}

	@Test
	void whenManyThreadsSendWithoutWaitingThenEachFrameArrivesWholeAndInItsThreadsOrder() throws Exception {
		Queue<CompletableFuture<Void>> sent = new ConcurrentLinkedQueue<>();
		sendFromThreads((connection, line) -> sent.add(connection.sendAsync(line)));
		assertThat(sent).hasSize(4 * 500).allSatisfy((result) -> assertThat(result).succeedsWithin(TestEndpoints.SOON));
	}

	@Test
	void whenPeerNeverReadsThenWhatWaitsIsBoundedAndEachSendEndsOnce() throws Exception {
		TcpServer server = this.endpoints.server((connection) -> small(connection).maxPending(200_000));
		try (Peer peer = new Peer(server.getLocalAddress(), SMALL_BUFFER)) {
			Connection connection = this.endpoints.onlyConnection(server);
			AtomicInteger started = new AtomicInteger();
			AtomicInteger written = new AtomicInteger();
			AtomicInteger failed = new AtomicInteger();
			AtomicLong most = new AtomicLong();
			String message = "x".repeat(5_000);
			List<Thread> threads = inThreads(4, (number) -> {
				while (connection.isOpen()) {
					started.incrementAndGet();
					connection.sendAsync(message)
						.whenComplete((result, failure) -> ((failure == null) ? written : failed).incrementAndGet());
					most.accumulateAndGet(connection.getStatistics().pendingBytes(), Math::max);
				}
			});
			for (Thread thread : threads) {
				thread.join();
			}
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
				.isEqualTo(DisconnectReason.SLOW_CONSUMER);
			Awaitility.await().until(() -> written.get() + failed.get() == started.get());
			assertThat(most).hasValueBetween(150_000, 200_000 + 4 * 5_001);
			assertThat(failed).hasValueGreaterThan(30);
			assertThat(connection.getStatistics().pendingBytes()).isZero();
			assertThat(connection.sendAsync("late")).failsWithin(TestEndpoints.SOON)
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(SocketOperationException.class)
				.extracting((failure) -> ((SocketOperationException) failure).getCode())
				.isEqualTo(SocketErrorCode.SLOW_CONSUMER);
			assertThat(peer.address()).isNotNull();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenPeerSendsManyRequestsBeforeItReadsThenItGetsAllReplies(Dispatch dispatch) throws Exception {
		this.endpoints.echo();
		pipeline(this.endpoints.server((connection) -> bounded(connection).dispatch(dispatch)));
	}

	@ParameterizedTest
	@EnumSource
	void whenSendsAreObservedAndPeerSendsManyRequestsBeforeItReadsThenItGetsAllReplies(Dispatch dispatch)
			throws Exception {
		AtomicInteger observed = new AtomicInteger();
		this.endpoints.context().addApplicationListener(new ApplicationListener<MessageSentEvent<?>>() {
			@Override
			public void onApplicationEvent(MessageSentEvent<?> event) {
				observed.incrementAndGet();
			}
		});
		this.endpoints.echo();
		pipeline(this.endpoints.server((connection) -> bounded(connection).dispatch(dispatch)));
		Awaitility.await().untilAsserted(() -> assertThat(observed).hasValue(20_000));
	}

	@ParameterizedTest
	@EnumSource
	void whenTwoEndpointsStreamToEachOtherThenBothGetEverything(Dispatch dispatch) throws Exception {
		stream(dispatch, (connection, bytes) -> connection.send(bytes));
	}

	@ParameterizedTest
	@EnumSource
	void whenTwoEndpointsStreamToEachOtherWithoutWaitingThenBothGetEverything(Dispatch dispatch) throws Exception {
		stream(dispatch, (connection, bytes) -> {
			while (connection.getStatistics().pendingBytes() > 800_000) {
				Thread.onSpinWait();
			}
			connection.sendAsync(bytes);
		});
	}

	private void sendFromThreads(Sending sending) throws Exception {
		TcpServer server = this.endpoints.server((connection) -> small(connection).maxPending(50_000_000));
		try (Peer peer = new Peer(server.getLocalAddress(), SMALL_BUFFER)) {
			Connection connection = this.endpoints.onlyConnection(server);
			List<Thread> threads = inThreads(4, (thread) -> {
				for (int number = 0; number < 500; number++) {
					sending.send(connection, thread + ":" + body(number));
				}
			});
			Reader reader = new Reader(peer.in());
			int[] next = new int[4];
			for (int i = 0; i < 4 * 500; i++) {
				String line = reader.line();
				int thread = line.charAt(0) - '0';
				if (!line.substring(2).equals(body(next[thread]))) {
					assertThat(line).isEqualTo(thread + ":" + body(next[thread]));
				}
				next[thread]++;
			}
			for (Thread thread : threads) {
				thread.join();
			}
		}
	}

	/**
	 * Sends 20 MB of requests, more than what the system keeps on the way, and reads
	 * nothing until the other side reads no more.
	 */
	private void pipeline(TcpServer server) throws Exception {
		try (Peer peer = new Peer(server.getLocalAddress(), BUFFER)) {
			Connection connection = this.endpoints.onlyConnection(server);
			AtomicInteger sent = new AtomicInteger();
			String filler = "x".repeat(990);
			Thread sending = new Thread(() -> {
				for (int number = 0; number < 20_000; number++) {
					peer.send(number + ":" + filler);
					sent.incrementAndGet();
				}
			});
			sending.start();
			AtomicInteger before = new AtomicInteger(-1);
			Awaitility.await()
				.pollInterval(200, TimeUnit.MILLISECONDS)
				.until(() -> before.getAndSet(sent.get()) == sent.get());
			assertThat(sent.get()).isLessThan(20_000);
			assertThat(connection.getStatistics().pendingBytes()).isLessThan(2_000_000);
			for (int number = 0; number < 20_000; number++) {
				String reply = peer.readLine();
				if (reply == null || !reply.equals(number + ":" + filler)) {
					assertThat(reply).isEqualTo(number + ":" + filler);
				}
			}
			sending.join();
			assertThat(connection.isOpen()).isTrue();
		}
	}

	private void stream(Dispatch dispatch, Streaming streaming) throws Exception {
		AtomicInteger atServer = new AtomicInteger();
		AtomicInteger atClient = new AtomicInteger();
		Queue<String> disorder = new ConcurrentLinkedQueue<>();
		this.endpoints.onMessage((message) -> expectNext((byte[]) message.getPayload(), atServer, disorder))
			.onMessage("client", (message) -> expectNext((byte[]) message.getPayload(), atClient, disorder));
		TcpServer server = this.endpoints.server((connection) -> bytes(connection).dispatch(dispatch));
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.connection((connection) -> bytes(connection).dispatch(dispatch)));
		List<Connection> both = List.of(client.connect(), this.endpoints.onlyConnection(server));
		List<Thread> threads = inThreads(2, (side) -> {
			for (int number = 0; number < 1_000; number++) {
				streaming.send(both.get(side), ByteBuffer.allocate(20_000).putInt(number).array());
			}
		});
		for (Thread thread : threads) {
			thread.join();
		}
		Awaitility.await().atMost(TestEndpoints.SOON).until(() -> atServer.get() == 1_000 && atClient.get() == 1_000);
		assertThat(disorder).isEmpty();
		assertThat(both).allMatch(Connection::isOpen);
	}

	private static void expectNext(byte[] frame, AtomicInteger next, Queue<String> disorder) {
		int number = ByteBuffer.wrap(frame).getInt();
		if (number != next.getAndIncrement()) {
			disorder.add(number + " instead of " + (next.get() - 1));
		}
	}

	private static List<Thread> inThreads(int count, ThreadBody body) {
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int number = i;
			Thread thread = new Thread(() -> body.run(number));
			thread.start();
			threads.add(thread);
		}
		return threads;
	}

	private static ConnectionSettings.Builder small(ConnectionSettings.Builder connection) {
		return connection.socketOptions(new SocketOptions(true, null, SMALL_BUFFER, SMALL_BUFFER, null, null, null));
	}

	/** By default the system may let buffers grow to 32 MB. */
	private static ConnectionSettings.Builder bounded(ConnectionSettings.Builder connection) {
		return connection.socketOptions(new SocketOptions(true, null, BUFFER, BUFFER, null, null, null));
	}

	private static ConnectionSettings.Builder bytes(ConnectionSettings.Builder connection) {
		return connection.codec(Codecs.bytes()).framing(Framings.lengthPrefixed(4, ByteOrder.BIG_ENDIAN, false));
	}

	/** Returns text of a length and content that depend on the number. */
	private static String body(int number) {
		Random random = new Random(number);
		char[] text = new char[1 + random.nextInt(10_000)];
		for (int i = 0; i < text.length; i++) {
			text[i] = (char) ('a' + random.nextInt(26));
		}
		return number + "-" + new String(text);
	}

	private static void expectLine(Reader reader, String expected) throws IOException {
		String line = reader.line();
		if (!expected.equals(line)) {
			assertThat(line).isEqualTo(expected);
		}
	}

	private interface Sending {

		void send(Connection connection, String line);

	}

	private interface Streaming {

		void send(Connection connection, byte[] frame);

	}

	private interface ThreadBody {

		void run(int number);

	}

	/** Reads in small pieces of random size. */
	private static final class Reader {

		private final InputStream in;

		private final byte[] piece = new byte[3000];

		private final Random random = new Random(1);

		private final StringBuilder text = new StringBuilder();

		Reader(InputStream in) {
			this.in = in;
		}

		String line() throws IOException {
			int end;
			while ((end = this.text.indexOf("\n")) < 0) {
				int length = this.in.read(this.piece, 0, 1 + this.random.nextInt(3000));
				assertThat(length).isPositive();
				this.text.append(new String(this.piece, 0, length, StandardCharsets.US_ASCII));
			}
			String line = this.text.substring(0, end);
			this.text.delete(0, end + 1);
			return line;
		}

	}

}
