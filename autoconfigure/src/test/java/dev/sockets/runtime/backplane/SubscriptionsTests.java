package dev.sockets.runtime.backplane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import dev.sockets.backplane.BackplaneEngine;
import dev.sockets.backplane.Outgoing;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which channels a node hears.
 */
class SubscriptionsTests {

	private static final long PATIENCE = 1_000_000_000;

	private final List<String> asked = new ArrayList<>();

	private final List<String> begun = new ArrayList<>();

	private final Subscriptions lingering = subscriptions(Long.MAX_VALUE);

	private final Subscriptions hasty = subscriptions(0);

	private Subscriptions subscriptions(long linger) {
		return new Subscriptions(new Asked(), linger, PATIENCE, () -> {
		});
	}

	@Test
	void whenBucketEmptiesDuringOutageThenItIsGivenUp() {
		this.hasty.add("bucket");
		this.hasty.apply(this.begun::add);
		this.hasty.heard("bucket");
		this.hasty.lost();
		this.hasty.remove("bucket");
		this.hasty.apply(this.begun::add);
		assertThat(this.asked).containsExactly("+bucket", "-bucket");
		assertThat(this.hasty.heard("bucket")).isNull();
		assertThat(this.hasty.isHeard("bucket")).isFalse();
		assertThat(this.hasty.size()).isZero();
	}

	@Test
	void whenItIsNeededAgainBeforeItIsGivenUpThenNothingIsAsked() {
		this.lingering.add("bucket");
		this.lingering.apply(this.begun::add);
		CompletableFuture<Void> heard = this.lingering.whenHeard("bucket");
		Runnable waiting = this.lingering.heard("bucket");
		assertThat(waiting).isNotNull();
		waiting.run();
		for (int i = 0; i < 100; i++) {
			this.lingering.remove("bucket");
			this.lingering.apply(this.begun::add);
			this.lingering.add("bucket");
			this.lingering.apply(this.begun::add);
		}
		assertThat(this.asked).containsExactly("+bucket");
		assertThat(this.begun).containsExactly("bucket");
		assertThat(heard).isCompleted();
		assertThat(this.lingering.whenHeard("bucket")).isCompleted();
	}

	@Test
	void whenItIsNeededAgainAfterItWasGivenUpThenItBegins() {
		this.hasty.add("bucket");
		this.hasty.apply(this.begun::add);
		this.hasty.remove("bucket");
		this.hasty.apply(this.begun::add);
		this.hasty.add("bucket");
		this.hasty.apply(this.begun::add);
		assertThat(this.asked).containsExactly("+bucket", "-bucket", "+bucket");
		assertThat(this.begun).containsExactly("bucket", "bucket");
	}

	@Test
	void whenNobodyIsLeftBeforeItWasAskedForThenItNeverIs() {
		this.hasty.add("bucket");
		this.hasty.remove("bucket");
		this.hasty.apply(this.begun::add);
		assertThat(this.asked).isEmpty();
		assertThat(this.hasty.size()).isZero();
	}

	@Test
	void whenItIsNotHeardInTimeThenWhoWaitsIsTakenAndTheWishStays() {
		this.lingering.add("bucket");
		this.lingering.apply(this.begun::add);
		long now = System.nanoTime();
		CompletableFuture<Void> waiting = this.lingering.whenHeard("bucket");
		assertThat(this.lingering.late(now)).isEmpty();
		assertThat(this.lingering.isAwaited()).isTrue();
		assertThat(this.lingering.late(System.nanoTime() + PATIENCE)).containsExactly(waiting);
		assertThat(this.lingering.isAwaited()).isFalse();
		assertThat(this.lingering.heard("bucket")).isNull();
		assertThat(this.lingering.isHeard("bucket")).isTrue();
	}

	private final class Asked implements BackplaneEngine {

		@Override
		public void start(Listener listener) {
		}

		@Override
		public void stop() {
		}

		@Override
		public void reconnect() {
		}

		@Override
		public void subscribe(String channel) {
			SubscriptionsTests.this.asked.add("+" + channel);
		}

		@Override
		public void unsubscribe(String channel) {
			SubscriptionsTests.this.asked.add("-" + channel);
		}

		@Override
		public CompletionStage<Void> publish(List<Outgoing> burst) {
			return CompletableFuture.completedFuture(null);
		}

	}

}
