package dev.sockets.sample;

import java.net.InetSocketAddress;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PrintableTests {

	@Test
	void whenTextHasControlCharactersThenTheyAreEscaped() {
		assertThat(Printable.payload("a\r\nINFO forged\t\u001b[31m\u0085\u2028\u202e\u0000"))
			.isEqualTo("'a\\r\\nINFO forged\\t\\u{1b}[31m\\u{85}\\u{2028}\\u{202e}\\u{0}'");
	}

	@Test
	void whenTextIsVisibleThenItStaysButForTheBackslash() {
		assertThat(Printable.text("grüß 你好 😀 \\n")).isEqualTo("grüß 你好 😀 \\\\n");
	}

	@Test
	void whenTextIsLongThenItIsShortened() {
		assertThat(Printable.payload("x".repeat(1000))).isEqualTo("'" + "x".repeat(120) + "...'");
	}

	@Test
	void whenPayloadIsBytesThenTheyAreShownInHexadecimal() {
		assertThat(Printable.payload(new byte[] { 1, -1 })).isEqualTo("2 bytes: 01 ff");
		assertThat(Printable.payload(new byte[33])).isEqualTo("33 bytes: " + "00 ".repeat(32) + "...");
	}

	@Test
	void whenAddressIsIpv6ThenItIsInBrackets() {
		assertThat(Printable.address(new InetSocketAddress("::1", 7))).isEqualTo("[0:0:0:0:0:0:0:1]:7");
		assertThat(Printable.address(new InetSocketAddress("127.0.0.1", 7))).isEqualTo("127.0.0.1:7");
	}

}
