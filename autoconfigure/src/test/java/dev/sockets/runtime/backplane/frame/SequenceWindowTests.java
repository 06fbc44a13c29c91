package dev.sockets.runtime.backplane.frame;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import dev.sockets.runtime.backplane.frame.SequenceWindow.Arrival;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What comes next, late, again, or not at all.
 */
class SequenceWindowTests {

	private final SequenceWindow window = new SequenceWindow();

	@Test
	void whenNumbersAreLeftOutThenTheyAreMissingUntilTheyComeLate() {
		assertThat(this.window.arrived(100)).isEqualTo(Arrival.NEXT);
		assertThat(this.window.missing()).isZero();
		assertThat(this.window.arrived(104)).isEqualTo(Arrival.NEXT);
		assertThat(this.window.missing()).isEqualTo(3);
		assertThat(this.window.arrived(102)).isEqualTo(Arrival.LATE);
		assertThat(this.window.missing()).isZero();
		assertThat(this.window.arrived(102)).isEqualTo(Arrival.REPEATED);
		assertThat(this.window.arrived(104)).isEqualTo(Arrival.REPEATED);
		assertThat(this.window.arrived(99)).isEqualTo(Arrival.REPEATED);
	}

	@Test
	void whenANumberIsOlderThanTheWindowThenItIsTakenForRepeated() {
		this.window.arrived(0);
		this.window.arrived(5000);
		assertThat(this.window.missing()).isEqualTo(4999);
		assertThat(this.window.arrived(5000 - SequenceWindow.SIZE)).isEqualTo(Arrival.REPEATED);
		assertThat(this.window.arrived(5001 - SequenceWindow.SIZE)).isEqualTo(Arrival.LATE);
	}

	@Test
	void whenItWasNotListenedForAWhileThenNothingIsMissing() {
		this.window.arrived(10);
		this.window.resume();
		assertThat(this.window.arrived(500)).isEqualTo(Arrival.NEXT);
		assertThat(this.window.missing()).isZero();
		assertThat(this.window.arrived(10)).isEqualTo(Arrival.REPEATED);
		this.window.arrived(502);
		assertThat(this.window.missing()).isOne();
	}

	@Test
	void whenTheyComeInAnyOrderAndTwiceThenEachIsTakenOnce() {
		List<Long> numbers = new ArrayList<>();
		for (int block = 0; block < 100; block++) {
			List<Long> some = new ArrayList<>(LongStream.range(block * 100L, block * 100L + 100).boxed().toList());
			some.addAll(some);
			Collections.shuffle(some, new Random(block));
			numbers.addAll(some);
		}
		this.window.arrived(-1);
		int taken = 0;
		long missing = 0;
		for (long number : numbers) {
			Arrival arrival = this.window.arrived(number);
			taken += (arrival != Arrival.REPEATED) ? 1 : 0;
			missing += this.window.missing() - ((arrival == Arrival.LATE) ? 1 : 0);
		}
		assertThat(taken).isEqualTo(10_000);
		assertThat(missing).isZero();
	}

}
