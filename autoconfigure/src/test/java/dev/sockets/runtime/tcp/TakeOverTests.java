package dev.sockets.runtime.tcp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The event loop goes on without handlers that block, whatever else they do. Each test
 * has 200 connections that block the one loop at the same time; they belong to 20
 * servers, as a server whose handlers block more often gets threads for them.
 */
@Timeout(120)
class TakeOverTests {

	private static final int SERVERS = 20;

	private static final int CONNECTIONS = 10;

	private static final String[] REQUESTS = { "1", "2", "block", "4", "5" };

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final List<TcpServer> servers = new ArrayList<>();

	private final List<Peer> peers = new ArrayList<>();

	private final Set<Thread> lateThreads = ConcurrentHashMap.newKeySet();

	@Test
	void whenHandlersReturnThenNothingIsLost() {
		connect((message) -> {
		});
		this.peers.forEach((peer) -> peer.send(REQUESTS));
		expectReplies("1", "2", "block", "4", "5");
		expectHealth();
	}

	@Test
	void whenHandlersThrowExceptionsThenNothingElseIsLost() {
		connect((message) -> {
			throw new IllegalStateException("on purpose");
		});
		this.peers.forEach((peer) -> peer.send(REQUESTS));
		expectReplies("1", "2", "4", "5");
		assertThat(this.endpoints.awaitEvents(MessageErrorEvent.class, SERVERS * CONNECTIONS))
			.hasSize(SERVERS * CONNECTIONS)
			.allMatch((error) -> error.getCause().getCause() instanceof IllegalStateException);
		expectHealth();
	}

	@Test
	void whenHandlersThrowErrorsThenNothingElseIsLost() {
		connect((message) -> {
			throw new AssertionError("on purpose");
		});
		this.peers.forEach((peer) -> peer.send(REQUESTS));
		expectReplies("1", "2", "4", "5");
		expectHealth();
	}

	@Test
	void whenHandlersInterruptTheirThreadsThenTheNextMessagesAreNotInterrupted() {
		Set<Object> interrupted = ConcurrentHashMap.newKeySet();
		connect((message) -> Thread.currentThread().interrupt(), (message) -> {
			if (Thread.currentThread().isInterrupted()) {
				interrupted.add(message.getPayload());
			}
		});
		this.peers.forEach((peer) -> peer.send(REQUESTS));
		expectReplies("1", "2", "block", "4", "5");
		expectHealth();
		assertThat(interrupted).isEmpty();
	}

	@Test
	void whenHandlersCloseTheirConnectionThenItEndsAfterTheRepliesBefore() {
		connect((message) -> message.getConnection().close());
		this.peers.forEach((peer) -> peer.send(REQUESTS));
		for (Peer peer : this.peers) {
			assertThat(peer.readLine()).isEqualTo("1");
			assertThat(peer.readLine()).isEqualTo("2");
			assertThat(peer.readLine()).isNull();
		}
		assertThat(this.endpoints.awaitEvents(DisconnectedEvent.class, this.peers.size())).hasSize(this.peers.size())
			.allMatch((event) -> event.getReason() == DisconnectReason.LOCAL);
		this.peers.replaceAll((peer) -> new Peer(this.servers.get(this.peers.indexOf(peer) / CONNECTIONS)));
		expectHealth();
	}

	@Test
	void whenHandlersStopTheirServerThenEverythingReceivedIsAnswered() {
		connect((message) -> this.servers.get(serverOf(message)).stop());
		for (Peer peer : this.peers) {
			assertThat(peer.ask("0")).isEqualTo("0");
		}
		this.peers.forEach((peer) -> peer.send("block"));
		AtomicInteger answered = new AtomicInteger();
		for (Peer peer : this.peers) {
			String reply = peer.readLine();
			if (reply != null) {
				assertThat(reply).isEqualTo("block");
				answered.incrementAndGet();
				assertThat(peer.readLine()).isNull();
			}
		}
		assertThat(answered).hasValueGreaterThanOrEqualTo(SERVERS);
		assertThat(this.endpoints.awaitEvents(DisconnectedEvent.class, this.peers.size())).hasSize(this.peers.size())
			.allMatch((event) -> event.getReason() == DisconnectReason.SHUTDOWN);
		Awaitility.await().until(() -> this.endpoints.engineThreads().isEmpty());
	}

