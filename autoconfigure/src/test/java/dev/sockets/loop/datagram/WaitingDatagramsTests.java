package dev.sockets.loop.datagram;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.loop.MemoryBudget;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the queue holds and what it drops.
 */
class WaitingDatagramsTests {

	private static final InetSocketAddress SENDER = new InetSocketAddress(1);

	private static final DatagramHandler NOBODY = new Recording();

	private final MemoryBudget memory = new MemoryBudget(100_000_000);

	@Test
	void whenOldestAreDroppedThenTheNewestStay() {
		WaitingDatagrams waiting = new WaitingDatagrams(2, true, this.memory);
		assertThat(add(waiting, 1, 2, 3, 4)).containsExactly(0, 0, 1, 1);
		assertThat(lengths(waiting)).containsExactly(3, 4);
	}

	@Test
	void whenNewestAreDroppedThenTheOldestStay() {
		WaitingDatagrams waiting = new WaitingDatagrams(2, false, this.memory);
		assertThat(add(waiting, 1, 2, 3, 4)).containsExactly(0, 0, 1, 1);
		assertThat(lengths(waiting)).containsExactly(1, 2);
	}

	@Test
	void whenBytesAreTooManyThenAsManyAreDroppedAsItTakes() {
		int half = WaitingDatagrams.MAX_BYTES / 2;
		WaitingDatagrams waiting = new WaitingDatagrams(1_000, true, this.memory);
		assertThat(add(waiting, 10, 10, half, half)).containsExactly(0, 0, 0, 2);
		assertThat(lengths(waiting)).containsExactly(half, half);
		assertThat(add(waiting, half)).containsExactly(0);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenTheMemoryOfAllIsUsedUpThenDatagramsAreDroppedAndGiveTheirsBack(boolean dropsOldest) {
		MemoryBudget little = new MemoryBudget(100_000);
		WaitingDatagrams waiting = new WaitingDatagrams(1_000_000, dropsOldest, little);
		int dropped = 0;
		for (int i = 0; i < 1000; i++) {
			dropped += waiting.add(new WaitingDatagram(NOBODY, new byte[1000], 1000, SENDER));
		}
		assertThat(dropped).isEqualTo(1000 - waiting.size()).isGreaterThan(800);
		assertThat(little.used()).isBetween(90_000L, 110_000L);
		lengths(waiting);
		assertThat(little.used()).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenOthersUseAllTheMemoryThenADatagramIsDropped(boolean dropsOldest) {
		WaitingDatagrams waiting = new WaitingDatagrams(10, dropsOldest, this.memory);
		this.memory.add(this.memory.max());
		assertThat(add(waiting, 0)).containsExactly(1);
		assertThat(waiting.size()).isZero();
		this.memory.add(-this.memory.max());
		assertThat(add(waiting, 0)).containsExactly(0);
		lengths(waiting);
		assertThat(this.memory.used()).isZero();
	}

	private static List<Integer> add(WaitingDatagrams waiting, int... lengths) {
		List<Integer> dropped = new ArrayList<>();
		for (int length : lengths) {
			dropped.add(waiting.add(new WaitingDatagram(NOBODY, new byte[length], length, SENDER)));
		}
		return dropped;
	}

	private static List<Integer> lengths(WaitingDatagrams waiting) {
		List<Integer> lengths = new ArrayList<>();
		WaitingDatagram datagram;
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
