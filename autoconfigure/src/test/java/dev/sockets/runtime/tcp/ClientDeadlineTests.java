package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Heartbeat;
import dev.sockets.tcp.TcpClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client watches over its connection as a server does, and makes itself another one.
 */
@Timeout(60)
class ClientDeadlineTests {

	private static final Duration SHORT = Duration.ofMillis(200);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@AutoClose
	private final Backend backend = new Backend();

	@Test
	void whenTheServerIsSilentThenTheClientSendsHeartbeatsAndConnectsAnew() {
		start((connection) -> connection
			.heartbeat(new Heartbeat(SHORT, SHORT, "beat".getBytes(StandardCharsets.UTF_8))));
		try (Peer silent = this.backend.accept()) {
			assertThat(silent.readLine()).isEqualTo("beat");
			assertThat(endOf(silent)).isEqualTo(DisconnectReason.HEARTBEAT);
		}
	}

	@Test
	void whenNothingIsSentEitherWayThenTheIdleConnectionIsClosedAndTheClientConnectsAnew() {
		start((connection) -> connection.idleTimeout(SHORT));
		try (Peer idle = this.backend.accept()) {
			assertThat(endOf(idle)).isEqualTo(DisconnectReason.IDLE);
		}
	}

	@Test
	void whenTheServerDoesNotFinishAMessageThenTheConnectionIsClosedAndTheClientConnectsAnew() {
		start((connection) -> connection.frameTimeout(SHORT));
		try (Peer slow = this.backend.accept()) {
			slow.sendRaw("half a li".getBytes(StandardCharsets.UTF_8));
			assertThat(endOf(slow)).isEqualTo(DisconnectReason.FRAME_TIMEOUT);
		}
	}

	private DisconnectReason endOf(Peer peer) {
		String line;
		do {
			line = peer.readLineOrReset();
		}
		while (line != null);
		List<DisconnectedEvent> ends = this.endpoints.awaitEvents(DisconnectedEvent.class, 1);
		this.endpoints.awaitEvents(ConnectedEvent.class, 2);
		this.backend.accept().close();
		return ends.get(0).getReason();
	}

	private void start(Consumer<ConnectionSettings.Builder> settings) {
		TcpClient client = this.endpoints.newClient("client", this.backend.port(),
				(builder) -> builder.reconnect(ReconnectingTests.QUICK).connection(settings));
		client.start();
	}

}
