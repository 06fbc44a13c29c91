package dev.sockets.framing;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A byte is found wherever it is, and nothing else is taken for it.
 */
class ScanTests {

	@Test
	void whenBytesAreSearchedThenTheFirstOneIsFound() {
		Random random = new Random(42);
		for (int i = 0; i < 200_000; i++) {
			byte[] array = new byte[random.nextInt(40)];
			int kinds = 1 + random.nextInt(4);
			for (int k = 0; k < array.length; k++) {
				array[k] = (byte) (random.nextInt(kinds) * 0x7f + random.nextInt(2));
			}
			byte value = (byte) random.nextInt(256);
			int from = random.nextInt(array.length + 1);
			int to = from + random.nextInt(array.length + 1 - from);
			byte other = (byte) (random.nextBoolean() ? value ^ (1 << random.nextInt(8)) : random.nextInt(256));
			assertThat(Scan.indexOf(array, value, from, to)).isEqualTo(simply(array, value, value, from, to));
			assertThat(Scan.indexOf(array, value, other, from, to)).isEqualTo(simply(array, value, other, from, to));
		}
	}

	private static int simply(byte[] array, byte value, byte other, int from, int to) {
		for (int i = from; i < to; i++) {
			if (array[i] == value || array[i] == other) {
				return i;
			}
		}
		return -1;
	}

}
