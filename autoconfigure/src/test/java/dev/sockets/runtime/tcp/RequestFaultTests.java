package dev.sockets.runtime.tcp;

import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.test.util.ReflectionTestUtils;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.RequestMatching;
import dev.sockets.tcp.RequestOrder;
import dev.sockets.tcp.RequestTimeoutPolicy;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests when their peer fails them: F18 and F19.
 */
@Tag("measures")
@Timeout(120)
class RequestFaultTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final int IN_FLIGHT = 10_000;

	private static final int IN_TIME = 6_000;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final AtomicInteger asked = new AtomicInteger();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	RequestFaultTests() {
		this.endpoints.onMessage((message) -> this.asked.incrementAndGet())
			.onMessage("client", (message) -> this.received.add(message.getPayload()));
	}

	@ParameterizedTest
	@CsvSource({ "AUTO,end", "AUTO,reset", "LOOP,end", "LOOP,reset", "THREAD,end", "THREAD,reset" })
	void whenTheServerDiesDuringARequestThenTheCallerKnowsLongBeforeItsDeadline(Dispatch dispatch, String death)
			throws Exception {
		try (Backend backend = new Backend(); Stalls stalls = new Stalls()) {
			TcpClient client = this.endpoints.newClient("client", backend.port(),
					(settings) -> settings.connection((connection) -> connection.dispatch(dispatch)));
			client.connect();
			List<Long> micros = new ArrayList<>();
			for (int round = 0; round < 20; round++) {
				Peer server = backend.accept();
				CompletableFuture<SocketErrorCode> outcome = OwnThread.call(() -> ask(client));
				assertThat(server.readLine()).isEqualTo("hello?");
				long died = System.nanoTime();
				if (death.equals("reset")) {
					server.reset();
				}
				else {
					server.close();
				}
				assertThat(outcome).succeedsWithin(TestEndpoints.SOON).isEqualTo(SocketErrorCode.NOT_CONNECTED);
				micros.add((System.nanoTime() - died) / 1000);
				client.reconnect();
			}
			micros.sort(null);
			Figures.print("F18", "dispatch %s, %s: the caller knew after %d us at the median, %d us at most", dispatch,
					death, micros.get(micros.size() / 2), micros.get(micros.size() - 1));
			assertThat(Duration.ofNanos(micros.get(micros.size() / 2) * 1000))
				.isLessThan(Duration.ofMillis(500).plus(stalls.longest()));
		}
	}

	private static SocketErrorCode ask(TcpClient client) {
		try {
			client.request("hello?", LONG);
			throw new AssertionError("There was an answer");
		}
		catch (SocketOperationException ex) {
			return ex.getCode();
		}
	}

	static Stream<Framing> plainFramings() {
		return Stream.of(Framings.line(), Framings.crlf(), Framings.nul(), Framings.stxEtx(),
				Framings.lengthPrefixed(1, ByteOrder.BIG_ENDIAN, false),
				Framings.lengthPrefixed(2, ByteOrder.BIG_ENDIAN, false),
				Framings.lengthPrefixed(4, ByteOrder.BIG_ENDIAN, false), Framings.delimiter(new byte[] { '#', '#' }),
				Framings.fixed(6));
	}

	@ParameterizedTest
	@MethodSource("plainFramings")
	void whenTenThousandRequestsAreInFlightThenEachEndsOnceAndOtherRepliesAreOrdinaryMessages(Framing framing) {
		TcpServer server = this.endpoints.server((connection) -> connection.framing(framing));
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.connection((connection) -> connection.framing(framing)
					.maxPendingRequests(IN_FLIGHT)
					.requestTimeout(LONG)
					.requestMatching(new RequestMatching(null, RequestTimeoutPolicy.KEEP, RequestOrder.PIPELINED))));
		client.connect();
		AtomicInteger ended = new AtomicInteger();
		List<CompletableFuture<Object>> answers = new ArrayList<>();
		for (int i = 0; i < IN_FLIGHT; i++) {
			CompletableFuture<Object> answer = client.requestAsync(text(i),
					(i < IN_TIME) ? LONG : Duration.ofMillis(50));
			answer.whenComplete((result, failure) -> ended.incrementAndGet());
			answers.add(answer);
			if (i == 0) {
				letOthersFollow(client);
			}
		}
		RequestTests.assertFails(client.requestAsync(text(0), LONG), SocketErrorCode.TOO_MANY_REQUESTS);
		answers.subList(IN_TIME, IN_FLIGHT)
			.forEach((answer) -> RequestTests.assertFails(answer, SocketErrorCode.REQUEST_TIMEOUT));
		Awaitility.await().atMost(LONG).until(() -> this.asked.get() == IN_FLIGHT);
		Connection connection = this.endpoints.onlyConnection(server);
		int unknown = 500;
		for (int i = 0; i < IN_FLIGHT + unknown; i++) {
			connection.sendAsync(text(i));
		}
		for (int i = 0; i < IN_TIME; i++) {
			assertThat(answers.get(i)).succeedsWithin(LONG).isEqualTo(text(i));
		}
		Awaitility.await().atMost(LONG).until(() -> this.received.size() == IN_FLIGHT - IN_TIME + unknown);
		assertThat(this.received)
			.containsExactlyElementsOf(IntStream.range(IN_TIME, IN_FLIGHT + unknown).mapToObj(this::object).toList());
		assertThat(ended).hasValue(IN_FLIGHT);
		assertNoneIsPending(client, connection);
	}

	/**
	 * On a busy machine it takes more than a second to send them all, after which more
	 * would be held back until those are answered.
	 */
	private static void letOthersFollow(TcpClient client) {
		Requester requester = ((DefaultConnection) client.getConnection().orElseThrow()).requests().requesterIfAny();
		PendingRequests requests = (PendingRequests) ReflectionTestUtils.getField(requester, "requests");
		requests.releaseAll(System.nanoTime(), (outgoing) -> {
			throw new IllegalStateException("One was held back already");
		});
	}

	/** If one place were still taken, not all of these would be admitted. */
	private void assertNoneIsPending(TcpClient client, Connection connection) {
		List<CompletableFuture<Object>> answers = new ArrayList<>();
		for (int i = 0; i < IN_FLIGHT; i++) {
			answers.add(client.requestAsync(text(i), LONG));
		}
		Awaitility.await().atMost(LONG).until(() -> this.asked.get() == 2 * IN_FLIGHT);
		for (int i = 0; i < IN_FLIGHT; i++) {
			connection.sendAsync(text(i));
		}
		for (int i = 0; i < IN_FLIGHT; i++) {
			assertThat(answers.get(i)).succeedsWithin(LONG).isEqualTo(text(i));
		}
	}

	private Object object(int number) {
		return text(number);
	}

	private static String text(int number) {
		return "%06d".formatted(number);
	}

}
