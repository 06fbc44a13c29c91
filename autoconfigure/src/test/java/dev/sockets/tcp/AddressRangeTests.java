package dev.sockets.tcp;

import java.net.InetAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Addresses and networks as they are written in a configuration.
 */
class AddressRangeTests {

	@ParameterizedTest
	@CsvSource({ "192.0.2.7, 192.0.2.7", "192.0.2.7/32, 192.0.2.7", "10.0.0.0/8, 10.255.255.255",
			"192.168.4.0/22, 192.168.7.255", "0.0.0.0/0, 203.0.113.9", "2001:db8::/32, 2001:db8:ffff::1",
			"2001:db8::1, 2001:db8:0:0::1", "2001:db8:1:8000::/49, 2001:db8:1:ffff::1", "::/0, 2001:db8::1", "::1, ::1",
			"10.0.0.0/8, ::ffff:10.1.2.3", "::ffff:10.1.2.3, 10.1.2.3", "::ffff:10.0.0.0/104, 10.1.2.3" })
	void whenAnAddressIsInARangeThenItContainsIt(String range, String address) throws Exception {
		assertThat(AddressRange.parse(range).contains(InetAddress.getByName(address))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "192.0.2.7, 192.0.2.8", "10.0.0.0/8, 11.0.0.0", "192.168.4.0/22, 192.168.8.0",
			"0.0.0.0/0, 2001:db8::1", "::/0, 192.0.2.7", "::/0, ::ffff:192.0.2.7", "2001:db8::/32, 2001:db9::",
			"2001:db8:1:8000::/49, 2001:db8:1:7fff::1" })
	void whenAnAddressIsNotInARangeThenItDoesNotContainIt(String range, String address) throws Exception {
		assertThat(AddressRange.parse(range).contains(InetAddress.getByName(address))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "example.org", "", " ", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4",
			"1.2.3.4:80", "[::1]", "fe80::1%eth0", "1::2::3", ":", "12345::", "::ffff:1.2.3.256", "0x7f.0.0.1",
			"2130706433", "*", "10.*", "abc", "fe80", "10.0.0.1-10.0.0.9" })
	void whenItIsNoAddressThenItIsRefusedWithoutALookUp(String text) {
		assertThat(AddressRange.address(text)).isNull();
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse(text))
			.withMessageStartingWith("an address or a network, such as 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32");
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/8/8" })
	void whenThePrefixIsNoNumberThenItIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse(text))
			.withMessageStartingWith("an address or a network");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			10.0.0.0/33       | one with a prefix from /0 to /32
			::/129            | one with a prefix from /0 to /128
			::ffff:1.2.3.4/64 | one with a prefix from /0 to /32
			10.0.0.5/8        | 10.0.0.0/8, if the whole network is meant, or the address alone
			2001:db8::1/32    | 2001:db8:0:0:0:0:0:0/32, if the whole network is meant, or the address alone
			""")
	void whenThePrefixDoesNotFitThenItSaysWhatDoes(String text, String allowed) {
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse(text)).withMessage(allowed);
	}

	@Test
	void whenARangeIsShownThenItIsAsItWasWritten() {
		assertThat(AddressRange.parse("10.0.0.0/8")).hasToString("10.0.0.0/8");
		assertThat(AddressRange.parse("10.0.0.1")).hasToString("10.0.0.1");
		assertThat(AddressRange.parse("::ffff:10.0.0.0/104")).isEqualTo(AddressRange.parse("10.0.0.0/8"));
	}

}
