package dev.sockets.runtime.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.codec.Codec;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.rpc.RemoteException;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.ThrowingLog;
import dev.sockets.testkit.Unspeakable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Exceptions of the application that throw again when somebody asks what they say, and a
 * log that throws, cost no place of a connection and no thread. Break B4.
 */
@Timeout(120)
class NastyExceptionTests {

	private static final int PLACES = 3;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@ParameterizedTest
	@EnumSource
	void whenHandlersThrowWhatThrowsItselfThenEachPlaceIsFreeAgain(Dispatch dispatch) {
		TcpServer server = this.endpoints.onMessage((message) -> {
			throw new Unspeakable();
		})
			.serve((settings) -> settings.maxConnections(PLACES)
				.connection((connection) -> connection.dispatch(dispatch)));
		for (int i = 0; i < PLACES; i++) {
			try (Peer peer = new Peer(server)) {
				peer.send("message");
				int received = i + 1;
				Awaitility.await().until(() -> server.statistics().messages().received() >= received);
			}
		}
		this.endpoints.echo();
		assertThatAllPlacesAreFree(server);
	}

	@ParameterizedTest
	@ValueSource(classes = { ConnectedEvent.class, DisconnectedEvent.class, MessageErrorEvent.class })
	void whenListenersThrowWhatThrowsItselfThenEachPlaceIsFreeAgain(Class<?> event) {
		this.endpoints.onEvent((published) -> {
			if (event.isInstance(published)) {
				throw new Unspeakable();
			}
		});
		TcpServer server = this.endpoints.onMessage((message) -> {
			if (message.getPayload().equals("fail")) {
				throw new IllegalStateException("A handler fails, as it was told to");
			}
			message.reply(message.getPayload());
		}).serve((settings) -> settings.maxConnections(PLACES));
		for (int i = 0; i < PLACES; i++) {
			try (Peer peer = new Peer(server)) {
				peer.send("fail");
			}
		}
		assertThatAllPlacesAreFree(server);
	}

	@Test
	@SuppressWarnings("try")
	void whenTheLogThrowsThenEachPlaceIsFreeAgain() {
		TcpServer server = this.endpoints.onMessage((message) -> {
			throw new IllegalStateException("A handler fails, as it was told to");
		}).serve((settings) -> settings.maxConnections(PLACES));
		this.endpoints.onEvent((event) -> {
			throw new Unspeakable();
		});
		try (ThrowingLog log = new ThrowingLog()) {
			for (int i = 0; i < PLACES; i++) {
				try (Peer peer = new Peer(server)) {
					peer.send("message");
				}
			}
			this.endpoints.echo();
			assertThatAllPlacesAreFree(server);
		}
	}

	@Test
	void whenACodecThrowsWhatThrowsItselfThenItIsAFailedMessageAndTheConnectionStays() {
		TcpServer server = this.endpoints.echo().server((connection) -> connection.codec(new Codec() {

			@Override
			public Object decode(byte[] bytes, int offset, int length) {
				if (bytes[offset] == '!') {
					throw new Unspeakable();
				}
				return new String(bytes, offset, length);
			}

			@Override
			public byte[] encode(Object payload) {
				return String.valueOf(payload).getBytes();
			}

		}));
		try (Peer peer = new Peer(server)) {
			peer.send("!");
			assertThat(peer.ask("still served")).isEqualTo("still served");
			Awaitility.await().until(() -> server.statistics().messages().failed().get("CODEC_FAILED") == 1);
			assertThat(server.recentFailures()).hasSize(1);
		}
	}

	@Test
	void whenARequestByOpcodeFailsWithWhatThrowsItselfThenTheCallerIsTold() {
		RpcPair pair = new RpcPair(this.endpoints, (connection) -> connection.maxPendingRequests(2));
		pair.fromServer().bind("nasty", (request) -> {
			throw new Unspeakable();
		});
		pair.fromServer().bind("later", (request) -> CompletableFuture.failedFuture(new Unspeakable()));
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> pair.fromClient().execute("nasty"));
			assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> pair.fromClient().execute("later"));
		}
	}

	@Test
	void whenWhatFollowsAnAnswerThrowsWhatThrowsItselfThenTheOtherRequestsAreAnswered() {
		CompletableFuture<Void> mayAnswer = new CompletableFuture<>();
		TcpServer server = this.endpoints.onMessage((message) -> {
			mayAnswer.join();
			message.reply(message.getPayload());
		}).server();
		TcpClient client = this.endpoints.newClient(server);
		client.connect();
		client.requestAsync("first").whenComplete((answer, failure) -> {
			throw new Unspeakable();
		});
		CompletableFuture<Object> second = client.requestAsync("second")
			.handle((answer, failure) -> (failure == null) ? answer : "failed");
		mayAnswer.complete(null);
		assertThat(second).succeedsWithin(TestEndpoints.SOON).isEqualTo("second");
		assertThat(client.<Object>request("third")).isEqualTo("third");
		assertThat(this.endpoints.events(DisconnectedEvent.class)).isEmpty();
	}

	@Test
	void whenAClientsListenersThrowWhatThrowsItselfThenItReconnects() {
		TcpServer server = this.endpoints.echo().server();
		this.endpoints.onEvent((event) -> {
			throw new Unspeakable();
		});
		TcpClient client = this.endpoints.newClient(server);
		for (int i = 0; i < 3; i++) {
			client.reconnect();
			assertThat(client.<Object>request("question")).isEqualTo("question");
		}
		client.disconnect();
		Awaitility.await().until(() -> client.status().connections() == 0);
	}

	private void assertThatAllPlacesAreFree(TcpServer server) {
		Awaitility.await().until(() -> server.status().connections() == 0);
		List<Peer> peers = new ArrayList<>();
		for (int i = 0; i < PLACES; i++) {
			Awaitility.await().until(() -> isServed(server, peers));
		}
		assertThat(server.status().connections()).isEqualTo(PLACES);
		peers.forEach(Peer::close);
		server.stop();
		server.start();
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("restarted")).isEqualTo("restarted");
		}
	}

	private static boolean isServed(TcpServer server, List<Peer> served) {
		Peer peer = new Peer(server);
		peer.trySend("served\n".getBytes());
		if ("served".equals(peer.readLineOrReset())) {
			served.add(peer);
			return true;
		}
		peer.close();
		return false;
	}

}
