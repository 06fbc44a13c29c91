package dev.sockets.autoconfigure;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.BackplaneLostEvent;
import dev.sockets.event.BackplaneRecoveredEvent;
import dev.sockets.event.FramesMissedEvent;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Patience;
import dev.sockets.testkit.RedisSentinels;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Redis with sentinels, which make another server the primary.
 */
@Timeout(300)
class RedisSentinelTests {

	@AutoClose
	private final RedisSentinels redis = new RedisSentinels();

	private RedisApplications nodes() {
		return new RedisApplications("spring.data.redis.sentinel.master=" + RedisSentinels.MASTER,
				"spring.data.redis.sentinel.nodes=" + this.redis.addresses());
	}

	@Test
	void whenThePrimaryDiesThenAllNodesGoToTheNewOneAndHearEachOther() {
		try (RedisApplications nodes = nodes()) {
			nodes.assertAllReachAll();
			int sent;
			try (Lines lines = new Lines(nodes)) {
				nodes.readUntil(1, "200");
				this.redis.sentinel(0).kill();
				this.redis.first().kill();
				RedisApplications.awaitAllOn(this.redis.second());
				nodes.awaitEachOther();
				sent = lines.stop();
			}
			nodes.assertNobodyHasLeft();
			nodes.hub(0).broadcast("end");
			assertThat(nodes.readUntil(0, "end")).hasSize(sent);
			for (int node = 1; node < 3; node++) {
				List<Integer> came = nodes.readUntil(node, "end").stream().map(Integer::valueOf).toList();
				assertThat(came).isSorted().doesNotHaveDuplicates();
				long lost = sent - came.size() - ((node == 1) ? 201 : 0);
				assertThat(lost).as("each came once at most").isNotNegative();
				assertThat(nodes.counters(node).dropped(DropReason.DUPLICATE)).isZero();
				awaitToldOfMissed(nodes, node, lost);
				int observed = node;
				Awaitility.await().until(() -> nodes.events(observed, BackplaneRecoveredEvent.class).size() == 1);
				assertThat(nodes.events(node, BackplaneLostEvent.class)).hasSize(1);
			}
			nodes.assertAllReachAll();
		}
	}

	@Test
	void whenThePrimaryIsChangedOrHangsThenNobodyStaysOnTheOldOne() {
		try (RedisApplications nodes = nodes()) {
			this.redis.sentinel(0).ask("SENTINEL", "FAILOVER", RedisSentinels.MASTER);
			RedisApplications.awaitAllOn(this.redis.second());
			Awaitility.await().until(() -> this.redis.first().clients("sockets:", true).isEmpty());
			nodes.awaitEachOther();
			nodes.assertAllReachAll();
			Awaitility.await().until(() -> this.redis.first().ask("ROLE").contains("connected"));
			this.redis.second().pause(true);
			try {
				RedisApplications.awaitAllOn(this.redis.first());
				nodes.awaitEachOther();
				nodes.assertAllReachAll();
			}
			finally {
				this.redis.second().pause(false);
			}
			this.redis.awaitPrimary(this.redis.first());
			nodes.assertAllReachAll();
			nodes.assertNobodyHasLeft();
		}
	}

	/** Heartbeats that do not come are counted, and told to nobody. */
	private static void awaitToldOfMissed(RedisApplications nodes, int node, long lost) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(
					nodes.events(node, FramesMissedEvent.class).stream().mapToLong(FramesMissedEvent::getCount).sum())
				.isBetween(lost, nodes.counters(node).missed()));
	}

	/**
	 * Numbered lines that node 0 sends to all until it is closed.
	 */
	private static final class Lines implements AutoCloseable {

		private final AtomicBoolean over = new AtomicBoolean();

		private final CompletableFuture<Integer> sent;

		Lines(RedisApplications nodes) {
			this.sent = OwnThread.call(() -> {
				int number = 0;
				while (!this.over.get()) {
					nodes.hub(0).broadcast(String.valueOf(number++));
					pause();
				}
				return number;
			});
		}

		private static void pause() {
			try {
				Thread.sleep(2);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		int stop() {
			this.over.set(true);
			assertThat(this.sent).succeedsWithin(Patience.SOON);
			return this.sent.join();
		}

		@Override
		public void close() {
			this.over.set(true);
		}

	}

}
