package dev.sockets.runtime.backplane;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.sockets.runtime.backplane.frame.Heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How far another node is behind in hearing this one.
 */
class LagTests {

	private static final long NOW = System.nanoTime();

	@Test
	void whenANodeHasJustBeenHeardThenItIsNotBehind() {
		Heartbeat heartbeat = new Heartbeat("there", 0, 0, true, 1, 1, 64, 0, List.of(), List.of());
		Peer peer = new Peer(7, heartbeat, Map.of(), new Reach(5), NOW);
		peer.hearsNot(NOW);
		assertThat(peer.lag()).isZero();
		peer.hearsNot(NOW + 20);
		assertThat(peer.lag()).isEqualTo(20);
	}

	@Test
	void whenAHeartbeatGoesOutWhileAnotherOneIsTakenThenItsNodeIsNotBehind() {
		HeartbeatTimes times = new HeartbeatTimes();
		times.sent(1, NOW + 10);
		assertThat(times.lag(0, NOW)).isZero();
		assertThat(times.lag(0, NOW + 30)).isEqualTo(20);
		assertThat(times.lag(1, NOW + 30)).isZero();
	}

}
