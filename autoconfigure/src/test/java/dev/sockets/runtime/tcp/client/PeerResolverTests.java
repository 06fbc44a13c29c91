package dev.sockets.runtime.tcp.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.support.GenericApplicationContext;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.runtime.tcp.BackgroundThreads;
import dev.sockets.runtime.tcp.EndpointRuntime;
import dev.sockets.runtime.tcp.server.DefaultTcpServer;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.MessageObserver;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.Patience;
import dev.sockets.testkit.Ports;
import dev.sockets.testkit.TestedEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * All addresses of all names are tried, and a name that is not resolved holds nobody up.
 */
@Timeout(60)
class PeerResolverTests {

	private static final long LONG = Duration.ofSeconds(30).toNanos();

	private final CompletableFuture<InetAddress[]> late = new CompletableFuture<>();

	private final AtomicInteger asked = new AtomicInteger();

	private final Executor threads = new BackgroundThreads("lookup");

	@AfterEach
	void release() {
		this.late.complete(new InetAddress[0]);
	}

	@Test
	void whenNamesHaveSeveralAddressesThenAllAreFoundInTurn() {
		ResolvedPeers result = lookup("two", "unknown", "one").find(LONG).join();
		assertThat(result.addresses()).containsExactly(new InetSocketAddress("127.0.0.3", 7),
				new InetSocketAddress("127.0.0.1", 7), new InetSocketAddress("127.0.0.2", 7));
		assertThat(result.failure()).isInstanceOf(UnknownHostException.class).hasMessageContaining("'unknown'");
	}

	@Test
	void whenResolvingBreaksThenThatIsTheFailure() {
		ResolvedPeers result = lookup("broken").find(LONG).join();
		assertThat(result.addresses()).isEmpty();
		assertThat(result.failure()).hasRootCauseMessage("on purpose");
	}

	@Test
	void whenANameIsNotResolvedInTimeThenTheLookupTimesOutAndTheNextJoinsIt() {
		PeerResolver lookup = lookup("late");
		assertThat(lookup.find(1_000_000).join().failure()).isInstanceOf(SocketTimeoutException.class);
		Awaitility.await().until(() -> this.asked.get() == 1);
		assertThat(lookup.find(1_000_000).join().failure()).isInstanceOf(SocketTimeoutException.class);
		assertThat(this.asked).hasValue(1);
		this.late.complete(new InetAddress[] { InetAddress.getLoopbackAddress() });
		assertThat(lookup.find(LONG).join().addresses()).hasSize(1);
	}

	@Test
	void whenResolvedOnceThenTheNextLookupAsksAgain() {
		PeerResolver lookup = lookup("one");
		lookup.find(LONG).join();
		lookup.find(LONG).join();
		assertThat(this.asked).hasValue(2);
	}

	@Test
	void whenOneAttemptTriesAgainAndAgainThenItsNameIsLookedUpOnceASecond() {
		TcpClientSettings settings = TcpClientSettings.builder("client")
			.host("one")
			.port(Ports.free())
			.retryConnect(true)
			.build();
		run(settings, (client) -> {
			long begin = System.nanoTime();
			assertThatExceptionOfType(SocketOperationException.class)
				.isThrownBy(() -> client.connect(Duration.ofMillis(1500)));
			int seconds = (int) Duration.ofNanos(System.nanoTime() - begin).toSeconds();
			assertThat(this.asked).hasValueBetween(1, 1 + seconds);
		});
	}

