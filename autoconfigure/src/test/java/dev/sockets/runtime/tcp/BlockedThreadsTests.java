package dev.sockets.runtime.tcp;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.support.GenericApplicationContext;

import dev.sockets.EndpointState;
import dev.sockets.SocketErrorCode;
import dev.sockets.event.EndpointFailedEvent;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An endpoint whose handlers block all threads there are for them says so. Break B13.
 */
@Timeout(120)
class BlockedThreadsTests {

	private final ExecutorService one = Executors.newFixedThreadPool(1);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(1, this.one, new GenericApplicationContext());

	private final CountDownLatch blocked = new CountDownLatch(1);

	private final AtomicInteger handled = new AtomicInteger();

	@AfterEach
	void release() {
		this.blocked.countDown();
		this.one.shutdown();
	}

	@Test
	void whenAllThreadsOfAServerAreBlockedThenItIsFailingUntilOneIsFree() {
		this.endpoints.onMessage((message) -> block());
		TcpServer server = this.endpoints.server((connection) -> connection.dispatch(Dispatch.THREAD));
		try (Peer first = new Peer(server); Peer second = new Peer(server)) {
			first.send("blocks");
			Awaitility.await().until(() -> this.handled.get() == 1);
			assertThat(server.status().state()).isEqualTo(EndpointState.LISTENING);
			second.send("waits");
			assertThatItIsTold(() -> server.status().state(), EndpointState.LISTENING);
			assertThat(server.isAccepting()).isTrue();
		}
	}

	@Test
	void whenAllThreadsOfAClientAreBlockedThenItIsFailingUntilOneIsFree() throws Exception {
		try (Backend backend = new Backend()) {
			this.endpoints.onMessage("client", (message) -> block());
			TcpClient client = this.endpoints.newClient("client", backend.port(),
					(settings) -> settings.connection((connection) -> connection.dispatch(Dispatch.THREAD)));
			client.start();
			Peer server = backend.accept();
			Awaitility.await().until(client::isConnected);
			this.one.execute(this::block);
			server.send("waits");
			assertThatItIsTold(() -> client.status().state(), EndpointState.CONNECTED);
		}
	}

	private void assertThatItIsTold(Supplier<EndpointState> state, EndpointState running) {
		Awaitility.await().until(() -> state.get() == EndpointState.FAILING);
		EndpointFailedEvent failed = this.endpoints.awaitEvent(EndpointFailedEvent.class);
		assertThat(failed.getCode()).isEqualTo(SocketErrorCode.HANDLER_FAILED);
		assertThat(failed.isRecovered()).isFalse();
		this.blocked.countDown();
		Awaitility.await().until(() -> state.get() == running);
		assertThat(this.endpoints.awaitEvents(EndpointFailedEvent.class, 2).get(1).isRecovered()).isTrue();
	}

	private void block() {
		this.handled.incrementAndGet();
		try {
			this.blocked.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
