package dev.sockets.autoconfigure.binding;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.Yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EndpointEntriesTests {

	@Test
	void whenThereAreNoEntriesThenNoneIsFound() {
		assertThat(EndpointEntries.read(new StandardEnvironment())).isEmpty();
	}

	@Test
	void whenGroupsHaveEntriesThenAllAreFoundInTheirOrder() {
		assertThat(paths(Yaml.of("""
				sockets.tcp:
				  client:
				    backend:
				      port: 1
				  server:
				    orders:
				      port: 1
				      socket:
				        linger: 1
				    echo:
				      port: 2
				  server-defaults:
				    host: localhost
				""").environment())).containsExactly("sockets.tcp.server.orders", "sockets.tcp.server.echo",
				"sockets.tcp.client.backend");
	}

	@ParameterizedTest
	@ValueSource(strings = { "order-feed", "orderFeed", "Order_Feed", "a", "7", "tcp-server" })
	void whenNameIsAllowedThenItIsKeptAsWritten(String name) {
		assertThat(paths(Yaml.of("sockets.tcp.server." + name + ".port: 0").environment()))
			.containsExactly("sockets.tcp.server." + name);
	}

	@Test
	void whenSourcesSpellNameDifferentlyThenItIsOneEntrySpelledAsInTheLowest() {
		ConfigurableEnvironment environment = Yaml.of("sockets.tcp.server.order-feed.port: 1").environment();
		TestPropertyValues.of("sockets.tcp.server.orderFeed.port=2").applyTo(environment);
		assertThat(paths(environment)).containsExactly("sockets.tcp.server.order-feed");
	}

	@Test
	void whenOneFileSpellsNameTwiceThenItFailsWithBothPaths() {
		ConfigurableEnvironment environment = Yaml.of("""
				sockets.tcp.server:
				  order-feed:
				    port: 1
				  orderfeed:
				    port: 2
				""").environment();
		assertThatExceptionOfType(DuplicateEndpointException.class).isThrownBy(() -> EndpointEntries.read(environment))
			.withMessage("'sockets.tcp.server.order-feed' and 'sockets.tcp.server.orderfeed' have the same name");
	}

	@Test
	void whenServerAndClientHaveOneNameThenItFailsWithBothPaths() {
		ConfigurableEnvironment environment = Yaml.of("""
				sockets.tcp:
				  client.echo.port: 1
				  server.echo.port: 2
				""").environment();
		assertThatExceptionOfType(DuplicateEndpointException.class).isThrownBy(() -> EndpointEntries.read(environment))
			.withMessage("'sockets.tcp.server.echo' and 'sockets.tcp.client.echo' have the same name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SOCKETS_TCP_SERVER_ORDERFEED_PORT", "SOCKETS_TCP_SERVER_ORDER_FEED_PORT",
			"SOCKETS_TCP_SERVER_ORDER_FEED_SOCKET_LINGER", "SOCKETS_TCP_SERVER_DEFAULTS_PORT",
			"SOCKETS_TCP_SERVERDEFAULTS_PORT", "SOCKETS_TCP_SERVER_PORT" })
	void whenVariableBelongsToEntryOrDefaultsThenItIsNoEntryOfItsOwn(String variable) {
		assertThat(paths(
				Yaml.of("sockets.tcp.server.order-feed.port: 1").withVariables(Map.of(variable, "2")).environment()))
			.containsExactly("sockets.tcp.server.order-feed");
	}

	@Test
	void whenOnlyVariablesHaveEntryThenItIsFound() {
		assertThat(paths(Yaml.of("a: b").withVariables(Map.of("SOCKETS_TCP_SERVER_ECHO_PORT", "0")).environment()))
			.containsExactly("sockets.tcp.server.echo");
	}

	@Test
	void whenNameHasDotThenItFailsWithHint() {
		assertInvalidName("""
				sockets.tcp.server:
				  billing.eu:
				    port: 1
				""");
	}

	@Test
	void whenNameHasDotAndItsFirstPartIsEntryTooThenItFailsWithHint() {
		assertInvalidName("""
				sockets.tcp.server:
				  billing.port: 1
				  billing.eu:
				    socket.linger: 1
				""");
	}

	@Test
	void whenNameHasDotInBracketsThenItFailsWithHint() {
		assertInvalidName("""
				sockets.tcp.server:
				  "[billing.eu]":
				    port: 1
				""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "prot: 1", "socket.lniger: 1", "sokcet.linger: 1", "framing-option.size: 1" })
	void whenKeyIsMisspelledThenItIsNotTakenForDottedName(String line) {
		assertThat(paths(Yaml.of("sockets.tcp.server.echo." + line).environment()))
			.containsExactly("sockets.tcp.server.echo");
	}

	@Test
	void whenEntryIsEmptyThenItFails() {
		ConfigurableEnvironment environment = Yaml.of("sockets.tcp.server.echo:").environment();
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> EndpointEntries.read(environment))
			.withMessage("'sockets.tcp.server.echo' is '' but must be a group of properties with at least a port");
	}

	@Test
	void whenEntryIsValueThenItFails() {
		ConfigurableEnvironment environment = Yaml.of("sockets.tcp.server.echo: 7001").environment();
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> EndpointEntries.read(environment))
			.withMessage("'sockets.tcp.server.echo' is '7001' but must be a group of properties with at least a port");
	}

	private static void assertInvalidName(String yaml) {
		ConfigurableEnvironment environment = Yaml.of(yaml).environment();
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> EndpointEntries.read(environment))
			.withMessage("'sockets.tcp.server.billing.eu' is 'billing.eu' but must be "
					+ "a name of letters, digits, '-' and '_', such as 'billing-eu'");
	}

	private static Iterable<String> paths(ConfigurableEnvironment environment) {
		return EndpointEntries.read(environment).stream().map(EndpointEntry::path).toList();
	}

}
