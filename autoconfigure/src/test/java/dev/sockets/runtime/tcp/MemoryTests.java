package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.InboxOverflow;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.loop.MemoryBudget;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Ports;
import dev.sockets.testkit.TestedEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What all connections keep together has a bound; when it is reached those that keep most
 * are closed, and the others are served. Break B1.
 */
@Timeout(120)
class MemoryTests {

	private static final int MEGA = 1024 * 1024;

	private final MemoryBudget memory = new MemoryBudget(2 * MEGA);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(TestedEngine.loops(2, this.memory));

	private final List<Peer> peers = new ArrayList<>();

	private final CountDownLatch blocked = new CountDownLatch(1);

	@AfterEach
	void closePeers() {
		this.blocked.countDown();
		this.peers.forEach(Peer::close);
	}

	@Test
	void whenManySendFramesWithoutAnEndThenTheLargestAreClosedAndTheOthersAreServed() {
		TcpServer server = this.endpoints.echo().server();
		Peer good = peer(server);
		good.send("begun");
		assertThat(good.readLine()).isEqualTo("begun");
		Peer small = peer(server);
		small.trySend("x".repeat(1000).getBytes());
		for (int i = 0; i < 100; i++) {
			peer(server).trySend("x".repeat(60_000).getBytes());
			assertThat(good.ask("still served")).isEqualTo("still served");
			assertThat(this.memory.used()).isLessThan(4 * MEGA);
		}
		Awaitility.await().until(() -> closed() > 10);
		Awaitility.await().until(() -> this.memory.used() < 2 * MEGA);
		assertThat(small.send("and its end").readLine()).endsWith("xand its end");
		this.peers.stream().filter((peer) -> peer != good).forEach(Peer::close);
		Awaitility.await().until(() -> this.memory.used() == 0);
		assertThat(good.ask("y".repeat(60_000))).hasSize(60_000);
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(server.statistics().connections().closed().get("MEMORY")).isEqualTo(closed()));
	}

	@Test
	void whenHandlersOnThreadsAreLateThenWhatWaitsForThemHasABound() {
		AtomicInteger handled = new AtomicInteger();
		TcpServer server = this.endpoints.onMessage((message) -> {
			await(this.blocked);
			handled.incrementAndGet();
		}).server((connection) -> connection.dispatch(Dispatch.THREAD));
		TcpServer other = this.endpoints.onMessage("other", (message) -> message.reply(message.getPayload()))
			.server("other", (connection) -> {
			});
		Peer good = peer(other);
		String message = "x".repeat(30_000) + "\n";
		for (int i = 0; i < 40; i++) {
			Peer peer = peer(server);
			for (int n = 0; n < 8; n++) {
				peer.trySend(message.getBytes());
			}
			assertThat(good.ask("served")).isEqualTo("served");
			assertThat(this.memory.used()).isLessThan(4 * MEGA);
		}
		Awaitility.await().until(() -> server.statistics().connections().closed().get("MEMORY") > 0);
		assertThat(good.ask("still served")).isEqualTo("still served");
		this.blocked.countDown();
		Awaitility.await().until(() -> this.memory.used() == 0);
		assertThat(handled).hasPositiveValue();
	}

	@Test
	void whenWhatHandlersHoldOfClosedConnectionsUsesUpTheMemoryThenNobodyElseIsClosedForIt() {
		AtomicInteger inside = new AtomicInteger();
		TcpServer server = this.endpoints.onMessage((message) -> {
			inside.incrementAndGet();
			await(this.blocked);
		}).server((connection) -> connection.dispatch(Dispatch.THREAD).maxFrameSize(MEGA));
		int[] sizes = { 600_000, 600_000, 200_000, 200_000, 200_000, 50_000, 50_000, 50_000, 50_000 };
		for (int i = 0; i < sizes.length; i++) {
			peer(server).send("x".repeat(sizes[i]));
			int expected = i + 1;
			Awaitility.await().until(() -> inside.get() == expected);
			server.disconnectAll();
			Awaitility.await().until(() -> server.getConnections().isEmpty());
		}
		peer(server).send("x".repeat(150_000));
		Awaitility.await().until(this.memory::isUsedUp);
		Awaitility.await()
			.during(Duration.ofSeconds(1))
			.until(() -> this.memory.isUsedUp() && server.getConnections().size() == 1);
		this.blocked.countDown();
		Awaitility.await().until(() -> inside.get() == sizes.length + 1 && this.memory.used() == 0);
	}

	@Test
	void whenLargeRepliesWaitForLateOnesThenTheyCountUntilTheConnectionEndsAndNotAfterwards() {
		List<CompletableFuture<Object>> late = new CopyOnWriteArrayList<>();
		TcpServer server = this.endpoints.newServer("server", 0, (connection) -> connection.maxPending(100_000));
		server.addHandler((connection, payload) -> {
			if (payload.equals("large")) {
				return "x".repeat(60_000);
			}
			CompletableFuture<Object> reply = new CompletableFuture<>();
			late.add(reply);
			return reply;
		});
		server.start();
		for (int i = 0; i < 3; i++) {
			Peer peer = peer(server);
			peer.send("late", "late");
			for (int n = 0; n < 100; n++) {
				peer.send("large");
			}
		}
		Awaitility.await().until(() -> late.size() == 6 && this.memory.used() > 300_000);
		assertThat(this.memory.used()).isLessThan(MEGA);
		server.disconnectAll();
		Awaitility.await().until(() -> server.getConnections().isEmpty() && this.memory.used() == 0);
		late.forEach((reply) -> reply.complete("x".repeat(60_000)));
		assertThat(this.memory.used()).isZero();
	}

	@Test
	void whenPeersTakeNothingThenTheLargestAreClosedAndTheOthersGetTheirs() {
		TcpServer server = this.endpoints.echo()
			.server((connection) -> connection.maxPending(100 * MEGA).writeTimeout(Duration.ofMinutes(1)));
		for (int i = 0; i < 3; i++) {
			this.peers.add(new Peer(server.getLocalAddress(), 4096));
		}
		Awaitility.await().until(() -> server.getConnections().size() == 3);
		Peer good = peer(server);
		assertThat(good.ask("begun")).isEqualTo("begun");
		Awaitility.await().until(() -> {
			for (Connection connection : server.getConnections()) {
				if (!connection.getRemoteAddress().equals(good.address())) {
					connection.sendAsync("x".repeat(60_000));
				}
			}
			assertThat(this.memory.used()).isLessThan(4 * MEGA);
			return closed() > 0;
		});
		assertThat(good.ask("served")).isEqualTo("served");
		server.disconnectAll();
		this.peers.forEach(Peer::close);
		Awaitility.await().until(() -> this.memory.used() == 0);
	}

	@ParameterizedTest
	@EnumSource
	void whenMessagesWaitInAnInboxThenTheyCountAndLeaveRoomForOthers(Dispatch dispatch) {
		TcpServer server = this.endpoints.newServer("server", 0,
				(connection) -> connection.dispatch(dispatch).inbox(10_000, InboxOverflow.DROP_OLDEST));
		server.addHandler((connection, payload) -> "taken");
		server.start();
		Peer peer = peer(server);
		String message = "x".repeat(30_000);
		for (int i = 0; i < 100; i++) {
			assertThat(peer.ask(message)).isEqualTo("taken");
			assertThat(this.memory.used()).isLessThan(MEGA + MEGA / 2);
		}
		assertThat(this.memory.used()).isGreaterThan(MEGA / 2);
		assertThat(closed()).isZero();
		assertThat(server.inbox().size()).isBetween(10, 100);
		Awaitility.await().until(() -> server.inbox().poll() == null && this.memory.used() == 0);
		assertThat(peer.ask(message)).isEqualTo("taken");
		server.stop();
		Awaitility.await().until(() -> this.memory.used() == 0);
		assertThat(server.inbox().drain()).isNotEmpty();
		assertThat(this.memory.used()).isZero();
	}

	@Test
	void whenRequestsByOpcodeWaitThenTheyCountUntilTheyAreAnswered() {
		RpcPair pair = new RpcPair(this.endpoints);
		pair.fromServer().bind("wait", (request) -> {
			await(this.blocked);
			return null;
		});
		RpcPeer rpc = pair.fromClient();
		for (int i = 0; i < 10; i++) {
			rpc.executeAsync("wait", "x".repeat(10_000));
		}
		Awaitility.await().until(() -> this.memory.used() >= 100_000);
		this.blocked.countDown();
		Awaitility.await().until(() -> this.memory.used() == 0);
	}

	@Test
	void whenRepliesAreKeptThenTheyCountUntilTheyAreTakenOrTheConnectionEnds() {
		RpcPair pair = new RpcPair(this.endpoints);
		pair.fromServer().bind("large", (request) -> "x".repeat(10_000));
		RpcPeer rpc = pair.near.rpc();
		List<Long> codes = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			codes.add(rpc.send("large"));
		}
		Awaitility.await()
			.until(() -> pair.near.getStatistics().messagesReceived() == 10 && this.memory.used() > 100_000);
		long all = this.memory.used();
		for (int i = 0; i < 5; i++) {
			assertThat(rpc.poll(codes.get(i), TestEndpoints.SOON)).isNotNull();
		}
		Awaitility.await().untilAsserted(() -> assertThat(this.memory.used()).isBetween(50_000L, all - 50_000));
		pair.near.close();
		Awaitility.await().until(() -> this.memory.used() == 0);
		assertThat(rpc.poll(codes.get(9), Duration.ZERO)).isNotNull();
		assertThat(this.memory.used()).isZero();
	}

	@Test
	void whenMessagesWaitForAConnectionThenTheyCountUntilItIsThere() {
		TcpClient client = this.endpoints.newClient("client", Ports.free(),
				(settings) -> settings.connection((connection) -> connection.maxPending(100 * MEGA))
					.bufferWhenDisconnected(100 * MEGA)
					.reconnect(Reconnect.DEFAULTS));
		client.start();
		while (!client.sendAsync("x".repeat(60_000)).isCompletedExceptionally()) {
			assertThat(this.memory.used()).isLessThan(3 * MEGA);
		}
		assertThat(this.memory.isUsedUp()).isTrue();
		client.stop();
		assertThat(this.memory.used()).isZero();
	}

	@Test
	void whenEverythingIsHandledAtOnceThenNothingIsCounted() {
		TcpServer server = this.endpoints.onMessage((message) -> assertThat(this.memory.used()).isZero())
			.server((connection) -> connection.dispatch(Dispatch.LOOP));
		Peer peer = peer(server);
		for (int i = 0; i < 100; i++) {
			peer.send("message");
		}
		Awaitility.await().until(() -> server.statistics().messages().received() == 100);
		assertThat(server.statistics().messages().failed().values()).containsOnly(0L);
	}

	private Peer peer(TcpServer server) {
		Peer peer = new Peer(server);
		this.peers.add(peer);
		return peer;
	}

	private int closed() {
		return (int) this.endpoints.events(DisconnectedEvent.class).stream().filter(MemoryTests::isForMemory).count();
	}

	private static boolean isForMemory(DisconnectedEvent event) {
		return event.getReason() == DisconnectReason.MEMORY;
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