	@Test
	void whenHandlersConnectClientsThenTheyGetTheirConnections() {
		TcpServer other = this.endpoints.onMessage("other", (message) -> message.reply(message.getPayload()))
			.server("other", (connection) -> {
			});
		AtomicInteger number = new AtomicInteger();
		Set<String> connected = ConcurrentHashMap.newKeySet();
		connect((message) -> {
			String name = "client" + number.incrementAndGet();
			CountDownLatch answered = new CountDownLatch(1);
			this.endpoints.onMessage(name, (answer) -> answered.countDown());
			TcpClient client = this.endpoints.newClient(name, other.getLocalAddress().getPort(), (settings) -> {
			});
			connected.add(client.connect().getId());
			client.send("hello");
			awaitLatch(answered);
		});
		this.peers.forEach((peer) -> peer.send(REQUESTS));
		expectReplies("1", "2", "block", "4", "5");
		assertThat(connected).hasSize(this.peers.size());
		expectHealth();
	}

	@Test
	void whenServersAreStoppedMeanwhileThenHandlersFinishAndTheirRepliesAreSent() throws Exception {
		CountDownLatch allBlock = new CountDownLatch(SERVERS * CONNECTIONS);
		CountDownLatch released = new CountDownLatch(1);
		connect((message) -> {
			allBlock.countDown();
			awaitLatch(released);
		});
		this.peers.forEach((peer) -> peer.send(REQUESTS));
		assertThat(allBlock.await(60, TimeUnit.SECONDS)).isTrue();
		CountDownLatch stopped = new CountDownLatch(SERVERS);
		this.servers.forEach((server) -> server.stop(stopped::countDown));
		assertThat(stopped.getCount()).isEqualTo(SERVERS);
		released.countDown();
		expectReplies("1", "2", "block", "4", "5");
		for (Peer peer : this.peers) {
			assertThat(peer.readLine()).isNull();
		}
		assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(this.endpoints.events(DisconnectedEvent.class)).hasSize(this.peers.size())
			.allMatch((event) -> event.getReason() == DisconnectReason.SHUTDOWN);
		Awaitility.await().until(() -> this.endpoints.engineThreads().isEmpty());
	}

	private void connect(Consumer<MessageReceivedEvent<?>> misbehaviour) {
		connect(misbehaviour, (message) -> {
		});
	}

	private void connect(Consumer<MessageReceivedEvent<?>> misbehaviour, Consumer<MessageReceivedEvent<?>> behaviour) {
		Consumer<MessageReceivedEvent<?>> handler = (message) -> {
			if (message.getPayload().equals("block")) {
				this.lateThreads.add(Thread.currentThread());
				TestEndpoints.block(20);
				misbehaviour.accept(message);
			}
			else {
				behaviour.accept(message);
			}
			if (message.getConnection().isOpen()) {
				message.reply(message.getPayload());
			}
		};
		for (int i = 0; i < SERVERS; i++) {
			this.endpoints.onMessage("server" + i, handler);
			TcpServer server = this.endpoints.server("server" + i, (connection) -> {
			});
			this.servers.add(server);
			IntStream.range(0, CONNECTIONS).forEach((number) -> this.peers.add(new Peer(server)));
		}
	}

	private static int serverOf(MessageReceivedEvent<?> message) {
		return Integer.parseInt(message.getEndpoint().substring("server".length()));
	}

	private void expectReplies(String... expected) {
		for (Peer peer : this.peers) {
			List<String> replies = new ArrayList<>();
			for (int i = 0; i < expected.length; i++) {
				replies.add(peer.readLine());
			}
			assertThat(replies).containsExactly(expected);
		}
	}

	private void expectHealth() {
		assertThat(this.lateThreads).hasSizeGreaterThan(CONNECTIONS);
		for (Peer peer : this.peers) {
			assertThat(peer.ask("still there?")).isEqualTo("still there?");
		}
		Set<String> connections = new HashSet<>();
		this.servers.forEach((server) -> server.getConnections().forEach((open) -> connections.add(open.getId())));
		assertThat(connections).hasSize(this.peers.size());
		Awaitility.await().until(() -> this.endpoints.loopThreads().size() == 1);
		this.peers.forEach(Peer::close);
	}

	private static void awaitLatch(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
