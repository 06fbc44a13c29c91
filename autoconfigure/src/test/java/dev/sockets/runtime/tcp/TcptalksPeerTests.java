package dev.sockets.runtime.tcp;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.codec.PickledObject;
import dev.sockets.codec.Tuple;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.rpc.ErrorDetail;
import dev.sockets.rpc.HandlerConcurrency;
import dev.sockets.rpc.Kwargs;
import dev.sockets.rpc.RemoteException;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.rpc.RpcSettings;
import dev.sockets.rpc.WireFormat;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Programs that use TCPTalks, as servers and as clients.
 */
@Timeout(180)
class TcptalksPeerTests {

	private static final String SECRET = "'secret'";

	@AutoClose
	private final PythonPeer python = PythonPeer.start("tcptalks.py");

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			secret | 'secret'   | true
			secret | 'wrong'    | false
			secret | None       | false
			secret | b'secret'  | false
			secret | ['secret'] | false
			secret | 170        | false
			       | None       | true
			       | 'anything' | true
			""")
	void whenItsClientHasAPasswordThenItGetsInOrFailsAsWithItsOwnServer(String ours, String theirs, boolean right) {
		TcpServer server = TcptalksPair.server(this.endpoints, ours);
		connect(server, theirs);
		assertThat(this.python.hear())
			.isEqualTo(right ? "connected" : "raised AuthentificationError authentification failed");
		if (right) {
			this.endpoints.onlyConnection(server);
		}
		else {
			assertThat(server.getConnections()).isEmpty();
			Awaitility.await().until(() -> server.statistics().connections().rejected().get("AUTHENTICATION") == 1);
		}
	}

	@Test
	void whenItExecutesThenResultsOfAllKindsComeBack() {
		TcpServer server = connected();
		Map<String, Object> nested = new LinkedHashMap<>();
		nested.put("k", Arrays.asList(1, Tuple.of(2, new byte[] { 0, -1 }), null));
		server.rpc().bind(0xFF, (request) -> Tuple.of("Bien re\u00e7u", 10));
		server.rpc().bind(1, (request) -> null);
		server.rpc().bind("nested", (request) -> nested);
		server.rpc().bind(2, (request) -> Tuple.of());
		server.rpc().bind(3, (request) -> Tuple.of(request.args(), request.kwargs()));
		assertThat(result("0xFF, ('tu me re\u00e7ois ?',)")).isEqualTo("('Bien re\u00e7u', 10)");
		assertThat(result("1,")).isEqualTo("None");
		assertThat(result("'nested',")).isEqualTo("{'k': [1, (2, b'\\x00\\xff'), None]}");
		assertThat(result("2,")).isEqualTo("[]");
		assertThat(result("3, (1, 'a'), {'speed': 2.5}")).isEqualTo("([1, 'a'], {'speed': 2.5})");
	}

	@Test
	void whenOurHandlerThrowsThenItRaisesThatWithTextAndOurFrames() {
		TcpServer server = TcptalksPair.server(this.endpoints, null,
				(settings) -> settings.connection((connection) -> connection
					.rpc(new RpcSettings(WireFormat.TCPTALKS, null, ErrorDetail.FULL, HandlerConcurrency.CONCURRENT))));
		server.rpc().bind(1, (request) -> {
			throw new IllegalArgumentException("boom");
		});
		server.rpc().bind(2, (request) -> {
			throw new RemoteException("shop.StockError", "none left", List.of());
		});
		connect(server, "None");
		assertThat(this.python.hear()).isEqualTo("connected");
		this.python.tell("execute 1,");
		assertThat(this.python.hear()).startsWith("raised ValueError boom; distant ")
			.contains("File \"TcptalksPeerTests.java\", line ", TcptalksPeerTests.class.getName());
		this.python.tell("execute 2,");
		assertThat(this.python.hear()).startsWith("raised RuntimeError shop.StockError: none left");
		this.python.tell("execute 7,");
		assertThat(this.python.hear()).startsWith("raised KeyError ")
			.contains("opcode 7 is not bound to any instruction");
		this.python.tell("execute [],");
		assertThat(this.python.hear()).startsWith("raised TypeError");
	}

	@Test
	void whenOurServerCallsThenItsFunctionAnswersAndItsErrorsAreOurs() {
		TcpServer server = TcptalksPair.server(this.endpoints, "secret");
		bindFunctions();
		connect(server, SECRET);
		assertThat(this.python.hear()).isEqualTo("connected");
		assertFunctions(this.endpoints.onlyConnection(server).rpc());
	}

	@Test
	void whenItsRequestsAreGluedOrTornThenEachIsOne() {
		this.python.tell("id 'ROBOT7'");
		TcpServer server = connected();
		Awaitility.await().until(() -> server.findConnectionByPeerId("ROBOT7").isPresent());
		server.rpc().bind(5, (request) -> request.args().get(0));
		this.python.tell("glued [(b'R', 5, 1, ('one',), {}), (b'R', 5, 2, ('two',), {})]", "poll 1", "poll 2");
		assertThat(this.python.hear()).isEqualTo("result 'one'");
		assertThat(this.python.hear()).isEqualTo("result 'two'");
		this.python.tell("bytes (b'R', 5, 3, ('three',), {})", "poll 3");
		assertThat(this.python.hear()).isEqualTo("result 'three'");
	}

	@Test
	void whenWeAreTheClientThenItsFunctionsAnswerAndOursDo() {
		bindFunctions();
		TcpClient client = client("serve", "secret");
		client.rpc().bind(5, (request) -> request.args().get(0));
		client.connect();
		assertThat(this.python.hear()).isEqualTo("connected");
		assertFunctions(client.rpc());
		assertThat(result("5, ('back',)")).isEqualTo("'back'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "4294967295", "2 ** 40", "-1", "'rc'", "b'rc'", "None", "1.5", "True", "2 ** 70",
			"(1, 'a', frozenset({2, 3}))", "frozenset({frozenset({'x'})})" })
	void whenReturnCodeIsOfAnyKindThenItIsEchoedAsItCame(String code) {
		TcpServer server = connected();
		server.rpc().bind(5, (request) -> "echoed");
		this.python.tell("echoed " + code + " ; 5,");
		assertThat(this.python.hear()).isEqualTo("result 'echoed'");
	}

	@Test
	void whenItsServerRefusesThePasswordThenWeCloseAndTheNextOneGetsIn() {
		TcpClient wrong = client("serve", "wrong");
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(wrong::connect)
			.withMessageEndingWith("The server has refused the password")
			.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.AUTHENTICATION_FAILED));
		assertThat(List.of(this.python.hear(), this.python.hear())).containsExactlyInAnyOrder("refused",
				"disconnected");
		assertThat(this.python.hear()).isEqualTo("listening");
		TcpClient right = TcptalksPair.client(this.endpoints, this.port, "secret");
		assertThat(right.connect().isOpen()).isTrue();
		assertThat(this.python.hear()).isEqualTo("connected");
	}

	@Test
	void whenItsServerHasManyClientsThenOursAppearsUnderItsIdentityAndClosesWhenRefused() {
		TcpClient client = client("serve-many", "secret", "JAVA01");
		client.rpc().bind(5, (request) -> "from Java");
		client.connect();
		assertThat(this.python.hear()).isEqualTo("client JAVA01");
		this.python.tell("execute-as JAVA01 5,");
		assertThat(this.python.hear()).isEqualTo("result 'from Java'");
		TcpClient none = TcptalksPair.client(this.endpoints, this.port, null);
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(none::connect)
			.withMessageEndingWith("The server wants a password, and none is set");
		assertThat(List.of(this.python.hear(), this.python.hear())).containsExactlyInAnyOrder("refused",
				"disconnected");
	}

	@Test
	void whenItDisconnectsThenWeAreToldAndWhenWeDoItIs() {
		TcpServer server = connected();
		this.endpoints.onlyConnection(server);
		this.python.tell("disconnect");
		assertThat(this.python.hear()).isEqualTo("disconnected");
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.REMOTE);
		connect(server, SECRET);
		assertThat(this.python.hear()).isEqualTo("connected");
		this.endpoints.onlyConnection(server).close();
		assertThat(this.python.hear()).isEqualTo("disconnected");
	}

	@Test
	void whenItTellsItsIdentityThenOurServerFindsItByThat() {
		this.python.tell("id 'ROBOT7'");
		TcpServer server = connected();
		Awaitility.await().until(() -> server.findConnectionByPeerId("ROBOT7").isPresent());
		Connection connection = server.findConnectionByPeerId("ROBOT7").orElseThrow();
		assertThat(connection.getPeerId()).contains("ROBOT7");
		assertThat(server.findConnectionByPeerId("ROBOT8")).isEmpty();
		this.python.tell("disconnect");
		Awaitility.await().until(() -> server.findConnectionByPeerId("ROBOT7").isEmpty());
	}

	/** It says that the password is right, or hears it, before it has noted so itself. */
	@Test
	void whenItDoesNotKnowYetThatWeAreAuthenticatedThenWeRepeat() {
		this.python.tell("lag 0.6", "id 'SLOW01'");
		bindFunctions();
		TcpServer server = TcptalksPair.server(this.endpoints, "secret");
		connect(server, SECRET);
		Connection connection = this.endpoints.onlyConnection(server);
		assertThat(connection.rpc().<Object>execute(0x10, 6, 3)).isEqualTo(2.0);
		Awaitility.await().until(() -> server.findConnectionByPeerId("SLOW01").isPresent());
		assertThat(this.python.hear()).isEqualTo("connected");
		this.python.tell("disconnect");
		assertThat(this.python.hear()).isEqualTo("disconnected");
		TcpClient client = client("serve", "secret");
		client.connect();
		assertThat(client.rpc().<Object>execute(0x10, 6, 3)).isEqualTo(2.0);
		assertThat(this.python.hear()).isEqualTo("connected");
	}

	@Test
	void whenAnArgumentIsOfAnUnknownClassThenItIsOpaqueAndTheReturnCodeSurvives() {
		TcpServer server = connected();
		server.rpc().bind(5, (request) -> ((PickledObject) request.args().get(0)).type());
		assertThat(result("5, (AuthentificationError('x'),)")).isEqualTo("'tcptalks.AuthentificationError'");
		assertThat(result("5, (range(3),)")).isEqualTo("'builtins.range'");
	}

	private int port;

	private TcpClient client(String serve, String password) {
		return client(serve, password, null);
	}

	private TcpClient client(String serve, String password, String id) {
		this.port = this.python.tell("password " + SECRET, serve).port();
		return TcptalksPair
			.client(this.endpoints, this.port, password, (settings) -> settings.connection((connection) -> connection
				.rpc(new RpcSettings(WireFormat.TCPTALKS, id, ErrorDetail.MESSAGE, HandlerConcurrency.CONCURRENT))));
	}

	private TcpServer connected() {
		TcpServer server = TcptalksPair.server(this.endpoints, "secret");
		connect(server, SECRET);
		assertThat(this.python.hear()).isEqualTo("connected");
		return server;
	}

	private void connect(TcpServer server, String password) {
		this.python.tell("password " + password, "connect " + server.getLocalAddress().getPort());
	}

	private String result(String call) {
		this.python.tell("execute " + call);
		return this.python.hear("result");
	}

	private void bindFunctions() {
		this.python.tell("bind 0x10 lambda a, b=1: a / b", "bind 'move' lambda direction, speed: (direction, speed)",
				"bind 3 lambda: None");
	}

	private static void assertFunctions(RpcPeer peer) {
		assertThat(peer.<Object>execute("move", "left", Kwargs.of("speed", 2))).isEqualTo(Tuple.of("left", 2));
		assertThat(peer.<Object>execute(3)).isNull();
		assertThat(peer.<Object>execute(0x10, Kwargs.of("b", 4, "a", 2))).isEqualTo(0.5);
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> peer.execute(0x10, 1, 0))
			.satisfies((failure) -> {
				assertThat(failure.getType()).isEqualTo("ZeroDivisionError");
				assertThat(failure.getRemoteMessage()).isEqualTo("division by zero");
				assertThat(failure.getFrames().get(0).getMethodName()).isEqualTo("<lambda>");
				assertThat(failure.getFrames().get(1).getFileName()).isEqualTo("tcptalks.py");
			});
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> peer.execute(0x10, 1, 2, 3))
			.satisfies((failure) -> assertThat(failure.getType()).isEqualTo("TypeError"));
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> peer.execute(0x99)).satisfies((failure) -> {
			assertThat(failure.getType()).isEqualTo("KeyError");
			assertThat(failure.getCode()).isEqualTo(SocketErrorCode.UNKNOWN_OPCODE);
		});
	}

}
