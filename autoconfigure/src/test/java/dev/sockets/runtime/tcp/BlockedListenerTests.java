package dev.sockets.runtime.tcp;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.EndpointStartException;
import dev.sockets.EndpointState;
import dev.sockets.EventKind;
import dev.sockets.InboxOverflow;
import dev.sockets.event.ConnectingEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.EndpointFailedEvent;
import dev.sockets.event.EndpointStartedEvent;
import dev.sockets.event.EndpointStoppedEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Listeners that block keep no server from accepting and no client from connecting. Break
 * B3.
 */
@Timeout(120)
class BlockedListenerTests {

	private final CountDownLatch released = new CountDownLatch(1);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints().echo();

	@AfterEach
	void release() {
		this.released.countDown();
	}

	@Test
	void whenAListenerOfRejectionsBlocksThenTheServerAcceptsAllTheSame() {
		block(ConnectionRejectedEvent.class);
		TcpServer server = this.endpoints.serve((settings) -> settings.maxConnections(1));
		long refused = 0;
		for (int i = 0; i < 20; i++) {
			refused += serveOneAndRefuseAnother(server);
		}
		long expected = refused;
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(server.statistics().connections().rejected()).containsEntry("FULL", expected));
		server.stop();
		assertThat(server.status().state()).isEqualTo(EndpointState.STOPPED);
	}

	@Test
	void whenAFullInboxHoldsRejectionsUpThenTheServerAcceptsAllTheSame() {
		TcpServer server = this.endpoints.serve((settings) -> settings.maxConnections(1)
			.connection((connection) -> connection.events(Set.of(EventKind.REJECTED)).inbox(1, InboxOverflow.BLOCK)));
		server.addHandler((connection, payload) -> payload);
		for (int i = 0; i < 5; i++) {
			serveOneAndRefuseAnother(server);
		}
	}

	/**
	 * The only place is free soon after its connection has gone.
	 * @return how many were refused
	 */
	private static int serveOneAndRefuseAnother(TcpServer server) {
		AtomicInteger refused = new AtomicInteger();
		Awaitility.await().until(() -> {
			try (Peer peer = new Peer(server)) {
				boolean served = "ping".equals(peer.trySend("ping\n".getBytes()).readLineOrReset());
				if (served) {
					try (Peer rejected = new Peer(server)) {
						assertThat(rejected.readLineOrReset()).isNull();
					}
				}
				refused.incrementAndGet();
				return served;
			}
		});
		return refused.get();
	}

	@ParameterizedTest
	@ValueSource(classes = { ConnectingEvent.class, ConnectionFailedEvent.class })
	void whenAListenerOfAttemptsBlocksThenTheClientConnectsAllTheSame(Class<? extends SocketEvent> event) {
		int port = Ports.free();
		block(event);
		TcpClient client = this.endpoints.newClient("client", port,
				(settings) -> settings.reconnect(ReconnectingTests.QUICK));
		client.start();
		Awaitility.await().until(() -> !client.recentFailures().isEmpty());
		this.endpoints.newServer("server", port, (connection) -> {
		}).start();
		Awaitility.await().until(client::isConnected);
		assertThat(client.<String>request("ping")).isEqualTo("ping");
		client.stop();
		assertThat(client.status().state()).isEqualTo(EndpointState.STOPPED);
	}

	@Test
	void whenAListenerOfTheStartBlocksThenTheServerAcceptsAndStopsAllTheSame() {
		block(EndpointStartedEvent.class);
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("ping")).isEqualTo("ping");
		}
		server.stop();
		assertThat(server.status().state()).isEqualTo(EndpointState.STOPPED);
	}

	@Test
	void whenAListenerOfTheStopBlocksThenTheServerStopsAndStartsAllTheSame() {
		block(EndpointStoppedEvent.class);
		TcpServer server = this.endpoints.server();
		for (int i = 0; i < 2; i++) {
			server.stop();
			assertThat(server.status().state()).isEqualTo(EndpointState.STOPPED);
			server.start();
			try (Peer peer = new Peer(server)) {
				assertThat(peer.ask("ping")).isEqualTo("ping");
			}
		}
	}

	@Test
	void whenAListenerOfAFailedStartBlocksThenTheStartFailsAllTheSame() {
		block(EndpointFailedEvent.class);
		TcpServer server = this.endpoints.server();
		TcpServer second = this.endpoints.newServer("second", server.getLocalAddress().getPort(), (connection) -> {
		});
		assertThatExceptionOfType(EndpointStartException.class).isThrownBy(second::start);
	}

	@Test
	void whenListenersOfStartAndStopThrowThenTheServerStartsAndStopsAllTheSame() {
		this.endpoints.onEvent((event) -> {
			if (event instanceof EndpointStartedEvent || event instanceof EndpointStoppedEvent) {
				throw new AssertionError("It fails, as told to");
			}
		});
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("ping")).isEqualTo("ping");
		}
		server.stop();
		server.start();
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("ping")).isEqualTo("ping");
		}
	}

	private void block(Class<? extends SocketEvent> type) {
		this.endpoints.onEvent((event) -> {
			if (type.isInstance(event)) {
				try {
					this.released.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
		});
	}

}
