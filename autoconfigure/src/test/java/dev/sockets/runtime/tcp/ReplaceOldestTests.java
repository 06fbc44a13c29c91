package dev.sockets.runtime.tcp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.tcp.AddressRange;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.tcp.WhenFull;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A full server makes room for who comes.
 */
@Timeout(120)
class ReplaceOldestTests {

	/** Of one loop, as each loop's time stands still while it is held up. */
	@AutoClose
	private TestEndpoints endpoints = new TestEndpoints();

	private final List<Peer> peers = new ArrayList<>();

	@AutoClose
	private final AutoCloseable closing = () -> this.peers.forEach(Peer::close);

	@Test
	void whenAServerIsFullThenTheConnectionThatWasSilentLongestMakesRoom() {
		TcpServer server = serve(3);
		Peer first = in(server);
		Peer silent = in(server);
		Peer third = in(server);
		awaitSilence(server);
		assertThat(first.ask("still here")).isEqualTo("still here");
		assertThat(third.ask("still here")).isEqualTo("still here");
		Peer newcomer = in(server);
		assertThat(silent.readLine()).isNull();
		DisconnectedEvent gone = this.endpoints.awaitEvent(DisconnectedEvent.class);
		assertThat(gone.getConnection().getRemoteAddress()).isEqualTo(silent.address());
		assertThat(gone.getReason()).isEqualTo(DisconnectReason.REPLACED);
		for (Peer peer : List.of(first, third, newcomer)) {
			assertThat(peer.ask("served")).isEqualTo("served");
		}
		assertThat(this.endpoints.events(ConnectionRejectedEvent.class)).isEmpty();
	}

	@Test
	void whenManyComeThenThereAreNeverMoreThanAllowed() {
		this.endpoints.close();
		this.endpoints = new TestEndpoints(2);
		AtomicInteger open = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		AtomicInteger rejected = new AtomicInteger();
		this.endpoints.onEvent((event) -> {
			if (event instanceof ConnectedEvent) {
				most.accumulateAndGet(open.incrementAndGet(), Math::max);
			}
			else if (event instanceof DisconnectedEvent) {
				open.decrementAndGet();
			}
			else if (event instanceof ConnectionRejectedEvent) {
				rejected.incrementAndGet();
			}
		});
		TcpServer server = serve(5);
		List<CompletableFuture<Void>> floods = IntStream.range(0, 4)
			.mapToObj((i) -> OwnThread.run(() -> comeOften(server)))
			.toList();
		assertThat(floods).allSatisfy((flood) -> assertThat(flood).succeedsWithin(TestEndpoints.SOON.multipliedBy(2)));
		Peer last = in(server);
		assertThat(last.ask("at last")).isEqualTo("at last");
		assertThat(most.get()).isBetween(1, 5);
		assertThat(rejected).hasValue(0);
		last.close();
		Awaitility.await().until(() -> open.get() == 0);
		assertThat(server.status().connectionsOpened()).isEqualTo(4 * 10 * 25 + 1);
	}

	private static void comeOften(TcpServer server) {
		for (int i = 0; i < 10; i++) {
			List<Peer> all = new ArrayList<>();
			try {
				IntStream.range(0, 25).forEach((one) -> all.add(new Peer(server)));
				all.forEach((peer) -> peer.trySend("hello\n".getBytes()));
				all.forEach(Peer::readLineOrReset);
			}
			finally {
				all.forEach(Peer::close);
			}
		}
	}

