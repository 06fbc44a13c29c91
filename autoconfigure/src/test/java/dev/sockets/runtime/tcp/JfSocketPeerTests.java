package dev.sockets.runtime.tcp;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.Profile;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs that use jfSocket over TCP, as servers and as clients.
 */
@Timeout(120)
class JfSocketPeerTests {

	@AutoClose
	private final PythonPeer python = PythonPeer.start("jfsocket.py");

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final ByteArrayOutputStream received = new ByteArrayOutputStream();

	@Test
	void whenLongMessageIsSentThenItArrivesInChunksAndComesBackComplete() {
		TcpClient client = client("client", this.python.tell("echo", "serve").port());
		client.connect();
		assertThat(this.python.hear()).isEqualTo("connected");
		byte[] message = new byte[600];
		Arrays.fill(message, (byte) 'x');
		client.send(message);
		for (int length : new int[] { 256, 256, 88 }) {
			assertThat(this.python.hear("received")).hasSize(2 * length);
		}
		Awaitility.await().until(() -> this.received.size() == 600);
		assertThat(this.received.toByteArray()).isEqualTo(message);
	}

	@Test
	void whenWeSendEotThenItDisconnectsAndWeNeedNotWaitForItsEnd() {
		TcpClient client = client("client", this.python.tell("serve").port());
		client.connect();
		assertThat(this.python.hear()).isEqualTo("connected");
		client.send(new byte[] { 'x', 4 });
		assertThat(this.python.hear("received")).isEqualTo("7804");
		client.send(new byte[] { 4, 4 });
		assertThat(this.python.hear()).isEqualTo("disconnect");
		assertThat(client.isConnected()).isTrue();
		client.disconnect();
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.LOCAL);
	}

	@Test
	void whenItBroadcastsThenAllOurClientsGetIt() {
		int port = this.python.tell("serve").port();
		client("first", port).connect();
		client("second", port).connect();
		this.python.hear();
		this.python.hear();
		this.python.tell("send 6869");
		Awaitility.await().untilAsserted(() -> assertThat(this.received.toString()).isEqualTo("hihi"));
	}

	@Test
	void whenItIsTheClientThenItGetsGreetingAndEchoAndWeSeeItsEnd() {
		TcpServer server = server(Dispatch.AUTO);
		this.python.tell("greet 6869", "connect " + server.getLocalAddress().getPort());
		assertThat(List.of(this.python.hear(), this.python.hear())).containsExactlyInAnyOrder("connected",
				"received 6869");
		this.endpoints.onlyConnection(server).send("hello".getBytes());
		assertThat(this.python.hear("received")).isEqualTo("68656c6c6f");
		this.python.tell("send 00ff");
		assertThat(this.python.hear("received")).isEqualTo("00ff");
		this.python.tell("close");
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.REMOTE);
	}

	@ParameterizedTest
	@EnumSource
	void whenItSendsEotToOurServerThenItIsNoMessageAndEndsTheConnection(Dispatch dispatch) {
		TcpServer server = server(dispatch);
		this.python.tell("connect " + server.getLocalAddress().getPort());
		this.python.hear();
		this.python.tell("send 7804");
		assertThat(this.python.hear("received")).isEqualTo("7804");
		this.python.tell("send 040404");
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.REMOTE);
		assertThat(this.python.hear()).isEqualTo("disconnect");
		assertThat(this.received.toByteArray()).containsExactly('x', 4);
		assertThat(server.getConnections()).isEmpty();
	}

	@Test
	void whenItSendsEotToOurClientThenItDisconnects() {
		TcpClient client = client("client", this.python.tell("greet 04", "serve").port());
		client.connect();
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.REMOTE);
		assertThat(this.received.size()).isZero();
		assertThat(client.isConnected()).isFalse();
	}

	@Test
	void whenItsSendIsCutOffThenWeGetWhatItSent() {
		LongAdder bytes = new LongAdder();
		this.endpoints.onMessage((message) -> bytes.add(((byte[]) message.getPayload()).length));
		TcpServer server = this.endpoints.serve((settings) -> settings.profile(Profile.JFSOCKET));
		this.python.tell("connect " + server.getLocalAddress().getPort());
		this.python.hear();
		this.python.tell("big 20000000");
		long sent = Long.parseLong(this.python.hear("sent"));
		assertThat(sent).isBetween(1L, 20_000_000L);
		Awaitility.await().until(() -> bytes.sum() == sent);
		assertThat(server.getConnections()).hasSize(1);
	}

	private TcpServer server(Dispatch dispatch) {
		this.endpoints.onMessage((message) -> {
			this.received.writeBytes((byte[]) message.getPayload());
			message.reply(message.getPayload());
		});
		return this.endpoints.serve((settings) -> settings.profile(Profile.JFSOCKET)
			.connection((connection) -> connection.dispatch(dispatch)));
	}

	private TcpClient client(String name, int port) {
		this.endpoints.onMessage(name, (message) -> this.received.writeBytes((byte[]) message.getPayload()));
		return this.endpoints.newClient(name, port, (settings) -> settings.profile(Profile.JFSOCKET));
	}

}
