package dev.sockets.tcp.endpoint;

import java.io.File;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections leave nothing behind.
 */
@Timeout(60)
class LeakTests {

	private static final int CONNECTIONS = 10_000;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	private final Queue<WeakReference<Connection>> connections = new ConcurrentLinkedQueue<>();

	private final AtomicInteger disconnected = new AtomicInteger();

	@Test
	void whenManyPeersHaveComeAndGoneThenNothingIsLeft() throws Exception {
		this.endpoints.echo()
			.onMessage("threaded", (message) -> message.reply(message.getPayload()))
			.onEvent((event) -> {
				if (event instanceof ConnectedEvent connected) {
					this.connections.add(new WeakReference<>(connected.getConnection()));
				}
				else if (event instanceof DisconnectedEvent) {
					this.disconnected.incrementAndGet();
				}
			});
		TcpServer server = this.endpoints.server();
		TcpServer threaded = this.endpoints.server("threaded", (connection) -> connection.dispatch(Dispatch.THREAD));
		connect(server, 100);
		connect(threaded, 100);
		Awaitility.await().until(() -> this.disconnected.get() == 200);
		int descriptors = descriptors();
		int threads = this.endpoints.engineThreads().size();
		connect(server, CONNECTIONS / 2);
		connect(threaded, CONNECTIONS / 2);
		Awaitility.await().until(() -> this.disconnected.get() == CONNECTIONS + 200);
		assertThat(server.getConnections()).isEmpty();
		assertThat(threaded.getConnections()).isEmpty();
		assertThat(server.status().connectionsOpened() + threaded.status().connectionsOpened())
			.isEqualTo(CONNECTIONS + 200);
		Awaitility.await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 5));
		assertThat(this.endpoints.engineThreads()).hasSizeLessThanOrEqualTo(threads);
		assertThat(this.connections).hasSize(CONNECTIONS + 200);
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(this.connections.stream().filter((connection) -> connection.get() != null).count())
				.isLessThan(100);
		});
	}

	/** One in four says nothing, one in four resets the connection. */
	private void connect(TcpServer server, int count) {
		for (int i = 0; i < count; i++) {
			Peer peer = new Peer(server);
			if (i % 4 != 0) {
				assertThat(peer.ask("ping")).isEqualTo("ping");
			}
			if (i % 4 == 1) {
				peer.reset();
			}
			else {
				peer.close();
			}
		}
	}

	private static int descriptors() {
		String[] open = new File("/proc/self/fd").list();
		return (open != null) ? open.length : 0;
	}

}
