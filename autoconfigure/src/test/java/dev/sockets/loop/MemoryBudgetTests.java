package dev.sockets.loop;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is kept of those that are read already has a bound, which nobody reaches who keeps
 * little. Break B1.
 */
class MemoryBudgetTests {

	private static final int MAX = 1024 * 1024;

	private final MemoryBudget memory = new MemoryBudget(MAX);

	@Test
	void whenAQuarterMoreIsUsedThenThereIsNoneForWhoHoldsMuchAndSomeForOthers() {
		this.memory.usedBy(() -> 10);
		this.memory.add(MAX + MAX / 4 - 1);
		assertThat(this.memory.isUsedUp()).isTrue();
		assertThat(this.memory.isOverdrawnBy(MAX)).isFalse();
		this.memory.add(1);
		assertThat(this.memory.isOverdrawnBy(MAX / 320 + 1)).isTrue();
		assertThat(this.memory.isOverdrawnBy(MAX / 320)).isFalse();
		this.memory.add(-1);
		assertThat(this.memory.isOverdrawnBy(MAX)).isFalse();
	}

	@Test
	void whenThereAreManyThenTheSharesOfAllAreNoMoreThanASmallPart() {
		this.memory.add(2 * MAX);
		for (int users = 1; users <= 15; users++) {
			int present = users;
			this.memory.usedBy(() -> present);
			assertThat(this.memory.isOverdrawnBy(MAX / 32 / users + 1)).isTrue();
		}
	}

	@Test
	void whenThereAreVeryManyThenOneMessageOfEachIsKeptAllTheSame() {
		this.memory.usedBy(() -> 100_000);
		this.memory.add(2 * MAX);
		assertThat(this.memory.isOverdrawnBy(2000)).isFalse();
		assertThat(this.memory.isOverdrawnBy(3000)).isTrue();
	}

}
