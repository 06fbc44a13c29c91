package dev.sockets.runtime.tcp.server;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.sockets.event.RejectionReason;
import dev.sockets.runtime.tcp.EndpointRun;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What counts as one address. Break B13.
 */
class AddressLimitTests {

	private final ConnectionLimits limits = new ConnectionLimits(1000, 2);

	private final EndpointRun run = new EndpointRun();

	@BeforeEach
	void begin() {
		this.limits.begin(this.run);
	}

	@Test
	void whenAddressesAreOfOneIpv6NetworkThenTheyCountAsOne() throws Exception {
		assertThat(admit("2001:db8:1:2::1")).isNull();
		assertThat(admit("2001:db8:1:2:ffff:ffff:ffff:ffff")).isNull();
		assertThat(admit("2001:db8:1:2:abcd::3")).isEqualTo(RejectionReason.ADDRESS_LIMIT);
		this.limits.leave(InetAddress.getByName("2001:db8:1:2::1"), this.run);
		assertThat(admit("2001:db8:1:2::4")).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "2001:db8:1:2::1, 2001:db8:1:3::1", "192.0.2.1, 192.0.2.2", "fe80::1, fe80::2",
			"::ffff:192.0.2.1, ::ffff:192.0.2.2", "::1, 2001:db8::1" })
	void whenAddressesAreOfTwoThenTheyCountEach(String one, String other) throws Exception {
		assertThat(admit(one)).isNull();
		assertThat(admit(one)).isNull();
		assertThat(admit(one)).isEqualTo(RejectionReason.ADDRESS_LIMIT);
		assertThat(admit(other)).isNull();
	}

	@Test
	void whenAnIpv4AddressIsMappedThenItIsTheSame() throws Exception {
		assertThat(admit("192.0.2.1")).isNull();
		assertThat(admit("::ffff:192.0.2.1")).isNull();
		assertThat(admit("192.0.2.1")).isEqualTo(RejectionReason.ADDRESS_LIMIT);
	}

	private RejectionReason admit(String address) throws UnknownHostException {
		return this.limits.admit(InetAddress.getByName(address));
	}

}
