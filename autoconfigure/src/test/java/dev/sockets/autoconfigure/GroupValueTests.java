package dev.sockets.autoconfigure;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A value where a group of keys is meant: refused where the group has no keys, told where
 * it has some in another place, which Spring Boot takes without a word.
 */
@ExtendWith(OutputCaptureExtension.class)
class GroupValueTests {

	private static final String ECHO = "sockets.tcp.server.echo: {port: 0, framing-options.delimiter: x, framing: delimiter, user-data.a: b}";

	@ParameterizedTest(name = "{0}")
	@CsvSource(
			textBlock = """
					SOCKETS_TCP,                            a group of keys has no value; did you mean SOCKETS_TCP_SERVER_ECHO_PORT?
					SOCKETS_TCP_SERVER,                     a group of keys has no value; did you mean SOCKETS_TCP_SERVER_ECHO_PORT?
					SOCKETS_TCP_SERVER_ECHO,                a group of keys has no value; did you mean SOCKETS_TCP_SERVER_ECHO_PORT?
					SOCKETS_TCP_SERVER_ECHO_FRAMINGOPTIONS, a group of keys has no value; did you mean SOCKETS_TCP_SERVER_ECHO_FRAMINGOPTIONS_DELIMITER?
					SOCKETS_TCP_SERVER_ECHO_USERDATA,       a group of keys has no value; did you mean SOCKETS_TCP_SERVER_ECHO_USERDATA_ECHO?
					""")
	void whenAVariableHasTheNameOfAGroupWithKeysThenTheLogSaysWhatToCallIt(String variable, String problem,
			CapturedOutput output) {
		start(ECHO, Map.of(variable, "x"));
		assertThat(told(output)).isEqualTo("The environment variable " + variable + " is left out: " + problem);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(textBlock = """
			SOCKETS_UDP,                    SOCKETS_UDP_RECEIVER_ECHO_PORT
			SOCKETS_MULTICAST,              SOCKETS_MULTICAST_RECEIVER_ECHO_PORT
			SOCKETS_TCP_CLIENT,             SOCKETS_TCP_CLIENT_ECHO_PORT
			SOCKETS_UDP_RECEIVER,           SOCKETS_UDP_RECEIVER_ECHO_PORT
			SOCKETS_UDP_SENDER,             SOCKETS_UDP_SENDER_ECHO_PORT
			SOCKETS_MULTICAST_RECEIVER,     SOCKETS_MULTICAST_RECEIVER_ECHO_PORT
			SOCKETS_MULTICAST_SENDER,       SOCKETS_MULTICAST_SENDER_ECHO_PORT
			SOCKETS_TCP_SERVER_OTHER,       SOCKETS_TCP_SERVER_OTHER_PORT
			SOCKETS_TCP_SERVERDEFAULTS,     SOCKETS_TCP_SERVERDEFAULTS_PORT
			SOCKETS_MEMORY,                 SOCKETS_MEMORY_MAX
			SOCKETS_BACKPLANE_HEARTBEAT,    SOCKETS_BACKPLANE_HEARTBEAT_INTERVAL
			SOCKETS_TCP_SERVER_ECHO_SSL,    SOCKETS_TCP_SERVER_ECHO_SSL_BUNDLE
			""")
	void whenAVariableHasTheNameOfAGroupWithoutKeysThenTheFailureSaysWhatToCallIt(String variable, String meant,
			CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(ECHO, Map.of(variable, "x")));
		assertThat(told(output)).isEmpty();
		assertThat(output).contains("must be a group of keys below it, not a value. Such a key is 'sockets.")
			.contains("', for example, which is the environment variable " + meant + ".");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(textBlock = """
			SOCKETS_TCP_SERVER_PORT,     SOCKETS_TCP_SERVER_ECHO_PORT
			SOCKETS_UDP_SENDER_HOST,     SOCKETS_UDP_SENDER_ECHO_HOST
			SOCKETS_TCP_CLIENT_RPC,      SOCKETS_TCP_CLIENT_ECHO_RPC
			""")
	void whenAVariableLacksTheNameOfTheEndpointThenTheFailureHasOne(String variable, String meant,
			CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(ECHO, Map.of(variable, "1")));
		assertThat(told(output)).isEmpty();
		assertThat(output).contains("', for example, which is the environment variable " + meant + ".");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SOCKETS_TCP_SERVER_ECHO_SSL_SNI_WEB_BUNDLE", "SOCKETS_TCP_SERVER_ECHO_USERDATA_ROOM",
			"SOCKETS_TCP_SERVER_ECHO_PICKLE_CLASSES_ORDER", "SOCKETS_TCP_SERVER_ECHO_CORRELATION",
			"SOCKETS_TCP_SERVER_ECHO_RPC", "SOCKETS_TCP_SERVERDEFAULTS_PORT", "SOCKETS",
			"SOCKETS_TCP_SERVER_ECHO_ALLOW" })
	void whenAVariableIsAPropertyOrNothingOfOursThenTheLogSaysNothing(String variable, CapturedOutput output) {
		try {
			start(ECHO, Map.of(variable, "java.lang.Object"));
		}
		catch (Exception ex) {
			assertThat(output).contains("Description:");
		}
		assertThat(output).doesNotContain("is left out");
	}

	@Test
	void whenTheVariableIsEmptyThenTheLogSaysNothing(CapturedOutput output) {
		start(ECHO, Map.of("SOCKETS_TCP_SERVER", ""));
		assertThat(output).doesNotContain("is left out");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(textBlock = """
			sockets.tcp,                                     sockets.tcp.server.echo.port
			sockets.tcp.server,                              sockets.tcp.server.echo.port
			sockets.tcp.server.echo,                         sockets.tcp.server.echo.port
			sockets.tcp.server.echo.framing-options,         sockets.tcp.server.echo.framing-options.delimiter
			""")
	void whenAnotherSourceHasAValueForAGroupWithKeysThenTheLogSaysWhatToCallIt(String property, String meant,
			CapturedOutput output) {
		new SpringApplicationBuilder(EchoConfiguration.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.initializers(Yaml.of(ECHO),
					(context) -> context.getEnvironment()
						.getPropertySources()
						.addFirst(new MapPropertySource("others", Map.of(property, "x"))))
			.run()
			.close();
		assertThat(told(output)).startsWith("'" + property + "' is left out, set in ")
			.endsWith(": a group of keys has no value; did you mean '" + meant + "'?");
	}

	private static String told(CapturedOutput output) {
		return Arrays.stream(output.toString().split("\\R"))
			.filter((line) -> line.contains("is left out"))
			.collect(Collectors.joining("\n"))
			.replaceFirst(".*? - ", "");
	}

	private static void start(String yaml, Map<String, Object> variables) {
		new SpringApplicationBuilder(EchoConfiguration.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.initializers(Yaml.of(yaml).withVariables(variables))
			.run()
			.close();
	}

}
