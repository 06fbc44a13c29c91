package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A request whose caller waits no longer ends, and its answer, should it come, is an
 * ordinary message.
 */
@Timeout(60)
class GivenUpRequestTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration SHORT = Duration.ofMillis(200);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final RequestPair pair = new RequestPair(this.endpoints);

	@Test
	void whenNoAnswerComesThenTheRequestEndsAtItsDeadline() {
		TcpClient client = this.pair.connected(RequestPair::kept);
		long start = System.nanoTime();
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> client.request("hello?", SHORT))
			.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.REQUEST_TIMEOUT));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT.minusMillis(20), TestEndpoints.SOON);
		RequestTests.assertFails(client.requestAsync("hello?", SHORT), SocketErrorCode.REQUEST_TIMEOUT);
		assertThat(client.isConnected()).isTrue();
	}

	@Test
	void whenNoTimeoutIsGivenThenTheConfiguredOneHolds() {
		TcpClient client = this.pair.connected((connection) -> connection.requestTimeout(SHORT));
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> client.request("hello?"))
			.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.REQUEST_TIMEOUT));
		RequestTests.assertFails(client.requestAsync("hello?"), SocketErrorCode.REQUEST_TIMEOUT);
	}

	@ParameterizedTest
	@EnumSource
	void whenAnAnswerIsLateThenItIsAnOrdinaryMessageAndTheNextRequestGetsItsOwn(Dispatch dispatch) {
		TcpClient client = this.pair
			.connected((connection) -> RequestPair.kept(connection).dispatch(dispatch).requestTimeout(LONG));
		Connection server = this.pair.serverSide();
		CompletableFuture<Object> first = client.requestAsync("first", Duration.ofSeconds(2));
		CompletableFuture<Object> second = first.handle((answer, failure) -> {
			CompletableFuture<Object> next = client.requestAsync("second", LONG);
			server.sendRaw("late answer to first\nanswer to second\n".getBytes());
			return next;
		}).thenCompose(Function.identity());
		RequestTests.assertFails(first, SocketErrorCode.REQUEST_TIMEOUT);
		assertThat(second).succeedsWithin(TestEndpoints.SOON).isEqualTo("answer to second");
		Awaitility.await().until(() -> !this.pair.received.isEmpty());
		assertThat(this.pair.received).containsExactly("late answer to first");
	}

	@Test
	void whenAnAnswerNeverComesThenItsPlaceIsGivenUpAfterAnotherTimeout() {
		TcpClient client = this.pair
			.connected((connection) -> RequestPair.kept(connection).requestTimeout(SHORT).maxPendingRequests(1));
		RequestTests.assertFails(client.requestAsync("never answered", SHORT), SocketErrorCode.REQUEST_TIMEOUT);
		CompletableFuture<Object> second = Awaitility.await()
			.until(() -> client.requestAsync("second", LONG), (answer) -> !answer.isCompletedExceptionally());
		this.pair.reply("answer to second");
		assertThat(second).succeedsWithin(TestEndpoints.SOON).isEqualTo("answer to second");
		assertThat(this.pair.received).isEmpty();
	}

	@Test
	void whenTheCallerCancelsThenTheAnswerIsAnOrdinaryMessage() {
		TcpClient client = this.pair.connected((connection) -> {
		});
		CompletableFuture<Object> first = client.requestAsync("first", LONG);
		CompletableFuture<Object> second = client.requestAsync("second", LONG);
		first.cancel(false);
		this.pair.reply("answer to first", "answer to second");
		assertThat(second).succeedsWithin(TestEndpoints.SOON).isEqualTo("answer to second");
		Awaitility.await().until(() -> !this.pair.received.isEmpty());
		assertThat(this.pair.received).containsExactly("answer to first");
	}

	@Test
	void whenTheCallerIsInterruptedThenItsRequestEnds() throws Exception {
		TcpClient client = this.pair.connected((connection) -> {
		});
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			try {
				client.request("hello?", LONG);
			}
			catch (SocketOperationException ex) {
				interrupted.complete(Thread.currentThread().isInterrupted());
			}
		});
		caller.start();
		Awaitility.await().until(() -> !this.pair.asked.isEmpty());
		caller.interrupt();
		assertThat(interrupted).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
	}

}
