package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.List;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.redis.RedisEngine;
import dev.sockets.event.BackplaneLostEvent;
import dev.sockets.runtime.backplane.Backplane;
import dev.sockets.testkit.LogLines;
import dev.sockets.testkit.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Another Redis becomes the primary, and connections with the old one stay: what is
 * published there does not come to others any more.
 */
@Timeout(120)
class RedisFailoverTests {

	@AutoClose
	private final RedisServer second = RedisServer.start("--repl-diskless-sync-delay", "0");

	@AutoClose
	private final RedisServer first = RedisServer.start("--replicaof", "127.0.0.1", String.valueOf(this.second.port()));

	/** Each attempt takes the next address, as one by another name server would. */
	private BackplaneEngine engine(String node) {
		List<RedisURI> addresses = node.equals("late") ? addresses(this.second) : addresses(this.first, this.second);
		addresses.forEach((address) -> address.setClientName("sockets:" + node));
		return new RedisEngine(addresses, ClientOptions.create(), null);
	}

	private static List<RedisURI> addresses(RedisServer... servers) {
		return List.of(servers).stream().map(RedisServer::url).map(RedisURI::create).toList();
	}

	@Test
	void whenNodesAreHeardNoLongerByOneThatTheyHearThenTheyConnectAnew() {
		Awaitility.await().until(() -> this.first.ask("ROLE").contains("connected"));
		try (LogLines log = new LogLines(Backplane.class.getName());
				TestNodes nodes = new TestNodes(2,
						(settings) -> settings.heartbeat(Duration.ofSeconds(1), Duration.ofSeconds(4)), this::engine)) {
			RedisNodes.serve(nodes);
			nodes.add("late");
			nodes.serveOn(2, RedisNodes::patient);
			nodes.awaitEachOther();
			Awaitility.await().until(() -> this.second.clients("sockets:", true).size() == 3);
			nodes.awaitEachOther();
			nodes.awaitHearing();
			nodes.connect(3);
			nodes.awaitPresence(3);
			for (int node = 0; node < 3; node++) {
				nodes.server(node).broadcast("of " + node);
			}
			for (int node = 0; node < 3; node++) {
				assertThat(
						List.of(nodes.peer(node).readLine(), nodes.peer(node).readLine(), nodes.peer(node).readLine()))
					.containsExactlyInAnyOrder("of 0", "of 1", "of 2");
			}
			assertThat(nodes.endpoints(2).events()).noneMatch(BackplaneLostEvent.class::isInstance);
			assertThat(log.all()).anyMatch((line) -> line.startsWith("WARN")
					&& line.contains("Node 'late' is heard and does not hear this one"));
		}
	}

}
