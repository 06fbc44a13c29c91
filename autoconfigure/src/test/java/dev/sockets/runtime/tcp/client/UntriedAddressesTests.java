package dev.sockets.runtime.tcp.client;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UntriedAddressesTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final AtomicLong now = new AtomicLong();

	private final UntriedAddresses addresses = new UntriedAddresses(this.now::get, 4 * SECOND);

	@Test
	void whenTimeGoesOnThenWhatIsLeftIsSharedOutAndEnds() {
		this.addresses.add(List.of(new InetSocketAddress("127.0.0.1", 1), new InetSocketAddress("127.0.0.1", 2)));
		this.addresses.next();
		assertThat(this.addresses.nanosForThis()).isEqualTo(2 * SECOND);
		this.now.addAndGet(2 * SECOND);
		assertThat(this.addresses.areLate()).isFalse();
		assertThat(this.addresses.nanosLeft()).isEqualTo(2 * SECOND);
		this.now.addAndGet(2 * SECOND);
		assertThat(this.addresses.areLate()).isTrue();
	}

	@Test
	void whenTimeStandsStillThenNothingIsLost() {
		long before = System.nanoTime();
		this.addresses.add(List.of(new InetSocketAddress("127.0.0.1", 1)));
		assertThat(System.nanoTime() - before).isPositive();
		assertThat(this.addresses.nanosLeft()).isEqualTo(4 * SECOND);
		assertThat(this.addresses.areLate()).isFalse();
	}

}
