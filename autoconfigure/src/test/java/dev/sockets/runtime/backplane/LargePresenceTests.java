package dev.sockets.runtime.backplane;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.backplane.BackplaneSettings;
import dev.sockets.backplane.LocalBroker;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.testkit.FaultyEngine;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node with a hundred thousand connections, of which others know each.
 */
@Timeout(120)
class LargePresenceTests {

	private static final int MANY = 100_000;

	private static final int GROUPS = 1000;

	/**
	 * What a connection on another node may take of the heap, with its user and group.
	 */
	private static final long BYTES_EACH = 700;

	private final LocalBroker broker = new LocalBroker();

	private final List<Backplane> nodes = new ArrayList<>();

	private final LocalServer hub = new NamedServer("hub");

	@AfterEach
	void stop() {
		this.nodes.forEach((node) -> node.remove(this.hub));
		this.nodes.forEach(Backplane::stop);
	}

	private Backplane start(String id) {
		FaultyEngine engine = new FaultyEngine(this.broker.engine());
		engine.distant(5);
		Backplane node = new Backplane(id,
				BackplaneSettings.builder("test").outbound(1024 * 1024, Duration.ofSeconds(5)).build(), engine,
				Runnable::run);
		this.nodes.add(node);
		node.start();
		return node;
	}

	@Test
	void whenNodesJoinAHundredThousandConnectionsThenTheyKnowAllAndForgetThemAgain() {
		Backplane large = start("large");
		large.add(this.hub);
		for (int i = 0; i < MANY; i++) {
			large.opened("hub", connection(i));
		}
		Awaitility.await().until(large::isCurrent);
		List<RemoteConnections> known = new ArrayList<>();
		long before = heap();
		try (Stalls stalls = new Stalls()) {
			long begun = System.nanoTime();
			for (int i = 0; i < 3; i++) {
				known.add(start("late" + i).add(this.hub));
			}
			Awaitility.await().until(() -> known.stream().allMatch((remote) -> remote.size() == MANY));
			assertThat(Duration.ofNanos(System.nanoTime() - begun))
				.isLessThan(Duration.ofSeconds(10).plus(stalls.total()));
		}
		for (RemoteConnections remote : known) {
			assertThat(remote.ofUser("user 77777")).hasSize(1);
			assertThat(remote.ofGroup("group 7")).hasSize(MANY / GROUPS);
		}
		assertThat(large.counters().dropped(DropReason.FULL)).isZero();
		assertThat((heap() - before) / MANY / known.size()).as("bytes of heap for each").isLessThan(BYTES_EACH);
		for (int i = 0; i < MANY; i++) {
			large.closed("hub", "large-" + i);
		}
		Awaitility.await().until(() -> known.stream().allMatch((remote) -> remote.size() == 0));
		assertThat(known).allMatch((remote) -> remote.ofGroup("group 7").isEmpty());
		Awaitility.await().until(() -> heap() - before < MANY * BYTES_EACH / 10);
	}

	private static long heap() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

	private static ConnectionInfo connection(int number) {
		return new ConnectionInfo("large-" + number, "large", Optional.of("user " + number),
				Set.of("group " + number % GROUPS), new InetSocketAddress("192.0.2.1", 1024 + number % 60_000),
				Instant.ofEpochSecond(1_700_000_000));
	}

}
