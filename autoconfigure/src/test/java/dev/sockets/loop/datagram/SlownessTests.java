package dev.sockets.loop.datagram;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When handlers count as slow.
 */
class SlownessTests {

	private final Slowness slowness = new Slowness();

	@Test
	void whenFewAreHandledInSomePeriodsThenHandlersAreSlow() {
		assertThat(handle(32, true, 0, 2, 4, 6, 8)).isFalse();
		assertThat(this.slowness.handled(32, true, 10)).isTrue();
		assertThat(this.slowness.handled(32, true, 10)).isTrue();
	}

	@Test
	void whenOnlyOnePeriodIsLongThenHandlersAreNotSlow() {
		assertThat(handle(32, true, 0, 0, 1, 1, 50, 50, 51, 51, 52, 52)).isFalse();
	}

	@Test
	void whenHandlersWereSlowAndAreNotAnyMoreThenThatIsSeen() {
		assertThat(handle(32, true, 0, 2, 4, 6, 8, 10)).isTrue();
		assertThat(handle(32, true, 10, 10, 11)).isFalse();
	}

	@Test
	void whenManyAreHandledThenHandlersAreNotSlow() {
		for (int tick = 0; tick < 20; tick++) {
			assertThat(handle(32, true, tick, tick, tick)).isFalse();
		}
	}

	@Test
	void whenNothingMoreWaitsThenHandlersAreNotSlow() {
		assertThat(handle(32, true, 0, 2, 4, 6, 8, 10)).isTrue();
		assertThat(this.slowness.handled(1, false, 11)).isFalse();
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
