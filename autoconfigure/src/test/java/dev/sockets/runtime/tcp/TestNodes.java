package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.awaitility.Awaitility;

import org.springframework.test.util.ReflectionTestUtils;

import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.BackplaneSettings;
import dev.sockets.backplane.LocalBroker;
import dev.sockets.runtime.backplane.Backplane;
import dev.sockets.runtime.backplane.frame.Target;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.FaultyEngine;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One node without a backplane, or several that form one server, in this JVM.
 */
final class TestNodes implements AutoCloseable {

	static final Duration BEAT = Duration.ofMillis(200);

	static final Duration SILENCE = Duration.ofSeconds(2);

	private final LocalBroker broker = new LocalBroker();

	private final Function<String, BackplaneEngine> broughtBy;

	private final List<TestEndpoints> endpoints = new ArrayList<>();

	private final List<Backplane> backplanes = new ArrayList<>();

	private final List<FaultyEngine> engines = new ArrayList<>();

	private final List<TcpServer> servers = new ArrayList<>();

	private final List<Peer> peers = new ArrayList<>();

	private final List<Connection> connections = new ArrayList<>();

	private final UnaryOperator<BackplaneSettings.Builder> settings;

	TestNodes(int count) {
		this(count, (builder) -> builder);
	}

	TestNodes(int count, UnaryOperator<BackplaneSettings.Builder> settings) {
		this.settings = settings;
		this.broughtBy = (id) -> this.broker.engine();
		start(count);
	}

	/**
	 * Starts nodes that are patient with each other, for tests in which none is to leave
	 * and nothing is to be lost, whatever else the machine does.
	 */
	static TestNodes steady(int count) {
		return new TestNodes(count, TestNodes::steady);
	}

	static BackplaneSettings.Builder steady(BackplaneSettings.Builder settings) {
		return settings.heartbeat(Duration.ofSeconds(3), Duration.ofSeconds(60))
			.requests(TestEndpoints.SOON, 10_000)
			.outbound(8 * 1024 * 1024, TestEndpoints.SOON);
	}

	/**
	 * The same for tests that wait for what is told by heartbeats.
	 */
	static BackplaneSettings.Builder talkative(BackplaneSettings.Builder settings) {
		return steady(settings).heartbeat(Duration.ofMillis(1200), Duration.ofSeconds(60));
	}

	/**
	 * Starts nodes with engines of their own.
	 * @param count how many
	 * @param settings changes those of their backplanes
	 * @param engines makes the engine of each node by its id
	 */
	TestNodes(int count, UnaryOperator<BackplaneSettings.Builder> settings, Function<String, BackplaneEngine> engines) {
		this.settings = settings;
		this.broughtBy = engines;
		start(count);
	}

	private void start(int count) {
		if (count == 1) {
			this.endpoints.add(new TestEndpoints(2));
			return;
		}
		for (int i = 0; i < count; i++) {
			add("node" + i, this.settings);
		}
	}

	/** Starts one more node. */
	TestEndpoints add(String id) {
		return add(id, this.settings);
	}

	TestEndpoints add(String id, UnaryOperator<BackplaneSettings.Builder> settings) {
		FaultyEngine engine = new FaultyEngine(this.broughtBy.apply(id));
		BackplaneSettings.Builder builder = BackplaneSettings.builder("test").heartbeat(BEAT, SILENCE).groupChannels(2);
		Backplane backplane = new Backplane(id, settings.apply(builder).build(), engine, ForkJoinPool.commonPool());
		backplane.start();
		this.engines.add(engine);
		this.backplanes.add(backplane);
		TestEndpoints added = new TestEndpoints(backplane);
		this.endpoints.add(added);
		return added;
	}

	/** As if a node had been started earlier. */
	void makeOlder(int node, Duration by) {
		Object parts = ReflectionTestUtils.getField(this.backplanes.get(node), "parts");
		Object self = ReflectionTestUtils.getField(parts, "node");
		long since = (long) ReflectionTestUtils.getField(self, "since");
		ReflectionTestUtils.setField(self, "since", since - by.toMillis());
	}

	LocalBroker broker() {
		return this.broker;
	}

	TestEndpoints endpoints(int node) {
		return this.endpoints.get(node);
	}

	Backplane backplane(int node) {
		return this.backplanes.get(node);
	}

	FaultyEngine engine(int node) {
		return this.engines.get(node);
	}

	TcpServer server(int node) {
		return this.servers.get(node % this.servers.size());
	}

