package dev.sockets.registry;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.EndpointState;
import dev.sockets.SocketEndpoint;
import dev.sockets.event.EndpointStoppedEvent;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Endpoints that are made while the application runs start and stop with it.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EndpointsWithApplicationTests {

	private final TestApplication application = new TestApplication();

	private final SocketEndpoints endpoints = this.application.endpoints();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void closeApplication() {
		this.application.close();
		this.threads.shutdownNow();
		this.application.awaitEndOfThreads();
	}

	@Test
	void whenApplicationClosesThenEndpointsStopTogetherAndClientsFirst() throws Exception {
		CountDownLatch handling = new CountDownLatch(2);
		CountDownLatch proceed = new CountDownLatch(1);
		this.application.onMessage((message) -> {
			handling.countDown();
			LateEndpoints.await(proceed);
			message.reply("done");
		});
		TcpServer one = this.endpoints.registerServer(LateEndpoints.server("one").build());
		TcpServer two = this.endpoints.registerServer(LateEndpoints.server("two").build());
		this.endpoints.registerClient(LateEndpoints.client("peer", one).build());
		try (TestPeer first = new TestPeer(one).send("work"); TestPeer second = new TestPeer(two).send("work")) {
			LateEndpoints.await(handling);
			Future<?> closed = this.threads.submit(this.application::close);
			Awaitility.await()
				.until(() -> one.status().state() == EndpointState.STOPPING
						&& two.status().state() == EndpointState.STOPPING);
			proceed.countDown();
			assertThat(first.readLine()).isEqualTo("done");
			assertThat(second.readLine()).isEqualTo("done");
			closed.get();
		}
		assertThat(this.application.events(EndpointStoppedEvent.class)).extracting(EndpointStoppedEvent::getEndpoint)
			.startsWith("peer")
			.containsExactlyInAnyOrder("peer", "one", "two", "bean");
	}

	@Test
	void whenApplicationClosesDuringRemovalThenItWaitsForItsEnd() throws Exception {
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch proceed = new CountDownLatch(1);
		this.application.onMessage((message) -> {
			handling.countDown();
			LateEndpoints.await(proceed);
		});
		TcpServer server = this.endpoints.registerServer(LateEndpoints.server("late").build());
		try (TestPeer peer = new TestPeer(server).send("work")) {
			LateEndpoints.await(handling);
			Future<Boolean> removed = this.threads.submit(() -> this.endpoints.remove("late"));
			Awaitility.await().until(() -> server.status().state() == EndpointState.STOPPING);
			Future<?> closed = this.threads.submit(this.application::close);
			Awaitility.await().until(() -> !this.application.bean().isRunning());
			assertThat(closed).isNotDone();
			proceed.countDown();
			closed.get();
			assertThat(server.status().state()).isEqualTo(EndpointState.STOPPED);
			assertThat(removed.get()).isTrue();
			assertThat(peer.readLine()).isNull();
		}
	}

	@Test
	void whenApplicationRestartsThenThoseThatRanRunAgain() {
		TcpServer server = this.endpoints.registerServer(LateEndpoints.server("late").build());
		TcpServer started = this.endpoints.registerServer(LateEndpoints.manual("started"));
		TcpServer idle = this.endpoints.registerServer(LateEndpoints.manual("idle"));
		TcpServer removed = this.endpoints.registerServer(LateEndpoints.server("removed").build());
		TcpClient client = this.endpoints
			.registerClient(LateEndpoints.client("peer", this.application.bean().getLocalAddress().getPort()).build());
		started.start();
		this.endpoints.remove("removed");
		this.application.stop();
		assertThat(this.endpoints.all()).hasSize(5).allSatisfy((endpoint) -> {
			assertThat(endpoint.isRunning()).as(endpoint.getName()).isFalse();
		});
		this.application.start();
		assertThat(List.of(server, started, client)).allSatisfy((endpoint) -> {
			assertThat(endpoint.isRunning()).as(endpoint.getName()).isTrue();
		});
		assertThat(idle.isRunning()).isFalse();
		assertThat(removed.isRunning()).isFalse();
		this.application.onMessage((message) -> message.reply("again"));
		try (TestPeer peer = new TestPeer(server).send("hello")) {
			assertThat(peer.readLine()).isEqualTo("again");
		}
	}

	@Test
	void whenApplicationIsStoppedThenEndpointStartsWithIt() {
		this.application.stop();
		TcpServer server = this.endpoints.registerServer(LateEndpoints.server("late").build());
		assertThat(server.isRunning()).isFalse();
		this.application.start();
		assertThat(server.isRunning()).isTrue();
	}

	@Test
	void whenApplicationIsNotYetStartedThenEndpointStartsWithIt() {
		try (TestApplication starting = new TestApplication(
				(registry) -> assertThat(registry.registerServer(LateEndpoints.server("early").build()).isRunning())
					.isFalse())) {
			assertThat(starting.endpoints().get("early")).get().matches(SocketEndpoint::isRunning);
		}
	}

	@Test
	void whenApplicationIsClosedThenNothingStarts() {
		TcpServer server = this.endpoints.registerServer(LateEndpoints.manual("late"));
		server.start();
		this.application.close();
		assertThat(server.isRunning()).isFalse();
		this.application.awaitEndOfThreads();
	}

	@Test
	void whenRegisteredWhileApplicationStopsThenNoneIsLeftRunning() throws Exception {
		for (int round = 0; round < 20; round++) {
			String name = "round-" + round + "-";
			CountDownLatch begun = new CountDownLatch(1);
			Future<?> registering = this.threads.submit(() -> {
				for (int i = 0; i < 20; i++) {
					this.endpoints.registerServer(LateEndpoints.server(name + i).build());
					begun.countDown();
				}
			});
			LateEndpoints.await(begun);
			this.application.stop();
			registering.get();
			assertThat(this.endpoints.all())
				.allSatisfy((endpoint) -> assertThat(endpoint.isRunning()).as(endpoint.getName()).isFalse());
			for (int i = 0; i < 20; i++) {
				assertThat(this.endpoints.remove(name + i)).isTrue();
			}
			this.application.start();
		}
	}

}
