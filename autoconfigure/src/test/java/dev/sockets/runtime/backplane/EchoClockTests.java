package dev.sockets.runtime.backplane;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a node hears nothing, and when it only could not listen.
 */
class EchoClockTests {

	private static final long INTERVAL = 100;

	private static final long HELD_UP = 1000;

	private final EchoClock clock = new EchoClock(INTERVAL, HELD_UP);

	private long now = Long.MAX_VALUE - 500;

	@BeforeEach
	void connect() {
		this.clock.reset(this.now);
		beat(1);
	}

	private void beat(long sequence) {
		this.clock.sent(sequence, this.now);
		assertThat(this.clock.echoed(sequence, this.now)).isTrue();
	}

	@Test
	void whenNothingComesBackForThreeIntervalsThenItHearsNothing() {
		this.clock.sent(2, this.now);
		for (int i = 0; i < 29; i++) {
			assertThat(this.clock.isDeaf(this.now += 10)).isFalse();
		}
		assertThat(this.clock.isDeaf(this.now += 10)).isTrue();
		assertThat(this.clock.isHearing()).isFalse();
		assertThat(this.clock.isDeaf(this.now += 10)).isFalse();
	}

	@Test
	void whenItWasHeldUpThenThatIsNoSilence() {
		this.clock.sent(2, this.now);
		assertThat(this.clock.isDeaf(this.now += 90)).isFalse();
		assertThat(this.clock.isDeaf(this.now += 100_000)).isFalse();
		assertThat(this.clock.isDeaf(this.now += 100)).isFalse();
		assertThat(this.clock.isDeaf(this.now += 10)).isTrue();
	}

	@Test
	void whenItWasHeldUpThenWhatComesIsOldUntilALaterHeartbeatComesBack() {
		this.clock.sent(2, this.now);
		this.clock.look(this.now += HELD_UP - 1);
		assertThat(this.clock.isBehind()).isFalse();
		this.clock.look(this.now += HELD_UP);
		assertThat(this.clock.isBehind()).isTrue();
		assertThat(this.clock.echoed(2, this.now)).isTrue();
		assertThat(this.clock.isBehind()).isTrue();
		assertThat(this.clock.untilNext(this.now)).isLessThanOrEqualTo(0);
		beat(3);
		assertThat(this.clock.isBehind()).isFalse();
	}

	@Test
	void whenItConnectsAnewThenNothingOldComes() {
		this.clock.look(this.now += HELD_UP);
		this.clock.reset(this.now);
		assertThat(this.clock.isBehind()).isFalse();
	}

	@Test
	void whenAHeartbeatComesBackAgainThenItIsNoSignOfHearing() {
		long ticks = this.clock.ticks();
		this.clock.sent(2, this.now);
		assertThat(this.clock.echoed(1, this.now += INTERVAL)).isFalse();
		assertThat(this.clock.echoed(2, this.now)).isTrue();
		assertThat(this.clock.echoed(2, this.now += INTERVAL)).isFalse();
		assertThat(this.clock.ticks()).isEqualTo(ticks + 1);
	}

}
