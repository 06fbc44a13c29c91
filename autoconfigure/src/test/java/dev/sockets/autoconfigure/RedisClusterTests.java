package dev.sockets.autoconfigure;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.BackplaneLostEvent;
import dev.sockets.event.BackplaneRecoveredEvent;
import dev.sockets.testkit.RedisCluster;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Redis cluster, each node of which passes on to the others what is published.
 */
@Timeout(120)
class RedisClusterTests {

	@AutoClose
	private final RedisCluster redis = new RedisCluster();

	@Test
	void whenRedisIsAClusterThenNodesAreOneServerAlsoWhenTheirsDiesOrHangs() {
		try (RedisApplications nodes = new RedisApplications(
				"spring.data.redis.cluster.nodes=" + this.redis.addresses())) {
			nodes.assertAllReachAll();
			this.redis.node(0).kill();
			RedisApplications.awaitAllOn(this.redis.node(1));
			nodes.awaitEachOther();
			nodes.assertAllReachAll();
			try (Stalls stalls = new Stalls()) {
				this.redis.node(1).pause(true);
				long begun = System.nanoTime();
				RedisApplications.awaitAllOn(this.redis.node(2));
				assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("nobody waits for the one that hangs")
					.isLessThan(Duration.ofSeconds(9).plus(stalls.total()));
				nodes.awaitEachOther();
				nodes.assertAllReachAll();
			}
			finally {
				this.redis.node(1).pause(false);
			}
			nodes.assertNobodyHasLeft();
		}
	}

	@Test
	void whenNodesAreOnSeveralOfAClusterThenTheyHearEachOtherAndOnlyThoseOfTheOneThatDiesAreAway() {
		try (RedisApplications nodes = new RedisApplications(
				(node) -> new String[] { "spring.data.redis.cluster.nodes=" + this.redis.addressesFrom(node) })) {
			for (int node = 0; node < 3; node++) {
				RedisApplications.awaitOn(this.redis.node(node), node);
			}
			nodes.assertAllReachAll();
			this.redis.node(1).kill();
			RedisApplications.awaitOn(this.redis.node(2), 1);
			Awaitility.await().until(() -> nodes.events(1, BackplaneRecoveredEvent.class).size() == 1);
			nodes.awaitEachOther();
			nodes.assertAllReachAll();
			nodes.assertNobodyHasLeft();
			assertThat(nodes.events(0, BackplaneLostEvent.class)).isEmpty();
			assertThat(nodes.events(2, BackplaneLostEvent.class)).isEmpty();
		}
	}

}
