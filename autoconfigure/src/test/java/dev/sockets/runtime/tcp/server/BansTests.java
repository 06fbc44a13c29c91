package dev.sockets.runtime.tcp.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.sockets.tcp.Ban;
import dev.sockets.tcp.BanRule;
import dev.sockets.tcp.Rate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is banned, until when, and how many are remembered.
 */
class BansTests {

	private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

	private long now;

	private final Bans bans = new Bans(new BanRule(3, Duration.ofMinutes(10)), () -> this.now,
			Clock.fixed(NOON, ZoneOffset.UTC));

	@Test
	void whenThereAreAsManyOffencesThenTheAddressIsBannedForTheTime() throws Exception {
		InetAddress address = InetAddress.getByName("192.0.2.7");
		assertThat(this.bans.offended(address)).isNull();
		assertThat(this.bans.offended(address)).isNull();
		assertThat(this.bans.isBanned(address)).isFalse();
		Ban ban = this.bans.offended(address);
		assertThat(ban.addresses()).hasToString("192.0.2.7");
		assertThat(ban.until()).isEqualTo(NOON.plusSeconds(600));
		assertThat(this.bans.isBanned(address)).isTrue();
		assertThat(this.bans.isBanned(InetAddress.getByName("192.0.2.8"))).isFalse();
		this.now += TimeUnit.MINUTES.toNanos(10);
		assertThat(this.bans.isBanned(address)).isFalse();
		assertThat(this.bans.all()).isEmpty();
	}

	@Test
	void whenOffencesAreFarApartThenTheyDoNotAddUp() throws Exception {
		InetAddress address = InetAddress.getByName("192.0.2.7");
		for (int i = 0; i < 10; i++) {
			assertThat(this.bans.offended(address)).isNull();
			this.now += TimeUnit.MINUTES.toNanos(10) + 1;
		}
	}

	@Test
	void whenOffencesComeFromOneNetworkThenItIsBanned() throws Exception {
		this.bans.offended(InetAddress.getByName("2001:db8:1:2::1"));
		this.bans.offended(InetAddress.getByName("2001:db8:1:2::2"));
		Ban ban = this.bans.offended(InetAddress.getByName("2001:db8:1:2:3::3"));
		assertThat(ban.addresses()).hasToString("2001:db8:1:2:0:0:0:0/64");
		assertThat(this.bans.isBanned(InetAddress.getByName("2001:db8:1:2:ffff::"))).isTrue();
		assertThat(this.bans.isBanned(InetAddress.getByName("2001:db8:1:3::1"))).isFalse();
		assertThat(this.bans.lift(InetAddress.getByName("2001:db8:1:2:9::9"))).isTrue();
		assertThat(this.bans.isBanned(InetAddress.getByName("2001:db8:1:2::1"))).isFalse();
		assertThat(this.bans.lift(InetAddress.getByName("2001:db8:1:2::1"))).isFalse();
	}

	@Test
	void whenOneIsBannedThenMoreOffencesMakeItNoLonger() throws Exception {
		InetAddress address = InetAddress.getByName("192.0.2.7");
		for (int i = 0; i < 3; i++) {
			this.bans.offended(address);
		}
		this.now += TimeUnit.MINUTES.toNanos(9);
		assertThat(this.bans.offended(address)).isNull();
		assertThat(this.bans.all()).singleElement()
			.satisfies((ban) -> assertThat(ban.until()).isEqualTo(NOON.plusSeconds(60)));
	}

	@Test
	void whenMoreAddressesOffendThanAreRememberedThenTheOldestAreForgotten() throws Exception {
		Bans strict = new Bans(new BanRule(1, Duration.ofMinutes(10)), () -> this.now, Clock.systemUTC());
		for (int i = 0; i < 3 * Bans.MOST; i++) {
			this.now++;
			assertThat(strict.offended(address(i))).isNotNull();
			assertThat(this.bans.offended(address(i))).isNull();
		}
		assertThat(strict.size()).isEqualTo(Bans.MOST);
		assertThat(strict.isBanned(address(0))).isFalse();
		assertThat(strict.isBanned(address(3 * Bans.MOST - 1))).isTrue();
		assertThat(this.bans.remembered()).isEqualTo(Bans.MOST);
	}

	@Test
	void whenMoreAddressesConnectThanAreRememberedThenTheirNumberIsBounded() throws Exception {
		PeerRates rates = new PeerRates(Rate.parse("1/h"));
		for (int i = 0; i < 3 * PeerRates.MOST; i++) {
			assertThat(rates.admit(address(i), this.now, this.now)).isTrue();
		}
		assertThat(rates.size()).isEqualTo(PeerRates.MOST);
		assertThat(rates.admit(address(3 * PeerRates.MOST - 1), this.now, this.now)).isFalse();
	}

	@Test
	void whenRatesAreKeptAgainThenTheirAddressesAreForgotten() throws Exception {
		PeerRates rates = new PeerRates(Rate.parse("2/s"));
		for (int i = 0; i < 1000; i++) {
			rates.admit(address(i), 0, 0);
		}
		for (int i = 0; i < 1000; i++) {
			long now = TimeUnit.HOURS.toNanos(1) + i;
			rates.admit(address(0), now, now);
		}
		assertThat(rates.size()).isEqualTo(1);
	}

	private static InetAddress address(int number) throws UnknownHostException {
		return InetAddress.getByAddress(new byte[] { 10, (byte) (number >> 16), (byte) (number >> 8), (byte) number });
	}

}
