package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import ch.qos.logback.classic.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ApplicationListener;

import dev.sockets.InvalidSettingException;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.codec.Tuple;
import dev.sockets.codec.pickle.PickleCodec;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.MessageSentEvent;
import dev.sockets.rpc.ErrorDetail;
import dev.sockets.rpc.HandlerConcurrency;
import dev.sockets.rpc.Kwargs;
import dev.sockets.rpc.RpcConnection;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.rpc.RpcSettings;
import dev.sockets.rpc.WireFormat;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.Profile;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.LogLines;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Both sides of TCPTalks' wire, each with the other.
 */
@Timeout(120)
class TcptalksTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	@ParameterizedTest
	@EnumSource
	void whenHandlersExecuteOnTheirOwnConnectionThreeDeepThenAllAreAnswered(Dispatch dispatch) {
		TcpServer server = TcptalksPair.server(this.endpoints, "secret",
				(settings) -> settings.connection((connection) -> connection.dispatch(dispatch)));
		TcpClient client = client(server, "secret",
				(settings) -> settings.connection((connection) -> connection.dispatch(dispatch)));
		bindNested(server.rpc());
		bindNested(client.rpc());
		client.connect();
		assertThat(client.rpc().<String>execute("nest", 6)).isEqualTo("6 5 4 3 2 1 0");
		this.endpoints.onlyConnection(server);
		assertThat(server.rpc().<String>execute("nest", 6)).isEqualTo("6 5 4 3 2 1 0");
	}

	private static void bindNested(RpcPeer bindings) {
		bindings.bind("nest", (request) -> {
			int depth = request.arg(0, Integer.class);
			RpcConnection connection = request.connection();
			return (depth == 0) ? "0" : depth + " " + connection.rpc().execute("nest", depth - 1);
		});
	}

	@Test
	void whenAClientConnectsAgainThenBindingsAndIdentityAreStillThere() {
		TcpServer server = TcptalksPair.server(this.endpoints, "secret");
		TcpClient client = client(server, "secret",
				(settings) -> settings
					.reconnect(new Reconnect(true, Duration.ofMillis(10), 1, Duration.ofMillis(10), 0, 0))
					.connection((connection) -> connection.rpc(named("JAVA01"))));
		client.rpc().bind("who", (request) -> "the client");
		server.rpc().bind("who", (request) -> "the server");
		client.start();
		for (int i = 1; i <= 3; i++) {
			this.endpoints.awaitEvents(ConnectedEvent.class, 2 * i);
			Awaitility.await()
				.until(() -> server.findConnectionByPeerId("JAVA01").filter(Connection::isOpen).isPresent());
			Connection connection = server.findConnectionByPeerId("JAVA01").orElseThrow();
			assertThat(connection.rpc().<String>execute("who")).isEqualTo("the client");
			assertThat(client.rpc().<String>execute("who")).isEqualTo("the server");
			server.disconnectAll();
		}
	}

	@Test
	void whenTwoClientsHaveTheSameIdentityThenTheNewestThatIsOpenIsFoundAndBothAreServed() {
		TcpServer server = TcptalksPair.server(this.endpoints, null);
		server.rpc().bind(1, (request) -> "served");
		TcpClient elder = client(server, null, (settings) -> settings.connection((all) -> all.rpc(named("SAME"))));
		elder.connect();
		Awaitility.await().until(() -> server.findConnectionByPeerId("SAME").isPresent());
		Connection first = server.findConnectionByPeerId("SAME").orElseThrow();
		TcpClient newer = client(server, null, (settings) -> settings.connection((all) -> all.rpc(named("SAME"))));
		newer.connect();
		Awaitility.await().until(() -> server.findConnectionByPeerId("SAME").orElse(first) != first);
		assertThat(elder.rpc().<String>execute(1)).isEqualTo("served");
		assertThat(newer.rpc().<String>execute(1)).isEqualTo("served");
		newer.disconnect();
		Awaitility.await()
			.until(() -> server.findConnectionByPeerId("SAME").filter((found) -> found == first).isPresent());
		elder.disconnect();
		Awaitility.await().until(() -> server.findConnectionByPeerId("SAME").isEmpty());
	}

	@Test
	void whenNoIdentityIsSetThenThereIsOneOfSixCharacters() {
		TcpServer server = TcptalksPair.server(this.endpoints, null);
		client(server, null).connect();
		Connection connection = this.endpoints.onlyConnection(server);
		Awaitility.await().until(() -> connection.getPeerId().isPresent());
		assertThat(connection.getPeerId().orElseThrow()).matches("[A-Z0-9]{6}");
	}

	@Test
	void whenPasswordIsWrongThenTheClientNeverWasConnectedAndDoesNotTryAgainSoon() {
		TcpServer server = TcptalksPair.server(this.endpoints, "secret");
		TcpClient client = client(server, "wrong", (settings) -> settings
			.reconnect(new Reconnect(true, Duration.ofMillis(10), 2, Duration.ofSeconds(50), 0.2, 0)));
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(client::connect)
			.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.AUTHENTICATION_FAILED));
		ConnectionFailedEvent failed = this.endpoints.awaitEvent(ConnectionFailedEvent.class);
		assertThat(failed.getDelay()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(60));
		assertThat(this.endpoints.eventNames("client")).containsExactly("EndpointStarted", "Connecting",
				"ConnectionFailed");
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.endpoints.eventNames("server")).containsExactly("EndpointStarted",
					"ConnectionRejected"));
		assertThat(server.getConnections()).isEmpty();
	}

	@Test
	void whenTheServerDoesNotAnswerThePasswordThenConnectingFailsAtItsDeadline() {
		try (Backend backend = new Backend()) {
			TcpClient client = TcptalksPair.client(this.endpoints, backend.port(), "secret",
					(settings) -> settings.connectTimeout(Duration.ofMillis(400)));
			assertThatExceptionOfType(SocketOperationException.class).isThrownBy(client::connect)
				.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.CONNECT_TIMEOUT));
			assertThat(client.isConnected()).isFalse();
			assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
		}
	}

	@Test
	void whenTheServerComesLaterThenOneAttemptFindsIt() {
		int port = Ports.free();
		TcpClient client = TcptalksPair.client(this.endpoints, port, "secret");
		CompletableFuture<Connection> connection = OwnThread.call(client::connect);
		Awaitility.await().until(client::isConnecting);
		Awaitility.await().during(Duration.ofMillis(300)).until(client::isConnecting);
		TcptalksPair.server(this.endpoints, "secret", (settings) -> settings.port(port));
		assertThat(connection).succeedsWithin(TestEndpoints.SOON);
		assertThat(this.endpoints.events(ConnectionFailedEvent.class)).isEmpty();
	}

	@Test
	void whenToldToStopMeanwhileThenStrangersAreClosedAtOnce() throws Exception {
		TcpServer server = TcptalksPair.server(this.endpoints, "secret",
				(settings) -> settings.handshakeTimeout(Duration.ofHours(1)).shutdownGrace(Duration.ofHours(1)));
		try (TcptalksPeer stranger = new TcptalksPeer(server)) {
			stranger.request(1, 1);
			assertThat(stranger.result()).isInstanceOf(Tuple.class);
			server.stop();
			assertThat(stranger.isEnded()).isTrue();
			assertThat(server.isRunning()).isFalse();
		}
	}

	@Test
	void whenTellingThenRepliesAreDroppedWithoutCounting() {
		TcpServer server = TcptalksPair.server(this.endpoints, null);
		CountDownLatch told = new CountDownLatch(10);
		server.rpc().bind(1, (request) -> {
			told.countDown();
			return "dropped";
		});
		TcpClient client = client(server, null);
		client.connect();
		assertThat(client.rpc().<String>execute(1)).isEqualTo("dropped");
		for (int i = 0; i < 9; i++) {
			client.rpc().tell(1);
		}
		Awaitility.await().until(() -> told.getCount() == 0);
		assertThat(client.rpc().<String>execute(1)).isEqualTo("dropped");
		assertThat(client.statistics().messages().failed().getOrDefault("REPLY_DROPPED", 0L)).isZero();
	}

	@Test
	void whenAnOpcodeOrAnArgumentIsTheWiresOwnThenItIsRefused() {
		TcpServer server = TcptalksPair.server(this.endpoints, null);
		assertThatIllegalArgumentException().isThrownBy(() -> server.rpc().bind(0xBB, (request) -> 1))
			.withMessage("Opcode 187 is bound already, as the wire answers to it");
		TcpClient client = client(server, null);
		client.connect();
		for (String name : List.of("self", "opcode", "retcode")) {
			assertThatIllegalArgumentException().isThrownBy(() -> client.rpc().execute(1, Kwargs.of(name, 1)))
				.withMessage("TCPTalks can have no argument named '" + name + "'");
		}
	}

	@Test
	void whenAMessageIsNoRequestThenItIsAnOrdinaryOne() {
		TcpServer server = TcptalksPair.server(this.endpoints.echo(), null);
		TcpClient client = client(server, null);
		client.connect();
		assertThat(client.<Object>request(Map.of("a", 1), TestEndpoints.SOON)).isEqualTo(Map.of("a", 1));
	}

	/**
	 * It looks for the letter, skips two bytes, and takes the first full stop for the
	 * end.
	 */
	@Test
	void whenProtocolIsThreeThenAClientForTheEsp32FindsWhatItLooksFor() throws IOException {
		TcpServer server = TcptalksPair.server(this.endpoints, null, (settings) -> settings
			.connection((connection) -> connection.codec(PickleCodec.builder().protocol(3).build())));
		try (TcptalksPeer device = new TcptalksPeer(server)) {
			device.sendRaw(HexFormat.of().parseHex("800343014171008a05aa000000004e8571018771022e"));
			assertThat(device.receiveRaw(17)).isEqualTo("80034301417100" + "4baa" + "88857101" + "8771022e");
			assertThat(device.receiveRaw(13)).isEqualTo("8003284301527100" + "4bbb" + "4b0029");
		}
	}

	@Test
	void whenSomebodyListensToWhatIsSentThenThePasswordIsNotThere() {
		Queue<Object> sent = new ConcurrentLinkedQueue<>();
		this.endpoints.context().addApplicationListener(new ApplicationListener<MessageSentEvent<?>>() {

			@Override
			public void onApplicationEvent(MessageSentEvent<?> event) {
				sent.add(event.getPayload());
			}

		});
		TcpServer server = TcptalksPair.server(this.endpoints, "secret");
		server.rpc().bind(1, (request) -> 1);
		TcpClient client = client(server, "secret");
		client.connect();
		assertThat(client.rpc().<Integer>execute(1)).isEqualTo(1);
		Awaitility.await().until(() -> !sent.isEmpty());
		assertThat(sent).noneMatch((payload) -> payload.toString().contains("secret"));
	}

	@Test
	void whenTheWireIsLoggedThenThePasswordIsNot() {
		try (LogLines log = new LogLines("sockets.wire")) {
			log.level(Level.TRACE);
			TcpServer server = TcptalksPair.server(this.endpoints, "secret");
			server.rpc().bind(1, (request) -> "shown");
			TcpClient client = client(server, "secret");
			client.connect();
			assertThat(client.rpc().<String>execute(1)).isEqualTo("shown");
			Awaitility.await().until(() -> log.all().stream().filter((line) -> line.contains("shown")).count() == 2);
			assertThat(log.all()).noneMatch((line) -> line.contains("secret") || line.contains("73 65 63 72"));
		}
	}

	@Test
	void whenSettingsAreShownThenThePasswordIsNot() {
		TcpServerSettings settings = TcpServerSettings.builder("robot")
			.port(0)
			.profile(Profile.TCPTALKS)
			.connection((connection) -> connection.password("secret"))
			.build();
		assertThat(settings.toString()).contains("password=******").doesNotContain("secret");
		assertThat(settings.connection().opening().password().matches("secret")).isTrue();
		assertThat(settings.connection().opening().password().matches("secreT")).isFalse();
		assertThat(settings.connection().opening().password().matches(null)).isFalse();
	}

	@Test
	void whenAPasswordIsEmptyThenItIsRefused() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(TcpClientSettings.builder("robot")
				.port(1)
				.profile(Profile.TCPTALKS)
				.connection((all) -> all.password(""))::build)
			.withMessageContaining("must be at least one character");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 65 })
	void whenAnIdentityIsTooShortOrTooLongThenItIsRefused(int length) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(TcpClientSettings.builder("robot")
				.port(1)
				.profile(Profile.TCPTALKS)
				.connection((all) -> all.rpc(named("x".repeat(length))))::build)
			.withMessageStartingWith("'sockets.tcp.client.robot.rpc.id'")
			.withMessageEndingWith("must be of 1 to 64 characters");
	}

	private TcpClient client(TcpServer server, String password) {
		return TcptalksPair.client(this.endpoints, server.getLocalAddress().getPort(), password);
	}

	private TcpClient client(TcpServer server, String password, Consumer<TcpClientSettings.Builder> more) {
		return TcptalksPair.client(this.endpoints, server.getLocalAddress().getPort(), password, more);
	}

	private static RpcSettings named(String id) {
		return new RpcSettings(WireFormat.TCPTALKS, id, ErrorDetail.MESSAGE, HandlerConcurrency.CONCURRENT);
	}

}
