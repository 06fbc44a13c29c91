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
import dev.sockets.tcp.TcpClient;
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
		TcpServer server = this.endpoints.registerServer(LateEndpoints.server("late").build());
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
		TcpServer server = this.endpoints.registerServer(LateEndpoints.server("late").build());
		TcpClient client = this.endpoints.registerClient(LateEndpoints.client("peer", server).build());
		Awaitility.await().until(client::isConnected);
		assertThat(this.endpoints.get("peer")).containsSame(client);
	}

	@Test
	void whenNameIsTakenThenRegisteringFails() {
		TcpServer server = this.endpoints.registerServer(LateEndpoints.server("late").build());
		assertTaken(() -> this.endpoints.registerServer(LateEndpoints.server("late").build()));
		assertTaken(() -> this.endpoints.registerClient(LateEndpoints.client("late", server).build()));
		assertTaken(() -> this.endpoints.registerServer(LateEndpoints.server("bean").build()));
		assertTaken(() -> this.endpoints.registerServer(LateEndpoints.server("beanName").build()));
		assertThat(this.endpoints.get("late")).containsSame(server);
		assertThat(this.endpoints.all()).hasSize(2);
		assertThat(server.isRunning()).isTrue();
	}

	@Test
	void whenNameCouldNotStandInTheConfigurationThenItIsRefused() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> LateEndpoints.server("billing.eu").build())
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
					return this.endpoints.registerServer(LateEndpoints.server(name).build());
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
			TcpServerSettings.Builder settings = LateEndpoints.server("late").port(taken.getLocalPort());
			assertThatExceptionOfType(EndpointStartException.class)
				.isThrownBy(() -> this.endpoints.registerServer(settings.build()))
				.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.ADDRESS_IN_USE));
		}
		assertThat(this.endpoints.get("late")).isEmpty();
		assertThat(this.endpoints.all()).hasSize(1);
		assertThat(this.endpoints.remove("late")).isFalse();
		assertThat(this.endpoints.registerServer(LateEndpoints.server("late").build()).isRunning()).isTrue();
	}

	@Test
	void whenAutoStartupIsOffThenItWaitsForItsStart() {
		TcpServer server = this.endpoints.registerServer(LateEndpoints.manual("late"));
		assertThat(server.isRunning()).isFalse();
		assertThat(this.endpoints.get("late")).containsSame(server);
		server.start();
		assertThat(server.isRunning()).isTrue();
	}

	@Test
	void whenRemovedWithOpenConnectionsThenTheyEndAndNameAndPortAreFree() {
		int port = Ports.free();
		TcpServer server = this.endpoints.registerServer(LateEndpoints.server("late").port(port).build());
		try (TestPeer peer = new TestPeer(server)) {
			Awaitility.await().until(() -> server.getConnections().size() == 1);
			assertThat(this.endpoints.remove("late")).isTrue();
			assertThat(peer.readLine()).isNull();
		}
		assertThat(server.isRunning()).isFalse();
		assertThat(this.endpoints.get("late")).isEmpty();
		assertThat(this.endpoints.all()).hasSize(1);
		TcpServerSettings.Builder again = LateEndpoints.server("late").port(port);
		assertThat(this.endpoints.registerServer(again.build()).isRunning()).isTrue();
	}

	@Test
	void whenRemovedThenMessageBeingHandledIsAnsweredFirst() throws Exception {
		CountDownLatch handling = new CountDownLatch(1);
		CountDownLatch proceed = new CountDownLatch(1);
		this.application.onMessage((message) -> {
			handling.countDown();
			LateEndpoints.await(proceed);
			message.reply("done");
		});
		TcpServer server = this.endpoints.registerServer(LateEndpoints.server("late").build());
		try (TestPeer peer = new TestPeer(server).send("work")) {
			LateEndpoints.await(handling);
			Future<Boolean> first = this.threads.submit(() -> this.endpoints.remove("late"));
			Awaitility.await().until(() -> server.status().state() == EndpointState.STOPPING);
			assertThat(this.endpoints.get("late")).as("forgotten at once").isEmpty();
			assertTaken(() -> this.endpoints.registerServer(LateEndpoints.server("late").build()));
			assertThat(this.endpoints.remove("late")).as("another caller removes it").isFalse();
			assertThat(first).isNotDone();
			proceed.countDown();
			assertThat(peer.readLine()).isEqualTo("done");
			assertThat(first.get()).isTrue();
		}
		assertThat(this.endpoints.registerServer(LateEndpoints.server("late").build()).isRunning()).isTrue();
	}

	@Test
	void whenHandlerRemovesItsOwnEndpointThenItIsNotWaitedFor() {
		Queue<Boolean> results = new ConcurrentLinkedQueue<>();
		this.application.onMessage((message) -> results.add(this.endpoints.remove(message.getEndpoint())));
		TcpServer server = this.endpoints.registerServer(LateEndpoints.server("late").build());
		try (TestPeer peer = new TestPeer(server).send("leave")) {
			assertThat(peer.readLine()).isNull();
		}
		Awaitility.await().untilAsserted(() -> assertThat(results).containsExactly(true));
		Awaitility.await().until(() -> server.status().state() == EndpointState.STOPPED);
		Awaitility.await()
			.ignoreExceptions()
			.untilAsserted(
					() -> assertThat(this.endpoints.registerServer(LateEndpoints.server("late").build()).isRunning())
						.isTrue());
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
						servers.add(this.endpoints.registerServer(LateEndpoints.server("late").build()));
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

	private static void assertTaken(ThrowingCallable action) {
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(action)
			.withMessageMatching("There is an endpoint named '[A-Za-z]+' already")
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.ADDRESS_EXISTS));
	}

}
