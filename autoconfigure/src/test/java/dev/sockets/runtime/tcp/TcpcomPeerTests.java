package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.EndpointState;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.testkit.Ports;
import dev.sockets.tcp.Profile;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Programs that use tcpcom, as servers and as clients.
 */
@Timeout(180)
class TcpcomPeerTests {

	@AutoClose
	private final PythonPeer python = PythonPeer.start("tcpcom.py");

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	@Test
	void whenItIsTheServerThenItEchoesTextsOfAllKinds() {
		TcpClient client = client("client", this.python.tell("echo", "serve").port());
		client.connect();
		for (String text : new String[] { "abc", "", "gr\u00fcezi \u20ac", "x".repeat(10_000) }) {
			assertThat(client.<String>request(text, TestEndpoints.SOON)).isEqualTo(text);
		}
	}

	@Test
	void whenSeveralMessagesComeInOnePieceThenEachIsOne() {
		TcpClient client = client("client", this.python.tell("serve").port());
		client.connect().sendRaw("a\0b\0\0c\0".getBytes(StandardCharsets.UTF_8));
		assertThat(this.python.hear()).isEqualTo("CONNECTED");
		assertThat(this.python.hear()).isEqualTo("MESSAGE 1 61");
		assertThat(this.python.hear()).isEqualTo("MESSAGE 1 62");
		assertThat(this.python.hear()).isEqualTo("MESSAGE 0");
		assertThat(this.python.hear()).isEqualTo("MESSAGE 1 63");
	}

