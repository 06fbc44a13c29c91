package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * While the application has paused reading, no message is handled: not even those that
 * came in one segment with the one whose handler has paused it.
 */
@Timeout(60)
class PausedMessageTests {

	private static final int MANY = 5000;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> handled = new ConcurrentLinkedQueue<>();

	@ParameterizedTest
	@EnumSource
	void whenAHandlerPausesThenWhatCameWithItsMessageWaits(Dispatch dispatch) {
		TcpServer server = serve(dispatch);
		try (Peer peer = new Peer(server)) {
			peer.send("pause", "a", "b");
			Connection connection = this.endpoints.onlyConnection(server);
			Awaitility.await().until(() -> this.handled.size() == 1);
			peer.send("c");
			assertStays(1);
			connection.resumeReading();
			Awaitility.await().until(() -> this.handled.size() == 4);
			assertThat(this.handled).containsExactly("pause", "a", "b", "c");
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenPausedAndResumedAtEachMessageThenAllAreHandledInOrder(Dispatch dispatch) {
		TcpServer server = this.endpoints.newServer("server", 0, (settings) -> settings.dispatch(dispatch));
		server.addHandler((connection, payload) -> {
			this.handled.add(payload);
			connection.pauseReading();
			OwnThread.run(connection::resumeReading);
			return null;
		});
		server.start();
		int count = 500;
		try (Peer peer = new Peer(server)) {
			peer.send(IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new));
			Awaitility.await().until(() -> this.handled.size() == count);
			assertThat(this.handled)
				.containsExactlyElementsOf(IntStream.range(0, count).mapToObj(Integer::toString).toList());
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenMoreWaitsThanIsReadAheadThenAllIsHandledAfterwards(Dispatch dispatch) {
		TcpServer server = serve(dispatch);
		try (Peer peer = new Peer(server)) {
			peer.send("pause");
			Connection connection = this.endpoints.onlyConnection(server);
			Awaitility.await().until(() -> this.handled.size() == 1);
			peer.send(IntStream.range(0, MANY).mapToObj(Integer::toString).toArray(String[]::new));
			assertStays(1);
			connection.resumeReading();
			Awaitility.await().until(() -> this.handled.size() == MANY + 1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenThePausedConnectionIsClosedThenItsEndIsTold(Dispatch dispatch) {
		TcpServer server = serve(dispatch);
		try (Peer peer = new Peer(server)) {
			peer.send("pause", "a", "b");
			Connection connection = this.endpoints.onlyConnection(server);
			Awaitility.await().until(() -> this.handled.size() == 1);
			connection.close();
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
				.isEqualTo(DisconnectReason.LOCAL);
			assertThat(this.handled).containsExactly("pause");
			Awaitility.await().until(() -> server.getConnections().isEmpty());
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenTheServerStopsThenAPausedConnectionEndsLongBeforeTheGracePeriod(Dispatch dispatch) {
		TcpServer server = serve(dispatch);
		try (Peer peer = new Peer(server)) {
			peer.send("pause", "a", "b");
			Awaitility.await().until(() -> this.handled.size() == 1);
			server.stop();
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
				.isEqualTo(DisconnectReason.SHUTDOWN);
		}
	}

	private void assertStays(int count) {
		Awaitility.await().during(Duration.ofMillis(200)).until(this.handled::size, (size) -> size == count);
	}

	private TcpServer serve(Dispatch dispatch) {
		TcpServer server = this.endpoints.newServer("server", 0, (settings) -> settings.dispatch(dispatch));
		server.addHandler((connection, payload) -> {
			if (payload.equals("pause")) {
				connection.pauseReading();
			}
			this.handled.add(payload);
			return null;
		});
		server.start();
		return server;
	}

}