	@Test
	void whenTheHandlerOfTheReplacedIsLateThenItsPlaceIsFreeAfterwards() {
		Queue<String> handled = new ConcurrentLinkedQueue<>();
		CompletableFuture<Void> mayGoOn = new CompletableFuture<>();
		TcpServer server = serve(1);
		this.endpoints.onMessage((message) -> {
			handled.add(message.getPayload().toString());
			if (message.getPayload().equals("slow")) {
				mayGoOn.join();
			}
			message.reply("re " + message.getPayload());
		});
		Peer slow = connect(server);
		slow.send("slow", "next");
		Awaitility.await().until(() -> handled.contains("slow"));
		Peer newcomer = connect(server);
		newcomer.send("hello");
		Awaitility.await()
			.until(() -> server.getConnections().stream().anyMatch((one) -> ((DefaultConnection) one).isClosing()));
		assertThat(server.getConnections()).hasSize(1);
		assertThat(handled).containsExactly("slow");
		mayGoOn.complete(null);
		assertThat(slow.readLine()).isEqualTo("re slow");
		assertThat(slow.readLine()).isEqualTo("re next");
		assertThat(newcomer.readLine()).isEqualTo("re hello");
		assertThat(handled).containsExactly("slow", "next", "hello");
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenAListenerOfTheEndOfTheReplacedBlocksThenAnotherMakesRoom(Dispatch dispatch) {
		CompletableFuture<Void> mayGoOn = new CompletableFuture<>();
		AtomicInteger ends = new AtomicInteger();
		this.endpoints.echo().onEvent((event) -> {
			if (event instanceof DisconnectedEvent && ends.getAndIncrement() == 0) {
				mayGoOn.join();
			}
		});
		assertThatAnotherMakesRoom(dispatch, mayGoOn, (first) -> {
		});
	}

	@Test
	void whenTheHandlerOfTheReplacedStaysLateThenAnotherMakesRoom() {
		CompletableFuture<Void> mayGoOn = new CompletableFuture<>();
		this.endpoints.onMessage((message) -> {
			if (message.getPayload().equals("block")) {
				mayGoOn.join();
			}
			message.reply(message.getPayload());
		});
		assertThatAnotherMakesRoom(Dispatch.THREAD, mayGoOn, (first) -> first.send("block"));
	}

	private void assertThatAnotherMakesRoom(Dispatch dispatch, CompletableFuture<Void> mayGoOn,
			Consumer<Peer> firstDoes) {
		try {
			TcpServer server = this.endpoints
				.serve((settings) -> full(settings, 2).connection((connection) -> connection.dispatch(dispatch)));
			Peer first = in(server);
			firstDoes.accept(first);
			awaitSilence(server);
			Peer second = in(server);
			Peer newcomer = in(server);
			assertThat(second.readLine()).isNull();
			assertThat(newcomer.ask("served")).isEqualTo("served");
			mayGoOn.complete(null);
			in(server);
			assertThat(server.getConnections()).hasSizeLessThanOrEqualTo(2);
		}
		finally {
			mayGoOn.complete(null);
		}
	}

	@Test
	void whenTheServerIsPausedWhileOneLeavesThenNoOtherLeaves() {
		CompletableFuture<Void> mayGoOn = new CompletableFuture<>();
		TcpServer server = this.endpoints
			.serve((settings) -> full(settings, 2).connection((connection) -> connection.dispatch(Dispatch.THREAD)));
		this.endpoints.onMessage((message) -> {
			if (message.getPayload().equals("slow")) {
				mayGoOn.join();
			}
			message.reply(message.getPayload());
		});
		try {
			Peer slow = connect(server);
			slow.send("slow");
			Awaitility.await().until(() -> server.getConnections().size() == 1);
			awaitSilence(server);
			Peer other = in(server);
			Peer newcomer = connect(server);
			newcomer.send("hello");
			Awaitility.await()
				.until(() -> server.getConnections().stream().anyMatch((one) -> ((DefaultConnection) one).isClosing()));
			server.pause();
			mayGoOn.complete(null);
			assertThat(slow.readLine()).isEqualTo("slow");
			assertThat(slow.readLine()).isNull();
			this.endpoints.awaitEvent(DisconnectedEvent.class);
			awaitSilence(server);
			assertThat(other.ask("still here")).isEqualTo("still here");
			server.resume();
			assertThat(newcomer.readLine()).isEqualTo("hello");
			assertThat(other.ask("still here")).isEqualTo("still here");
		}
		finally {
			mayGoOn.complete(null);
		}
	}

	@Test
	void whenAnAddressMayNotComeThenItReplacesNobody() {
		TcpServer server = this.endpoints.echo()
			.serve((settings) -> full(settings, 1)
				.access((access) -> access.deny(List.of(AddressRange.parse("127.0.0.2")))));
		Peer first = in(server);
		connectFrom("127.0.0.2", server);
		assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
			.isEqualTo(RejectionReason.DENIED);
		assertThat(first.ask("still here")).isEqualTo("still here");
	}

	@Test
	void whenAnAddressHasItsConnectionsThenItReplacesNobody() {
		TcpServer server = this.endpoints.echo().serve((settings) -> full(settings, 2).maxConnectionsPerAddress(1));
		Peer first = connectFrom("127.0.0.2", server);
		Peer second = connectFrom("127.0.0.3", server);
		assertThat(first.ask("in")).isEqualTo("in");
		assertThat(second.ask("in")).isEqualTo("in");
		awaitSilence(server);
		connectFrom("127.0.0.3", server);
		assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
			.isEqualTo(RejectionReason.ADDRESS_LIMIT);
		assertThat(first.ask("still here")).isEqualTo("still here");
		Peer third = connectFrom("127.0.0.4", server);
		assertThat(third.ask("in")).isEqualTo("in");
		assertThat(second.readLine()).isNull();
		Peer again = connectFrom("127.0.0.3", server);
		assertThat(again.ask("in")).isEqualTo("in");
	}

	@Test
	void whenTheServerIsPausedThenNobodyIsReplaced() {
		TcpServer server = serve(1);
		Peer first = in(server);
		server.pause();
		Peer waiting = connect(server);
		waiting.send("hello");
		assertThat(first.ask("still here")).isEqualTo("still here");
		assertThat(server.getConnections()).hasSize(1);
		server.resume();
		assertThat(waiting.readLine()).isEqualTo("hello");
		assertThat(first.readLine()).isNull();
	}

	@Test
	void whenTheServerStopsThenWhoWaitsForAPlaceIsLetGo() {
		CompletableFuture<Void> mayGoOn = new CompletableFuture<>();
		TcpServer server = serve(1);
		CountDownLatch begun = new CountDownLatch(1);
		this.endpoints.onMessage((message) -> {
			begun.countDown();
			mayGoOn.join();
		});
		try {
			Peer slow = connect(server);
			slow.send("slow");
			Awaitility.await().until(() -> begun.getCount() == 0);
			Peer waiting = connect(server);
			Awaitility.await()
				.until(() -> server.getConnections().stream().anyMatch((one) -> ((DefaultConnection) one).isClosing()));
			CompletableFuture<Void> stopped = OwnThread.run(server::stop);
			assertThat(waiting.readLineOrReset()).isNull();
			mayGoOn.complete(null);
			assertThat(stopped).succeedsWithin(TestEndpoints.SOON);
			server.start();
			this.endpoints.echo();
			in(server);
			in(server);
		}
		finally {
			mayGoOn.complete(null);
		}
	}

	@Test
	void whenConnectionsBecomeKnownAfterOthersHaveComeThenTheyMakeRoomToo() {
		CompletableFuture<Void> known = new CompletableFuture<>();
		TcpServer server = this.endpoints.echo()
			.serve((settings) -> full(settings, 1).handshakeTimeout(TestEndpoints.SOON)
				.connection((connection) -> connection.handshake((begun) -> known)));
		Peer first = connect(server);
		Peer second = connect(server);
		second.send("hello");
		known.complete(null);
		assertThat(second.readLine()).isEqualTo("hello");
		assertThat(first.readLine()).isNull();
	}

	private TcpServer serve(int max) {
		return this.endpoints.echo().serve((settings) -> full(settings, max));
	}

	private static TcpServerSettings.Builder full(TcpServerSettings.Builder settings, int max) {
		return settings.maxConnections(max).whenFull(WhenFull.REPLACE_OLDEST);
	}

	/**
	 * Waits until who speaks then has spoken after all others: time is exact to a few ms.
	 */
	private static void awaitSilence(TcpServer server) {
		Awaitility.await().until(() -> server.getConnections().stream().allMatch(ReplaceOldestTests::isSilent));
	}

	private static boolean isSilent(Connection connection) {
		StreamChannel channel = ((DefaultConnection) connection).channel();
		return channel.activity().silentFor(channel.nanos()) > Duration.ofMillis(50).toNanos();
	}

	/** Connects and is served. */
	private Peer in(TcpServer server) {
		Peer peer = connect(server);
		assertThat(peer.ask("in")).isEqualTo("in");
		return peer;
	}

	private Peer connect(TcpServer server) {
		Peer peer = new Peer(server);
		this.peers.add(peer);
		return peer;
	}

	private Peer connectFrom(String address, TcpServer server) {
		Peer peer = new Peer(new InetSocketAddress(address, 0), server.getLocalAddress());
		this.peers.add(peer);
		return peer;
	}

}
