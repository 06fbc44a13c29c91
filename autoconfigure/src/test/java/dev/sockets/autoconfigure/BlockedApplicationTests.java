package dev.sockets.autoconfigure;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.Patience;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application, on the threads that a JVM has before Java 21, with an endpoint all of
 * whose handlers block: the others are served, clients reconnect and operators are
 * answered. Break B8.
 */
@Timeout(180)
class BlockedApplicationTests {

	private static final int POOL = 16;

	@AutoClose
	private final ActuatorApplication application = new ActuatorApplication("sockets.threads=platform",
			"sockets.pool-size=" + POOL);

	private final CountDownLatch released = new CountDownLatch(1);

	@Test
	void whenAllThreadsOfAnEndpointBlockThenTheApplicationGoesOn() throws IOException {
		CountDownLatch blocked = new CountDownLatch(POOL);
		TcpServer stuck = server("stuck", 0);
		stuck.addHandler((connection, payload) -> {
			blocked.countDown();
			this.released.await();
			return null;
		});
		TcpServer other = server("other", Ports.free());
		TcpClient client = this.application.endpoints()
			.registerClient(TcpClientSettings.builder("client")
				.host("127.0.0.1")
				.port(other.getLocalAddress().getPort())
				.reconnect(new Reconnect(true, Reconnect.DEFAULTS.initialDelay(), 1, Reconnect.DEFAULTS.initialDelay(),
						0, 0))
				.connection((connection) -> connection.dispatch(Dispatch.THREAD).requestTimeout(Patience.SOON))
				.build());
		Awaitility.await().until(client::isConnected);
		List<Socket> peers = new ArrayList<>();
		try {
			for (int i = 0; i < POOL + 4; i++) {
				Socket peer = new Socket("127.0.0.1", stuck.getLocalAddress().getPort());
				peers.add(peer);
				peer.getOutputStream().write("block\n".getBytes());
			}
			Awaitility.await().until(() -> blocked.getCount() == 0);
			assertThat(EchoConfiguration.ask(other, "hello")).isEqualTo("echo hello");
			other.stop();
			Awaitility.await().until(() -> !client.isConnected());
			other.start();
			Awaitility.await().until(client::isConnected);
			assertThat(client.<String>request("ping")).isEqualTo("echo ping");
			assertThat(this.application.get("health/sockets/other").<String>json("$.status")).isEqualTo("UP");
			this.released.countDown();
			assertThat(EchoConfiguration.ask(stuck, "hello")).isEqualTo("echo hello");
		}
		finally {
			this.released.countDown();
			for (Socket peer : peers) {
				peer.close();
			}
		}
	}

	@Test
	void whenAllThreadsOfAnEndpointBlockForEverThenItsNextRunHasThemAll() throws IOException {
		CountDownLatch blocked = new CountDownLatch(POOL);
		TcpServer stuck = this.application.endpoints()
			.registerServer(TcpServerSettings.builder("for-ever")
				.host("127.0.0.1")
				.port(0)
				.shutdownGrace(Duration.ofMillis(300))
				.connection((connection) -> connection.dispatch(Dispatch.THREAD))
				.build());
		stuck.addHandler((connection, payload) -> {
			if (payload.equals("block")) {
				blocked.countDown();
				awaitUninterruptibly(this.released);
			}
			return "echo " + payload;
		});
		List<Socket> peers = new ArrayList<>();
		try {
			for (int i = 0; i < POOL + 4; i++) {
				Socket peer = new Socket("127.0.0.1", stuck.getLocalAddress().getPort());
				peers.add(peer);
				peer.getOutputStream().write("block\n".getBytes());
			}
			Awaitility.await().until(() -> blocked.getCount() == 0);
			stuck.stop();
			stuck.start();
			assertThat(EchoConfiguration.ask(stuck, "hello")).isEqualTo("echo hello");
		}
		finally {
			this.released.countDown();
			for (Socket peer : peers) {
				peer.close();
			}
		}
	}

	/** As a handler in a driver's native code would. */
	private static void awaitUninterruptibly(CountDownLatch latch) {
		while (latch.getCount() > 0) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				Thread.interrupted();
			}
		}
	}

	private TcpServer server(String name, int port) {
		return this.application.endpoints()
			.registerServer(TcpServerSettings.builder(name)
				.host("127.0.0.1")
				.port(port)
				.connection((connection) -> connection.dispatch(Dispatch.THREAD))
				.build());
	}

}