	@Test
	void whenItHasAClientThenOursIsToldThatItIsFullAndNothingElse() {
		int port = this.python.tell("echo", "serve").port();
		TcpClient first = client("first", port);
		first.connect();
		assertThat(first.<String>request("a", TestEndpoints.SOON)).isEqualTo("a");
		TcpClient second = client("second", port);
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(second::connect)
			.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.SERVER_OCCUPIED));
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.endpoints.eventNames("second")).containsExactly("EndpointStarted",
					"Connecting", "ServerOccupied", "ConnectionFailed"));
		assertThat(second.status().state()).isEqualTo(EndpointState.OCCUPIED);
		assertThat(first.<String>request("b", TestEndpoints.SOON)).isEqualTo("b");
		first.disconnect();
		Awaitility.await().ignoreExceptions().until(() -> second.connect().isOpen());
	}

	@Test
	void whenItDisconnectsThenWeAreToldAndCanConnectAgain() {
		TcpClient client = client("client", this.python.tell("echo", "serve").port());
		client.connect();
		assertThat(client.<String>request("a", TestEndpoints.SOON)).isEqualTo("a");
		this.python.tell("disconnect");
		this.endpoints.awaitEvent(DisconnectedEvent.class);
		Awaitility.await().ignoreExceptions().until(() -> client.connect().isOpen());
		assertThat(client.<String>request("b", TestEndpoints.SOON)).isEqualTo("b");
	}

	@Test
	void whenItTerminatesThenItTakesNobodyAndStaysSilentToUs() {
		int port = this.python.tell("serve").port();
		TcpClient client = client("client", port);
		client.connect();
		this.python.tell("terminate");
		assertThat(this.python.hear()).isEqualTo("CONNECTED");
		assertThat(this.python.hear()).isEqualTo("TERMINATED");
		assertThat(client.isConnected()).isTrue();
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(client("other", port)::connect)
			.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.CONNECT_FAILED));
		client.send("last");
		assertThat(this.python.hear()).isEqualTo("MESSAGE 4 6c617374");
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.REMOTE);
	}

	@Test
	void whenItTerminatesAsUnderJavaThenWeAreToldAtOnce() {
		int port = this.python.tell("serve").port();
		client("client", port).connect();
		assertThat(this.python.hear()).isEqualTo("CONNECTED");
		this.python.tell("terminate at once");
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.REMOTE);
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(client("other", port)::connect)
			.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.CONNECT_FAILED));
	}

	@Test
	void whenBothSidesAreOursThenMessageIsAnswered() {
		this.endpoints.onMessage((message) -> message.reply("re " + message.getPayload()));
		TcpServer server = this.endpoints.serve((settings) -> settings.profile(Profile.TCPCOM));
		TcpClient client = client("client", server.getLocalAddress().getPort());
		client.connect();
		assertThat(client.<String>request("hello", TestEndpoints.SOON)).isEqualTo("re hello");
	}

	@Test
	void whenItIsTheClientThenItConnectsAndGetsGreetingAndEcho() {
		this.endpoints.echo();
		TcpServer server = this.endpoints.serve((settings) -> settings.profile(Profile.TCPCOM));
		this.python.tell("connect " + server.getLocalAddress().getPort());
		assertThat(this.python.hear()).isEqualTo("CONNECTING");
		this.endpoints.onlyConnection(server).send("hi");
		assertThat(List.of(this.python.hear(), this.python.hear())).containsExactlyInAnyOrder("MESSAGE 2 6869",
				"CONNECTED");
		this.python.tell("send abc");
		assertThat(this.python.hear()).isEqualTo("MESSAGE 3 616263");
	}

	@Test
	void whenOurServerHasAClientThenItsClientSeesThatEachTime() {
		TcpServer server = this.endpoints.serve((settings) -> settings.profile(Profile.TCPCOM));
		try (Peer first = new Peer(server)) {
			this.endpoints.onlyConnection(server);
			this.python.tell("patience " + TestEndpoints.SOON.toSeconds());
			for (int i = 0; i < 10; i++) {
				this.python.tell("connect " + server.getLocalAddress().getPort());
				assertThat(this.python.hear()).isEqualTo("CONNECTING");
				assertThat(this.python.hear()).isEqualTo("DISCONNECTED");
				assertThat(this.python.hear()).isEqualTo("SERVER_OCCUPIED");
			}
			assertThat(this.endpoints.onlyConnection(server).getRemoteAddress()).isEqualTo(first.address());
		}
	}

	@Test
	void whenItsClientLeavesThenOurServerTakesTheNext() {
		TcpServer server = this.endpoints.serve((settings) -> settings.profile(Profile.TCPCOM));
		this.python.tell("connect " + server.getLocalAddress().getPort());
		assertThat(this.python.hear()).isEqualTo("CONNECTING");
		assertThat(this.python.hear()).isEqualTo("CONNECTED");
		this.python.tell("disconnect");
		assertThat(this.python.hear()).isEqualTo("DISCONNECTED");
		Awaitility.await().until(() -> server.getConnections().isEmpty());
		this.endpoints.awaitEvent(DisconnectedEvent.class);
		Awaitility.await("its place is free soon after the event").until(() -> isServed(server));
	}

	private boolean isServed(TcpServer server) {
		this.python.tell("connect " + server.getLocalAddress().getPort());
		assertThat(this.python.hear()).isEqualTo("CONNECTING");
		String state = this.python.hear();
		if (state.equals("DISCONNECTED")) {
			assertThat(this.python.hear()).isEqualTo("SERVER_OCCUPIED");
			return false;
		}
		assertThat(state).isEqualTo("CONNECTED");
		return true;
	}

	@Test
	void whenThereIsNoServerThenItsClientFails() {
		this.python.tell("connect " + Ports.free());
		assertThat(this.python.hear()).isEqualTo("CONNECTING");
		assertThat(this.python.hear()).isEqualTo("CONNECTION_FAILED");
	}

	private TcpClient client(String name, int port) {
		this.endpoints.onMessage(name, (message) -> this.received.add(message.getPayload()));
		return this.endpoints.newClient(name, port,
				(settings) -> settings.profile(Profile.TCPCOM).connectTimeout(Duration.ofSeconds(20)));
	}

}
