package com.example.echo;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an IDE finds when it looks for the sources of the library.
 */
class SourcesTests {

	@Test
	void whenSourcesAreTakenThenTheyAreThoseOfTheLibrary() {
		assertThat(getClass().getResourceAsStream("/dev/sockets/tcp/TcpServer.java")).isNotNull()
			.asString(StandardCharsets.UTF_8)
			.contains("interface TcpServer");
	}

}
