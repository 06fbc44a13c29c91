package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import ch.qos.logback.classic.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import org.springframework.context.support.GenericApplicationContext;

import dev.sockets.SocketErrorCode;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.rpc.ErrorDetail;
import dev.sockets.rpc.HandlerConcurrency;
import dev.sockets.rpc.RpcHandler;
import dev.sockets.rpc.RpcSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.LogLines;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each request by opcode ends once, whatever goes wrong on its way: it is answered, and
 * the next one has its turn and its place.
 */
@Timeout(60)
class RpcEndTests {

	private static final RpcSettings IN_ORDER = new RpcSettings(ErrorDetail.MESSAGE, HandlerConcurrency.ONE_AT_A_TIME);

	private final ExecutorService threads = TestEndpoints.handlerThreads();

	/** Whether no thread is to be had for what comes next. */
	private final AtomicBoolean rejecting = new AtomicBoolean();

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(1, this::execute, new GenericApplicationContext());

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void whenNoThreadIsToBeHadThenTheCallerIsToldAndTheNextHasItsTurn() throws IOException {
		CompletableFuture<Void> allSent = new CompletableFuture<>();
		TcpServer server = server((request) -> {
			allSent.join();
			this.rejecting.set(true);
			return "first";
		});
		server.rpc().bind(2, (request) -> "later");
		try (RpcWire peer = new RpcWire(server)) {
			peer.send(1, 1, 1);
			peer.send(1, 2, 2);
			peer.send(2, 2);
			peer.send(1, 3, 2);
			Awaitility.await().until(() -> received(server) == 4);
			allSent.complete(null);
			assertThat(peer.receive().toString()).isEqualTo("[3, 1, first]");
			assertThat(peer.receive().toString()).isEqualTo("[4, 2, RuntimeError, the application stops, []]");
			assertThat(peer.receive().toString()).isEqualTo("[3, 3, later]");
			peer.send(1, 4, 2);
			peer.send(1, 5, 2);
			peer.send(1, 6, 2);
			assertThat(List.of(peer.receive(), peer.receive(), peer.receive()))
				.allMatch((reply) -> reply.get(0).equals(3));
		}
	}

	@Test
	void whenAResultNeverComesThenTheCallerIsToldAndTheNextHasItsTurn() throws IOException {
		CompletableFuture<Object> never = new CompletableFuture<>();
		TcpServer server = server((request) -> never, Duration.ofMillis(200));
		server.rpc().bind(2, (request) -> Mono.never());
		server.rpc().bind(3, (request) -> "later");
		try (RpcWire peer = new RpcWire(server)) {
			for (int opcode = 1; opcode <= 3; opcode++) {
				peer.send(1, opcode, opcode);
			}
			String late = "TimeoutError, there was no result within 200 ms, []]";
			assertThat(peer.receive().toString()).isEqualTo("[4, 1, " + late);
			assertThat(peer.receive().toString()).isEqualTo("[4, 2, " + late);
			assertThat(peer.receive().toString()).isEqualTo("[3, 3, later]");
			never.complete("too late");
			peer.send(2, 2);
			peer.send(1, 4, 3);
			assertThat(peer.receive().toString()).isEqualTo("[3, 4, later]");
			assertThat(this.endpoints.awaitEvents(MessageErrorEvent.class, 3))
				.allMatch((error) -> error.getCause().getCause() instanceof TimeoutException);
		}
	}

	@Test
	void whenAStageFailsOrEndsTwiceThenTheRequestHasOneEnd() throws IOException {
		TcpServer server = server((request) -> new BrokenStage());
		server.rpc().bind(2, (request) -> new RepeatingStage());
		server.rpc().bind(3, (request) -> "well");
		try (RpcWire peer = new RpcWire(server)) {
			for (int i = 0; i < 10; i++) {
				peer.send(1, 1, 1);
				peer.send(1, 2, 2);
				peer.send(1, 3, 3);
				assertThat(peer.receive().toString()).isEqualTo("[4, 1, RuntimeError, broken, []]");
				assertThat(peer.receive().toString()).isEqualTo("[3, 2, once]");
				assertThat(peer.receive().toString()).isEqualTo("[3, 3, well]");
			}
		}
	}

	@Test
	void whenWhatIsThrownCannotTellItsMessageThenTheCallerIsToldNonetheless() throws IOException {
		TcpServer server = server((request) -> {
			throw new Unspeakable();
		});
		server.rpc().bind(2, (request) -> {
			throw new StackOverflowError("deep");
		});
		try (RpcWire peer = new RpcWire(server)) {
			peer.send(1, 1, 1);
			assertThat(peer.receive().toString()).isEqualTo("[4, 1, RuntimeError, internal error, []]");
			peer.send(1, 2, 2);
			assertThat(peer.receive().toString()).isEqualTo("[4, 2, RuntimeError, internal error, []]");
			this.endpoints.awaitEvents(MessageErrorEvent.class, 2);
		}
	}

