package dev.sockets.autoconfigure.binding;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.EventKind;
import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.Yaml;
import dev.sockets.autoconfigure.properties.EventName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which events are published.
 */
class EventKindsTests {

	@Test
	void whenEventsAreAllOrNoneThenTheyAre() {
		assertThat(events("all")).containsExactly(EventKind.values());
		assertThat(events("none")).isEmpty();
	}

	@Test
	void whenEventsAreWrittenAsConstantsThenTheyAreThose() {
		assertThat(events("RECEIVED, send_failed, sendFailed")).containsExactly(EventKind.RECEIVED,
				EventKind.SEND_FAILED);
		assertThat(events("ALL")).containsExactly(EventKind.values());
	}

	@Test
	void whenEventsAreEveryNameThenTheyAreAll() {
		assertThat(events(String.join(",", Labels.of(EventKind.values())))).containsExactly(EventKind.values());
	}

	@ParameterizedTest
	@ValueSource(strings = { "all, none", "all, received", "none, received" })
	void whenAWordDoesNotStandAloneThenMessageListsThem(String value) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> events(value))
			.withMessageStartingWith("'sockets.tcp.server.echo.events' is '")
			.withMessageEndingWith("but must be all or none alone, or some of started, stopped, failed, connecting, "
					+ "connection-failed, connected, disconnected, rejected, banned, occupied, received, sent, send-failed, "
					+ "error, group-joined, group-left, member-joined, member-left, user-online, user-offline, "
					+ "node-joined, node-left, backplane-lost, backplane-recovered, frames-missed");
	}

	@Test
	void whenThereIsAKindThenItHasAName() {
		assertThat(Arrays.stream(EventName.values()).filter(EventName::isKind).map(EventName::kind))
			.containsExactly(EventKind.values());
	}

	private static Iterable<EventKind> events(String value) {
		return List.copyOf(Yaml.of("""
				sockets.tcp.server.echo:
				  port: 0
				  events: %s
				""".formatted(value)).server().connection().events());
	}

}
