package dev.sockets.autoconfigure;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.BackplaneLostEvent;
import dev.sockets.event.BackplaneRecoveredEvent;
import dev.sockets.testkit.RedisCluster;

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
			this.redis.node(1).pause(true);
			try {
				RedisApplications.awaitAllOn(this.redis.node(2));
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
