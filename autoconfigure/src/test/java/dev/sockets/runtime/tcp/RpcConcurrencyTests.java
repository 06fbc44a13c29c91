package dev.sockets.runtime.tcp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ApplicationListener;

import dev.sockets.SocketErrorCode;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.MessageSentEvent;
import dev.sockets.rpc.ErrorDetail;
import dev.sockets.rpc.HandlerConcurrency;
import dev.sockets.rpc.RemoteException;
import dev.sockets.rpc.RpcConnection;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.rpc.RpcSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Many requests at a time, and requests within requests.
 */
@Timeout(120)
class RpcConcurrencyTests {

	private static final int MANY = 10_000;

	private static final RpcSettings IN_ORDER = new RpcSettings(ErrorDetail.MESSAGE, HandlerConcurrency.ONE_AT_A_TIME);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	@Test
	void whenTenThousandAreInFlightAndRepliesAreShuffledThenEachGetsItsOwn() {
		RpcPair pair = new RpcPair(this.endpoints, (connection) -> connection.maxPending(8 * 1024 * 1024));
		Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
		AtomicInteger waiting = new AtomicInteger();
		pair.server.rpc().bind(1, (request) -> {
			CompletableFuture<Object> result = new CompletableFuture<>();
			Object value = request.args().get(0);
			answers.add(() -> result.complete(value));
			waiting.incrementAndGet();
			return result;
		});
		List<CompletableFuture<Integer>> results = IntStream.range(0, MANY)
			.mapToObj((i) -> pair.fromClient().<Integer>executeAsync(1, TestEndpoints.SOON.multipliedBy(6), i))
			.toList();
		Awaitility.await().atMost(TestEndpoints.SOON.multipliedBy(6)).until(() -> waiting.get() == MANY);
		assertThat(results).noneMatch(CompletableFuture::isDone);
		assertThat(pair.fromClient().executeAsync(1)).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.withMessageContaining("10000 requests wait for an answer already");
		List<Runnable> shuffled = new ArrayList<>(answers);
		Collections.shuffle(shuffled);
		shuffled.forEach(Runnable::run);
		for (int i = 0; i < MANY; i++) {
			assertThat(results.get(i)).succeedsWithin(TestEndpoints.SOON.multipliedBy(6)).isEqualTo(i);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenHandlersExecuteOnTheirOwnConnectionThreeDeepThenAllAreAnswered(Dispatch dispatch) {
		RpcPair pair = new RpcPair(this.endpoints, (connection) -> connection.dispatch(dispatch));
		bindNested(pair.server.rpc());
		bindNested(pair.client.rpc());
		assertThat(pair.fromClient().<String>execute("nest", 6)).isEqualTo("6 5 4 3 2 1 0");
		assertThat(pair.fromServer().<String>execute("nest", 6)).isEqualTo("6 5 4 3 2 1 0");
	}

	private static void bindNested(RpcPeer bindings) {
		bindings.bind("nest", (request) -> {
			int depth = request.arg(0, Integer.class);
			RpcConnection connection = request.connection();
			return (depth == 0) ? "0" : depth + " " + connection.rpc().execute("nest", depth - 1);
		});
	}

	@ParameterizedTest
	@EnumSource
	void whenAHandlerIsSlowThenOthersOfItsConnectionAreNotHeldUp(Dispatch dispatch) {
		RpcPair pair = new RpcPair(this.endpoints, (connection) -> connection.dispatch(dispatch));
		CountDownLatch released = new CountDownLatch(1);
		pair.server.rpc().bind("slow", (request) -> released.await(60, TimeUnit.SECONDS));
		pair.server.rpc().bind("fast", (request) -> "fast");
		CompletableFuture<Boolean> slow = pair.fromClient().executeAsync("slow", TestEndpoints.SOON.multipliedBy(6));
		for (int i = 0; i < 100; i++) {
			assertThat(pair.fromClient().<String>execute("fast")).isEqualTo("fast");
		}
		assertThat(slow).isNotDone();
		released.countDown();
		assertThat(slow).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
	}

	@Test
	void whenAListenerExecutesAtOnceThenItIsAnswered() {
		CompletableFuture<String> greeting = new CompletableFuture<>();
		this.endpoints.onEvent((event) -> {
			if (event instanceof ConnectedEvent connected && event.getEndpoint().equals("server")) {
				greeting.complete(connected.getConnection().rpc().execute("who"));
			}
		});
		var server = this.endpoints.server(RpcPair::wire);
		var client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.connection(RpcPair::wire));
		client.rpc().bind("who", (request) -> "me");
		client.connect();
		assertThat(greeting).succeedsWithin(TestEndpoints.SOON).isEqualTo("me");
	}

	@Test
	void whenOneIsHandledAtATimeThenResultsComeInOrder() {
		RpcPair pair = new RpcPair(this.endpoints, (connection) -> connection.rpc(IN_ORDER));
		AtomicInteger inside = new AtomicInteger();
		Queue<Integer> order = new ConcurrentLinkedQueue<>();
		pair.server.rpc().bind(1, (request) -> {
			assertThat(inside.incrementAndGet()).isEqualTo(1);
			int number = request.arg(0, Integer.class);
			return OwnThread.call(() -> {
				order.add(number);
				inside.decrementAndGet();
				return number;
			});
		});
		List<CompletableFuture<Integer>> results = IntStream.range(0, 500)
			.mapToObj((i) -> pair.fromClient().<Integer>executeAsync(1, i))
			.toList();
		for (int i = 0; i < 500; i++) {
			assertThat(results.get(i)).succeedsWithin(TestEndpoints.SOON).isEqualTo(i);
		}
		assertThat(order).containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
	}

	@Test
	void whenMoreAreHandledThanAllowedThenTheRestAreRefusedAndTheConnectionGoesOn() throws Exception {
		var server = this.endpoints.server((connection) -> RpcPair.wire(connection).maxPendingRequests(2));
		CompletableFuture<String> result = new CompletableFuture<>();
		server.rpc().bind(1, (request) -> result);
		try (RpcWire peer = new RpcWire(server)) {
			peer.send(1, 1, 1);
			peer.send(1, 2, 1);
			peer.send(1, 3, 1);
			assertThat(peer.receive().toString())
				.isEqualTo("[4, 3, RuntimeError, 2 requests are being handled already, []]");
			result.complete("now");
			assertThat(List.of(peer.receive().get(1), peer.receive().get(1))).containsExactlyInAnyOrder(1, 2);
			peer.send(1, 4, 1);
			assertThat(peer.receive().toString()).isEqualTo("[3, 4, now]");
		}
	}

	/** Who has sent an answer may be held up right after that. */
	@Test
	void whenAPeerHasItsAnswerThenItsPlaceIsFree() throws Exception {
		CountDownLatch released = new CountDownLatch(1);
		this.endpoints.context().addApplicationListener(new ApplicationListener<MessageSentEvent<?>>() {

			@Override
			public void onApplicationEvent(MessageSentEvent<?> event) {
				await(released);
			}

		});
		var server = this.endpoints.server((connection) -> RpcPair.wire(connection).maxPendingRequests(1));
		server.rpc().bind(1, (request) -> "done");
		try (RpcWire peer = new RpcWire(server)) {
			for (int code = 1; code <= 3; code++) {
				peer.send(1, code, 1);
				assertThat(peer.receive().toString()).isEqualTo("[3, " + code + ", done]");
			}
		}
		finally {
			released.countDown();
		}
	}

	@Test
	void whenTheServerStopsThenRequestsBeingHandledAreAnswered() {
		RpcPair pair = new RpcPair(this.endpoints);
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		pair.server.rpc().bind(1, (request) -> {
			entered.countDown();
			released.await(60, TimeUnit.SECONDS);
			return "done";
		});
		CompletableFuture<String> result = pair.fromClient().executeAsync(1, TestEndpoints.SOON.multipliedBy(6));
		await(entered);
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		pair.server.stop(() -> stopped.complete(null));
		assertThat(stopped).isNotDone();
		released.countDown();
		assertThat(result).succeedsWithin(TestEndpoints.SOON).isEqualTo("done");
		assertThat(stopped).succeedsWithin(TestEndpoints.SOON);
	}

	@Test
	void whenTheServerStopsAndWaitsNoLongerThenHandlersAreInterrupted() {
		var server = this.endpoints
			.serve((settings) -> settings.shutdownGrace(java.time.Duration.ofMillis(200)).connection(RpcPair::wire));
		var client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.connection(RpcPair::wire));
		CountDownLatch entered = new CountDownLatch(1);
		CompletableFuture<Throwable> ended = new CompletableFuture<>();
		server.rpc().bind(1, (request) -> {
			entered.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				ended.complete(ex);
			}
			return null;
		});
		client.connect();
		CompletableFuture<Object> result = client.rpc().executeAsync(1);
		await(entered);
		server.stop();
		assertThat(ended).succeedsWithin(TestEndpoints.SOON).isInstanceOf(InterruptedException.class);
		assertThat(result).failsWithin(TestEndpoints.SOON);
	}

	@Test
	void whenAHandlerFailsWithinAHandlerThenTheErrorTravelsAllTheWay() {
		RpcPair pair = new RpcPair(this.endpoints);
		pair.server.rpc().bind("ask back", (request) -> {
			RpcConnection connection = request.connection();
			return connection.rpc().execute("missing");
		});
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> pair.fromClient().execute("ask back"))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.UNKNOWN_OPCODE))
			.withMessage("KeyError: opcode 'missing' is not bound to any instruction");
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
