package dev.sockets.runtime.backplane;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.backplane.BackplaneSettings;
import dev.sockets.backplane.LocalBroker;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node that starts among many connections.
 */
@Timeout(120)
class LatePresenceTests {

	private static final int MANY = 10_000;

	private final LocalBroker broker = new LocalBroker();

	private final LocalServer hub = new NamedServer("hub");

	private final Backplane early = node("early");

	private final Backplane late = node("late");

	@AfterEach
	void stop() {
		this.late.remove(this.hub);
		this.early.remove(this.hub);
		this.late.stop();
		this.early.stop();
	}

	private Backplane node(String id) {
		return new Backplane(id, BackplaneSettings.builder("test").build(), this.broker.engine(), Runnable::run);
	}

	@Test
	void whenNodeJoinsLateThenItKnowsTenThousandWithinASecond() {
		this.early.start();
		RemoteConnections backward = this.early.add(this.hub);
		for (int i = 0; i < MANY; i++) {
			this.early.opened("hub", connection(i));
		}
		Awaitility.await().until(this.early::isCurrent);
		try (Stalls stalls = new Stalls()) {
			long begun = System.nanoTime();
			this.late.start();
			RemoteConnections known = this.late.add(this.hub);
			for (int i = 0; i < 500; i++) {
				this.early.identified("hub", "early-" + i, "other " + i);
				this.early.closed("hub", "early-" + (MANY - 1 - i));
				this.early.joined("hub", "early-" + i, "hall", Set.of("hall", "group " + i % 10));
			}
			Awaitility.await()
				.pollInterval(Duration.ofMillis(2))
				.until(() -> known.size() == MANY - 500 && known.ofGroup("hall").size() == 500);
			Duration took = Duration.ofNanos(System.nanoTime() - begun);
			assertThat(took).isLessThan(Duration.ofSeconds(1).plus(stalls.total()));
			for (int i = 0; i < 500; i++) {
				assertThat(known.ofUser("other " + i)).hasSize(1);
				assertThat(known.ofUser("user " + i)).isEmpty();
			}
			assertThat(known.find("early-" + (MANY - 500))).isEmpty();
			assertThat(known.ofGroup("group 3")).hasSize((MANY - 500) / 10);
		}
		assertThat(backward.size()).isZero();
	}

	private static ConnectionInfo connection(int number) {
		return new ConnectionInfo("early-" + number, "early", Optional.of("user " + number),
				Set.of("group " + number % 10), new InetSocketAddress("192.0.2.1", 1024 + number),
				Instant.ofEpochSecond(1_700_000_000));
	}

}
