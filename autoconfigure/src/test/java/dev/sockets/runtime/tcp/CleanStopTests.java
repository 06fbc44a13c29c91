package dev.sockets.runtime.tcp;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that is stopped finishes what it has begun, says goodbye and is gone within
 * the grace period. Fault F15.
 */
@Tag("measures")
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class CleanStopTests {

	private static final int PEERS = 20;

	private static final byte[] GOODBYE = "goodbye".getBytes(StandardCharsets.UTF_8);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	private final Map<Connection, AtomicInteger> handled = new ConcurrentHashMap<>();

	private final CountDownLatch busy = new CountDownLatch(20_000);

	@ParameterizedTest
	@EnumSource
	void whenStoppedUnderLoadThenEveryHandledMessageIsAnsweredAndPeersAreToldGoodbye(Dispatch dispatch)
			throws Exception {
		this.endpoints.onMessage((message) -> {
			this.handled.computeIfAbsent(message.getConnection(), (key) -> new AtomicInteger()).incrementAndGet();
			this.busy.countDown();
			message.reply(message.getPayload());
		});
		Duration grace = Duration.ofSeconds(20);
		TcpServer server = this.endpoints.serve((settings) -> settings.shutdownGrace(grace)
			.goodbyeMessage(GOODBYE)
			.connection((connection) -> connection.dispatch(dispatch)));
		List<Peer> peers = peers(server);
		List<CompletableFuture<Integer>> senders = peers.stream()
			.map((peer) -> inBackground(() -> sendUntilClosed(peer)))
			.toList();
		List<CompletableFuture<Integer>> replies = peers.stream()
			.map((peer) -> inBackground(() -> countRepliesUpToGoodbye(peer)))
			.toList();
		this.busy.await();
		long start = System.nanoTime();
		server.stop();
		Duration took = Duration.ofNanos(System.nanoTime() - start);
		int answered = 0;
		for (CompletableFuture<Integer> count : replies) {
			answered += count.get(30, TimeUnit.SECONDS);
		}
		int accepted = this.handled.values().stream().mapToInt(AtomicInteger::get).sum();
		Figures.print("F15", "%s: stopped in %d ms, %d messages handled, %d answered, %d of %d peers told goodbye",
				dispatch, took.toMillis(), accepted, answered, replies.size(), PEERS);
		assertThat(answered).isEqualTo(accepted);
		assertThat(took).isLessThan(grace);
		assertThat(this.endpoints.events(DisconnectedEvent.class)).hasSize(PEERS)
			.allMatch((event) -> event.getReason() == DisconnectReason.SHUTDOWN);
		peers.forEach(Peer::close);
		for (CompletableFuture<Integer> sender : senders) {
			sender.get(30, TimeUnit.SECONDS);
		}
	}

	@Test
	void whenStoppingThenNobodyNewIsAcceptedWhileHandlersFinish() throws Exception {
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch mayFinish = new CountDownLatch(1);
		this.endpoints.onMessage((message) -> {
			handling.countDown();
			awaitUninterruptibly(mayFinish);
			message.reply("finished");
		});
		TcpServer server = this.endpoints.serve((settings) -> settings.goodbyeMessage(GOODBYE));
		try (Peer peer = new Peer(server)) {
			InetSocketAddress address = server.getLocalAddress();
			peer.send("begin");
			handling.await();
			CompletableFuture<Void> stopped = new CompletableFuture<>();
			server.stop(() -> stopped.complete(null));
			Awaitility.await().atMost(TestEndpoints.SOON).until(() -> isRefused(address));
			assertThat(stopped).isNotDone();
			mayFinish.countDown();
			assertThat(peer.readLine()).isEqualTo("finished");
			assertThat(peer.readLine()).isEqualTo("goodbye");
			assertThat(peer.readLine()).isNull();
			stopped.get(20, TimeUnit.SECONDS);
		}
		finally {
			mayFinish.countDown();
		}
	}

	@Test
	void whenHandlerOutlastsTheGracePeriodThenStoppingEndsWithItAndTheLogNamesTheServer(CapturedOutput output)
			throws Exception {
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch mayFinish = new CountDownLatch(1);
		this.endpoints.onMessage((message) -> {
			handling.countDown();
			awaitUninterruptibly(mayFinish);
		});
		TcpServer server = this.endpoints.serve((settings) -> settings.shutdownGrace(Duration.ofMillis(500))
			.connection((connection) -> connection.dispatch(Dispatch.THREAD)));
		try (Peer peer = new Peer(server)) {
			peer.send("begin");
			handling.await();
			long start = System.nanoTime();
			server.stop();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(400),
					Duration.ofSeconds(20));
			assertThat(server.isRunning()).isFalse();
			assertThat(peer.readLineOrReset()).isNull();
			assertThat(output).contains(
					"A handler of TCP server '" + server.getName() + "' has not returned within the " + "grace period");
		}
		finally {
			mayFinish.countDown();
		}
	}

	@Test
	void whenServersStopTogetherThenTheirGracePeriodsRunAtTheSameTime() throws Exception {
		CountDownLatch handling = new CountDownLatch(5);
		CountDownLatch mayFinish = new CountDownLatch(1);
		List<Peer> peers = new ArrayList<>();
		List<TcpServer> servers = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			String name = "server" + i;
			this.endpoints.onMessage(name, (message) -> {
				handling.countDown();
				awaitUninterruptibly(mayFinish);
			});
			TcpServer server = this.endpoints.serve(name, (settings) -> settings.shutdownGrace(Duration.ofSeconds(2)));
			servers.add(server);
			peers.add(new Peer(server).send("begin"));
		}
		handling.await();
		CountDownLatch stopped = new CountDownLatch(servers.size());
		try (Stalls stalls = new Stalls()) {
			long start = System.nanoTime();
			servers.forEach((server) -> server.stop(stopped::countDown));
			assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(Duration.ofNanos(System.nanoTime() - start).minus(stalls.total()))
				.isLessThan(Duration.ofSeconds(2 * servers.size()));
		}
		mayFinish.countDown();
		peers.forEach(Peer::close);
	}

	private static boolean isRefused(InetSocketAddress address) {
		try {
			new Peer(address, 0).close();
			return false;
		}
		catch (UncheckedIOException ex) {
			return ex.getCause() instanceof ConnectException;
		}
	}

	private List<Peer> peers(TcpServer server) {
		return IntStream.range(0, PEERS).mapToObj((i) -> new Peer(server)).toList();
	}

	/** Writes numbered lines, a hundred at a time. */
	private static int sendUntilClosed(Peer peer) {
		int number = 0;
		try {
			while (number < 10_000_000) {
				StringBuilder lines = new StringBuilder();
				for (int i = 0; i < 100; i++) {
					lines.append(number++).append('\n');
				}
				peer.sendRaw(lines.toString().getBytes(StandardCharsets.UTF_8));
			}
		}
		catch (UncheckedIOException ex) {
			// the server has closed
		}
		return number;
	}

	private static int countRepliesUpToGoodbye(Peer peer) {
		int expected = 0;
		String line;
		while ((line = peer.readLine()) != null && line.equals(Integer.toString(expected))) {
			expected++;
		}
		assertThat(line).isEqualTo("goodbye");
		assertThat(peer.readLineOrReset()).isNull();
		return expected;
	}

	private static <T> CompletableFuture<T> inBackground(Supplier<T> task) {
		return OwnThread.call(task);
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		boolean interrupted = false;
		while (true) {
			try {
				latch.await();
				break;
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
