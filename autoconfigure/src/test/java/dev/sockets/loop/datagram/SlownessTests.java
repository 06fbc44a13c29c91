package dev.sockets.loop.datagram;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When handlers count as slow.
 */
class SlownessTests {

	private final Slowness slowness = new Slowness();

	@Test
	void whenFewAreHandledWhileMoreWaitThenHandlersAreSlow() {
		assertThat(handle(32, true, 0, 2, 4)).isFalse();
		assertThat(this.slowness.handled(32, true, 5)).isTrue();
		assertThat(this.slowness.handled(32, true, 6)).isTrue();
	}

	@Test
	void whenManyAreHandledThenHandlersAreNotSlow() {
		for (int tick = 0; tick < 20; tick++) {
			assertThat(handle(32, true, tick, tick, tick)).isFalse();
		}
	}

	@Test
	void whenNothingMoreWaitsThenHandlersAreNotSlow() {
		assertThat(handle(32, true, 0, 3, 5)).isTrue();
		assertThat(this.slowness.handled(1, false, 6)).isFalse();
		assertThat(this.slowness.handled(32, true, 20)).isFalse();
	}

	private boolean handle(int datagrams, boolean more, long... ticks) {
		boolean slow = false;
		for (long tick : ticks) {
			slow = this.slowness.handled(datagrams, more, tick);
		}
		return slow;
	}

}
