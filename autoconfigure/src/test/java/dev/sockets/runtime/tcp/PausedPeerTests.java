package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * While reading is paused, a little is read ahead: so a peer that is gone is seen. Break
 * B13.
 */
@Timeout(120)
class PausedPeerTests {

	/** More than is read ahead and the system keeps. */
	private static final int MUCH = 16 * 1024 * 1024;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> handled = new ConcurrentLinkedQueue<>();

	@ParameterizedTest
	@EnumSource
	void whenThePeerHasResetAPausedConnectionThenItsEndIsTold(Dispatch dispatch) throws IOException {
		TcpServer server = serve(dispatch);
		try (Socket socket = new Socket("127.0.0.1", server.getLocalAddress().getPort())) {
			Connection connection = pause(server, socket);
			socket.getOutputStream().write("waits\n".getBytes());
			Awaitility.await().until(() -> connection.getStatistics().bytesReceived() > 6);
			socket.setSoLinger(true, 0);
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.RESET);
		assertThat(server.getConnections()).isEmpty();
		assertThat(this.handled).containsExactly("pause");
	}

	@ParameterizedTest
	@EnumSource
	void whenTooManyRepliesWaitAndThePeerHasResetThenItsEndIsTold(Dispatch dispatch) throws IOException {
		TcpServer server = this.endpoints.newServer("server", 0, (settings) -> settings.dispatch(dispatch));
		server.addHandler((connection, payload) -> new CompletableFuture<>());
		server.start();
		try (Socket socket = new Socket("127.0.0.1", server.getLocalAddress().getPort())) {
			socket.getOutputStream().write("late\n".repeat(1200).getBytes());
			Connection connection = this.endpoints.onlyConnection(server);
			Awaitility.await().until(() -> connection.getStatistics().messagesReceived() > 1024);
			socket.setSoLinger(true, 0);
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.RESET);
	}

	@ParameterizedTest
	@EnumSource
	void whenThePeerHasEndedAPausedConnectionThenWhatItSentIsHandledFirst(Dispatch dispatch) throws IOException {
		TcpServer server = serve(dispatch);
		try (Socket socket = new Socket("127.0.0.1", server.getLocalAddress().getPort())) {
			Connection connection = pause(server, socket);
			socket.getOutputStream().write("a\nb\n".getBytes());
			socket.shutdownOutput();
			Awaitility.await().during(Duration.ofMillis(300)).until(() -> this.handled.size() == 1);
			assertThat(connection.isOpen()).isTrue();
			connection.resumeReading();
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
				.isEqualTo(DisconnectReason.REMOTE);
			assertThat(this.handled).containsExactly("pause", "a", "b");
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenThePeerSendsMuchThenOnlyALittleIsReadAheadAndNothingIsLost(Dispatch dispatch) throws Exception {
		TcpServer server = serve(dispatch);
		try (Socket socket = new Socket("127.0.0.1", server.getLocalAddress().getPort())) {
			Connection connection = pause(server, socket);
			int count = MUCH / 1024;
			String filling = "x".repeat(1000);
			CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(socket, filling, count),
					(task) -> new Thread(task).start());
			Awaitility.await()
				.during(Duration.ofMillis(500))
				.until(() -> connection.getStatistics().bytesReceived() <= 4 * 1024 + 6);
			assertThat(sent).isNotDone();
			for (int i = 0; i < 3; i++) {
				connection.resumeReading();
				connection.pauseReading();
			}
			connection.resumeReading();
			Awaitility.await().until(() -> this.handled.size() == count + 1);
			assertThat(this.handled.stream().skip(1).map((line) -> line.toString().split(" ")[0]))
				.containsExactlyElementsOf(IntStream.range(0, count).mapToObj(Integer::toString).toList());
		}
	}

	private static void send(Socket socket, String filling, int count) {
		try {
			for (int i = 0; i < count; i++) {
				socket.getOutputStream().write((i + " " + filling + "\n").getBytes());
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Connection pause(TcpServer server, Socket socket) throws IOException {
		socket.getOutputStream().write("pause\n".getBytes());
		Connection connection = this.endpoints.onlyConnection(server);
		Awaitility.await().until(() -> this.handled.size() == 1);
		return connection;
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