	@Test
	void whenAReturnCodeIsTooLongToBeSentBackThenTheConnectionGoesOn() throws IOException {
		TcpServer server = server((request) -> "done");
		try (RpcWire peer = new RpcWire(server)) {
			peer.send(1, new byte[64 * 1024 - 8], 1);
			peer.send(1, 7, 1);
			assertThat(peer.receive().toString()).isEqualTo("[3, 7, done]");
			Awaitility.await().until(() -> failed(server, SocketErrorCode.FRAME_TOO_LARGE) > 0);
			assertThat(server.getConnections()).hasSize(1);
		}
	}

	@Test
	void whenMoreIsToldThanAllowedThenItIsCountedAndSaidAFewTimes() throws IOException {
		CompletableFuture<String> result = new CompletableFuture<>();
		AtomicInteger called = new AtomicInteger();
		TcpServer server = this.endpoints.server((connection) -> RpcPair.wire(connection).maxPendingRequests(1));
		server.rpc().bind(1, (request) -> {
			called.incrementAndGet();
			return result;
		});
		try (LogLines log = new LogLines("dev.sockets.runtime.rpc"); RpcWire peer = new RpcWire(server)) {
			log.level(Level.WARN);
			peer.send(1, 1, 1);
			Awaitility.await().until(() -> called.get() == 1);
			for (int i = 0; i < 100; i++) {
				peer.send(2, 1);
			}
			Awaitility.await().until(() -> failed(server, SocketErrorCode.TOO_MANY_REQUESTS) == 100);
			result.complete("done");
			assertThat(peer.receive().toString()).isEqualTo("[3, 1, done]");
			peer.send(2, 1);
			Awaitility.await().until(() -> called.get() == 2);
			assertThat(log.all().get(0)).startsWith("WARN Connection ")
				.endsWith(" has told something that is not executed: 1 requests are being handled already");
			assertThat(log.all().size()).isLessThan(50);
		}
	}

	/** Handlers of requests are all that needs a thread. */
	@Test
	void whenAPeerHasEndedItsSideThenItsRequestsAreAnsweredBeforeTheEnd() throws IOException {
		CompletableFuture<Object> result = new CompletableFuture<>();
		TcpServer server = server((request) -> result);
		server.rpc().bind(2, (request) -> "second");
		try (RpcWire peer = new RpcWire(server)) {
			peer.send(1, 1, 1);
			peer.send(1, 2, 2);
			Awaitility.await().until(() -> received(server) == 2);
			peer.finish();
			result.complete("first");
			assertThat(peer.receive().toString()).isEqualTo("[3, 1, first]");
			assertThat(peer.receive().toString()).isEqualTo("[3, 2, second]");
			assertThat(peer.isEnded()).isTrue();
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.REMOTE);
	}

	private TcpServer server(RpcHandler first) {
		return server(first, TestEndpoints.SOON);
	}

	private TcpServer server(RpcHandler first, Duration requestTimeout) {
		TcpServer server = this.endpoints.server((connection) -> RpcPair.wire(connection)
			.rpc(IN_ORDER)
			.dispatch(Dispatch.LOOP)
			.requestTimeout(requestTimeout));
		server.rpc().bind(1, first);
		return server;
	}

	private void execute(Runnable task) {
		if (this.rejecting.compareAndSet(true, false)) {
			throw new RejectedExecutionException("on purpose");
		}
		this.threads.execute(task);
	}

	private long received(TcpServer server) {
		return this.endpoints.onlyConnection(server).getStatistics().messagesReceived();
	}

	private static long failed(TcpServer server, SocketErrorCode code) {
		return server.statistics().messages().failed().getOrDefault(code.name(), 0L);
	}

	private static final class BrokenStage extends CompletableFuture<Object> {

		@Override
		public CompletableFuture<Object> whenComplete(BiConsumer<? super Object, ? super Throwable> action) {
			throw new IllegalStateException("broken");
		}

	}

	private static final class RepeatingStage extends CompletableFuture<Object> {

		@Override
		public CompletableFuture<Object> whenComplete(BiConsumer<? super Object, ? super Throwable> action) {
			action.accept("once", null);
			action.accept("twice", null);
			return this;
		}

	}

	private static final class Unspeakable extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public String getMessage() {
			throw new IllegalStateException("unspeakable");
		}

	}

}
