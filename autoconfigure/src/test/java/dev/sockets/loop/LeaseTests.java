package dev.sockets.loop;

import java.io.IOException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.testkit.TestedEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every transition of the table in {@link Lease}.
 */
@Timeout(60)
class LeaseTests {

	private final EventLoopGroup loops = TestedEngine.loops(1);

	private final Lease lease = new Lease();

	private Registration guarded;

	private Registration unguarded;

	@BeforeEach
	void acquireLoops() throws IOException {
		this.loops.acquire();
		this.guarded = new Registration(this.loops.next(), new Nothing(true));
		this.unguarded = new Registration(this.loops.next(), new Nothing(false));
	}

	@AfterEach
	void releaseLoops() {
		this.loops.release();
	}

	@Test
	void whenNothingHasBegunThenNothingCanBeTaken() {
		assertThat(this.lease.since()).isEqualTo(Lease.IDLE);
		assertThat(this.lease.take(1)).isFalse();
		assertThat(this.lease.registration()).isNull();
	}

	@Test
	void whenALeaseEndsInTimeThenItCannotBeTakenAfterwards() {
		this.lease.begin(this.guarded, 7);
		assertThat(this.lease.since()).isEqualTo(7);
		assertThat(this.lease.registration()).isSameAs(this.guarded);
		assertThat(this.lease.end()).isTrue();
		assertThat(this.lease.take(7)).isFalse();
		assertThat(this.lease.since()).isEqualTo(Lease.IDLE);
	}

	@Test
	void whenALeaseIsTakenThenItsRunnerLearnsThatItIsLateAndNobodyTakesItAgain() {
		this.lease.begin(this.guarded, 7);
		assertThat(this.lease.take(7)).isTrue();
		assertThat(this.lease.since()).isNotPositive();
		assertThat(this.lease.take(7)).isFalse();
		assertThat(this.lease.end()).isFalse();
		assertThat(this.lease.end()).isFalse();
	}

	@Test
	void whenALeaseHasBegunAnewThenItIsNotTakenForTheOneSeenBefore() {
		this.lease.begin(this.guarded, 7);
		this.lease.end();
		this.lease.begin(this.guarded, 8);
		assertThat(this.lease.take(7)).isFalse();
		assertThat(this.lease.end()).isTrue();
	}

	@Test
	void whenAnUnguardedRunnerHandlesThenItsLeaseCanBeTakenUntilItReadsOn() {
		this.lease.begin(this.unguarded, 7);
		assertThat(this.lease.since()).isEqualTo(Lease.UNGUARDED);
		this.lease.guard(8);
		assertThat(this.lease.since()).isEqualTo(8);
		assertThat(this.lease.unguard()).isTrue();
		assertThat(this.lease.take(8)).isFalse();
		assertThat(this.lease.end()).isTrue();
	}

	@Test
	void whenALeaseIsTakenWhileItsRunnerHandlesThenItMustNotReadOn() {
		this.lease.begin(this.unguarded, 7);
		this.lease.guard(8);
		assertThat(this.lease.take(8)).isTrue();
		assertThat(this.lease.unguard()).isFalse();
		assertThat(this.lease.end()).isFalse();
	}

	@Test
	void whenTheSelectableIsNotGuardedThenItsLeaseCannotBeTaken() {
		this.lease.begin(this.unguarded, 7);
		assertThat(this.lease.since()).isEqualTo(Lease.UNGUARDED).isNotPositive();
		assertThat(this.lease.take(7)).isFalse();
		assertThat(this.lease.end()).isTrue();
	}

	@Test
	void whenRunnerAndWatchdogMeetThenExactlyOneOfThemWins() throws Exception {
		for (long tick = 1; tick <= 2000; tick++) {
			Lease lease = new Lease();
			lease.begin(this.guarded, tick);
			AtomicBoolean taken = new AtomicBoolean();
			CyclicBarrier barrier = new CyclicBarrier(2);
			long since = tick;
			Thread watchdog = new Thread(() -> {
				await(barrier);
				taken.set(lease.take(since));
			});
			watchdog.start();
			await(barrier);
			boolean inTime = lease.end();
			watchdog.join();
			assertThat(inTime).isNotEqualTo(taken.get());
		}
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record Nothing(boolean guarded) implements Selectable {

		@Override
		public void ready(int operations, LoopRunner runner) {
		}

		@Override
		public void signalled(int signals, LoopRunner runner) {
		}

	}

}