	/** Starts the server on all nodes. */
	List<TcpServer> serve(Consumer<TcpServerSettings.Builder> settings) {
		this.endpoints.forEach((node) -> this.servers.add(node.serve(settings)));
		awaitEachOther();
		return this.servers;
	}

	TcpServer serveOn(int node, Consumer<TcpServerSettings.Builder> settings) {
		TcpServer server = this.endpoints.get(node).serve(settings);
		this.servers.add(server);
		return server;
	}

	void awaitEachOther() {
		awaitNodes(this.servers.size(), this.servers);
	}

	static void awaitNodes(int count, List<TcpServer> servers) {
		Awaitility.await()
			.untilAsserted(() -> servers.forEach((server) -> assertThat(server.presence().nodes()).hasSize(count)));
		Awaitility.await().until(() -> servers.stream().allMatch((server) -> server.presence().isCurrent()));
	}

	/**
	 * Waits until what is sent to all of a server comes to each node: it does when a
	 * channel is heard that was asked for later.
	 */
	void awaitHearing() {
		for (Backplane backplane : this.backplanes) {
			backplane.needs("server", Target.Kind.GROUP, "asked for later");
			Awaitility.await().until(() -> {
				CompletableFuture<Void> heard = backplane.whenHeard("server", Target.Kind.GROUP, "asked for later");
				return heard.isDone() && !heard.isCompletedExceptionally();
			});
			backplane.needsNoMore("server", Target.Kind.GROUP, "asked for later");
		}
	}

	/** Connects one peer after the other, to one node after the other. */
	List<Connection> connect(int count) {
		for (int i = 0; i < count; i++) {
			connectTo(i);
		}
		return this.connections.subList(this.connections.size() - count, this.connections.size());
	}

	Connection connectTo(int node) {
		TcpServer server = server(node);
		Peer peer = new Peer(server);
		this.peers.add(peer);
		Awaitility.await().until(() -> server.findConnection(peer.address()).isPresent());
		Connection connection = server.findConnection(peer.address()).orElseThrow();
		this.connections.add(connection);
		return connection;
	}

	Peer peer(int index) {
		return this.peers.get(index);
	}

	/** Returns the server of the node that a connection is on. */
	TcpServer of(Connection connection) {
		return this.servers.stream()
			.filter((server) -> server.findConnection(connection.getId()).isPresent())
			.findFirst()
			.orElseThrow();
	}

	/** Has a connection join, and waits until others' messages reach it. */
	void join(String group, Connection connection) {
		CompletableFuture<Boolean> joined = of(connection).group(group).join(connection);
		assertThat(joined).succeedsWithin(TestEndpoints.SOON);
	}

	/** Returns what each peer reads before a line that says end. */
	List<List<String>> linesUntilEnd() {
		return this.peers.stream().map(Peers::linesUntilEnd).toList();
	}

	/**
	 * Returns the same, where a server says end until all have read that: a node that was
	 * held up hears nothing for a moment.
	 */
	List<List<String>> linesUntilEndOf(TcpServer server) {
		List<CompletableFuture<List<String>>> read = this.peers.stream()
			.map((peer) -> OwnThread.call(() -> Peers.linesUntilEnd(peer)))
			.toList();
		Awaitility.await().pollInterval(Duration.ofMillis(100)).until(() -> {
			boolean over = read.stream().allMatch(CompletableFuture::isDone);
			if (!over) {
				server.broadcast("end");
			}
			return over;
		});
		return read.stream().map(CompletableFuture::join).toList();
	}

	/** Returns whether messages of other nodes to a user reach a connection. */
	boolean isReached(Connection connection, String user) {
		int node = this.servers.indexOf(of(connection));
		if (this.backplanes.isEmpty()) {
			return true;
		}
		CompletableFuture<Void> heard = this.backplanes.get(node)
			.whenHeard(connection.getEndpoint(), Target.Kind.USER, user);
		return heard != null && heard.isDone();
	}

	/** Waits until each node knows of as many connections. */
	void awaitPresence(int count) {
		Awaitility.await().until(() -> this.servers.stream().allMatch((server) -> server.presence().size() == count));
	}

	@Override
	public void close() {
		this.peers.forEach(Peer::close);
		this.endpoints.forEach(TestNodes::stopServers);
		this.backplanes.forEach(Backplane::stop);
		this.endpoints.forEach(TestEndpoints::close);
	}

	private static void stopServers(TestEndpoints endpoints) {
		endpoints.stopAll();
	}

}
