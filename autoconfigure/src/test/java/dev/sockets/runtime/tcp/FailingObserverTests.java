package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;

import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.MessageObserver;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Unspeakable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever an observer of messages throws, they go on as if nobody observed them.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class FailingObserverTests {

	private volatile Failing failing = Failing.NEVER;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(1, TestEndpoints.handlerThreads(),
			new GenericApplicationContext(), new Observer());

	@ParameterizedTest
	@EnumSource
	void whenObservingFailsThenMessagesRequestsAndRepliesGoOn(Failing failing) {
		this.failing = failing;
		TcpServer server = this.endpoints.echo().server();
		TcpClient client = this.endpoints.newClient(server);
		client.connect();
		List<CompletableFuture<Object>> answers = IntStream.range(0, 5)
			.mapToObj((i) -> client.requestAsync("ask " + i))
			.toList();
		assertThat(answers).extracting(CompletableFuture::join)
			.containsExactly("ask 0", "ask 1", "ask 2", "ask 3", "ask 4");
		assertThat(client.<Object>request("and again")).isEqualTo("and again");
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("hello")).isEqualTo("hello");
			for (Connection connection : server.getConnections()) {
				connection.send("sent");
				connection.sendAsync("sent later").join();
			}
			server.broadcast("to all");
			assertThat(List.of(peer.readLine(), peer.readLine(), peer.readLine())).containsExactly("sent", "sent later",
					"to all");
			assertThat(peer.ask("hello")).isEqualTo("hello");
		}
		assertThat(client.isConnected()).isTrue();
		assertThat(client.statistics().messages().failed()).allSatisfy((code, count) -> assertThat(count).isZero());
		assertThat(server.statistics().messages().failed()).allSatisfy((code, count) -> assertThat(count).isZero());
		assertThat(this.endpoints.events(MessageErrorEvent.class)).isEmpty();
		assertThat(this.endpoints.events(DisconnectedEvent.class)).noneMatch((event) -> event.getCause() != null);
	}

	@ParameterizedTest
	@EnumSource
	void whenObservingFailsThenRequestsByOpcodeAreAnswered(Failing failing) throws IOException {
		this.failing = failing;
		TcpServer server = this.endpoints.server(
				(connection) -> RpcPair.wire(connection).dispatch(Dispatch.LOOP).requestTimeout(TestEndpoints.SOON));
		server.rpc().bind(1, (request) -> "one");
		server.rpc().bind(2, (request) -> CompletableFuture.completedFuture("two"));
		try (RpcWire peer = new RpcWire(server)) {
			for (int id = 1; id <= 4; id += 2) {
				peer.send(1, id, 1);
				assertThat(peer.receive().toString()).isEqualTo("[3, " + id + ", one]");
				peer.send(1, id + 1, 2);
				assertThat(peer.receive().toString()).isEqualTo("[3, " + (id + 1) + ", two]");
			}
		}
		assertThat(server.statistics().messages().failed()).allSatisfy((code, count) -> assertThat(count).isZero());
	}

	@Test
	void whenObservingFailsAgainAndAgainThenThereAreAFewLines(CapturedOutput output) {
		this.failing = Failing.BEGIN;
		int before = output.length();
		TcpServer server = this.endpoints.echo().server();
		try (Peer peer = new Peer(server)) {
			for (int i = 0; i < 200; i++) {
				assertThat(peer.ask("hello")).isEqualTo("hello");
			}
		}
		assertThat(output.toString().substring(before).lines().filter((line) -> line.contains("observer")))
			.hasSizeBetween(1, 50)
			.anyMatch((line) -> line.contains("The observer of the messages of 'server' has failed"));
	}

	enum Failing {

		NEVER(null, null), BEGIN(() -> new IllegalStateException("on purpose"), null),
		BEGIN_UNSPEAKABLY(Unspeakable::new, null), BEGIN_WITH_ERROR(StackOverflowError::new, null),
		END(null, () -> new IllegalStateException("on purpose")), END_UNSPEAKABLY(null, Unspeakable::new),
		END_WITH_ERROR(null, LinkageError::new), WITH_NOTHING(null, null);

		private final Supplier<Throwable> atBegin;

		private final Supplier<Throwable> atEnd;

		Failing(Supplier<Throwable> atBegin, Supplier<Throwable> atEnd) {
			this.atBegin = atBegin;
			this.atEnd = atEnd;
		}

	}

	private final class Observer implements MessageObserver {

		@Override
		public Observed receiving(Connection connection, Object payload) {
			return observe();
		}

		@Override
		public Observed sending(Connection connection, Object payload) {
			return observe();
		}

		@Override
		public Observed requesting(Connection connection, Object payload) {
			return observe();
		}

		private Observed observe() {
			Failing failing = FailingObserverTests.this.failing;
			fail(failing.atBegin);
			return (failing != Failing.WITH_NOTHING) ? (failure) -> fail(failing.atEnd) : null;
		}

		private static void fail(Supplier<Throwable> failure) {
			if (failure != null) {
				FailingObserverTests.<RuntimeException>raise(failure.get());
			}
		}

	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void raise(Throwable failure) throws T {
		throw (T) failure;
	}

}
