package dev.sockets.runtime.tcp;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.tcp.ConnectMode;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The messages of a client that makes a connection for each of them wait for the
 * connections before them, but for nothing that the application does about those.
 */
@Timeout(120)
class DemandTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	private final CountDownLatch blocked = new CountDownLatch(1);

	private final AtomicInteger inside = new AtomicInteger();

	@AfterEach
	void release() {
		this.blocked.countDown();
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenAListenerOfAnEndBlocksThenTheNextMessagesGo(Dispatch dispatch) {
		this.endpoints.onEvent((event) -> blockOnce(event, DisconnectedEvent.class));
		TcpClient client = client(this.endpoints.echo().server(), dispatch);
		for (int i = 0; i < 3; i++) {
			assertThat(client.<String>request("a")).isEqualTo("a");
		}
		Awaitility.await().until(() -> this.inside.get() == 1);
	}

	@Test
	void whenAListenerOfABeginningBlocksThenTheNextMessagesGoAfterTheDeadline() {
		this.endpoints.onEvent((event) -> blockOnce(event, ConnectedEvent.class));
		TcpClient client = client(this.endpoints.echo().server(), Dispatch.AUTO);
		CompletableFuture<Object> first = client.requestAsync("a", Duration.ofMillis(500));
		Awaitility.await().until(() -> this.inside.get() == 1);
		CompletableFuture<Object> second = client.requestAsync("b");
		Awaitility.await().until(first::isDone);
		assertThat(second).succeedsWithin(TestEndpoints.SOON).isEqualTo("b");
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenWhoGetsAnAnswerBlocksThenTheNextMessagesGo(Dispatch dispatch) {
		TcpClient client = client(this.endpoints.echo().server(), dispatch);
		client.requestAsync("a").thenRun(this::block);
		assertThat(client.<String>request("b")).isEqualTo("b");
		Awaitility.await().until(() -> this.inside.get() == 1);
	}

	@Test
	void whenARequestIsGivenUpThenItsConnectionIsClosedAndTheNextMessageGoes() {
		TcpServer server = this.endpoints.onMessage((message) -> {
			if (!message.getPayload().equals("never")) {
				message.reply(message.getPayload());
			}
		}).server();
		TcpClient client = client(server, Dispatch.AUTO);
		CompletableFuture<Object> never = client.requestAsync("never", Duration.ofHours(1));
		this.endpoints.onlyConnection(server);
		CompletableFuture<Object> next = client.requestAsync("next");
		never.cancel(true);
		assertThat(next).succeedsWithin(TestEndpoints.SOON).isEqualTo("next");
	}

	@Test
	void whenTheClientStopsThenTheNextRunHasNothingOfTheFormerOne() {
		TcpServer server = this.endpoints.server();
		TcpClient client = client(server, Dispatch.AUTO);
		CompletableFuture<Object> asked = client.requestAsync("never", Duration.ofHours(1));
		CompletableFuture<Object> waiting = client.requestAsync("waits", Duration.ofHours(1));
		this.endpoints.onlyConnection(server);
		client.stop();
		assertThat(asked).failsWithin(TestEndpoints.SOON);
		assertThat(waiting).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(SocketOperationException.class,
					(failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.SHUTTING_DOWN));
		this.endpoints.echo();
		client.start();
		assertThat(client.<String>request("again")).isEqualTo("again");
	}

	@Test
	void whenARequestIsAnsweredThenNothingIsKeptOfItUntilItsDeadline() {
		TcpClient client = client(this.endpoints.echo().server(), Dispatch.AUTO);
		WeakReference<Object> answer = new WeakReference<>(client.requestAsync("a", Duration.ofHours(1)).join());
		Awaitility.await().until(() -> {
			System.gc();
			return answer.get() == null;
		});
	}

	private TcpClient client(TcpServer server, Dispatch dispatch) {
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.connect(ConnectMode.PER_REQUEST)
					.connection((connection) -> connection.dispatch(dispatch)));
		client.start();
		return client;
	}

	private void blockOnce(SocketEvent event, Class<? extends SocketEvent> type) {
		if (event.getEndpoint().equals("client") && type.isInstance(event) && this.inside.get() == 0) {
			block();
		}
	}

	private void block() {
		this.inside.incrementAndGet();
		try {
			this.blocked.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
