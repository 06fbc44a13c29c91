package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.codec.PickledObject;
import dev.sockets.codec.Tuple;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.HandlerErrorPolicy;
import dev.sockets.tcp.Profile;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs that use obj-over-tcp, as servers and as clients: by its synchronous classes
 * and by those for asyncio.
 */
@Timeout(120)
@ParameterizedClass
@ValueSource(strings = { "objovertcp.py", ObjOverTcpPeerTests.ASYNC })
class ObjOverTcpPeerTests {

	static final String ASYNC = "objovertcp_async.py";

	/** 26 bytes, which are 1A. */
	private static final String PICKLE = "\u0080\4\u008c\u0014" + "x".repeat(20) + "\u0094.";

	private final String script;

	@AutoClose
	private final PythonPeer python;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints().echo();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	ObjOverTcpPeerTests(String script) {
		this.script = script;
		this.python = PythonPeer.start(script);
	}

	@Test
	void whenItIsTheServerThenObjectsOfAllKindsComeBack() {
		TcpClient client = client(this.python.tell("echo", "serve").port());
		client.connect();
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("text", "gr\u00fcezi");
		map.put("none", null);
		map.put("list", Arrays.asList(1, null, true, 1.5));
		List<Object> ints = new ArrayList<>(IntStream.range(0, 100_000).boxed().toList());
		for (Object value : new Object[] { map, Tuple.of("Bien re\u00e7u", 10), ints, "hi" }) {
			assertThat(client.<Object>request(value, TestEndpoints.SOON)).isEqualTo(value);
		}
		assertThat(client.<Object>request(null, TestEndpoints.SOON)).isNull();
		assertThat(client.<byte[]>request(new byte[] { 0, -1 }, TestEndpoints.SOON)).containsExactly(0, -1);
		this.python.tell("close");
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.REMOTE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "None", "('a', 1)", "['a', None, True]", "{'a': {'b': [1, (2, 3)]}}", "b'\\x00\\xff'",
			"18446744073709551616", "'gr\u00fcezi'" })
	void whenItIsTheClientThenItGetsBackWhatItSent(String value) {
		connect(server());
		this.python.tell("send " + value);
		assertThat(this.python.hear("OBJECT_RECEIVED")).isEqualTo(value);
	}

	@Test
	void whenHeaderIsTornAndObjectsAreGluedThenEachIsOne() {
		TcpServer server = server();
		connect(server);
		this.python.tell("raw b'     '");
		this.endpoints.onlyConnection(server);
		this.python.tell("raw b'  5\\x80\\x04K\\x01.00000005\\x80\\x04K\\x02.5       \\x80\\x04K\\x03.'");
		assertThat(this.python.hear()).isEqualTo("OBJECT_RECEIVED 1");
		assertThat(this.python.hear()).isEqualTo("OBJECT_RECEIVED 2");
		assertThat(this.python.hear()).isEqualTo("OBJECT_RECEIVED 3");
	}

	@Test
	void whenOneSideClosesThenTheOtherIsTold() {
		TcpClient client = client(this.python.tell("serve").port());
		client.connect();
		assertThat(this.python.hear()).isEqualTo("CONNECTED");
		client.disconnect();
		assertThat(this.python.hear()).isEqualTo("DISCONNECTED");
		client.connect();
		assertThat(this.python.hear()).isEqualTo("CONNECTED");
		this.python.tell("close");
		List<DisconnectedEvent> events = this.endpoints.awaitEvents(DisconnectedEvent.class, 2);
		assertThat(events).extracting(DisconnectedEvent::getReason)
			.containsExactly(DisconnectReason.LOCAL, DisconnectReason.REMOTE);
	}

	@Test
	void whenOurServerIsRestartedThenOnlyItsSynchronousClientConnectsAgain() {
		int port = Ports.free();
		TcpServer server = this.endpoints.serve((settings) -> settings.profile(Profile.OBJ_OVER_TCP).port(port));
		connect(server);
		server.stop();
		assertThat(this.python.hear()).isEqualTo("DISCONNECTED");
		TcpServer again = this.endpoints.serve("again",
				(settings) -> settings.profile(Profile.OBJ_OVER_TCP).port(port));
		this.endpoints.onMessage("again", (message) -> message.reply(message.getPayload()));
		if (this.script.equals(ASYNC)) {
			this.python.tell("connect " + port);
		}
		assertThat(this.python.hear()).isEqualTo("CONNECTED");
		this.endpoints.onlyConnection(again);
		this.python.tell("send 'back'");
		assertThat(this.python.hear()).isEqualTo("OBJECT_RECEIVED 'back'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "      1A", "0000001A", "1a      " })
	void whenHeaderIsWrittenInAnotherWayThenItIsUnderstood(String header) {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		try (Peer peer = new Peer(server())) {
			peer.sendRaw((header + PICKLE).getBytes(StandardCharsets.ISO_8859_1));
			Awaitility.await().until(() -> this.received.size() == 1);
			assertThat(this.received).containsExactly("x".repeat(20));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "      -1: MALFORMED_FRAME", "        : MALFORMED_FRAME", "       0: MALFORMED_FRAME",
			"00010001: FRAME_TOO_LARGE", "FFFFFFFF: FRAME_TOO_LARGE" })
	void whenHeaderIsNoneThenTheConnectionIsClosed(String headerAndCode) {
		String header = headerAndCode.split(": ")[0];
		SocketErrorCode code = SocketErrorCode.valueOf(headerAndCode.split(": ")[1]);
		TcpServer server = server();
		connect(server);
		this.python.tell("raw b'" + header + "'");
		assertThat(this.python.hear()).isEqualTo("DISCONNECTED");
		assertThat(this.endpoints.awaitEvent(MessageErrorEvent.class).getCode()).isEqualTo(code);
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
			.isEqualTo(DisconnectReason.FRAME_ERROR);
	}

	@Test
	void whenTwoClientsSendTornObjectsThenTheyAreKeptApart() {
		TcpServer server = server();
		connect(server);
		try (PythonPeer other = PythonPeer.start(this.script)) {
			other.tell("connect " + server.getLocalAddress().getPort());
			assertThat(other.hear()).isEqualTo("CONNECTED");
			for (int i = 0; i < 10; i++) {
				other.tell("raw b'       5\\x80\\x04K'");
				this.python.tell("raw b'       5\\x80'");
				other.tell("raw b'\\x07.      '");
				this.python.tell("raw b'\\x04K\\x08.'");
				assertThat(other.hear()).isEqualTo("OBJECT_RECEIVED 7");
				assertThat(this.python.hear()).isEqualTo("OBJECT_RECEIVED 8");
				other.tell("raw b' 5\\x80\\x04K\\x09.'");
				assertThat(other.hear()).isEqualTo("OBJECT_RECEIVED 9");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "]q\\x00h\\x00a.", "Nr\\xff\\xff\\xff\\x7f.", "B\\xff\\xff\\xff\\x7f" })
	void whenPickleIsHostileThenItIsAnErrorAndClosesIfThatIsConfigured(String pickle) {
		TcpServer server = server((connection) -> connection.onHandlerError(HandlerErrorPolicy.CLOSE));
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		connect(server);
		this.python.tell("object b'" + pickle + "'");
		assertThat(this.python.hear()).isEqualTo("DISCONNECTED");
		assertThat(this.endpoints.awaitEvent(MessageErrorEvent.class).getCode())
			.isEqualTo(SocketErrorCode.CODEC_FAILED);
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
			.isEqualTo(DisconnectReason.FRAME_ERROR);
		assertThat(this.received).isEmpty();
	}

	@Test
	void whenPickleIsHostileThenTheNextObjectIsUnderstoodAndNothingIsLoaded() {
		this.endpoints.onMessage((message) -> {
			this.received.add(message.getPayload());
			message.reply("alive");
		});
		connect(server());
		this.python.tell("object b'Nr\\xff\\xff\\xff\\x7f.'", "object b'cos\\nsystem\\n(Vfalse\\ntR.'");
		assertThat(this.python.hear()).isEqualTo("OBJECT_RECEIVED 'alive'");
		assertThat(this.endpoints.awaitEvent(MessageErrorEvent.class).getCode())
			.isEqualTo(SocketErrorCode.CODEC_FAILED);
		assertThat(this.received).containsExactly(PickledObject.call("os", "system", "false"));
	}

	@Test
	void whenRawBytesAreSentThenBothSidesTakeThemAsTheyCome() {
		int port = this.python.tell("simple", "echo", "serve").port();
		this.endpoints.onMessage("client", (message) -> this.received.add(new String((byte[]) message.getPayload())));
		TcpClient client = this.endpoints.newClient("client", port, (settings) -> settings.profile(Profile.BYTES)
			.connection((connection) -> connection.framing(Framings.raw())));
		client.connect();
		assertThat(this.python.hear()).isEqualTo("CONNECTED");
		client.send("hello".getBytes());
		assertThat(this.python.hear()).isEqualTo("DATA_RECEIVED 68656c6c6f");
		Awaitility.await().until(() -> this.received.toString().equals("[hello]"));
	}

	@Test
	void whenItSendsRawBytesThenItGetsThemBack() {
		TcpServer server = this.endpoints.serve((settings) -> settings.profile(Profile.BYTES)
			.connection((connection) -> connection.framing(Framings.raw())));
		this.python.tell("simple");
		connect(server);
		this.python.tell("raw b'\\x00\\xff'");
		assertThat(this.python.hear()).isEqualTo("DATA_RECEIVED 00ff");
	}

	private void connect(TcpServer server) {
		this.python.tell("connect " + server.getLocalAddress().getPort());
		assertThat(this.python.hear()).isEqualTo("CONNECTED");
	}

	private TcpServer server() {
		return server((connection) -> {
		});
	}

	private TcpServer server(Consumer<ConnectionSettings.Builder> connection) {
		return this.endpoints.serve((settings) -> settings.profile(Profile.OBJ_OVER_TCP).connection(connection));
	}

	private TcpClient client(int port) {
		return this.endpoints.newClient("client", port, (settings) -> settings.profile(Profile.OBJ_OVER_TCP)
			.connection((connection) -> connection.maxFrameSize(1 << 20).maxPending(4 << 20)));
	}

}
