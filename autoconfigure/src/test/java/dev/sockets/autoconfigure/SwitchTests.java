package dev.sockets.autoconfigure;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What switches the endpoints on and off may be written as any Boolean property.
 */
class SwitchTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.server.echo.port=0");

	@ParameterizedTest
	@ValueSource(strings = { "true", "TRUE", "on", "yes", "1", " true" })
	void whenTheyAreSwitchedOnInAnyFormThenThereAreEndpoints(String value) {
		this.runner.withPropertyValues("sockets.enabled=" + value)
			.run((context) -> assertThat(context).hasSingleBean(TcpServer.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "false", "off", "no", "0" })
	void whenTheyAreSwitchedOffInAnyFormThenThereAreNone(String value) {
		this.runner.withPropertyValues("sockets.enabled=" + value)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TcpServer.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "flase", "2", "enabled" })
	void whenTheSwitchIsNeitherThenTheStartFails(String value) {
		this.runner.withPropertyValues("sockets.enabled=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("sockets.enabled")
				.hasStackTraceContaining(value));
	}

}
