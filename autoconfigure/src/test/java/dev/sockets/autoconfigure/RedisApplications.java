package dev.sockets.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import dev.sockets.actuate.BackplaneHealthIndicator;
import dev.sockets.event.NodeLeftEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.event.UserOfflineEvent;
import dev.sockets.runtime.backplane.Backplane;
import dev.sockets.runtime.backplane.BackplaneCounters;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Patience;
import dev.sockets.testkit.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three applications that find each other by the Redis of their configuration. Each has
 * one connection, which is of user {@code user0} and so on, and all are in group
 * {@code hall}.
 */
final class RedisApplications implements AutoCloseable {

	private static final int COUNT = 3;

	/** It does so for 30 s when it was held up for two. */
	private static final Duration A_SENTINEL_THAT_DOES_NOTHING = Duration.ofSeconds(75);

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	private final List<Socket> sockets = new ArrayList<>();

	private final List<BufferedReader> lines = new ArrayList<>();

	private final List<Connection> connections = new ArrayList<>();

	private int round;

	/**
	 * Starts them, and waits until they are one server.
	 * @param properties those of all of them
	 */
	RedisApplications(String... properties) {
		this((node) -> properties);
	}

	/**
	 * Starts them, and waits until they are one server.
	 * @param properties those of each of them
	 */
	RedisApplications(IntFunction<String[]> properties) {
		for (int i = 0; i < COUNT; i++) {
			this.contexts.add(start("node" + i, properties.apply(i)));
		}
		for (int i = 0; i < COUNT; i++) {
			connect(hub(i), "user" + i);
		}
		awaitEachOther();
	}

	/**
	 * Starts one application.
	 * @param node its node
	 * @param properties its properties
	 */
	static ConfigurableApplicationContext start(String node, String... properties) {
		Stream<String> always = Stream.of("spring.main.banner-mode=off", "spring.application.name=shop",
				"sockets.node=" + node, "sockets.backplane.type=redis", "sockets.backplane.heartbeat.interval=1s",
				"sockets.backplane.heartbeat.timeout=8s", "sockets.backplane.request-timeout=30s",
				"sockets.tcp.server.hub.port=0", "sockets.tcp.server.hub.host=127.0.0.1");
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(Stream.concat(always, Arrays.stream(properties)).toArray(String[]::new))
			.run();
	}

	private void connect(TcpServer hub, String user) {
		try {
			Socket socket = new Socket("127.0.0.1", hub.getLocalAddress().getPort());
			socket.setSoTimeout((int) Patience.SOON.toMillis());
			this.sockets.add(socket);
			this.lines.add(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
			InetSocketAddress peer = (InetSocketAddress) socket.getLocalSocketAddress();
			Awaitility.await().until(() -> hub.findConnection(peer).isPresent());
			Connection connection = hub.findConnection(peer).orElseThrow();
			connection.bind(user);
			assertThat(hub.group("hall").join(connection)).succeedsWithin(Patience.SOON);
			this.connections.add(connection);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Waits until all of them know all that all have. */
	void awaitEachOther() {
		for (int i = 0; i < COUNT; i++) {
			TcpServer hub = hub(i);
			Awaitility.await().until(() -> hub.presence().isCurrent());
			Awaitility.await().until(() -> hub.presence().nodes().size() == COUNT);
			Awaitility.await().until(() -> hub.group("hall").members().size() == COUNT);
			for (int user = 0; user < COUNT; user++) {
				String name = "user" + user;
				Awaitility.await().until(() -> hub.presence().ofUser(name).size() == 1);
			}
		}
	}

	/**
	 * Has each of them send to all, to a group, to a user and to a connection on others,
	 * and those and nobody else read that, in order.
	 */
	void assertAllReachAll() {
		this.round++;
		for (int from = 0; from < COUNT; from++) {
			int to = (from + 1) % COUNT;
			TcpServer hub = hub(from);
			String tag = " " + this.round + " of " + from;
			hub.broadcast("all" + tag);
			hub.group("hall").send("hall" + tag);
			hub.user("user" + to).send("user" + tag);
			assertThat(hub.sendAsync(this.connections.get(to).getId(), "one" + tag)).succeedsWithin(Patience.SOON);
			assertThat(readUntil(to, "one" + tag)).endsWith("all" + tag, "hall" + tag, "user" + tag);
			int other = (from + 2) % COUNT;
			assertThat(readUntil(other, "hall" + tag)).endsWith("all" + tag);
			assertThat(readUntil(from, "hall" + tag)).endsWith("all" + tag);
		}
	}

	/** Returns what a peer reads before a line. */
	List<String> readUntil(int peer, String end) {
		try {
			List<String> read = new ArrayList<>();
			String line;
			while (!end.equals(line = this.lines.get(peer).readLine())) {
				read.add(line);
			}
			return read;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	TcpServer hub(int node) {
		return this.contexts.get(node).getBean("hub", TcpServer.class);
	}

	BackplaneCounters counters(int node) {
		return this.contexts.get(node).getBean(Backplane.class).counters();
	}

	Health health(int node) {
		return this.contexts.get(node).getBean(BackplaneHealthIndicator.class).health();
	}

	/** Returns the events of a kind that a node has published. */
	<E extends SocketEvent> List<E> events(int node, Class<E> kind) {
		return this.contexts.get(node).getBean(Application.class).events(kind);
	}

	/** Waits until all nodes have both connections with a server. */
	static void awaitAllOn(RedisServer server) {
		for (int i = 0; i < COUNT; i++) {
			awaitOn(server, i);
		}
	}

	static void awaitOn(RedisServer server, int node) {
		String name = "sockets:node" + node + " ";
		Awaitility.await()
			.atMost(A_SENTINEL_THAT_DOES_NOTHING)
			.ignoreExceptions()
			.until(() -> server.clients(name, true).size() == 1 && server.clients(name, false).size() == 1);
	}

	void assertNobodyHasLeft() {
		for (int i = 0; i < COUNT; i++) {
			assertThat(events(i, NodeLeftEvent.class)).isEmpty();
			assertThat(events(i, UserOfflineEvent.class)).isEmpty();
		}
	}

	@Override
	public void close() {
		try {
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.contexts.forEach(ConfigurableApplicationContext::close);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, DataRedisAutoConfiguration.class,
			SocketsRedisAutoConfiguration.class, SocketsAutoConfiguration.class,
			SocketsBackplaneHealthAutoConfiguration.class })
	static class Application {

		private final Queue<SocketEvent> events = new ConcurrentLinkedQueue<>();

		@EventListener
		void on(SocketEvent event) {
			this.events.add(event);
		}

		<E extends SocketEvent> List<E> events(Class<E> kind) {
			return this.events.stream().filter(kind::isInstance).map(kind::cast).toList();
		}

	}

}
