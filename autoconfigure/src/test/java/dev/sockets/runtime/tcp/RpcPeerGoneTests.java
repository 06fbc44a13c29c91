package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of requests by opcode when the peer goes, or is not there.
 */
@Timeout(60)
class RpcPeerGoneTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final TcpServer server = this.endpoints.server(RpcPair::wire);

	@Test
	void whenThePeerGoesInTheMiddleThenAllCallersKnowAtOnce() throws IOException {
		RpcPeer rpc;
		CompletableFuture<Object> async;
		CompletableFuture<Object> waiting;
		CompletableFuture<Object> polling;
		try (RpcWire peer = new RpcWire(this.server)) {
			rpc = this.endpoints.onlyConnection(this.server).rpc();
			async = rpc.executeAsync("never", Duration.ofMinutes(1));
			waiting = OwnThread.call(() -> rpc.execute("never", Duration.ofMinutes(1)));
			long code = rpc.send("never");
			polling = OwnThread.call(() -> rpc.poll(code, Duration.ofMinutes(1)));
			for (int i = 0; i < 3; i++) {
				peer.receive();
			}
		}
		for (CompletableFuture<Object> result : List.of(async, waiting, polling)) {
			assertThat(result).failsWithin(TestEndpoints.SOON)
				.withThrowableThat()
				.withCauseInstanceOf(SocketOperationException.class)
				.satisfies((ex) -> assertThat(((SocketOperationException) ex.getCause()).getCode())
					.isEqualTo(SocketErrorCode.NOT_CONNECTED));
		}
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> rpc.execute("gone"))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.NOT_CONNECTED));
	}

	@Test
	void whenThePeerGoesInTheMiddleThenItTakesFarLessThanATimeout() throws Exception {
		long best = Long.MAX_VALUE;
		for (int i = 0; i < 20 && best > TimeUnit.MILLISECONDS.toNanos(100); i++) {
			RpcWire peer = new RpcWire(this.server);
			RpcPeer rpc = this.endpoints.onlyConnection(this.server).rpc();
			CompletableFuture<Object> result = rpc.executeAsync("never", Duration.ofMinutes(1));
			peer.receive();
			try (Stalls stalls = new Stalls()) {
				long begin = System.nanoTime();
				peer.close();
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> result.get(30, TimeUnit.SECONDS));
				best = Math.min(best, System.nanoTime() - begin - stalls.total().toNanos());
			}
			Awaitility.await().atMost(TestEndpoints.SOON).until(() -> this.server.getConnections().isEmpty());
		}
		assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(100));
	}

	@Test
	void whenTheConnectionEndsThenWhatWasKeptCanStillBePolled() throws IOException {
		RpcPeer rpc;
		long code;
		try (RpcWire peer = new RpcWire(this.server)) {
			rpc = this.endpoints.onlyConnection(this.server).rpc();
			code = rpc.send("a");
			peer.send(3, code, "kept");
		}
		Awaitility.await().atMost(TestEndpoints.SOON).until(() -> this.server.getConnections().isEmpty());
		assertThat(rpc.poll(code, TestEndpoints.SOON).<String>value()).isEqualTo("kept");
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> rpc.poll(code))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.NOT_CONNECTED));
	}

	@Test
	void whenAClientConnectsAgainThenItsBindingsAreStillThere() {
		TcpClient client = this.endpoints.newClient("client", this.server.getLocalAddress().getPort(),
				(settings) -> settings
					.reconnect(new Reconnect(true, Duration.ofMillis(10), 1, Duration.ofMillis(10), 0, 0))
					.connection(RpcPair::wire));
		client.rpc().bind("who", (request) -> "the client");
		this.server.rpc().bind("who", (request) -> "the server");
		client.start();
		for (int i = 1; i <= 3; i++) {
			this.endpoints.awaitEvents(ConnectedEvent.class, 2 * i);
			assertThat(this.endpoints.onlyConnection(this.server).rpc().<String>execute("who")).isEqualTo("the client");
			assertThat(client.rpc().<String>execute("who")).isEqualTo("the server");
			this.server.disconnectAll();
		}
	}

	@Test
	void whenTheServerIsNotThereThenTheClientSaysSo() {
		TcpClient client = this.endpoints.newClient("client", this.server.getLocalAddress().getPort(),
				(settings) -> settings.connection(RpcPair::wire));
		for (CompletableFuture<Object> result : Arrays.asList(client.rpc().executeAsync(1),
				client.rpc().executeAsync(2, Duration.ofSeconds(1)))) {
			assertThat(result).failsWithin(TestEndpoints.SOON)
				.withThrowableThat()
				.withCauseInstanceOf(SocketOperationException.class);
		}
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> client.rpc().execute(1))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.NOT_CONNECTED));
	}

}
