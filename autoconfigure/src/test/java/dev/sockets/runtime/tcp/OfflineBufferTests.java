package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectingEvent;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is sent while there is no connection waits for the next one, if there is a buffer
 * for it, and ends in any case.
 */
@Timeout(60)
class OfflineBufferTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	OfflineBufferTests() {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
	}

	@Test
	void whenSentWithoutAConnectionThenItArrivesInOrderAfterTheReconnectAndBeforeLaterSends() throws Exception {
		int port = Ports.free();
		TcpClient client = client(port, 1024 * 1024, ReconnectingTests.QUICK);
		client.start();
		List<CompletableFuture<Void>> results = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			results.add(client.sendAsync("m" + i));
		}
		assertThat(results).noneMatch(CompletableFuture::isDone);
		TcpServer server = serve(port);
		int sent = 100;
		while (!client.isConnected() || sent < 1000) {
			results.add(client.sendAsync("m" + sent++));
			if (sent > 1000) {
				LockSupport.parkNanos(100_000);
			}
		}
		assertArrived(sent);
		assertThat(results).allSatisfy((result) -> assertThat(result).succeedsWithin(TestEndpoints.SOON));
		ReconnectingTests.kick(client, server);
		Awaitility.await().until(() -> !client.isConnected() || client.status().connectionsOpened() > 1);
		client.sendAsync("m" + sent++).get();
		assertArrived(sent);
	}

	@Test
	void whenTheBufferIsFullThenMoreFailsAndTheRestIsSent() throws Exception {
		int port = Ports.free();
		TcpClient client = client(port, 10, ReconnectingTests.QUICK);
		client.start();
		CompletableFuture<Void> first = client.sendAsync("1234");
		CompletableFuture<Void> second = client.sendAsync("5678");
		assertFails(client.sendAsync("9"), SocketErrorCode.NOT_CONNECTED);
		serve(port);
		assertThat(first).succeedsWithin(TestEndpoints.SOON);
		assertThat(second).succeedsWithin(TestEndpoints.SOON);
		Awaitility.await().until(() -> this.received.size() == 2);
		assertThat(this.received).containsExactly("1234", "5678");
	}

	@Test
	void whenThereIsNoBufferThenSendingFailsAtOnce() throws Exception {
		TcpClient client = client(Ports.free(), 0, ReconnectingTests.QUICK);
		client.start();
		assertFails(client.sendAsync("x"), SocketErrorCode.NOT_CONNECTED);
	}

	@Test
	void whenTheClientIsNotToConnectThenNothingWaits() throws Exception {
		TcpClient client = client(Ports.free(), 1000, ReconnectingTests.QUICK);
		assertFails(client.sendAsync("stopped"), SocketErrorCode.NOT_CONNECTED);
		client.start();
		client.disconnect();
		assertFails(client.sendAsync("disconnected"), SocketErrorCode.NOT_CONNECTED);
	}

	@Test
	void whenDisconnectedThenWhatWaitsFails() throws Exception {
		failsAfter(TcpClient::disconnect, SocketErrorCode.NOT_CONNECTED);
	}

	@Test
	void whenStoppedThenWhatWaitsFails() throws Exception {
		failsAfter(TcpClient::stop, SocketErrorCode.SHUTTING_DOWN);
	}

	private void failsAfter(Consumer<TcpClient> action, SocketErrorCode code) throws Exception {
		TcpClient client = client(Ports.free(), 1000, ReconnectingTests.QUICK);
		client.start();
		CompletableFuture<Void> first = client.sendAsync("x");
		CompletableFuture<Void> second = client.sendAsync("y");
		action.accept(client);
		assertFails(first, code);
		assertFails(second, code);
	}

	@Test
	void whenTheClientGivesUpThenWhatWaitsFails() throws Exception {
		TcpClient client = client(Ports.free(), 1000,
				new Reconnect(true, Duration.ofMillis(20), 1, Duration.ofMillis(20), 0, 3));
		CompletableFuture<CompletableFuture<Void>> sent = new CompletableFuture<>();
		this.endpoints.onEvent((event) -> {
			if (event instanceof ConnectingEvent && !sent.isDone()) {
				sent.complete(client.sendAsync("x"));
			}
		});
		client.start();
		assertThat(sent).succeedsWithin(TestEndpoints.SOON);
		assertFails(sent.join(), SocketErrorCode.CONNECT_FAILED);
		assertFails(client.sendAsync("y"), SocketErrorCode.NOT_CONNECTED);
	}

	@Test
	void whenTheApplicationClosesTheConnectionThenWhatWaitsFails() {
		TcpServer server = this.endpoints.server();
		TcpClient client = client(server.getLocalAddress().getPort(), 1000, ReconnectingTests.QUICK);
		client.connect().close();
		assertFails(client.sendAsync("x"), SocketErrorCode.NOT_CONNECTED);
	}

	@Test
	void whenAPayloadCannotBeEncodedThenItFailsAtOnce() throws Exception {
		TcpClient client = client(Ports.free(), 1000, ReconnectingTests.QUICK);
		client.start();
		assertFails(client.sendAsync("two\nlines"), SocketErrorCode.MALFORMED_FRAME);
	}

	@Test
	void whenSomebodyWaitsForAnotherThreadInTheFutureOfABufferedSendThenNothingHangs() throws Exception {
		int port = Ports.free();
		TcpClient client = client(port, 1000, ReconnectingTests.QUICK);
		client.start();
		CompletableFuture<Boolean> other = client.sendAsync("first").thenApply((sent) -> {
			CompletableFuture<Void> later = new CompletableFuture<>();
			new Thread(() -> {
				client.sendAsync("second");
				later.complete(null);
			}).start();
			return later.orTimeout(20, TimeUnit.SECONDS).handle((done, failure) -> failure == null).join();
		});
		serve(port);
		assertThat(other).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
		Awaitility.await().until(() -> this.received.size() == 2);
		assertThat(this.received).containsExactly("first", "second");
	}

	private void assertArrived(int count) {
		Awaitility.await().atMost(TestEndpoints.SOON).until(() -> this.received.size() >= count);
		assertThat(this.received)
			.containsExactlyElementsOf(IntStream.range(0, count).mapToObj((i) -> (Object) ("m" + i)).toList());
	}

	private static void assertFails(CompletableFuture<Void> result, SocketErrorCode code) {
		assertThat(result).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(SocketOperationException.class)
			.satisfies((failure) -> assertThat(((SocketOperationException) failure).getCode()).isEqualTo(code));
	}

	private TcpServer serve(int port) {
		TcpServer server = this.endpoints.newServer("server", port, (connection) -> {
		});
		server.start();
		return server;
	}

	private TcpClient client(int port, int buffer, Reconnect reconnect) {
		Consumer<TcpClientSettings.Builder> settings = (builder) -> builder.reconnect(reconnect)
			.bufferWhenDisconnected(buffer);
		return this.endpoints.newClient("client", port, settings);
	}

}