	@Test
	void whenANameIsNotResolvedInTimeThenConnectEndsAtItsDeadline() {
		run("late", 7, (client) -> {
			long start = System.nanoTime();
			assertThatExceptionOfType(SocketOperationException.class)
				.isThrownBy(() -> client.connect(Duration.ofMillis(300)))
				.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.CONNECT_TIMEOUT))
				.withMessageContaining("resolved");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(290),
					Duration.ofSeconds(10));
			Awaitility.await().until(() -> !client.isConnecting());
		});
	}

	@Test
	void whenANameHasSeveralAddressesThenTheClientConnectsToTheOneThatListens() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			run("two", server.getLocalPort(), (client) -> {
				Connection connection = client.connect();
				assertThat(connection.getRemoteAddress().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
				assertThat(connection.isOpen()).isTrue();
			});
		}
	}

	@Test
	void whenNamesOfManyClientsAreNotResolvedThenHandlersOnAFewThreadsAndOtherClientsGoOn() {
		ExecutorService handlers = Executors.newFixedThreadPool(2);
		GenericApplicationContext context = new GenericApplicationContext();
		context.refresh();
		EndpointRuntime runtime = new EndpointRuntime(TestedEngine.loops(1), (endpoint) -> handlers, context,
				MessageObserver.NONE);
		TcpServer server = new DefaultTcpServer(TcpServerSettings.builder("server")
			.host("127.0.0.1")
			.port(0)
			.connection((connection) -> connection.dispatch(Dispatch.THREAD))
			.build(), runtime);
		server.addHandler((connection, payload) -> payload);
		server.start();
		List<TcpClient> clients = IntStream.range(0, 20)
			.mapToObj((i) -> client(runtime, "client-" + i, "late", 7))
			.toList();
		TcpClient other = client(runtime, "other", "127.0.0.1", server.getLocalAddress().getPort());
		try {
			clients.forEach(TcpClient::start);
			Awaitility.await().until(() -> this.asked.get() == BackgroundThreads.MOST);
			assertThat(clients).allMatch(TcpClient::isConnecting);
			other.start();
			Awaitility.await().atMost(Patience.SOON).until(other::isConnected);
			assertThat(other.<String>request("ping", Patience.SOON)).isEqualTo("ping");
		}
		finally {
			other.stop();
			long start = System.nanoTime();
			clients.forEach(TcpClient::stop);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Patience.SOON);
			server.stop();
			context.close();
			handlers.shutdownNow();
		}
	}

	private TcpClient client(EndpointRuntime runtime, String name, String host, int port) {
		return new DefaultTcpClient(TcpClientSettings.builder(name)
			.host(host)
			.port(port)
			.connectTimeout(Duration.ofSeconds(50))
			.connection((connection) -> connection.dispatch(Dispatch.THREAD))
			.build(), runtime, this::resolve);
	}

	private interface Use {

		void with(TcpClient client);

	}

	private void run(String host, int port, Use use) {
		run(TcpClientSettings.builder("client").host(host).port(port).build(), use);
	}

	private void run(TcpClientSettings settings, Use use) {
		ExecutorService threads = Executors.newCachedThreadPool();
		GenericApplicationContext context = new GenericApplicationContext();
		context.refresh();
		TcpClient client = new DefaultTcpClient(settings,
				new EndpointRuntime(TestedEngine.loops(1), (endpoint) -> threads, context, MessageObserver.NONE),
				this::resolve);
		try {
			use.with(client);
		}
		finally {
			client.stop();
			context.close();
			threads.shutdownNow();
		}
	}

	private PeerResolver lookup(String... hosts) {
		return new PeerResolver(TcpClientSettings.builder("client")
			.peers(() -> List.of(hosts).stream().map((host) -> new Peer(host, 7)).toList())
			.build(), this::resolve, this.threads);
	}

	private InetAddress[] resolve(String host) throws UnknownHostException {
		this.asked.incrementAndGet();
		return switch (host) {
			case "one" -> new InetAddress[] { InetAddress.getByName("127.0.0.2") };
			case "two" -> new InetAddress[] { InetAddress.getByName("127.0.0.3"), InetAddress.getByName("127.0.0.1") };
			case "late" -> this.late.join();
			case "broken" -> throw new IllegalStateException("on purpose");
			case "127.0.0.1" -> new InetAddress[] { InetAddress.getByName(host) };
			default -> throw new UnknownHostException(host);
		};
	}

}
