package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.codec.Tuple;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Profile;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs that use obj-over-tcp, as servers and as clients.
 */
@Timeout(120)
class ObjOverTcpPeerTests {

	@AutoClose
	private final PythonPeer python = PythonPeer.start("objovertcp.py");

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@Test
	void whenItIsTheServerThenObjectsOfAllKindsComeBack() {
		int port = this.python.tell("echo", "serve").port();
		TcpClient client = this.endpoints.newClient("client", port, (settings) -> settings.profile(Profile.OBJ_OVER_TCP)
			.connection((connection) -> connection.maxFrameSize(1 << 20).maxPending(4 << 20)));
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
		this.endpoints.awaitEvent(DisconnectedEvent.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "None", "('a', 1)", "['a', None, True]", "{'a': {'b': [1, (2, 3)]}}", "b'\\x00\\xff'",
			"18446744073709551616", "'gr\u00fcezi'" })
	void whenItIsTheClientThenItGetsBackWhatItSent(String value) {
		this.python.tell("connect " + server().getLocalAddress().getPort());
		assertThat(this.python.hear()).isEqualTo("CONNECTED");
		this.python.tell("send " + value);
		assertThat(this.python.hear("OBJECT_RECEIVED")).isEqualTo(value);
	}

	@Test
	void whenHeaderIsTornAndObjectsAreGluedThenEachIsOne() {
		TcpServer server = server();
		this.python.tell("connect " + server.getLocalAddress().getPort());
		assertThat(this.python.hear()).isEqualTo("CONNECTED");
		this.python.tell("raw b'     '");
		this.endpoints.onlyConnection(server);
		this.python.tell("raw b'  5\\x80\\x04K\\x01.00000005\\x80\\x04K\\x02.5       \\x80\\x04K\\x03.'");
		assertThat(this.python.hear()).isEqualTo("OBJECT_RECEIVED 1");
		assertThat(this.python.hear()).isEqualTo("OBJECT_RECEIVED 2");
		assertThat(this.python.hear()).isEqualTo("OBJECT_RECEIVED 3");
	}

	@Test
	void whenHeaderIsNoneThenTheConnectionIsClosed() {
		TcpServer server = server();
		this.python.tell("connect " + server.getLocalAddress().getPort());
		assertThat(this.python.hear()).isEqualTo("CONNECTED");
		this.python.tell("raw b'      -5'");
		assertThat(this.python.hear()).isEqualTo("DISCONNECTED");
		Awaitility.await().until(() -> !server.recentFailures().isEmpty());
		assertThat(server.recentFailures().get(0).code()).isEqualTo(SocketErrorCode.MALFORMED_FRAME);
	}

	@Test
	void whenTwoClientsSendTornObjectsThenTheyAreKeptApart() {
		TcpServer server = server();
		try (Peer other = new Peer(server)) {
			other.sendRaw("       5\u0080\4K".getBytes(StandardCharsets.ISO_8859_1));
			this.python.tell("connect " + server.getLocalAddress().getPort());
			assertThat(this.python.hear()).isEqualTo("CONNECTED");
			this.python.tell("send 'mine'");
			assertThat(this.python.hear()).isEqualTo("OBJECT_RECEIVED 'mine'");
			other.sendRaw(new byte[] { 7, '.' });
			Awaitility.await().until(() -> other.in().available() > 0);
		}
	}

	private TcpServer server() {
		return this.endpoints.echo().serve((settings) -> settings.profile(Profile.OBJ_OVER_TCP));
	}

}
