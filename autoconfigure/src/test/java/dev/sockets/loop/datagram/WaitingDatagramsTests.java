package dev.sockets.loop.datagram;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the queue holds and what it drops.
 */
class WaitingDatagramsTests {

	private static final InetSocketAddress SENDER = new InetSocketAddress(1);

	private static final DatagramHandler NOBODY = new Recording();

	@Test
	void whenOldestAreDroppedThenTheNewestStay() {
		WaitingDatagrams waiting = new WaitingDatagrams(2, true);
		assertThat(add(waiting, 1, 2, 3, 4)).containsExactly(0, 0, 1, 1);
		assertThat(lengths(waiting)).containsExactly(3, 4);
	}

	@Test
	void whenNewestAreDroppedThenTheOldestStay() {
		WaitingDatagrams waiting = new WaitingDatagrams(2, false);
		assertThat(add(waiting, 1, 2, 3, 4)).containsExactly(0, 0, 1, 1);
		assertThat(lengths(waiting)).containsExactly(1, 2);
	}

	@Test
	void whenBytesAreTooManyThenAsManyAreDroppedAsItTakes() {
		int half = WaitingDatagrams.MAX_BYTES / 2;
		WaitingDatagrams waiting = new WaitingDatagrams(1_000, true);
		assertThat(add(waiting, 10, 10, half, half)).containsExactly(0, 0, 0, 2);
		assertThat(lengths(waiting)).containsExactly(half, half);
		assertThat(add(waiting, half)).containsExactly(0);
	}

	private static List<Integer> add(WaitingDatagrams waiting, int... lengths) {
		List<Integer> dropped = new ArrayList<>();
		for (int length : lengths) {
			dropped.add(waiting.add(new WaitingDatagrams.Waiting(NOBODY, new byte[length], length, SENDER)));
		}
		return dropped;
	}

	private static List<Integer> lengths(WaitingDatagrams waiting) {
		List<Integer> lengths = new ArrayList<>();
		WaitingDatagrams.Waiting datagram;
		while ((datagram = waiting.poll()) != null) {
			lengths.add(datagram.length());
		}
		assertThat(waiting.size()).isZero();
		return lengths;
	}

	private static final class Recording implements DatagramHandler {

		@Override
		public void received(DatagramBatch batch) {
		}

		@Override
		public void handle(byte[] bytes, int length, InetSocketAddress sender) {
		}

		@Override
		public void dropped(int datagrams) {
		}

		@Override
		public void abandoned(int datagrams) {
		}

		@Override
		public void failed(IOException cause) {
		}

		@Override
		public void recovered() {
		}

	}

}
