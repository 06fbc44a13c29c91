package dev.sockets.runtime.tcp.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.sockets.tcp.AddressRange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A set of addresses contains what one of its ranges does.
 */
class AddressSetTests {

	@Test
	void whenAnAddressIsLookedUpThenItIsThereIfOneOfTheRangesContainsIt() throws Exception {
		Random random = new Random(11);
		List<AddressRange> ranges = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			InetAddress address = address(random);
			ranges.add(AddressRange.around(address, 6 + random.nextInt(address.getAddress().length * 8 - 5)));
		}
		AddressSet set = new AddressSet(ranges);
		int inside = 0;
		for (int i = 0; i < 20_000; i++) {
			InetAddress address = address(random);
			boolean contained = ranges.stream().anyMatch((range) -> range.contains(address));
			assertThat(set.contains(address)).as("%s", address).isEqualTo(contained);
			inside += contained ? 1 : 0;
		}
		assertThat(inside).isBetween(1000, 19_000);
	}

	@Test
	void whenThereAreManyRangesThenALookUpComparesOnlyOncePerLengthOfPrefix() throws Exception {
		List<AddressRange> ranges = new ArrayList<>();
		for (int i = 0; i < 100_000; i++) {
			ranges.add(AddressRange
				.around(InetAddress.getByAddress(new byte[] { 10, (byte) (i >> 16), (byte) (i >> 8), (byte) i }), 32));
		}
		AddressSet set = new AddressSet(ranges);
		for (int i = 0; i < 100_000; i++) {
			assertThat(set.contains(ranges.get(i).address())).isTrue();
		}
		assertThat(set.contains(InetAddress.getByName("11.0.0.0"))).isFalse();
		assertThat(new AddressSet(List.of()).contains(InetAddress.getByName("::1"))).isFalse();
	}

	private static InetAddress address(Random random) throws UnknownHostException {
		byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
		random.nextBytes(bytes);
		return InetAddress.getByAddress(bytes);
	}

}
