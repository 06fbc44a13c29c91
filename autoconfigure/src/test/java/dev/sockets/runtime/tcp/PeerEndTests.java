package dev.sockets.runtime.tcp;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.PeerEndPolicy;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A peer that has ended its output can still be sent to, when the endpoint is to.
 */
@Timeout(60)
class PeerEndTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@ParameterizedTest
	@EnumSource
	void whenKeptThenSendsFromElsewhereReachThePeerThatHasEndedItsOutput(Dispatch dispatch) {
		TcpServer server = this.endpoints.echo()
			.server((settings) -> settings.dispatch(dispatch).onPeerEnd(PeerEndPolicy.KEEP));
		try (Peer peer = new Peer(server)) {
			peer.send("last question");
			peer.finish();
			assertThat(peer.readLine()).isEqualTo("last question");
			Connection connection = this.endpoints.onlyConnection(server);
			for (int i = 0; i < 10; i++) {
				connection.send("news " + i);
				assertThat(peer.readLine()).isEqualTo("news " + i);
			}
			assertThat(this.endpoints.events(DisconnectedEvent.class)).isEmpty();
			connection.close();
			assertThat(peer.readLine()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.LOCAL);
	}

	@ParameterizedTest
	@EnumSource
	void whenKeptAndIdleThenTheConnectionIsClosedAtItsDeadline(Dispatch dispatch) {
		TcpServer server = this.endpoints.server((settings) -> settings.dispatch(dispatch)
			.onPeerEnd(PeerEndPolicy.KEEP)
			.idleTimeout(Duration.ofMillis(300)));
		try (Peer peer = new Peer(server)) {
			peer.finish();
			assertThat(peer.readLine()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.IDLE);
		Awaitility.await().until(() -> server.getConnections().isEmpty());
	}

	@ParameterizedTest
	@EnumSource
	void whenKeptAndTheServerStopsThenTheConnectionEnds(Dispatch dispatch) {
		TcpServer server = this.endpoints
			.server((settings) -> settings.dispatch(dispatch).onPeerEnd(PeerEndPolicy.KEEP));
		try (Peer peer = new Peer(server)) {
			peer.finish();
			this.endpoints.onlyConnection(server);
			server.stop();
			assertThat(peer.readLine()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.SHUTDOWN);
	}

}
