package dev.sockets.autoconfigure.binding;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import static org.assertj.core.api.Assertions.assertThat;

class UnknownKeyTests {

	@ParameterizedTest
	@CsvSource({ "sockets.thread, sockets, thread, threads", "sockets.tpc, sockets, tpc, ",
			"sockets.tcp.servers.echo.port, sockets.tcp, servers, server",
			"sockets.tcp.server-defaults.hots, sockets.tcp.server-defaults, hots, host",
			"sockets.tcp.server.echo.prot, sockets.tcp.server.echo, prot, port",
			"sockets.tcp.server.echo.max-conections, sockets.tcp.server.echo, max-conections, max-connections",
			"sockets.tcp.server.order-feed.socket.lniger, sockets.tcp.server.order-feed.socket, lniger, linger",
			"sockets.tcp.server.echo.heartbeat.intervall, sockets.tcp.server.echo.heartbeat, intervall, interval",
			"sockets.tcp.client.peer.connection-time-limit, sockets.tcp.client.peer, connection-time-limit, " })
	void whenKeyIsUnknownThenItIsFoundWithWhatWasMeant(String name, String parent, String key, String meant) {
		UnknownKey unknown = UnknownKey.in(ConfigurationPropertyName.of(name)).orElseThrow();
		assertThat(unknown.parent()).isEqualTo(parent);
		assertThat(unknown.key()).isEqualTo(key);
		assertThat(unknown.meant()).isEqualTo(Optional.ofNullable(meant));
		assertThat(unknown.choices()).isNotEmpty();
	}

	@Test
	void whenKeyStandsBelowValueThenThereAreNoChoices() {
		UnknownKey unknown = UnknownKey.in(ConfigurationPropertyName.of("sockets.tcp.server.echo.host.name"))
			.orElseThrow();
		assertThat(unknown.parent()).isEqualTo("sockets.tcp.server.echo.host");
		assertThat(unknown.choices()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.application.nmae", "sockets.tcp.server.echo.port", "sockets.tcp.server" })
	void whenKeyIsKnownOrNotOursThenThereIsNothingToSay(String name) {
		assertThat(UnknownKey.in(ConfigurationPropertyName.of(name))).isEmpty();
	}

}
