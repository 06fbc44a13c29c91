package dev.sockets.tcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.sockets.InvalidSettingException;
import dev.sockets.framing.Framings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Messages that a program without Boot gives to the builders.
 */
class KnownMessagesTests {

	private static final byte[] TWO_LINES = "a\nb".getBytes(StandardCharsets.UTF_8);

	@Test
	void whenFramingCannotCarryMessageThenBuilderRefusesItsProperty() {
		assertRefused("sockets.tcp.server.echo.busy-message", server().busyMessage(TWO_LINES));
		assertRefused("sockets.tcp.server.echo.goodbye-message", server().goodbyeMessage(TWO_LINES));
		assertRefused("sockets.tcp.server.echo.heartbeat.message", server().connection((connection) -> connection
			.heartbeat(new Heartbeat(Duration.ofSeconds(1), Duration.ofSeconds(1), TWO_LINES))));
	}

	@Test
	void whenAnotherFramingCarriesItThenBuilderTakesIt() {
		TcpServerSettings.Builder settings = server().busyMessage(TWO_LINES)
			.connection((connection) -> connection.framing(Framings.crlf()));
		assertThat(settings.build().busyMessage()).isEqualTo(TWO_LINES);
	}

	private static TcpServerSettings.Builder server() {
		return TcpServerSettings.builder("echo").port(0);
	}

	private static void assertRefused(String property, TcpServerSettings.Builder settings) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(settings::build)
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo(property))
			.withMessageContaining("LF at index 1");
	}

}
