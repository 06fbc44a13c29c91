package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A handler or listener may wait for an answer, wherever it runs: when it is its own
 * thread that would have to read that, another one does. There is one event loop.
 */
@Timeout(120)
class WaitingHandlerTests {

	private static final int MANY = 40;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> handled = new ConcurrentLinkedQueue<>();

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenAHandlerRequestsOverItsOwnConnectionThenItGetsTheAnswer(Dispatch dispatch) {
		TcpServer server = serve(dispatch, (connection, payload) -> "got " + connection.request("question"));
		try (Peer peer = new Peer(server)) {
			for (int i = 0; i < MANY; i++) {
				assertThat(peer.ask("begin")).isEqualTo("question");
				assertThat(peer.ask("yes " + i)).isEqualTo("got yes " + i);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenAHandlerWaitsForFuturesOfItsOwnConnectionThenItGetsThem(Dispatch dispatch) {
		TcpServer server = serve(dispatch, (connection, payload) -> {
			CompletableFuture<String> first = connection.requestAsync("first?");
			CompletableFuture<String> second = connection.requestAsync("second?");
			return first.thenApply(String::toUpperCase).get() + second.join() + connection.request("third?");
		});
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("begin")).isEqualTo("first?");
			assertThat(peer.readLine()).isEqualTo("second?");
			peer.send("a", "b");
			assertThat(peer.readLine()).isEqualTo("third?");
			assertThat(peer.ask("c")).isEqualTo("Abc");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenAHandlerWaitsThenOrderIsKept(Dispatch dispatch) {
		TcpServer server = serve(dispatch, (connection, payload) -> {
			this.handled.add(payload);
			if (!"ask".equals(payload)) {
				return "echo " + payload;
			}
			connection.send("before");
			String answer = connection.request("question");
			connection.send("after");
			return "got " + answer;
		});
		try (Peer peer = new Peer(server)) {
			List<String> replies = new ArrayList<>();
			peer.send("0", "ask");
			for (int i = 0; i < 3; i++) {
				replies.add(peer.readLine());
			}
			assertThat(replies).containsExactly("echo 0", "before", "question");
			peer.send("answer", "1", "2");
			peer.send("3");
			replies.clear();
			for (int i = 0; i < 5; i++) {
				replies.add(peer.readLine());
			}
			assertThat(replies).containsExactly("after", "got answer", "echo 1", "echo 2", "echo 3");
			assertThat(peer.ask("4")).isEqualTo("echo 4");
		}
		assertThat(this.handled).containsExactly("0", "ask", "1", "2", "3", "4");
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenAHandlerWaitsThenThatIsTimeOfTheHandler(Dispatch dispatch) {
		TcpServer server = serve(dispatch, (connection, payload) -> "got " + connection.request("question"));
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("begin")).isEqualTo("question");
			long asked = System.nanoTime();
			Awaitility.await().until(() -> System.nanoTime() - asked >= 20_000_000);
			assertThat(peer.ask("yes")).isEqualTo("got yes");
			Awaitility.await().until(() -> server.statistics().handling().nanos() >= 20_000_000);
			assertThat(server.statistics().handling().count()).isOne();
		}
	}

	@Test
	void whenWhatFollowsWasReadWithTheMessageThenItIsTheAnswerAndTheRestIsHandledAfterIt() {
		TcpServer server = serve(Dispatch.AUTO, (connection, payload) -> {
			this.handled.add(payload);
			return "ask".equals(payload) ? "got " + connection.request("question") : "echo " + payload;
		});
		try (Peer peer = new Peer(server)) {
			peer.send("0", "ask", "answer", "1", "2");
			List<String> replies = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				replies.add(peer.readLine());
			}
			assertThat(replies).containsExactly("echo 0", "question", "got answer", "echo 1", "echo 2");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenAListenerOfANewConnectionRequestsThenItGetsTheAnswer(Dispatch dispatch) {
		this.endpoints.onEvent((event) -> {
			if (event instanceof ConnectedEvent connected && connected.getEndpoint().equals("server")) {
				this.handled.add(connected.getConnection().<String>request("who?"));
			}
		});
		TcpServer server = serve(dispatch, (connection, payload) -> "echo " + payload);
		try (Peer peer = new Peer(server)) {
			assertThat(peer.readLine()).isEqualTo("who?");
			peer.send("me", "hello");
			assertThat(peer.readLine()).isEqualTo("echo hello");
			assertThat(this.handled).containsExactly("me");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenAHandlerRequestsOverAnotherConnectionOfItsLoopThenItGetsTheAnswer(Dispatch dispatch) {
		CompletableFuture<Connection> other = new CompletableFuture<>();
		TcpServer server = serve(dispatch, (connection, payload) -> {
			if (other.complete(connection)) {
				return null;
			}
			return "got " + other.join().request("question");
		});
		try (Peer answering = new Peer(server)) {
			answering.send("here");
			other.join();
			try (Peer peer = new Peer(server)) {
				peer.send("begin");
				assertThat(answering.readLine()).isEqualTo("question");
				answering.send("answer");
				assertThat(peer.readLine()).isEqualTo("got answer");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenAHandlerRequestsByAClientOfTheSameLoopThenItGetsTheAnswer(Dispatch dispatch) {
		TcpServer backend = this.endpoints.onMessage("backend", (message) -> message.reply("fact"))
			.server("backend", (connection) -> {
			});
		TcpClient client = this.endpoints.newClient(backend);
		client.connect();
		TcpServer server = serve(dispatch, (connection, payload) -> "got " + client.request(payload)
				+ client.<String>requestAsync(payload).thenApply(String::length).get());
		try (Peer peer = new Peer(server)) {
			for (int i = 0; i < MANY; i++) {
				assertThat(peer.ask("begin")).isEqualTo("got fact4");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenManyHandlersWaitAtOnceThenEachGetsItsAnswer(Dispatch dispatch) {
		TcpServer server = serve(dispatch, (connection, payload) -> payload + " got " + connection.request("question"));
		List<Peer> peers = new ArrayList<>();
		try {
			for (int i = 0; i < MANY; i++) {
				Peer peer = new Peer(server);
				peers.add(peer);
				peer.send("begin");
			}
			peers.forEach((peer) -> assertThat(peer.readLine()).isEqualTo("question"));
			for (int i = MANY - 1; i >= 0; i--) {
				peers.get(i).send("answer " + i);
			}
			for (int i = 0; i < MANY; i++) {
				assertThat(peers.get(i).readLine()).isEqualTo("begin got answer " + i);
			}
		}
		finally {
			peers.forEach(Peer::close);
		}
		Awaitility.await().until(() -> this.endpoints.loopThreads().size() == 1);
		Awaitility.await().until(() -> server.getConnections().isEmpty());
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenNoAnswerComesThenTheWaitEndsByItsTimeOutAndOthersAreServedMeanwhile(Dispatch dispatch) {
		TcpServer server = serve(dispatch, (connection, payload) -> {
			if (!"ask".equals(payload)) {
				return payload;
			}
			try {
				return connection.request("question", Duration.ofMillis(300));
			}
			catch (SocketOperationException ex) {
				return ex.getCode().name();
			}
		});
		try (Peer peer = new Peer(server); Peer other = new Peer(server)) {
			assertThat(peer.ask("ask")).isEqualTo("question");
			assertThat(other.ask("still there?")).isEqualTo("still there?");
			assertThat(peer.readLine()).isEqualTo(SocketErrorCode.REQUEST_TIMEOUT.name());
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenThePeerLeavesThenTheWaitEndsAtOnceAndItsPlaceIsFree(Dispatch dispatch) {
		TcpServer server = serve(dispatch, (connection, payload) -> {
			try {
				return connection.request("question", Duration.ofMinutes(5));
			}
			catch (SocketOperationException ex) {
				this.handled.add(ex.getCode());
				throw ex;
			}
		});
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("begin")).isEqualTo("question");
		}
		this.endpoints.awaitEvent(DisconnectedEvent.class);
		assertThat(this.handled).containsExactly(SocketErrorCode.NOT_CONNECTED);
		Awaitility.await().until(() -> server.getConnections().isEmpty());
		assertThat(this.endpoints.eventNames("server")).endsWith("MessageError", "Disconnected");
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenTheServerStopsThenTheWaitEndsAndSoDoesTheStop(Dispatch dispatch) {
		TcpServer server = serve(dispatch,
				(connection, payload) -> connection.request("question", Duration.ofMinutes(5)));
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("begin")).isEqualTo("question");
			assertThat(OwnThread.run(server::stop)).succeedsWithin(TestEndpoints.SOON);
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.events(MessageErrorEvent.class)).hasSize(1);
		assertThat(server.getConnections()).isEmpty();
	}

	@Test
	void whenACallbackOfAnAnswerWaitsForAnotherOneThenItGetsIt() {
		TcpServer server = serve(Dispatch.AUTO, (connection, payload) -> {
			if ("begin".equals(payload)) {
				return connection.<String>requestAsync("first?")
					.thenApply((first) -> first + connection.<String>request("second?"));
			}
			return "echo " + payload;
		});
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("begin")).isEqualTo("first?");
			assertThat(peer.ask("a")).isEqualTo("second?");
			peer.send("b", "c");
			assertThat(List.of(peer.readLine(), peer.readLine())).containsExactly("ab", "echo c");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenAHandlerFailsAfterItHasWaitedThenTheNextMessagesAreHandled(Dispatch dispatch) {
		TcpServer server = serve(dispatch, (connection, payload) -> {
			if ("begin".equals(payload)) {
				connection.request("question");
				throw new AssertionError("It fails, as told to");
			}
			return "echo " + payload;
		});
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("begin")).isEqualTo("question");
			peer.send("answer", "1");
			assertThat(peer.readLine()).isEqualTo("echo 1");
			assertThat(peer.ask("2")).isEqualTo("echo 2");
		}
	}

	@Test
	void whenHandlersMayNotBlockThenTheyAreToldAtOnce() {
		TcpServer server = serve(Dispatch.LOOP, (connection, payload) -> {
			try {
				return connection.requestAsync("question").get();
			}
			catch (IllegalStateException ex) {
				return "refused";
			}
		});
		try (Peer peer = new Peer(server)) {
			assertThat(List.of(peer.send("begin").readLine(), peer.readLine())).containsExactlyInAnyOrder("question",
					"refused");
		}
	}

	@Test
	void whenHandlersWaitAndOthersBlockThenNothingIsLost() throws Exception {
		CountDownLatch released = new CountDownLatch(1);
		TcpServer server = serve(Dispatch.AUTO, (connection, payload) -> {
			if ("block".equals(payload)) {
				released.await();
				return "blocked got " + connection.request("question");
			}
			return "echo " + payload;
		});
		try (Peer peer = new Peer(server); Peer other = new Peer(server)) {
			peer.send("block", "answer", "1");
			for (int i = 0; i < MANY; i++) {
				assertThat(other.ask("ping")).isEqualTo("echo ping");
			}
			released.countDown();
			assertThat(List.of(peer.readLine(), peer.readLine(), peer.readLine())).containsExactly("question",
					"blocked got answer", "echo 1");
		}
	}

	private TcpServer serve(Dispatch dispatch, Handler handler) {
		TcpServer server = this.endpoints.newServer("server", 0, (connection) -> connection.dispatch(dispatch));
		server.addHandler((connection, payload) -> handler.handle(connection, (String) payload));
		server.start();
		return server;
	}

	private interface Handler {

		Object handle(Connection connection, String payload) throws ExecutionException, InterruptedException;

	}

}
