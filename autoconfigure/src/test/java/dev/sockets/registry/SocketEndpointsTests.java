package dev.sockets.registry;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.EndpointStartException;
import dev.sockets.EndpointState;
import dev.sockets.InvalidSettingException;
import dev.sockets.SocketEndpoint;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.EndpointStoppedEvent;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Endpoints that are made while the application runs, on real sockets.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketEndpointsTests {

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
	void whenServerIsRegisteredThenItListensAndIsFound() {
		this.application.onMessage((message) -> message.reply("echo " + message.getPayload()));
		TcpServer server = this.endpoints.registerServer(server("late").build());
		try (TestPeer peer = new TestPeer(server)) {
			assertThat(peer.send("hello").readLine()).isEqualTo("echo hello");
		}
		assertThat(this.endpoints.get("late")).containsSame(server);
		assertThat(this.endpoints.all()).extracting(SocketEndpoint::getName).containsExactly("bean", "late");
		assertThat(this.endpoints.get("bean")).containsSame(this.application.bean());
		assertThat(this.endpoints.get("other")).isEmpty();
	}

	@Test
	void whenClientIsRegisteredThenItConnects() {
		TcpServer server = this.endpoints.registerServer(server("late").build());
		TcpClient client = this.endpoints.registerClient(client("peer", server).build());
		Awaitility.await().until(client::isConnected);
		assertThat(this.endpoints.get("peer")).containsSame(client);
	}

	@Test
	void whenNameIsTakenThenRegisteringFails() {
		TcpServer server = this.endpoints.registerServer(server("late").build());
		assertTaken(() -> this.endpoints.registerServer(server("late").build()));
		assertTaken(() -> this.endpoints.registerClient(client("late", server).build()));
		assertTaken(() -> this.endpoints.registerServer(server("bean").build()));
		assertTaken(() -> this.endpoints.registerServer(server("beanName").build()));
		assertThat(this.endpoints.get("late")).containsSame(server);
		assertThat(this.endpoints.all()).hasSize(2);
		assertThat(server.isRunning()).isTrue();
	}

	@Test
	void whenNameCouldNotStandInTheConfigurationThenItIsRefused() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> server("billing.eu").build())
			.withMessage("'sockets.tcp.server.billing.eu' is 'billing.eu' but must be "
					+ "a name of letters, digits, '-' and '_', such as 'billing-eu'");
	}

	@Test
	void whenManyRegisterOneNameThenExactlyOneWins() throws Exception {
		for (int round = 0; round < 20; round++) {
			int count = 8;
			String name = "round-" + round;
			CyclicBarrier barrier = new CyclicBarrier(count);
			List<Callable<TcpServer>> tasks = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				tasks.add(() -> {
					barrier.await();
					return this.endpoints.registerServer(server(name).build());
				});
			}
			List<TcpServer> winners = new ArrayList<>();
			for (Future<TcpServer> task : this.threads.invokeAll(tasks)) {
				try {
					winners.add(task.get());
				}
				catch (ExecutionException ex) {
					assertThat(ex.getCause()).isInstanceOfSatisfying(SocketOperationException.class,
							(cause) -> assertThat(cause.getCode()).isEqualTo(SocketErrorCode.ADDRESS_EXISTS));
				}
			}
			assertThat(winners).hasSize(1);
			assertThat(this.endpoints.get(name)).containsSame(winners.get(0));
		}
		assertThat(this.endpoints.all()).hasSize(21);
	}

	@Test
	void whenStartFailsThenNothingIsRegistered() throws IOException {
		try (ServerSocket taken = new ServerSocket(0)) {
			TcpServerSettings.Builder settings = server("late").port(taken.getLocalPort());
			assertThatExceptionOfType(EndpointStartException.class)
				.isThrownBy(() -> this.endpoints.registerServer(settings.build()))
				.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.ADDRESS_IN_USE));
		}
		assertThat(this.endpoints.get("late")).isEmpty();
		assertThat(this.endpoints.all()).hasSize(1);
		assertThat(this.endpoints.remove("late")).isFalse();
		assertThat(this.endpoints.registerServer(server("late").build()).isRunning()).isTrue();
	}

	@Test
	void whenAutoStartupIsOffThenItWaitsForItsStart() {
		TcpServer server = this.endpoints.registerServer(manual("late"));
		assertThat(server.isRunning()).isFalse();
		assertThat(this.endpoints.get("late")).containsSame(server);
		server.start();
		assertThat(server.isRunning()).isTrue();
	}

	@Test
	void whenRemovedWithOpenConnectionsThenTheyEndAndNameAndPortAreFree() {
		int port = Ports.free();
		TcpServer server = this.endpoints.registerServer(server("late").port(port).build());
		try (TestPeer peer = new TestPeer(server)) {
			Awaitility.await().until(() -> server.getConnections().size() == 1);
			assertThat(this.endpoints.remove("late")).isTrue();
			assertThat(peer.readLine()).isNull();
		}
		assertThat(server.isRunning()).isFalse();
		assertThat(this.endpoints.get("late")).isEmpty();
		assertThat(this.endpoints.all()).hasSize(1);
		TcpServerSettings.Builder again = server("late").port(port);
		assertThat(this.endpoints.registerServer(again.build()).isRunning()).isTrue();
	}

	@Test
	void whenRemovedThenMessageBeingHandledIsAnsweredFirst() throws Exception {
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch proceed = new CountDownLatch(1);
		this.application.onMessage((message) -> {
			handling.countDown();
			await(proceed);
			message.reply("done");
		});
		TcpServer server = this.endpoints.registerServer(server("late").build());
		try (TestPeer peer = new TestPeer(server).send("work")) {
			await(handling);
			Future<Boolean> first = this.threads.submit(() -> this.endpoints.remove("late"));
			Awaitility.await().until(() -> server.status().state() == EndpointState.STOPPING);
			assertThat(this.endpoints.get("late")).as("forgotten at once").isEmpty();
			assertTaken(() -> this.endpoints.registerServer(server("late").build()));
			assertThat(this.endpoints.remove("late")).as("another caller removes it").isFalse();
			assertThat(first).isNotDone();
			proceed.countDown();
			assertThat(peer.readLine()).isEqualTo("done");
			assertThat(first.get()).isTrue();
		}
		assertThat(this.endpoints.registerServer(server("late").build()).isRunning()).isTrue();
	}

	@Test
	void whenHandlerRemovesItsOwnEndpointThenItIsNotWaitedFor() {
		Queue<Boolean> results = new ConcurrentLinkedQueue<>();
		this.application.onMessage((message) -> results.add(this.endpoints.remove(message.getEndpoint())));
		TcpServer server = this.endpoints.registerServer(server("late").build());
		try (TestPeer peer = new TestPeer(server).send("leave")) {
			assertThat(peer.readLine()).isNull();
		}
		assertThat(results).containsExactly(true);
		Awaitility.await().until(() -> server.status().state() == EndpointState.STOPPED);
		Awaitility.await()
			.ignoreExceptions()
			.untilAsserted(
					() -> assertThat(this.endpoints.registerServer(server("late").build()).isRunning()).isTrue());
	}

	@Test
	void whenThereIsNoSuchEndpointThenRemoveSaysSo() {
		assertThat(this.endpoints.remove("late")).isFalse();
	}

	@Test
	void whenEndpointIsABeanThenItCannotBeRemoved() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.endpoints.remove("bean"))
			.withMessage("'bean' is a bean, of the configuration or of your own, so it cannot be removed: "
					+ "only endpoints that were registered can. Stop it instead");
		assertThat(this.application.bean().isRunning()).isTrue();
	}

	@Test
	void whenRegisteredAndRemovedByManyThenNoneIsLeftRunning() throws Exception {
		Queue<TcpServer> servers = new ConcurrentLinkedQueue<>();
		List<Callable<Void>> tasks = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			tasks.add(() -> {
				for (int round = 0; round < 50; round++) {
					try {
						servers.add(this.endpoints.registerServer(server("late").build()));
					}
					catch (SocketOperationException ex) {
						assertThat(ex.getCode()).isEqualTo(SocketErrorCode.ADDRESS_EXISTS);
					}
					this.endpoints.remove("late");
				}
				return null;
			});
		}
		for (Future<Void> task : this.threads.invokeAll(tasks)) {
			task.get();
		}
		this.endpoints.remove("late");
		assertThat(this.endpoints.all()).hasSize(1);
		assertThat(servers).isNotEmpty().allSatisfy((server) -> assertThat(server.isRunning()).isFalse());
	}

	@Test
	void whenApplicationClosesThenEndpointsStopTogetherAndClientsFirst() throws Exception {
		CountDownLatch handling = new CountDownLatch(2);
		CountDownLatch proceed = new CountDownLatch(1);
		this.application.onMessage((message) -> {
			handling.countDown();
			await(proceed);
			message.reply("done");
		});
		TcpServer one = this.endpoints.registerServer(server("one").build());
		TcpServer two = this.endpoints.registerServer(server("two").build());
		this.endpoints.registerClient(client("peer", one).build());
		try (TestPeer first = new TestPeer(one).send("work"); TestPeer second = new TestPeer(two).send("work")) {
			await(handling);
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
			await(proceed);
		});
		TcpServer server = this.endpoints.registerServer(server("late").build());
		try (TestPeer peer = new TestPeer(server).send("work")) {
			await(handling);
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
		TcpServer server = this.endpoints.registerServer(server("late").build());
		TcpServer started = this.endpoints.registerServer(manual("started"));
		TcpServer idle = this.endpoints.registerServer(manual("idle"));
		TcpServer removed = this.endpoints.registerServer(server("removed").build());
		TcpClient client = this.endpoints
			.registerClient(client("peer", this.application.bean().getLocalAddress().getPort()).build());
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
		TcpServer server = this.endpoints.registerServer(server("late").build());
		assertThat(server.isRunning()).isFalse();
		this.application.start();
		assertThat(server.isRunning()).isTrue();
	}

	@Test
	void whenApplicationIsNotYetStartedThenEndpointStartsWithIt() {
		try (TestApplication starting = new TestApplication(
				(registry) -> assertThat(registry.registerServer(server("early").build()).isRunning()).isFalse())) {
			assertThat(starting.endpoints().get("early")).get().matches(SocketEndpoint::isRunning);
		}
	}

	@Test
	void whenApplicationIsClosedThenNothingStarts() {
		TcpServer server = this.endpoints.registerServer(manual("late"));
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
					this.endpoints.registerServer(server(name + i).build());
					begun.countDown();
				}
			});
			await(begun);
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

	private static TcpServerSettings.Builder server(String name) {
		return TcpServerSettings.builder(name).host("127.0.0.1").port(0);
	}

	private static TcpServerSettings manual(String name) {
		return server(name).connection((connection) -> connection.autoStartup(false)).build();
	}

	private static TcpClientSettings.Builder client(String name, TcpServer server) {
		return client(name, server.getLocalAddress().getPort());
	}

	private static TcpClientSettings.Builder client(String name, int port) {
		return TcpClientSettings.builder(name).host("127.0.0.1").port(port);
	}

	private static void assertTaken(ThrowingCallable action) {
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(action)
			.withMessageMatching("There is an endpoint named '[A-Za-z]+' already")
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.ADDRESS_EXISTS));
	}

	static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
