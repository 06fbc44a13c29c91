package dev.sockets.runtime.backplane;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which nodes are told of whose secret is another one.
 */
class DifferingSecretsTests {

	private final DifferingSecrets differing = new DifferingSecrets(100);

	@Test
	void whenANodeIsHeardNoLongerThenItIsForgotten() {
		this.differing.heard("a", "does not sign", 0);
		this.differing.heard("b", "does not sign", 50);
		assertThat(this.differing.all(99)).containsOnlyKeys("a", "b");
		assertThat(this.differing.all(100)).containsOnlyKeys("b");
		this.differing.heard("b", "signs", 100);
		assertThat(this.differing.all(199)).containsEntry("b", "signs");
	}

	@Test
	void whenSomebodyMakesUpNodesThenFewAreKept() {
		for (int i = 0; i < 1000; i++) {
			this.differing.heard("node" + i, "does not sign", i);
		}
		assertThat(this.differing.all(999)).hasSize(DifferingSecrets.MOST).containsKey("node999");
	}

}
