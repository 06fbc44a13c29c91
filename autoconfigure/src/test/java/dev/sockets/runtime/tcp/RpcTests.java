package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.rpc.ArgumentMismatchException;
import dev.sockets.rpc.ErrorDetail;
import dev.sockets.rpc.HandlerConcurrency;
import dev.sockets.rpc.Kwargs;
import dev.sockets.rpc.RemoteException;
import dev.sockets.rpc.Reply;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.rpc.RpcRequest;
import dev.sockets.rpc.RpcSettings;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Requests by opcode, both ways.
 */
@Timeout(60)
class RpcTests {

	record Move(String direction, int speed) {
	}

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private RpcPair pair;

	private RpcPeer server;

	@BeforeEach
	void connect() {
		this.pair = new RpcPair(this.endpoints);
		this.server = this.pair.fromClient();
	}

	@Test
	void whenEitherSideExecutesThenTheOtherAnswers() {
		this.pair.server.rpc().bind(0xFF, (request) -> "server " + request.args());
		this.pair.client.rpc().bind(0xFF, (request) -> "client " + request.args());
		assertThat(this.pair.fromClient().<String>execute(0xFF, 1, "two")).isEqualTo("server [1, two]");
		assertThat(this.pair.fromServer().<String>execute(0xFF, 1, "two")).isEqualTo("client [1, two]");
	}

	@Test
	void whenArgumentsAreNamedThenTheHandlerGetsThemByName() {
		AtomicReference<RpcRequest> received = new AtomicReference<>();
		this.pair.server.rpc().bind("move", (request) -> {
			received.set(request);
			return null;
		});
		Object result = this.server.execute("move", "left", Kwargs.of("speed", 2, "steps", null));
		assertThat(result).isNull();
		RpcRequest request = received.get();
		assertThat(request.opcode()).isEqualTo("move");
		assertThat(request.args()).containsExactly("left");
		assertThat(request.kwargs()).containsOnlyKeys("speed", "steps")
			.containsEntry("speed", 2)
			.containsEntry("steps", null);
		Connection connection = request.connection();
		assertThat(connection).isSameAs(this.pair.far);
		assertThat(request.arg(0, String.class)).isEqualTo("left");
	}

	@Test
	void whenOpcodesAreNumbersTextsOrBytesThenEachFindsItsHandler() {
		this.pair.server.rpc().bind(5, (request) -> "int");
		this.pair.server.rpc().bind(5_000_000_000L, (request) -> "long");
		this.pair.server.rpc().bind("5", (request) -> "text");
		this.pair.server.rpc().bind(new byte[] { 5 }, (request) -> "bytes");
		assertThat(this.server.<String>execute(5L)).isEqualTo("int");
		assertThat(this.server.<String>execute(5_000_000_000L)).isEqualTo("long");
		assertThat(this.server.<String>execute("5")).isEqualTo("text");
		assertThat(this.server.<String>execute(new byte[] { 5 })).isEqualTo("bytes");
		assertThatIllegalArgumentException().isThrownBy(() -> this.server.execute(5.0))
			.withMessage("An opcode is an Integer, a Long, a String or a byte[], not a java.lang.Double");
	}

