package dev.sockets.runtime.backplane;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a node that is heard, and does not hear this one, is a reason to connect anew.
 */
class ReachTests {

	private final Reach reach = new Reach(5);

	@Test
	void whenANodeDoesNotHearThisOneForAsLongAsASilentOneMayTakeThenItIsLost() {
		for (long tick = 10; tick < 15; tick++) {
			assertThat(this.reach.isLost(false, tick)).isFalse();
		}
		assertThat(this.reach.isLost(false, 15)).isTrue();
		this.reach.connectsAnew(15);
		assertThat(this.reach.isLost(false, 16)).isFalse();
	}

	@Test
	void whenThisOneConnectsAnewForAnotherNodeThenThisOneIsGivenTimeToo() {
		assertThat(this.reach.isLost(false, 10)).isFalse();
		this.reach.connectsAnew(14);
		assertThat(this.reach.isLost(false, 23)).isFalse();
		assertThat(this.reach.isLost(false, 24)).isTrue();
	}

	@Test
	void whenItHearsThisOneThenAConnectionMadeAnewChangesNothing() {
		this.reach.connectsAnew(1);
		assertThat(this.reach.isLost(false, 2)).isFalse();
		assertThat(this.reach.isLost(false, 7)).isTrue();
	}

	@Test
	void whenItHearsThisOneMeanwhileThenTheTimeBeginsAnew() {
		assertThat(this.reach.isLost(false, 10)).isFalse();
		assertThat(this.reach.isLost(true, 14)).isFalse();
		assertThat(this.reach.isLost(false, 15)).isFalse();
		assertThat(this.reach.isLost(false, 19)).isFalse();
		assertThat(this.reach.isLost(false, 20)).isTrue();
	}

	@Test
	void whenAConnectionMadeAnewDoesNotHelpThenTheNextIsMadeMuchLater() {
		long last = 0;
		assertThat(this.reach.isLost(false, last)).isFalse();
		for (long patience : new long[] { 5, 10, 20, 40, 80, 160, 160 }) {
			assertThat(this.reach.isLost(false, last + patience - 1)).isFalse();
			last += patience;
			assertThat(this.reach.isLost(false, last)).isTrue();
			this.reach.connectsAnew(last);
		}
		assertThat(this.reach.isLost(true, last + 1)).isFalse();
		assertThat(this.reach.isLost(false, last + 2)).isFalse();
		assertThat(this.reach.isLost(false, last + 7)).isTrue();
	}

}
