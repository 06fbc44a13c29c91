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
			"sockets.tcp.client.peer.connection-time-limit, sockets.tcp.client.peer, connection-time-limit, ",
			"sockets.udp.server.echo.port, sockets.udp, server, receiver",
			"sockets.multicast.client.news.port, sockets.multicast, client, sender",
			"sockets.tcp.receiver.echo.port, sockets.tcp, receiver, server",
			"sockets.tcp.sender.echo.port, sockets.tcp, sender, client",
			"sockets.multicast.sender.news.ttl, sockets.multicast.sender.news, ttl, time-to-live",
			"sockets.tcp.client.peer.url, sockets.tcp.client.peer, url, host",
			"sockets.tcp.server.echo.enabled, sockets.tcp.server.echo, enabled, auto-startup",
			"sockets.tcp.server.echo.ssl.enabled, sockets.tcp.server.echo.ssl, enabled, bundle",
			"sockets.tcp.server.echo.ssl.key-store, sockets.tcp.server.echo.ssl, key-store, bundle",
			"sockets.tcp.client.peer.ssl.verify, sockets.tcp.client.peer.ssl, verify, verify-hostname",
			"sockets.tcp.client.peer.reconnect.interval, sockets.tcp.client.peer.reconnect, interval, initial-delay" })
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
	@ValueSource(strings = { "spring.application.nmae", "sockets.tcp.server.echo.port", "sockets.tcp.server",
			"sockets.tcp.server.echo.user-data.room.floor" })
	void whenKeyIsKnownOrNotOursThenThereIsNothingToSay(String name) {
		assertThat(UnknownKey.in(ConfigurationPropertyName.of(name))).isEmpty();
	}

}
