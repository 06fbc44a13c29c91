package dev.sockets.runtime;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Members by names.
 */
class MemberIndexTests {

	private final MemberIndex<Integer> index = new MemberIndex<>();

	@Test
	void whenTheLastMemberHasLeftThenTheNameIsGone() {
		assertThat(this.index.add("a", 1)).isTrue();
		assertThat(this.index.add("a", 1)).isFalse();
		assertThat(this.index.add("a", 2)).isTrue();
		assertThat(this.index.of("a")).containsExactlyInAnyOrder(1, 2);
		assertThat(this.index.remove("a", 1)).isTrue();
		assertThat(this.index.remove("a", 1)).isFalse();
		assertThat(this.index.names()).isOne();
		assertThat(this.index.remove("a", 2)).isTrue();
		assertThat(this.index.names()).isZero();
		assertThat(this.index.remove("a", 2)).isFalse();
	}

	@Test
	void whenNobodyAddsThenAskingCreatesNothing() {
		assertThat(this.index.of("a")).isEmpty();
		assertThat(this.index.names()).isZero();
	}

	@Test
	void whenManyAreWalkedThenNothingIsCopiedAndNobodyElseIsMet() {
		for (int i = 0; i < 10_000; i++) {
			this.index.add("hall", i);
			this.index.add("other", i + 10_000);
		}
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		assertThat(walk()).isEqualTo(10_000);
		long before = threads.getCurrentThreadAllocatedBytes();
		int met = walk();
		long allocated = threads.getCurrentThreadAllocatedBytes() - before;
		assertThat(met).isEqualTo(10_000);
		assertThat(allocated).isLessThan(5_000);
	}

	private int walk() {
		int met = 0;
		for (Integer member : this.index.of("hall")) {
			met += (member < 10_000) ? 1 : 20_000;
		}
		return met;
	}

}
