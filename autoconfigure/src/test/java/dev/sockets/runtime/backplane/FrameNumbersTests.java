package dev.sockets.runtime.backplane;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Numbers of frames on channels that are used, and are not for a while.
 */
class FrameNumbersTests {

	private final FrameNumbers numbers = new FrameNumbers();

	@Test
	void whenANodeComesBackThenNoNumberIsLeftOut() {
		long first = this.numbers.next("node");
		this.numbers.release("node");
		this.numbers.next("all");
		assertThat(this.numbers.next("node")).isEqualTo(first + 1);
		assertThat(this.numbers.next("node")).isEqualTo(first + 2);
	}

	@Test
	void whenAChannelWasRememberedNoLongerThenItBeginsAboveAllNumbers() {
		long first = this.numbers.next("node");
		this.numbers.release("node");
		for (int i = 0; i < FrameNumbers.MOST_UNUSED; i++) {
			this.numbers.next("other" + i);
			this.numbers.release("other" + i);
		}
		assertThat(this.numbers.next("node")).isEqualTo(first + FrameNumbers.MOST_UNUSED + 1);
	}

}
