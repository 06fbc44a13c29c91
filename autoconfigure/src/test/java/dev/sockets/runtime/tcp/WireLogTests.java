package dev.sockets.runtime.tcp;

import java.util.function.Predicate;

import ch.qos.logback.classic.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.LogLines;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes over the wire is shown in the log, when somebody wants to see it.
 */
@Timeout(60)
class WireLogTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints().echo();

	@AutoClose
	private final LogLines log = new LogLines("sockets.wire.server");

	@Test
	void whenTheLevelIsDebugThenBytesOfBothWaysAreShown() {
		this.log.level(Level.DEBUG);
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			peer.ask("say \"h\u00e9\"\t\\");
			String who = who(this.endpoints.onlyConnection(server));
			awaitLines(2);
			assertThat(this.log.all()).containsExactly(
					"DEBUG received 12 bytes from " + who
							+ ": 73 61 79 20 22 68 c3 a9 22 09 5c 0a \"say \\\"h\\xc3\\xa9\\\"\\t\\\\\\n\"",
					"DEBUG sent 12 bytes to " + who
							+ ": 73 61 79 20 22 68 c3 a9 22 09 5c 0a \"say \\\"h\\xc3\\xa9\\\"\\t\\\\\\n\"");
		}
	}

	@Test
	void whenTheLevelIsSwitchedThenOpenConnectionsFollow() {
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			peer.ask("before");
			this.log.level(Level.DEBUG);
			peer.ask("meanwhile");
			awaitLines(2);
			this.log.level(Level.INFO);
			peer.ask("afterwards");
			assertThat(this.log.all()).hasSize(2).allMatch((line) -> line.endsWith("\"meanwhile\\n\""));
		}
	}

	@Test
	void whenItIsConfiguredThenNoLevelIsNeeded() {
		TcpServer server = this.endpoints.server((connection) -> connection.wireLog(true));
		try (Peer peer = new Peer(server)) {
			peer.ask("hello");
			awaitLines(2);
			assertThat(this.log.all()).allMatch((line) -> line.startsWith("INFO "));
		}
	}

	@Test
	void whenMuchIsSentThenOnlyItsBeginningIsShown() {
		this.log.level(Level.DEBUG);
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			peer.ask("x".repeat(999));
			await((line) -> line.startsWith("DEBUG sent 1000 bytes")
					&& line.endsWith(" 78 \"" + "x".repeat(256) + "\" and 744 more"));
			this.log.level(Level.TRACE);
			peer.ask("y".repeat(5999));
			await((line) -> line.startsWith("DEBUG sent 6000 bytes")
					&& line.endsWith(" 79 \"" + "y".repeat(4096) + "\" and 1904 more"));
		}
	}

	@Test
	void whenSeveralMessagesAreWrittenTogetherThenEachIsShown() {
		this.log.level(Level.DEBUG);
		TcpServer server = this.endpoints.server((connection) -> connection.maxPending(100_000_000));
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			int count = TestEndpoints.fill(connection, 1_000_000).size();
			for (int i = 0; i < count; i++) {
				peer.readLine();
			}
			int bytes = 10_001 * count;
			Awaitility.await()
				.atMost(TestEndpoints.SOON)
				.until(() -> this.log.all().stream().mapToInt(WireLogTests::size).sum() == bytes);
		}
	}

	private static int size(String line) {
		return Integer.parseInt(line.split(" ")[2]);
	}

	private static String who(Connection connection) {
		return connection.getId() + " (" + connection.getRemoteAddress() + ")";
	}

	private void awaitLines(int count) {
		Awaitility.await().atMost(TestEndpoints.SOON).until(() -> this.log.all().size() == count);
	}

	private void await(Predicate<String> line) {
		Awaitility.await().atMost(TestEndpoints.SOON).until(() -> this.log.all().stream().anyMatch(line));
	}

}
