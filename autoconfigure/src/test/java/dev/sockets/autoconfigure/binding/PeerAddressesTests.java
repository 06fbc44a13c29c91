package dev.sockets.autoconfigure.binding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.Yaml;
import dev.sockets.tcp.Peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The peers of a client.
 */
class PeerAddressesTests {

	@ParameterizedTest
	@ValueSource(strings = { "a.example:1, '127.0.0.1:2' , '[::1]:65535', '[fe80::1%br-12ab]:4'",
			"'a.example:1,127.0.0.1:2,[::1]:65535,[fe80::1%br-12ab]:4'" })
	void whenThereAreAddressesThenTheyAreTriedInTurnWithoutHostAndPort(String addresses) {
		String value = addresses.startsWith("'") ? addresses : "[" + addresses + "]";
		assertThat(Yaml.of("""
				sockets.tcp:
				  client-defaults:
				    host: other.example
				    port: 9
				  client.peer.addresses: %s
				""".formatted(value)).client().peers()).containsExactly(new Peer("a.example", 1),
				new Peer("127.0.0.1", 2), new Peer("::1", 65535), new Peer("fe80::1%br-12ab", 4));
	}

	@ParameterizedTest
	@ValueSource(strings = { "br-12ab", "veth_1", "eth0.100", "wlan0", "11", "a@b#c", "Ethernet+2" })
	void whenAnAddressIsOfOneNetworkInterfaceThenItIsTakenAmongSeveralAndAlone(String zone) {
		String host = "fe80::1%" + zone;
		assertThat(Yaml.of("sockets.tcp.client.peer.addresses: ['[" + host + "]:4']").client().peers())
			.containsExactly(new Peer(host, 4));
		assertThat(Yaml.of("sockets.tcp.client.peer: {host: '" + host + "', port: 4}").client().peers())
			.containsExactly(new Peer(host, 4));
		assertThat(Yaml.of("sockets.tcp.client.peer: {host: '[" + host + "]', port: 4}").client().peers())
			.containsExactly(new Peer(host, 4));
	}

	@ParameterizedTest
	@CsvSource({ "'[::1]', ::1", "::1, ::1", "'[2001:db8::7]', 2001:db8::7", "'[name]', '[name]'" })
	void whenAnAddressIsInBracketsThenItIsMeantWithoutThem(String host, String meant) {
		assertThat(Yaml.of("sockets.tcp.server.x: {host: '" + host + "', port: 4}").server().host()).isEqualTo(meant);
		assertThat(Yaml.of("sockets.tcp.client.x: {host: '" + host + "', port: 4}").client().host()).isEqualTo(meant);
		assertThat(new Peer(host, 4)).isEqualTo(new Peer(meant, 4))
			.hasToString((meant.contains(":") ? "[" + meant + "]" : meant) + ":4");
	}

	@ParameterizedTest
	@CsvSource({ "port, 7001", "host, localhost" })
	void whenThereAreAddressesThenHostAndPortFail(String key, String value) {
		Yaml yaml = Yaml.of("sockets.tcp.client.peer: {addresses: 'a:1', %s: %s}".formatted(key, value));
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::client)
			.withMessage("'sockets.tcp.client.peer.%s' is '%s' but must be left out: there are addresses, which have "
					+ "%ss of their own", key, value, key);
	}

	@Test
	void whenAddressesAreWrongThenMessageNamesEach() {
		Yaml yaml = Yaml
			.of("""
					sockets.tcp.client.peer.addresses: [ 'a:0', 'ok:1', 'b', 'c:65536', '::1:7', '[::1]', 'http://d:1', ':1', 'e:-1', '[f]:1', '[fe80::1%]:1' ]
					""");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(yaml::client)
			.withMessage(
					"'sockets.tcp.client.peer.addresses' is 'a:0, b, c:65536, ::1:7, [::1], http://d:1, :1, e:-1, [f]:1, [fe80::1%]:1' "
							+ "but must be host:port with a port from 1 to 65535, such as localhost:7001 or [::1]:7001, or unix:/path");
	}

}
