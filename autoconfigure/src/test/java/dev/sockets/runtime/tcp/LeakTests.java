package dev.sockets.runtime.tcp;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections leave nothing behind. Fault F16.
 */
@Tag("measures")
@Timeout(180)
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
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.endpoints.engineThreads()).hasSizeLessThanOrEqualTo(threads));
		assertThat(this.connections).hasSize(CONNECTIONS + 200);
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(this.connections.stream().filter((connection) -> connection.get() != null).count())
				.isLessThan(100);
		});
	}

	@Test
	void whenHundredThousandPeersHaveComeAndGoneThenHeapThreadsAndDescriptorsAreAsBefore() throws Exception {
		this.endpoints.echo().onEvent((event) -> {
			if (event instanceof DisconnectedEvent) {
				this.disconnected.incrementAndGet();
			}
		});
		TcpServer server = this.endpoints.server((connection) -> connection.dispatch(Dispatch.LOOP));
		connectInParallel(server, 5_000);
		Resources before = Resources.now();
		connectInParallel(server, 100_000);
		Resources after = Awaitility.await()
			.atMost(TestEndpoints.SOON)
			.until(Resources::now, (now) -> now.heap() < before.heap() * 1.01 + 1_000_000
					&& now.threads() <= before.threads() + 1 && now.descriptors() <= before.descriptors() + 1);
		Figures.print("F16", "100,000 cycles: heap %,d to %,d bytes, %d to %d threads, %d to %d descriptors",
				before.heap(), after.heap(), before.threads(), after.threads(), before.descriptors(),
				after.descriptors());
		assertThat(server.status().connectionsOpened()).isEqualTo(105_000);
	}

	/** From several addresses, as each has ports for some ten thousand. */
	private void connectInParallel(TcpServer server, int count) throws Exception {
		int ended = this.disconnected.get() + count;
		List<Thread> threads = new ArrayList<>();
		for (int i = 1; i <= 10; i++) {
			InetSocketAddress from = new InetSocketAddress("127.0.1." + i, 0);
			threads.add(new Thread(() -> comeAndGo(from, server.getLocalAddress(), count / 10)));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.disconnected.get() == ended);
	}

	/**
	 * One in ten says something, one in ten is polite: each such leaves a port to wait.
	 */
	private static void comeAndGo(InetSocketAddress from, InetSocketAddress to, int count) {
		for (int i = 0; i < count; i++) {
			Peer peer = new Peer(from, to);
			if (i % 10 == 0) {
				assertThat(peer.ask("ping")).isEqualTo("ping");
			}
			if (i % 10 == 1) {
				peer.close();
			}
			else {
				peer.reset();
			}
		}
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
