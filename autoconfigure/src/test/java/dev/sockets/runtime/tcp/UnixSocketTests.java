package dev.sockets.runtime.tcp;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.UnixSocketAddress;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.EndpointStartedEvent;
import dev.sockets.event.EndpointStoppedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.SlowConsumerPolicy;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.WhenFull;
import dev.sockets.testkit.LogLines;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Servers and clients on Unix domain sockets do what they do on ports.
 */
@EnabledOnOs({ OS.LINUX, OS.MAC })
@Timeout(120)
class UnixSocketTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	@TempDir
	private Path directory;

	private Path path;

	@BeforeEach
	void choosePath() {
		this.path = this.directory.resolve("s");
	}

	@Test
	void whenAServerHasAPathThenItServesThereAndTellsItEverywhere() {
		try (LogLines log = new LogLines(TcpServer.class.getName())) {
			TcpServer server = serve();
			assertThat(log.all())
				.anySatisfy((line) -> assertThat(line).contains("listens on unix:" + this.path + ": "));
			assertThat(isHere(server.getLocalAddress())).isTrue();
			assertThat(isHere(server.status().address())).isTrue();
			assertThat(isHere(this.endpoints.awaitEvent(EndpointStartedEvent.class).getAddress())).isTrue();
			try (UnixPeer peer = new UnixPeer(this.path)) {
				assertThat(peer.ask("hello")).isEqualTo("hello");
				Connection connection = this.endpoints.awaitEvent(ConnectedEvent.class).getConnection();
				assertThat(isHere(connection.getLocalAddress())).isTrue();
				assertThat(isHere(connection.getRemoteAddress())).isTrue();
				assertThat(connection.toString()).endsWith(" of 'server' with unix:" + this.path);
				assertThat(connection.getRemoteAddress().getAddress().isLoopbackAddress()).isTrue();
				assertThat(connection.getRemoteAddress().getPort()).isZero();
			}
			server.stop();
			assertThat(isHere(this.endpoints.awaitEvent(EndpointStoppedEvent.class).getAddress())).isTrue();
			assertThat(this.path).doesNotExist();
		}
	}

	private boolean isHere(InetSocketAddress address) {
		return address instanceof UnixSocketAddress unix && unix.getPath().equals(this.path)
				&& unix.getHostString().equals("unix:" + this.path);
	}

	@ParameterizedTest
	@EnumSource
	void whenManyMessagesComeFromManyPeersThenAllAreAnsweredInOrder(Dispatch dispatch) {
		this.endpoints.echo()
			.serve((settings) -> settings.path(this.path).connection((connection) -> connection.dispatch(dispatch)));
		List<String> lines = IntStream.range(0, 2_000).mapToObj((i) -> "line " + i).toList();
		List<CompletableFuture<Void>> all = IntStream.range(0, 8).mapToObj((i) -> OwnThread.run(() -> {
			try (UnixPeer peer = new UnixPeer(this.path)) {
				CompletableFuture<Void> sent = OwnThread.run(() -> peer.send(String.join("\n", lines) + "\n").finish());
				assertThat(peer.readLines()).isEqualTo(lines);
				sent.join();
			}
		})).toList();
		assertThat(all).allSatisfy((one) -> assertThat(one).succeedsWithin(TestEndpoints.SOON));
	}

	@Test
	void whenAPeerEndsItsOutputThenItGetsAllRepliesAndTheEnd() {
		serve();
		try (UnixPeer peer = new UnixPeer(this.path)) {
			peer.send("a\nb\nc\n").finish();
			assertThat(List.of(peer.readLine(), peer.readLine(), peer.readLine())).containsExactly("a", "b", "c");
			assertThat(peer.readLine()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.REMOTE);
	}

	@Test
	@SuppressWarnings("try")
	void whenAPeerReadsNothingThenNoMoreThanAllowedWaitsAndItIsDisconnected() {
		TcpServer server = this.endpoints.serve((settings) -> settings.path(this.path)
			.connection((connection) -> connection.maxPending(100_000).slowConsumer(SlowConsumerPolicy.DISCONNECT)));
		try (UnixPeer peer = new UnixPeer(this.path)) {
			Connection connection = this.endpoints.onlyConnection(server);
			List<CompletableFuture<Void>> sent = new ArrayList<>();
			while (connection.isOpen()) {
				sent.add(connection.sendAsync("x".repeat(10_000)));
			}
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
				.isEqualTo(DisconnectReason.SLOW_CONSUMER);
			assertThat(sent).hasSizeGreaterThan(10);
		}
	}

	@Test
	void whenAPeerReadsSlowlyThenSendersWaitAndNothingIsLost() {
		TcpServer server = this.endpoints.serve((settings) -> settings.path(this.path)
			.connection((connection) -> connection.maxPending(100_000).slowConsumer(SlowConsumerPolicy.BLOCK)));
		try (UnixPeer peer = new UnixPeer(this.path)) {
			Connection connection = this.endpoints.onlyConnection(server);
			CompletableFuture<Void> sent = OwnThread
				.run(() -> IntStream.range(0, 500).forEach((i) -> connection.send(i + "x".repeat(10_000))));
			for (int i = 0; i < 500; i++) {
				assertThat(peer.readLine()).startsWith(i + "x").hasSize(String.valueOf(i).length() + 10_000);
			}
			assertThat(sent).succeedsWithin(TestEndpoints.SOON);
		}
	}

	@Test
	void whenTheServerIsFullThenOthersAreTurnedAway() {
		this.endpoints.echo()
			.serve((settings) -> settings.path(this.path).maxConnections(1).busyMessage("busy".getBytes()));
		try (UnixPeer first = new UnixPeer(this.path); UnixPeer second = new UnixPeer(this.path)) {
			assertThat(first.ask("in")).isEqualTo("in");
			assertThat(second.readLine()).isEqualTo("busy");
			assertThat(second.readLine()).isNull();
			ConnectionRejectedEvent event = this.endpoints.awaitEvent(ConnectionRejectedEvent.class);
			assertThat(event.getReason()).isEqualTo(RejectionReason.FULL);
			assertThat(isHere(event.getRemoteAddress())).isTrue();
			assertThat(isHere(event.getLocalAddress())).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "WAIT", "REPLACE_OLDEST" })
	void whenOthersWaitForAPlaceThenTheyAreServedInTheEnd(WhenFull whenFull) {
		this.endpoints.echo().serve((settings) -> settings.path(this.path).maxConnections(1).whenFull(whenFull));
		try (UnixPeer first = new UnixPeer(this.path)) {
			assertThat(first.ask("first")).isEqualTo("first");
			CompletableFuture<Void> second = OwnThread.run(() -> {
				try (UnixPeer peer = new UnixPeer(this.path)) {
					assertThat(peer.ask("second")).isEqualTo("second");
				}
			});
			if (whenFull == WhenFull.WAIT) {
				first.leave();
			}
			assertThat(second).succeedsWithin(TestEndpoints.SOON);
		}
	}

	@Test
	void whenPeersAuthenticateWronglyThenNobodyIsBannedForAnother() {
		TcpServer server = this.endpoints.echo()
			.serve((settings) -> settings.path(this.path).connection((connection) -> connection.password("right")));
		for (int i = 0; i < 25; i++) {
			try (UnixPeer peer = new UnixPeer(this.path)) {
				peer.send("x".repeat(200)).finish();
				while (peer.readLine() != null) {
					// until the server has ended it
				}
			}
		}
		TcpClient client = client((settings) -> settings.connection((connection) -> connection.password("right")));
		assertThat(client.<String>request("hello", TestEndpoints.SOON)).isEqualTo("hello");
		assertThat(server.getBans()).isEmpty();
	}

	@Test
	void whenAClientHasAPathThenItSendsAndAsksAndTellsWhereItIs() {
		serve();
		try (LogLines log = new LogLines(TcpClient.class.getName())) {
			TcpClient client = client((settings) -> {
			});
			assertThat(client.<String>request("question", TestEndpoints.SOON)).isEqualTo("question");
			Connection connection = client.getConnection().orElseThrow();
			assertThat(isHere(connection.getRemoteAddress())).isTrue();
			assertThat(isHere(connection.getLocalAddress())).isTrue();
			assertThat(isHere(client.status().address())).isTrue();
			Awaitility.await()
				.untilAsserted(() -> assertThat(log.all())
					.anySatisfy((line) -> assertThat(line).endsWith("is connected to unix:" + this.path)));
		}
	}

	@Test
	void whenTheServerStartsAgainThenTheClientIsBack() {
		TcpServer server = serve();
		TcpClient client = this.endpoints.newClient("client", 1, (settings) -> settings.path(this.path)
			.reconnect(new Reconnect(true, Duration.ofMillis(20), 1, Duration.ofMillis(20), 0, 0)));
		client.start();
		Awaitility.await().until(client::isConnected);
		for (int i = 0; i < 3; i++) {
			server.stop();
			Awaitility.await().until(() -> !client.isConnected());
			assertThat(this.path).doesNotExist();
			server.start();
			Awaitility.await().until(client::isConnected);
			assertThat(client.<String>request("again", TestEndpoints.SOON)).isEqualTo("again");
		}
	}

	@Test
	void whenNobodyListensThenConnectingSaysWhere() {
		TcpClient client = this.endpoints.newClient("client", 1, (settings) -> settings.path(this.path));
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(client::connect)
			.withMessageContaining("unix:" + this.path)
			.extracting(SocketOperationException::getCode)
			.isEqualTo(SocketErrorCode.CONNECT_FAILED);
	}

	@Test
	void whenAPathIsOneOfSeveralPeersThenItIsTriedInItsTurn() {
		TcpServer server = this.endpoints.echo().server();
		int port = server.getLocalAddress().getPort();
		TcpClient client = this.endpoints.newClient("client", 1,
				(settings) -> settings.path(this.path).alternatives(List.of(new Peer("127.0.0.1", port))));
		client.connect();
		assertThat(client.getConnection().orElseThrow().getRemoteAddress().getPort()).isEqualTo(port);
		client.disconnect();
		serve("other");
		client.connect(Peer.unix(this.path));
		assertThat(isHere(client.getConnection().orElseThrow().getRemoteAddress())).isTrue();
	}

	@Test
	void whenPeersComeAndGoWhileTheServerRestartsThenNoDescriptorIsLeft() {
		TcpServer server = serve();
		long before = Resources.descriptorsNow();
		for (int i = 0; i < 20; i++) {
			for (int j = 0; j < 20; j++) {
				try (UnixPeer peer = new UnixPeer(this.path)) {
					assertThat(peer.ask("x")).isEqualTo("x");
				}
			}
			server.stop();
			server.start();
		}
		Awaitility.await().untilAsserted(() -> assertThat(Resources.descriptorsNow()).isLessThan(before + 20));
	}

	@Test
	void whenAllAreToldSomethingThenAllHearIt() {
		TcpServer server = serve();
		List<UnixPeer> peers = IntStream.range(0, 20)
			.mapToObj((i) -> new UnixPeer(this.path))
			.collect(Collectors.toList());
		peers.forEach((peer) -> assertThat(peer.ask("here")).isEqualTo("here"));
		assertThat(server.broadcast("news")).isEqualTo(20);
		peers.forEach((peer) -> assertThat(peer.readLine()).isEqualTo("news"));
		peers.forEach(UnixPeer::close);
	}

	private TcpServer newServer(String name, Path path) {
		return this.endpoints.newServer(name, (settings) -> settings.path(path));
	}

	private TcpServer serve() {
		return serve("server");
	}

	private TcpServer serve(String name) {
		return this.endpoints.onMessage(name, (message) -> message.reply(message.getPayload()))
			.serve(name, (settings) -> settings.path(this.path));
	}

	private TcpClient client(Consumer<TcpClientSettings.Builder> settings) {
		TcpClient client = this.endpoints.newClient("client", 1, (builder) -> {
			builder.path(this.path);
			settings.accept(builder);
		});
		client.connect();
		return client;
	}

}
