package dev.sockets.runtime.tcp.server;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.sockets.tcp.Rate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often the peers of an address may connect.
 */
class PeerRatesTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	@Test
	void whenPeersConnectWhileItIsHeldUpThenTheyAreWithinTheirRateAndOthersAreNot() throws Exception {
		PeerRates rates = new PeerRates(Rate.parse("3/s"));
		InetAddress peer = InetAddress.getByName("192.0.2.1");
		long now = 100 * SECOND;
		for (int i = 0; i < 9 + 3; i++) {
			assertThat(rates.admit(peer, now, now - 3 * SECOND)).as("%d", i).isTrue();
		}
		assertThat(rates.admit(peer, now, now - 3 * SECOND)).isFalse();
	}

}
