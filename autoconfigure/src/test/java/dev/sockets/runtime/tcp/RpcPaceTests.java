package dev.sockets.runtime.tcp;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.rpc.RpcConnection;
import dev.sockets.tcp.Dispatch;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A handler that is always short is called by the event loop, until it is not.
 */
@Timeout(120)
class RpcPaceTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "LOOP" })
	void whenAHandlerIsAlwaysShortThenTheLoopCallsIt(Dispatch dispatch) {
		RpcPair pair = new RpcPair(this.endpoints, (connection) -> connection.dispatch(dispatch));
		pair.server.rpc().bind("short", (request) -> TestEndpoints.onLoopThread());
		warmUp(pair, "short");
	}

	@Test
	void whenHandlersAreToRunOnThreadsThenTheyDo() {
		RpcPair pair = new RpcPair(this.endpoints, (connection) -> connection.dispatch(Dispatch.THREAD));
		pair.server.rpc().bind("short", (request) -> TestEndpoints.onLoopThread());
		for (int i = 0; i < 500; i++) {
			assertThat(pair.fromClient().<Boolean>execute("short")).isFalse();
		}
	}

	@Test
	void whenAShortHandlerWaitsAfterAllThenNobodyWaitsForItAndItIsNotTrustedAgain() {
		RpcPair pair = new RpcPair(this.endpoints);
		AtomicReference<CountDownLatch> barrier = new AtomicReference<>();
		pair.server.rpc().bind("short", (request) -> {
			CountDownLatch closed = barrier.getAndSet(null);
			if (closed != null) {
				closed.await(60, TimeUnit.SECONDS);
			}
			return TestEndpoints.onLoopThread();
		});
		pair.server.rpc().bind("other", (request) -> "other");
		boolean waitedOnLoop;
		do {
			warmUp(pair, "short");
			CountDownLatch closed = new CountDownLatch(1);
			barrier.set(closed);
			CompletableFuture<Boolean> late = pair.fromClient()
				.executeAsync("short", TestEndpoints.SOON.multipliedBy(2));
			List<CompletableFuture<Boolean>> behind = IntStream.range(0, 100)
				.mapToObj((i) -> pair.fromClient().<Boolean>executeAsync("short", TestEndpoints.SOON))
				.toList();
			behind.forEach((result) -> assertThat(result).succeedsWithin(TestEndpoints.SOON));
			assertThat(pair.fromClient().<String>execute("other")).isEqualTo("other");
			assertThat(late).isNotDone();
			closed.countDown();
			assertThat(late).succeedsWithin(TestEndpoints.SOON);
			waitedOnLoop = late.join();
		}
		while (!waitedOnLoop);
		for (int i = 0; i < 500; i++) {
			assertThat(pair.fromClient().<Boolean>execute("short")).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAShortHandlerAsksBackAfterAllThenItIsAnswered(Dispatch dispatch) {
		RpcPair pair = new RpcPair(this.endpoints, (connection) -> connection.dispatch(dispatch));
		pair.server.rpc().bind("nest", (request) -> nest(request.connection(), request.arg(0, Integer.class)));
		pair.client.rpc().bind("nest", (request) -> nest(request.connection(), request.arg(0, Integer.class)));
		for (int round = 0; round < 3; round++) {
			for (int i = 0; i < 500; i++) {
				assertThat(pair.fromClient().<String>execute("nest", 0)).isEqualTo("0");
				assertThat(pair.fromServer().<String>execute("nest", 0)).isEqualTo("0");
			}
			assertThat(pair.fromClient().<String>execute("nest", TestEndpoints.SOON, 6)).isEqualTo("6 5 4 3 2 1 0");
			assertThat(pair.fromServer().<String>execute("nest", TestEndpoints.SOON, 6)).isEqualTo("6 5 4 3 2 1 0");
		}
	}

	private static String nest(RpcConnection connection, int depth) {
		return (depth == 0) ? "0"
				: depth + " " + connection.rpc().<String>execute("nest", TestEndpoints.SOON, depth - 1);
	}

	/** On a busy machine it may take some time until it has been short often enough. */
	private static void warmUp(RpcPair pair, String opcode) {
		Awaitility.await().until(() -> {
			boolean onLoop = false;
			for (int i = 0; i < 300; i++) {
				onLoop = pair.fromClient().execute(opcode);
			}
			return onLoop;
		});
	}

}
