package dev.sockets.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.EventKind;
import dev.sockets.tcp.SocketOptions;
import dev.sockets.tcp.TcpServerSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * What entries have from the defaults of their group, and from variables of the
 * environment.
 */
class GroupDefaultsTests {

	@Test
	void whenGroupHasDefaultsThenEntryIsBoundOverThem() {
		TcpServerSettings server = Yaml.of("""
				sockets.tcp:
				  server-defaults:
				    port: 5
				    host: 127.0.0.1
				    socket:
				      linger: 3
				      traffic-class: 8
				    events: connected, disconnected
				    user-data:
				      site: north
				      room: 1
				  server.echo:
				    host: 127.0.0.2
				    socket:
				      traffic-class: 16
				    events: received
				    user-data:
				      room: 2
				""").server();
		assertThat(server.port()).isEqualTo(5);
		assertThat(server.host()).isEqualTo("127.0.0.2");
		assertThat(server.connection().socketOptions())
			.isEqualTo(new SocketOptions(true, null, null, null, 16, 3, null));
		assertThat(server.connection().events()).containsExactly(EventKind.RECEIVED);
		assertThat(server.connection().userData()).containsOnly(entry("site", "north"), entry("room", 2));
	}

	@Test
	void whenServersHaveDefaultsThenClientsDoNot() {
		assertThat(Yaml.of("""
				sockets.tcp:
				  server-defaults.host: 127.0.0.1
				  client.peer.port: 5
				""").client().host()).isEqualTo("localhost");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SOCKETS_TCP_SERVER_ORDERFEED_PORT", "SOCKETS_TCP_SERVER_ORDER_FEED_PORT" })
	void whenVariableIsSetThenItWinsOverTheFile(String variable) {
		assertThat(
				Yaml.of("sockets.tcp.server.order-feed.port: 1").withVariables(Map.of(variable, "2")).server().port())
			.isEqualTo(2);
	}

	@Test
	void whenVariableOfDefaultsIsSetThenEntryHasIt() {
		assertThat(Yaml.of("sockets.tcp.server.echo.host: localhost")
			.withVariables(Map.of("SOCKETS_TCP_SERVERDEFAULTS_PORT", "2"))
			.server()
			.port()).isEqualTo(2);
	}

}
