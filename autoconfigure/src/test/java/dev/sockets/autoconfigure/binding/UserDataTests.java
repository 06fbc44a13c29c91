package dev.sockets.autoconfigure.binding;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.autoconfigure.AutoConfigurations;

import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.autoconfigure.Yaml;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * What becomes of {@code user-data}.
 */
class UserDataTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class));

	@Test
	void whenUserDataHasListsThenTheyAreLists() {
		this.contextRunner.withInitializer(Yaml.of("""
				sockets.tcp.server.echo:
				  port: 0
				  user-data:
				    tags: [red, green]
				    rooms:
				      - name: hall
				        doors: [1, 2]
				      - name: attic
				    owner:
				      name: Ada
				      phones: ['+44', '+1']
				    grid:
				      - [1, 2]
				      - [3, 4]
				    "[a key]": [x]
				"""))
			.run((context) -> assertThat(context.getBean(TcpServer.class).getUserData()).containsOnly(
					entry("tags", List.of("red", "green")),
					entry("rooms", List.of(Map.of("name", "hall", "doors", List.of(1, 2)), Map.of("name", "attic"))),
					entry("owner", Map.of("name", "Ada", "phones", List.of("+44", "+1"))),
					entry("grid", List.of(List.of(1, 2), List.of(3, 4))), entry("a key", List.of("x"))));
	}

	@Test
	void whenUserDataHasMapsThenTheyAreMaps() {
		this.contextRunner.withInitializer(Yaml.of("""
				sockets.tcp.server.echo:
				  port: 0
				  user-data:
				    floors:
				      '0': ground
				      '1': first
				    codes:
				      7: seven
				      9: nine
				    count: 7
				    ok: true
				"""))
			.run((context) -> assertThat(context.getBean(TcpServer.class).getUserData()).containsOnly(
					entry("floors", Map.of("0", "ground", "1", "first")),
					entry("codes", Map.of("7", "seven", "9", "nine")), entry("count", 7), entry("ok", true)));
	}

	@Test
	void whenListsAreSetTwiceThenTheFirstSourceHasTheWholeList() {
		this.contextRunner.withInitializer(Yaml.of("""
				sockets.tcp:
				  server-defaults.user-data:
				    tags: [a, b, c]
				    common: [d, e]
				  server.echo:
				    port: 0
				    user-data:
				      tags: [f, g]
				"""))
			.withPropertyValues("sockets.tcp.server.echo.user-data.tags[0]=h")
			.run((context) -> assertThat(context.getBean(TcpServer.class).getUserData())
				.containsOnly(entry("tags", List.of("h")), entry("common", List.of("d", "e"))));
	}

}
