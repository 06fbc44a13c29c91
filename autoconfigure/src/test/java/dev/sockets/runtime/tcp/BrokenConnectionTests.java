package dev.sockets.runtime.tcp;

import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.FaultProxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that break within a frame end once, with the right reason, and leave
 * nothing behind. Faults F4 and F5.
 */
@Timeout(60)
class BrokenConnectionTests {

	private static final int ROUNDS = 40;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final List<Object> received = Collections.synchronizedList(new ArrayList<>());

	@ParameterizedTest
	@EnumSource
	void f4_whenPeersResetWithinAFrameThenEachEndsOnceAndNoPartIsDelivered(Dispatch dispatch) {
		endWithinFrames(dispatch, true, DisconnectReason.RESET);
	}

	@ParameterizedTest
	@EnumSource
	void f5_whenPeersFinishWithinAFrameThenEachEndsOnceAsTruncated(Dispatch dispatch) {
		endWithinFrames(dispatch, false, DisconnectReason.TRUNCATED);
	}

	@Test
	void whenGarbageComesBetweenFramesThenOnlyThatConnectionEnds() {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		TcpServer server = this.endpoints
			.server((connection) -> connection.framing(Framings.lengthPrefixed(4, ByteOrder.BIG_ENDIAN, false)));
		try (FaultProxy proxy = FaultProxy.to(server.getLocalAddress());
				Peer victim = new Peer(new InetSocketAddress("127.0.0.1", proxy.getPort()), 0);
				Peer other = new Peer(server)) {
			victim.sendRaw(new byte[] { 0, 0, 0, 1, 'a' });
			Awaitility.await().until(() -> this.received.size() == 1);
			proxy.toTarget().inject((byte) 0xff, (byte) 0xfe, (byte) 0xfd, (byte) 0xfc);
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
				.isEqualTo(DisconnectReason.FRAME_ERROR);
			assertThat(this.endpoints.events(MessageErrorEvent.class)).singleElement()
				.satisfies((error) -> assertThat(error.getFirstBytes()).isEqualTo("ff fe fd fc"));
			other.sendRaw(new byte[] { 0, 0, 0, 1, 'b' });
			Awaitility.await().untilAsserted(() -> assertThat(this.received).containsExactly("a", "b"));
		}
	}

	private void endWithinFrames(Dispatch dispatch, boolean reset, DisconnectReason reason) {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		TcpServer server = this.endpoints.server((connection) -> connection.dispatch(dispatch));
		long descriptors = Resources.descriptorsNow();
		for (int i = 0; i < ROUNDS; i++) {
			try (FaultProxy proxy = FaultProxy.to(server.getLocalAddress());
					Peer peer = new Peer(new InetSocketAddress("127.0.0.1", proxy.getPort()), 0)) {
				peer.send("whole");
				int round = i;
				Awaitility.await().until(() -> this.received.size() == round + 1);
				if (reset) {
					proxy.toTarget().resetAfter(4);
				}
				else {
					proxy.toTarget().cutAfter(4);
				}
				peer.trySend("partial\n".getBytes());
				this.endpoints.awaitEvents(DisconnectedEvent.class, i + 1);
			}
		}
		assertThat(this.endpoints.events(DisconnectedEvent.class)).hasSize(ROUNDS)
			.extracting(DisconnectedEvent::getReason)
			.containsOnly(reason);
		assertThat(this.received).hasSize(ROUNDS).containsOnly("whole");
		assertThat(server.status().bytesReceived()).isEqualTo(ROUNDS * ("whole\n".length() + 4L));
		Awaitility.await().until(() -> Resources.descriptorsNow() <= descriptors + 5);
	}

}
