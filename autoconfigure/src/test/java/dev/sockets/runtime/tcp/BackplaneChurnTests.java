package dev.sockets.runtime.tcp;

import java.util.List;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.tcp.Connection;
import dev.sockets.tcp.DuplicateSession;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that come and go on three nodes.
 */
@Timeout(240)
class BackplaneChurnTests {

	private static final int ROUNDS = 34;

	private static final int EACH = 100;

	/** After which what is kept for long is there. */
	private static final int ROUNDS_BEFORE = 4;

	/** A third of what an entry for each connection comes to that stays on all nodes. */
	private static final long HEAP_BYTES = 3_000_000;

	@AutoClose
	private final TestNodes nodes = TestNodes.steady(3);

	@Test
	void whenConnectionsComeAndGoThenNothingStaysOnAnyNode() {
		this.nodes.serve((settings) -> settings.duplicateSession(DuplicateSession.ALLOW));
		Set<String> channels = this.nodes.broker().channels();
		List<Thread> threads = threads();
		for (int node = 0; node < 3; node++) {
			this.nodes.endpoints(node).onEvent((event) -> {
			});
		}
		long heap = Long.MAX_VALUE;
		for (int round = 0; round < ROUNDS; round++) {
			if (round == ROUNDS_BEFORE) {
				heap = Resources.now().heap();
			}
			come(round);
			assertThat(this.nodes.broker().channels().size()).isLessThanOrEqualTo(channels.size() + 2);
		}
		for (int node = 0; node < 3; node++) {
			TcpServer server = this.nodes.server(node);
			assertThat(server.presence().all()).isEmpty();
			assertThat(this.nodes.endpoints(node).kept(server)).isZero();
			assertThat(this.nodes.endpoints(node).keptElsewhere(server)).isZero();
		}
		Awaitility.await().until(() -> threads().size() <= threads.size());
		long most = heap + HEAP_BYTES;
		Awaitility.await().until(() -> Resources.now().heap() < most);
	}

	/** As many connections on each node, which all nodes know, and know to have gone. */
	private void come(int round) {
		try (Peers peers = new Peers()) {
			for (int node = 0; node < 3; node++) {
				List<Connection> connections = peers.connect(this.nodes.server(node), EACH);
				for (int i = 0; i < EACH; i++) {
					connections.get(i).bind("user " + i);
					this.nodes.server(node).group("group " + (round + i) % 7).join(connections.get(i));
				}
			}
			Awaitility.await().untilAsserted(() -> {
				for (int node = 0; node < 3; node++) {
					assertThat(this.nodes.server(node).presence().size()).isEqualTo(3 * EACH);
					assertThat(this.nodes.server(node).user("user 99").size()).isEqualTo(3);
				}
			});
		}
		this.nodes.awaitPresence(0);
	}

	private static List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("sockets-backplane"))
			.toList();
	}

}
