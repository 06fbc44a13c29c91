package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.backplane.BackplaneSettings;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.LogLines;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a node says of others, and of the way to them, in the log.
 */
@Timeout(120)
class BackplaneLogTests {

	@AutoClose
	private final LogLines log = new LogLines("dev.sockets.runtime.backplane");

	private static void plain(TcpServerSettings.Builder settings) {
	}

	/** What they have heard of each other is true for long. */
	private static BackplaneSettings.Builder remembering(BackplaneSettings.Builder settings) {
		return settings.heartbeat(TestNodes.BEAT, TestEndpoints.SOON);
	}

	private List<String> lines(String part) {
		return this.log.all().stream().filter((line) -> line.contains(part)).toList();
	}

	@Test
	void whenItIsConnectedForTheFirstTimeThenThatIsLoggedOnce() {
		try (TestNodes nodes = TestNodes.steady(2)) {
			nodes.serve(BackplaneLogTests::plain);
			Awaitility.await()
				.untilAsserted(() -> assertThat(lines("The backplane is connected")).satisfiesExactlyInAnyOrder(
						(line) -> assertThat(line)
							.startsWith("INFO The backplane is connected: node 'node0' of 'test' by "),
						(line) -> assertThat(line)
							.startsWith("INFO The backplane is connected: node 'node1' of 'test' by ")));
			nodes.engine(0).lose();
			nodes.engine(0).restore();
			Awaitility.await().until(() -> !lines("connected again after").isEmpty());
			assertThat(lines("The backplane is connected")).hasSize(3);
		}
	}

	@Test
	void whenItHearsNothingThenItSaysOnceWhy() {
		try (TestNodes nodes = new TestNodes(2)) {
			nodes.serve(BackplaneLogTests::plain);
			nodes.engine(1).deafen();
			Awaitility.await().until(() -> !lines("connected again after").isEmpty());
			Awaitility.await()
				.untilAsserted(() -> assertThat(lines("connected, so")).hasSize((int) outages(nodes))
					.containsOnly("WARN The backplane is not connected, so this node serves its own connections only: "
							+ "It hears nothing although it is connected, so it connects anew"));
			assertThat(lines("still not connected")).isEmpty();
		}
	}

	/** There is another one when the machine has held up a node. */
	private static long outages(TestNodes nodes) {
		return nodes.backplane(0).watch().statistics().outages() + nodes.backplane(1).watch().statistics().outages();
	}

	@Test
	void whenMoreIsSentThanMayWaitThenThatIsLoggedOnce() {
		try (TestNodes nodes = new TestNodes(2,
				(settings) -> settings.outbound(100_000, TestEndpoints.SOON).window(50_000))) {
			nodes.serve(BackplaneLogTests::plain);
			nodes.engine(0).lose();
			for (int i = 0; i < 100; i++) {
				nodes.server(0).broadcast("x".repeat(10_000));
			}
			assertThat(lines("WARN Node 'node0' sends more to other nodes than the broker takes")).hasSize(1);
			assertThat(nodes.backplane(0).counters().dropped(DropReason.FULL)).isGreaterThan(80);
		}
	}

	@Test
	void whenThisNodeStopsThenNothingIsSaidOfOthers() {
		try (TestNodes nodes = new TestNodes(2)) {
			nodes.serve(BackplaneLogTests::plain);
			nodes.backplane(0).stop();
			Awaitility.await().until(() -> !lines("Node 'node0' has stopped").isEmpty());
			assertThat(lines("Node 'node1' has stopped")).isEmpty();
		}
	}

	@Test
	void whenNodeStaysAloneThenThatIsLoggedOnce() {
		try (TestNodes nodes = TestNodes.steady(2)) {
			nodes.serve(BackplaneLogTests::plain);
			nodes.makeOlder(1, Duration.ofMinutes(1));
			nodes.engine(1).holdUp(() -> nodes.server(1).group("nobody").send("it says nothing before the other one"));
			nodes.add("node1");
			Awaitility.await().until(() -> nodes.backplane(2).watch().statistics().roundTrips().count() > 0);
			nodes.engine(1).goOn();
			Awaitility.await().until(() -> nodes.backplane(2).watch().statistics().outages() == 1);
			assertThat(lines("stays alone while")).hasSize(1)
				.allSatisfy((line) -> assertThat(line).startsWith("ERROR Node 'node1' stays alone"));
			Awaitility.await()
				.untilAsserted(() -> assertThat(lines("WARN Another node of the id 'node1' has started after this one"))
					.hasSize(1));
		}
	}

	@Test
	void whenGroupChannelsDifferThenBothNumbersAreLoggedOnce() {
		try (TestNodes nodes = TestNodes.steady(2)) {
			nodes.serve(BackplaneLogTests::plain);
			nodes.add("other", (settings) -> TestNodes.steady(settings).groupChannels(1));
			nodes.serveOn(2, BackplaneLogTests::plain);
			nodes.awaitEachOther();
			Awaitility.await().untilAsserted(() -> assertThat(lines("group-channels")).hasSize(4));
			assertThat(lines("Node 'other' has 1 group-channels and node 'node0' has 2")).hasSize(1)
				.allSatisfy((line) -> assertThat(line).startsWith("WARN").contains("sockets.backplane.group-channels"));
		}
	}

	@Test
	void whenOnlyOneNodeHasASecretThenBothSaySoOnce() {
		try (TestNodes nodes = new TestNodes(2, BackplaneLogTests::remembering)) {
			nodes.serve(BackplaneLogTests::plain);
			nodes.add("signs", (settings) -> remembering(settings).secret("that nobody knows", List.of()));
			nodes.serveOn(2, BackplaneLogTests::plain);
			Awaitility.await().until(() -> nodes.backplane(2).counters().dropped(DropReason.SIGNATURE) > 10);
			assertThat(this.log.all()).filteredOn((line) -> line.contains("does not sign"))
				.singleElement()
				.asString()
				.matches("WARN Node 'node[01]' of 'test' does not sign, so nothing of it is taken: .*");
			Awaitility.await()
				.until(() -> lines("WARN Node 'signs' of 'test' signs, and this one does not").size() == 2);
			assertThat(nodes.backplane(2).watch().status().apart()).isTrue();
			assertThat(nodes.backplane(0).watch().status().apart()).isFalse();
			assertThat(nodes.backplane(0).watch().status().differingSecrets()).containsOnlyKeys("signs");
		}
	}

	@Test
	void whenSecretsDifferThenEachNodeSaysSoOnceAndNamesAnother() {
		try (TestNodes nodes = new TestNodes(2,
				(settings) -> remembering(settings).secret("that nobody knows", List.of()))) {
			nodes.add("other", (settings) -> remembering(settings).secret("that others know", List.of()));
			nodes.serveOn(2, BackplaneLogTests::plain);
			for (int node = 0; node < 3; node++) {
				int observed = node;
				Awaitility.await().until(() -> nodes.backplane(observed).counters().dropped(DropReason.SIGNATURE) > 5);
			}
			assertThat(lines("signs by a secret that is not known here")).hasSize(3);
			assertThat(lines("Node 'other' of 'test' signs by a secret that is not known here")).hasSize(2);
			assertThat(nodes.backplane(2).watch().status().differingSecrets()).containsOnlyKeys("node0", "node1");
		}
	}

}
