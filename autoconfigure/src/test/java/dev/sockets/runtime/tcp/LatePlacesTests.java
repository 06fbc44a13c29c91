package dev.sockets.runtime.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.EndpointState;
import dev.sockets.SocketErrorCode;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.EndpointFailedEvent;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.WhenFull;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that is full of connections that have ended, as handlers or listeners of
 * theirs don't return, shows that, and is well again when they do.
 */
@Timeout(120)
class LatePlacesTests {

	private static final int PLACES = 3;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	private final CompletableFuture<Void> mayGoOn = new CompletableFuture<>();

	private final List<EndpointFailedEvent> failures = new CopyOnWriteArrayList<>();

	private final List<Peer> peers = new ArrayList<>();

	@AfterEach
	void close() {
		this.mayGoOn.complete(null);
		this.peers.forEach(Peer::close);
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenListenersOfTheEndOfAllReplacedBlockThenTheServerShowsIt(Dispatch dispatch) {
		blockAtEnds();
		TcpServer server = serve(WhenFull.REPLACE_OLDEST, dispatch);
		IntStream.range(0, PLACES).forEach((i) -> assertThat(connect(server).ask("hello")).isEqualTo("hello"));
		IntStream.range(0, PLACES).forEach((i) -> connect(server));
		awaitFailing(server);
		assertThat(server.getConnections()).isEmpty();
		this.mayGoOn.complete(null);
		Awaitility.await().until(() -> server.status().state() == EndpointState.LISTENING);
		assertThat(connect(server).ask("at last")).isEqualTo("at last");
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.failures).extracting(EndpointFailedEvent::isRecovered)
				.containsExactly(false, true));
	}

	@ParameterizedTest
	@EnumSource(names = { "REJECT", "WAIT" })
	void whenListenersOfEndsBlockThenAFullServerShowsIt(WhenFull whenFull) {
		blockAtEnds();
		TcpServer server = serve(whenFull, Dispatch.THREAD);
		for (int i = 0; i < PLACES; i++) {
			assertThat(connect(server).ask("hello")).isEqualTo("hello");
		}
		this.peers.forEach(Peer::close);
		awaitFailing(server);
		this.mayGoOn.complete(null);
		Awaitility.await().until(() -> server.status().state() == EndpointState.LISTENING);
		assertThat(connect(server).ask("at last")).isEqualTo("at last");
	}

	@Test
	void whenHandlersOfAllReplacedBlockThenTheServerShowsIt() {
		this.endpoints.onMessage((message) -> {
			if (message.getPayload().equals("block")) {
				this.mayGoOn.join();
			}
			message.reply(message.getPayload());
		});
		TcpServer server = serve(WhenFull.REPLACE_OLDEST, Dispatch.THREAD);
		for (int i = 0; i < PLACES; i++) {
			connect(server).send("block");
		}
		Awaitility.await().until(() -> server.statistics().messages().received() == PLACES);
		IntStream.range(0, PLACES).forEach((i) -> connect(server));
		awaitFailing(server);
		this.mayGoOn.complete(null);
		Awaitility.await().until(() -> server.status().state() == EndpointState.LISTENING);
		assertThat(connect(server).ask("at last")).isEqualTo("at last");
	}

	private void blockAtEnds() {
		this.endpoints.echo().onEvent((event) -> {
			if (event instanceof DisconnectedEvent) {
				this.mayGoOn.join();
			}
			else if (event instanceof EndpointFailedEvent failure) {
				this.failures.add(failure);
			}
		});
	}

	private TcpServer serve(WhenFull whenFull, Dispatch dispatch) {
		return this.endpoints.serve((settings) -> settings.maxConnections(PLACES)
			.whenFull(whenFull)
			.connection((connection) -> connection.dispatch(dispatch)));
	}

	private Peer connect(TcpServer server) {
		Peer peer = new Peer(server);
		this.peers.add(peer);
		return peer;
	}

	private static void awaitFailing(TcpServer server) {
		Awaitility.await().until(() -> server.status().state() == EndpointState.FAILING);
		assertThat(server.status().lastFailure().code()).isEqualTo(SocketErrorCode.HANDLER_FAILED);
		assertThat(server.status().lastFailure().message()).contains("nobody gets in", "max-connections",
				"have not returned");
	}

}
