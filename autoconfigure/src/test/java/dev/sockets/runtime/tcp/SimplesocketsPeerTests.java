package dev.sockets.runtime.tcp;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Profile;
import dev.sockets.tcp.SocketOptions;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs that use simplesockets, as servers and as clients.
 */
@Timeout(120)
class SimplesocketsPeerTests {

	@AutoClose
	private final PythonPeer python = PythonPeer.start("simplesockets.py");

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final ByteArrayOutputStream received = new ByteArrayOutputStream();

	private final Queue<String> texts = new ConcurrentLinkedQueue<>();

	@ParameterizedTest
	@ValueSource(ints = { 5, 2047, 2049, 5000 })
	void whenWeSendThenItEchoes(int length) {
		TcpClient client = client("client", this.python.tell("echo", "serve").port());
		client.connect();
		assertThat(this.python.hear()).isEqualTo("connected");
		byte[] message = new byte[length];
		new Random(length).nextBytes(message);
		client.send(message);
		Awaitility.await().until(() -> this.received.size() == length);
		assertThat(this.received.toByteArray()).isEqualTo(message);
	}

	@Test
	void whenMessageIsAsLongAsItsBufferThenItWaitsForMore() {
		TcpClient client = client("client", this.python.tell("serve").port());
		client.connect();
		assertThat(this.python.hear()).isEqualTo("connected");
		client.send(new byte[2048]);
		this.python.tell("clients");
		assertThat(this.python.hear()).isEqualTo("1");
		client.send(new byte[1]);
		assertThat(this.python.hear("received")).startsWith("2049 ");
	}

	@Test
	void whenItIsTheClientThenItGetsOurEcho() {
		TcpServer server = server();
		this.python.tell("connect " + server.getLocalAddress().getPort());
		assertThat(this.python.hear()).isEqualTo("True");
		this.python.tell("send 68656c6c6f");
		assertThat(this.python.hear("received")).isEqualTo("5 68656c6c6f");
	}

	@Test
	void whenItDisconnectsUsThenWeAreTold() {
		TcpClient client = client("client", this.python.tell("greet 6869", "serve").port());
		client.connect();
		assertThat(this.python.hear()).isEqualTo("connected");
		Awaitility.await().until(() -> this.texts.contains("client hi"));
		this.python.tell("disconnect");
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.REMOTE);
	}

	@Test
	void whenWeDisconnectThenItSeesThat() {
		TcpClient client = client("client", this.python.tell("serve").port());
		client.connect();
		assertThat(this.python.hear()).isEqualTo("connected");
		client.disconnect();
		assertThat(this.python.hear()).isEqualTo("disconnected");
		this.python.tell("clients");
		assertThat(this.python.hear()).isEqualTo("0");
	}

	@Test
	void whenWeEndTheConnectionInAnOrdinaryWayThenItKeepsTheClient() {
		TcpClient client = this.endpoints.newClient("client", this.python.tell("serve").port(),
				(settings) -> settings.profile(Profile.SIMPLESOCKETS)
					.connection((connection) -> connection.socketOptions(SocketOptions.DEFAULTS)));
		client.connect();
		assertThat(this.python.hear()).isEqualTo("connected");
		client.disconnect();
		assertThat(this.python.hear()).isEqualTo("nothing");
		this.python.tell("clients");
		assertThat(this.python.hear()).isEqualTo("1");
	}

	@Test
	void whenOurServerIsFullThenItsClientConnectsAndIsClosed() {
		TcpServer server = this.endpoints
			.serve((settings) -> settings.profile(Profile.SIMPLESOCKETS).maxConnections(1));
		try (Peer first = new Peer(server)) {
			this.endpoints.onlyConnection(server);
			this.python.tell("connect " + server.getLocalAddress().getPort());
			assertThat(this.python.hear()).isEqualTo("True");
			assertThat(this.python.hear()).isEqualTo("nothing");
			assertThat(this.endpoints.onlyConnection(server).getRemoteAddress()).isEqualTo(first.address());
		}
	}

	@Test
	void whenSeveralOfOursConnectThenEachGetsItsOwn() {
		int port = this.python.tell("echo", "serve").port();
		List<TcpClient> clients = IntStream.range(0, 3).mapToObj((i) -> client("client" + i, port)).toList();
		for (TcpClient client : clients) {
			client.connect();
			assertThat(this.python.hear()).isEqualTo("connected");
		}
		for (TcpClient client : clients) {
			client.send(client.getName().replace("client", "mine").getBytes());
		}
		Awaitility.await().until(() -> this.texts.size() == 3);
		assertThat(this.texts).containsExactlyInAnyOrder("client0 mine0", "client1 mine1", "client2 mine2");
		for (int i = 0; i < 3; i++) {
			assertThat(this.python.hear("received")).startsWith("5 ");
		}
		this.python.tell("clients");
		assertThat(this.python.hear()).isEqualTo("3");
	}

	@Test
	void whenOurServerIsRestartedThenItsClientCanReconnect() {
		int port = Ports.free();
		TcpServer server = this.endpoints.serve((settings) -> settings.profile(Profile.SIMPLESOCKETS).port(port));
		this.python.tell("connect " + port);
		assertThat(this.python.hear()).isEqualTo("True");
		this.endpoints.onlyConnection(server);
		server.stop();
		assertThat(this.python.hear()).isEqualTo("nothing");
		TcpServer again = this.endpoints.serve("again",
				(settings) -> settings.profile(Profile.SIMPLESOCKETS).port(port));
		this.endpoints.onMessage("again", (message) -> message.reply(message.getPayload()));
		this.python.tell("reconnect " + port);
		assertThat(this.python.hear()).isEqualTo("True");
		this.endpoints.onlyConnection(again);
		this.python.tell("send 00ff");
		assertThat(this.python.hear("received")).isEqualTo("2 00ff");
	}

	private TcpServer server() {
		return this.endpoints.echo().serve((settings) -> settings.profile(Profile.SIMPLESOCKETS));
	}

	private TcpClient client(String name, int port) {
		this.endpoints.onMessage(name, (message) -> {
			byte[] bytes = (byte[]) message.getPayload();
			this.texts.add(name + " " + new String(bytes));
			this.received.writeBytes(bytes);
		});
		return this.endpoints.newClient(name, port, (settings) -> settings.profile(Profile.SIMPLESOCKETS));
	}

}