	@Test
	void whenAResultComesLaterOrIsOptionalThenItTravelsAsItself() {
		RpcPeer bindings = this.pair.server.rpc();
		bindings.bind(1, (request) -> OwnThread.call(() -> Optional.of("future")));
		bindings.bind(2, (request) -> Mono.just("mono").delayElement(Duration.ofMillis(1)));
		bindings.bind(3, (request) -> Mono.empty());
		bindings.bind(4, (request) -> Optional.empty());
		bindings.bind(5, (request) -> Mono.error(new IllegalArgumentException("no")));
		assertThat(this.server.<String>execute(1)).isEqualTo("future");
		assertThat(this.server.<String>execute(2)).isEqualTo("mono");
		assertThat(this.server.<Object>execute(3)).isNull();
		assertThat(this.server.<Object>execute(4)).isNull();
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> this.server.execute(5))
			.withMessage("ValueError: no");
	}

	@Test
	void whenAResultIsToBeOfAClassThenItIsConverted() {
		this.pair.server.rpc().bind(1, (request) -> request.args().get(0));
		assertThat(this.server.execute(1, Integer.class, "42")).isEqualTo(42);
		assertThat(this.server.execute(1, int.class, 42L)).isEqualTo(42);
		assertThat(this.server.execute(1, Move.class, Map.of("direction", "left", "speed", 2)))
			.isEqualTo(new Move("left", 2));
		assertThat(this.server.execute(1, Move[].class, List.of(new Move("left", 2))))
			.containsExactly(new Move("left", 2));
		assertThat(this.server.execute(1, byte[].class, new byte[] { 1, 2 })).containsExactly(1, 2);
		assertThat(this.server.executeAsync(1, Move.class, new Move("right", 3))).succeedsWithin(TestEndpoints.SOON)
			.isEqualTo(new Move("right", 3));
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> this.server.execute(1, Integer.class, "many"))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.CODEC_FAILED))
			.withMessageContaining("The result of a request is not what was expected");
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> this.server.execute(1, int.class, 1.9))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.CODEC_FAILED));
		assertThat(this.server.executeAsync(1, Integer.class, "many")).failsWithin(TestEndpoints.SOON);
	}

	@Test
	void whenAConnectionHasABindingOfItsOwnThenItWins() {
		this.pair.server.rpc().bind(1, (request) -> "endpoint");
		this.pair.far.rpc().bind(1, (request) -> "connection");
		assertThat(this.server.<String>execute(1)).isEqualTo("connection");
		this.pair.far.rpc().unbind(1);
		assertThat(this.server.<String>execute(1)).isEqualTo("endpoint");
	}

	@Test
	void whenAnOpcodeIsBoundTwiceThenTheSecondIsRefused() {
		this.pair.server.rpc().bind(1, (request) -> 1);
		assertThatIllegalArgumentException().isThrownBy(() -> this.pair.server.rpc().bind(1L, (request) -> 2))
			.withMessage("Opcode 1 is bound already");
	}

	@Test
	void whenNothingIsBoundThenTheCallerIsTold() {
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> this.server.execute(7)).satisfies((ex) -> {
			assertThat(ex.getCode()).isEqualTo(SocketErrorCode.UNKNOWN_OPCODE);
			assertThat(ex.getType()).isEqualTo("KeyError");
			assertThat(ex.getRemoteMessage()).isEqualTo("opcode 7 is not bound to any instruction");
		});
	}

	@Test
	void whenATextIsBoundOrMissingThenItIsToldFromANumber() {
		this.pair.server.rpc().bind("1", (request) -> "text");
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> this.server.execute(1))
			.withMessage("KeyError: opcode 1 is not bound to any instruction");
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> this.server.execute("2"))
			.withMessage("KeyError: opcode '2' is not bound to any instruction");
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> this.server.execute(new byte[] { 2 }))
			.withMessage("KeyError: opcode b'02' is not bound to any instruction");
		assertThatIllegalArgumentException().isThrownBy(() -> this.pair.server.rpc().bind("1", (request) -> 1))
			.withMessage("Opcode '1' is bound already");
	}

	@Test
	void whenThereIsNoOpcodeThenItIsSaidWhatOneIs() {
		String one = "An opcode is an Integer, a Long, a String or a byte[], not null";
		for (RpcPeer peer : List.of(this.server, this.pair.near.rpc())) {
			assertThatIllegalArgumentException().isThrownBy(() -> peer.bind(null, (request) -> 1)).withMessage(one);
			assertThatIllegalArgumentException().isThrownBy(() -> peer.unbind(null)).withMessage(one);
			assertThatIllegalArgumentException().isThrownBy(() -> peer.execute((Object) null)).withMessage(one);
			assertThat(peer.executeAsync((Object) null)).failsWithin(TestEndpoints.SOON)
				.withThrowableThat()
				.withMessageContaining(one);
			assertThatIllegalArgumentException().isThrownBy(() -> peer.send(null)).withMessage(one);
			assertThatIllegalArgumentException().isThrownBy(() -> peer.tell(null)).withMessage(one);
		}
	}

	@Test
	void whenAHandlerThrowsThenTheErrorTravelsByItsNameInPython() {
		assertThat(error(new IllegalArgumentException("a"))).hasMessage("ValueError: a");
		assertThat(error(new NoSuchElementException("b"))).hasMessage("KeyError: b");
		assertThat(error(new ArgumentMismatchException("c"))).hasMessage("TypeError: c");
		assertThat(error(new java.util.concurrent.TimeoutException("d"))).hasMessage("TimeoutError: d");
		assertThat(error(new UnsupportedOperationException("e"))).hasMessage("NotImplementedError: e");
		assertThat(error(new IOException("f"))).hasMessage("RuntimeError: f").satisfies((ex) -> {
			assertThat(ex.getCode()).isEqualTo(SocketErrorCode.REMOTE_ERROR);
			assertThat(ex.getFrames()).isEmpty();
		});
		assertThat(error(new NullPointerException("class com.example.Secret")))
			.hasMessage("RuntimeError: internal error");
		assertThat(error(new IllegalStateException(new IOException("g")))).hasMessage("RuntimeError: g");
		assertThat(error(new IllegalStateException("h", new IOException("i")))).hasMessage("RuntimeError: h");
		assertThat(error(new IllegalStateException(new NullPointerException("class com.example.Secret"))))
			.hasMessage("RuntimeError: internal error");
	}

	@Test
	void whenTheTimeoutIsForEverThenTheResultIsWaitedFor() {
		this.pair.server.rpc().bind(1, (request) -> "done");
		Duration forEver = ChronoUnit.FOREVER.getDuration();
		assertThat(this.server.<String>execute(1, forEver)).isEqualTo("done");
		Reply reply = this.server.poll(this.server.send(1), forEver);
		assertThat(reply).isNotNull();
		assertThat(reply.<Object>value()).isEqualTo("done");
	}

	@Test
	void whenThePeerIsToKnowLessOrMoreThenItDoes() {
		this.endpoints.close();
		try (TestEndpoints others = new TestEndpoints()) {
			RpcPair silent = new RpcPair(others,
					(connection) -> connection.rpc(new RpcSettings(ErrorDetail.CODE, HandlerConcurrency.CONCURRENT)));
			silent.server.rpc().bind(1, (request) -> Integer.parseInt("x"));
			assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> silent.fromClient().execute(1))
				.withMessage("ValueError");
		}
		try (TestEndpoints others = new TestEndpoints()) {
			RpcPair open = new RpcPair(others,
					(connection) -> connection.rpc(new RpcSettings(ErrorDetail.FULL, HandlerConcurrency.CONCURRENT)));
			open.server.rpc().bind(1, (request) -> Integer.parseInt("x"));
			assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> open.fromClient().execute(1))
				.withMessage("ValueError: For input string: \"x\"")
				.satisfies((ex) -> {
					assertThat(ex.getFrames().get(0).getClassName()).isEqualTo("java.lang.NumberFormatException");
					assertThat(ex.getFrames()).anyMatch((frame) -> frame.getClassName().equals(RpcTests.class.getName())
							&& frame.getFileName().equals("RpcTests.java") && frame.getLineNumber() > 0);
				});
		}
	}

	@Test
	void whenTellingThenNothingComesBackAndTheHandlerIsCalled() {
		AtomicReference<Object> told = new AtomicReference<>();
		this.pair.server.rpc().bind(1, (request) -> {
			told.set(request.args());
			return "dropped";
		});
		this.server.tell(1, "news");
		Awaitility.await().atMost(TestEndpoints.SOON).until(() -> told.get() != null);
		assertThat(told.get()).isEqualTo(List.of("news"));
		assertThat(this.server.<String>execute(1)).isEqualTo("dropped");
		assertThat(this.server.<String>execute(1)).isEqualTo("dropped");
		Awaitility.await()
			.atMost(TestEndpoints.SOON)
			.until(() -> this.pair.near.getStatistics().messagesReceived() == 2);
	}

	@Test
	void whenAReturnCodeIsOfAnyKindThenItIsEchoedAsItCame() throws IOException {
		this.pair.server.rpc().bind(1, (request) -> "done");
		TcpServer server = this.endpoints.server("other", RpcPair::wire);
		server.rpc().bind(1, (request) -> "done");
		try (RpcWire peer = new RpcWire(server)) {
			for (Object code : new Object[] { 1L << 40, "rc", List.of(1, "a"), -5, true, null, 0.5 }) {
				peer.send(1, code, 1);
				List<?> answer = peer.receive();
				assertThat(answer).isEqualTo(Arrays.asList(3, code, "done"));
			}
		}
	}

	@Test
	void whenAPeerGreetsThenItIsGreetedOnce() throws IOException {
		TcpServer server = this.endpoints.server("other", RpcPair::wire);
		try (RpcWire peer = new RpcWire(server)) {
			peer.send(0, Map.of("version", 1, "anything", "else"));
			assertThat(peer.receive()).isEqualTo(List.of(0, Map.of("version", 1)));
			peer.send(0, Map.of("version", 2));
			peer.send(1, 1, 9);
			assertThat(peer.receive().get(2)).isEqualTo("KeyError");
		}
	}

	@Test
	void whenAMessageIsNoRequestThenItIsAnOrdinaryOne() {
		AtomicReference<MessageReceivedEvent<?>> received = new AtomicReference<>();
		this.endpoints.onMessage(received::set);
		this.pair.near.send(Map.of("greeting", "hello"));
		Awaitility.await().atMost(TestEndpoints.SOON).until(() -> received.get() != null);
		assertThat(received.get().getPayload()).isEqualTo(Map.of("greeting", "hello"));
	}

	@Test
	void whenTheEndpointHasNoRequestsThenItSaysWhatToSet() {
		TcpServer server = this.endpoints.newServer("lines", 0, (connection) -> {
		});
		assertThatIllegalStateException().isThrownBy(server::rpc)
			.withMessage("There are no requests by opcode without sockets.tcp.server.lines.rpc=true, "
					+ "or a profile that has it, such as rpc");
	}

	@Test
	void whenAServerHasSeveralConnectionsThenItExecutesOnOneOfThemOnly() {
		this.endpoints
			.newClient("second", this.pair.server.getLocalAddress().getPort(),
					(client) -> client.connection(RpcPair::wire))
			.connect();
		Awaitility.await().atMost(TestEndpoints.SOON).until(() -> this.pair.server.getConnections().size() == 2);
		assertThatIllegalStateException().isThrownBy(() -> this.pair.server.rpc().execute(1))
			.withMessageContaining("connection.rpc()");
		this.pair.server.disconnectAll();
		Awaitility.await().atMost(TestEndpoints.SOON).until(() -> this.pair.server.getConnections().isEmpty());
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> this.pair.server.rpc().execute(1))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.NOT_CONNECTED));
	}

	private RemoteException error(Exception thrown) {
		this.pair.server.rpc().bind("error", (request) -> {
			throw thrown;
		});
		try {
			this.server.execute("error");
			throw new AssertionError("Nothing was thrown");
		}
		catch (RemoteException ex) {
			return ex;
		}
		finally {
			this.pair.server.rpc().unbind("error");
		}
	}

}
