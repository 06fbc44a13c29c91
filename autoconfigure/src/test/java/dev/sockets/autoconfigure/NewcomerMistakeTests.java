package dev.sockets.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

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
import org.springframework.context.ConfigurableApplicationContext;

import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What would be taken for something else than was written, or for nothing, and mistakes
 * whose failure has to name the place. What is known to be wrong by itself is in
 * {@link MisconfigurationTests}.
 */
@ExtendWith(OutputCaptureExtension.class)
class NewcomerMistakeTests {

	private static final String FILE = ", set in Byte array resource [application.yml] - ";

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					port: 22010.9              | port               | 22010.9 | a whole number.
					max-connections: 1.5       | max-connections    | 1.5     | a whole number.
					max-connections: .nan      | max-connections    | .nan    | a whole number.
					port: 022010               | port               | 022010  | without the 0 before it: YAML reads 022010 as an octal number, which is 9224.
					ports: 07001               | ports              | 07001   | without the 0 before it: YAML reads 07001 as an octal number, which is 3585.
					max-connections: 22:10     | max-connections    | 22:10   | a whole number: YAML reads 22:10 as minutes and seconds, which is 1330.
					idle-timeout: 1:30         | idle-timeout       | 1:30    | a duration such as 500ms, 10s, 5m or 1h: YAML reads 1:30 as minutes and seconds, which is 90.
					idle-timeout: 0500         | idle-timeout       | 0500    | without the 0 before it: YAML reads 0500 as an octal number, which is 320.
					max-frame-size: 0100       | max-frame-size     | 0100    | without the 0 before it: YAML reads 0100 as an octal number, which is 64.
					host: 0x7F000001           | host               | 0x7F000001 | text in quotes: without them YAML reads it as a number, and makes another text of it.
					goodbye-message: no        | goodbye-message    | no      | text in quotes: without them YAML reads it as true or false.
					password: 012345           | password           | ******  | text in quotes: without them YAML reads it as a number, and makes another text of it.
					dispatch: off              | dispatch           | off     | one of auto, loop, thread.
					max-connections: 1_0.5     | max-connections    | 1_0.5   | a whole number.
					mdc: 1                     | mdc                | 1       | true or false.
					max-connections: true      | max-connections    | true    | a whole number.
					idle-timeout: 1.5s         | idle-timeout       | 1.5s    | a duration such as 500ms, 10s, 5m or 1h.
					idle-timeout: 10 s         | idle-timeout       | 10 s    | a duration such as 500ms, 10s, 5m or 1h.
					max-frame-size: 1.5        | max-frame-size     | 1.5     | a size such as 512B, 64KB or 1MB.
					host: 'tcp://0.0.0.0'      | host               | tcp://0.0.0.0 | an address or a host name alone, without 'tcp://' and what goes with it.
					host: '127.0.0.1:7001'     | host               | 127.0.0.1:7001 | an address or a host name alone: the number behind the colon goes to 'sockets.tcp.server.echo.port'.
					host: '*'                  | host               | *       | an address or a host name; 0.0.0.0 stands for all addresses of this machine.
					goodbye-message: '😀😀', max-connections: 01750 | max-connections | 01750 | without the 0 before it: YAML reads 01750 as an octal number, which is 1000.
					host: 'local host'         | host               | local host | an address or a host name, without spaces, quotes, slashes and the like.
					host: "'robot'"            | host               | 'robot' | an address or a host name, without spaces, quotes, slashes and the like.
					host: 10.0.0.256           | host               | 10.0.0.256 | an address or a host name; an address has four numbers from 0 to 255 with dots between.
					host: 10.0.0               | host               | 10.0.0  | an address or a host name; an address has four numbers from 0 to 255 with dots between.
					host: 'a.local,b.local'    | host               | a.local,b.local | one address or host name, not several.
					ports: '7001,7001'         | ports              | 7001,7001 | each port once, but 7001 is there twice.
					ports: '7000-7002,7001'    | ports              | 7000-7002,7001 | each port once, but 7001 is there twice.
					goodbye-message: 1.5       | goodbye-message    | 1.5     | text in quotes, not a number, as which YAML reads it.
					allow: 10.0.0.0/33         | allow[0]           | 10.0.0.0/33 | one with a prefix from /0 to /32.
					""")
	void whenAValueWouldBeTakenForAnotherThenTheFailureSaysWhatIsReadOfIt(String keys, String key, String value,
			String allowed, CapturedOutput output) {
		String port = keys.startsWith("port") ? "" : "port: 0, ";
		assertFails("sockets.tcp.server.echo: {" + port + keys + "}", "");
		String property = "'sockets.tcp.server.echo." + key + "'";
		assertThat(output).contains(property + " has the invalid value '" + value + "'")
			.contains(FILE)
			.contains("Action:\n\n" + property + " must be " + allowed)
			.doesNotContain("012345")
			.doesNotContain("Update your application's configuration");
	}

	@ParameterizedTest
	@ValueSource(strings = { "max-connections: 0x1F", "max-connections: 1_000", "max-connections: 1e3",
			"max-connections: 10.0", "socket: {traffic-class: 0x10}", "idle-timeout: 30000", "max-frame-size: 100000",
			"host: 127.0.0.1", "host: '127.0.0.1 '", "host: '::1'", "host: '[::1]'", "host: localhost",
			"user-data: {plz: 01234, at: 1:30}", "mdc: yes", "mdc: 'on'", "busy-message: '007'", "busy-message: true",
			"busy-message: '😀😀', max-connections: 24233" })
	void whenAValueIsUnusualButCanMeanOneThingOnlyThenItStarts(String keys, CapturedOutput output) {
		start("sockets.tcp.server.echo: {port: 0, " + keys + "}", "").close();
		assertThat(output).doesNotContain("without a unit");
	}

	@Test
	void whenADurationHasNoUnitAndFewOfThemThenTheLogAsksWhetherSecondsAreMeant(CapturedOutput output) {
		start("sockets.tcp.server.echo: {port: 0, idle-timeout: 30, socket.linger: 3}", "").close();
		assertThat(output.toString().lines().filter((line) -> line.contains("without a unit"))).singleElement()
			.asString()
			.contains("WARN")
			.endsWith("'sockets.tcp.server.echo.idle-timeout' is 30 without a unit, which is milliseconds, set in Byte "
					+ "array resource [application.yml] - 1:50: write 30ms, or 30s if it is to be seconds");
	}

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					sockets.tcp.server.echo.port: | | 'sockets.tcp.server.echo.port' is empty, set in Byte array resource [application.yml] - 1:30. | 'sockets.tcp.server.echo.port' must be a whole number.
					sockets.tcp.server.echo: {port: 0, idle-timeout: } | | 'sockets.tcp.server.echo.idle-timeout' is empty, set in | must be a duration such as 500ms, 10s, 5m or 1h, or left out.
					sockets.tcp.server.echo: {port: 0, profile: } | | 'sockets.tcp.server.echo.profile' is empty, set in | must be one of text, text-nul,
					sockets.tcp.server.echo: {port: 0, framing: cr} | | 'sockets.tcp.server.echo.framing' has the invalid value 'cr', set in Byte array resource [application.yml] - 1:45. | must be one of line, crlf,
					sockets.tcp.server.echo: {port: 0, framing: lin} | | 'sockets.tcp.server.echo.framing' has the invalid value 'lin', set in Byte array resource [application.yml] - 1:45; did you mean 'line'? | must be one of line, crlf,
					sockets.tcp.server.echo: {port: 0, codec: } | | 'sockets.tcp.server.echo.codec' is empty, set in | must be one of text, bytes, json, cbor, pickle, object, or the name of a Codec bean
					sockets.tcp.server.echo: {port: 0, ssl.bundle: '${NONE:}'} | | 'sockets.tcp.server.echo.ssl.bundle' is empty, set in Byte array resource [application.yml] - 1:48. | 'sockets.tcp.server.echo.ssl.bundle' must be the name of a bundle below spring.ssl.bundle, or left out.\\n
					sockets.tcp.server.echo: {port: 0, rpc.id: '${NONE:}'} | | 'sockets.tcp.server.echo.rpc.id' is empty, set in | 'sockets.tcp.server.echo.rpc.id' must be what the peer is told of who this side is, or left out.\\n
					sockets.tcp: {server-defaults.correlation: '${NONE:}', server.echo.port: 0} | | 'sockets.tcp.server-defaults.correlation' is empty, set in | must be the name of a Correlation bean, or a group of keys below it, or left out.\\n
					sockets.tcp.client.robot: {port: 1, host: '${NONE:}'} | | 'sockets.tcp.client.robot.host' is empty, set in | 'sockets.tcp.client.robot.host' must be an address or a host name, or left out.\\n
					sockets.tcp.server.echo: {port: 0, connect-rate: '${NONE:}'} | | 'sockets.tcp.server.echo.connect-rate' is empty, set in | such as 100/s or, in bytes, 1MB/s, or left out.\\n
					sockets.tcp.server.echo: {port: 0, channel: } | | 'sockets.tcp.server.echo.channel' is empty, set in | must be the name of a MessageChannel bean
					sockets.tcp.server.echo: {port: 0, events: ' , '} | | 'sockets.tcp.server.echo.events' | must be all or none alone, or some of started,
					sockets.tcp.server.echo: {port: 0, events: } | | 'sockets.tcp.server.echo.events' is empty, set in | must be all or none alone, or some of started,
					sockets.tcp.server.echo: {port: 0, framing-options: } | | 'sockets.tcp.server.echo.framing-options' is empty, set in | must be a group of keys below it, not a value, or left out.
					sockets.tcp.server.echo: {port: 0, heartbeat: '${NONE:}'} | | 'sockets.tcp.server.echo.heartbeat' is empty, set in | must be a group of keys below it, not a value, or left out.
					sockets.tcp.server.echo: {port: 0, rpc: '${NONE:}'} | | 'sockets.tcp.server.echo.rpc' is empty, set in | must be true or false, or a group of keys below it, or left out.
					sockets.tcp.server.echo: | | 'sockets.tcp.server.echo' is empty, set in | must be a group of properties with at least a port.
					sockets: | | 'sockets' is empty, set in Byte array resource [application.yml] - 1:9. | 'sockets' must be a group of keys below it, which are indented further than it, or left out.
					sockets:\\ntcp.server.echo.port: 0 | | 'sockets' is empty, set in | which are indented further than it
					sockets: true\\n | | 'sockets' has the invalid value 'true', set in | 'sockets' must be a group of keys below it
					sockets.tcp.server.port: 0 | | 'sockets.tcp.server.port' has the invalid value '0', set in | must be below the name of an endpoint, as in 'sockets.tcp.server.echo.port'.
					sockets.multicast.receiver.r: {port: 0, groups: } | | 'sockets.multicast.receiver.r.groups' is empty, set in | must be at least one value, or left out.
					a: b | SOCKETS_TCP_SERVER_ECHO_PORT= | 'sockets.tcp.server.echo.port' is empty, set in "SOCKETS_TCP_SERVER_ECHO_PORT" from property source "systemEnvironment". | must be a whole number.
					sockets.tcp.server.echo.port: 0 | SOCKETS_TCP_SERVER_ECHO_ALLOW=10.0.0.0/8,10.0.0.1/33 | 'sockets.tcp.server.echo.allow[1]' has the invalid value '10.0.0.1/33', set in "SOCKETS_TCP_SERVER_ECHO_ALLOW" from property source "systemEnvironment". | one with a prefix from /0 to /32.
					a: b | SOCKETS_TCP_SERVER_ADMIN_PROT=1 | 'sockets.tcp.server.admin.port' is not set. What there is of 'sockets.tcp.server.admin' is set in "SOCKETS_TCP_SERVER_ADMIN_PROT" from property source "systemEnvironment". The environment variable SOCKETS_TCP_SERVER_ADMIN_PROT is left out: there is no such property; did you mean SOCKETS_TCP_SERVER_ADMIN_PORT? | must be a port from 0
					sockets.tcp.client.robot.host: localhost | | 'sockets.tcp.client.robot.port' is not set. What there is of 'sockets.tcp.client.robot' is set in Byte array resource [application.yml] - 1:32. | must be a port from 1 to 65535.
					sockets.tcp.server:\\n  "[my.name]":\\n    port: 0 | | 'sockets.tcp.server.my.name' has the invalid name 'my.name', set in Byte array resource [application.yml] - 3:11. | such as 'my-name'.
					sockets.tcp.client.robot: {port: 1, reconnect.initial-delay: 1m} | | 'sockets.tcp.client.robot.reconnect.initial-delay' has the invalid value '1m', set in Byte array resource [application.yml] - 1:62. It does not go with 'sockets.tcp.client.robot.reconnect.max-delay', which is 30s as no property sets it. | must be at most as long as reconnect.max-delay.
					sockets.tcp.client.robot: {port: 1, host: 'tcp://robot.local'} | | 'sockets.tcp.client.robot.host' has the invalid value 'tcp://robot.local', set in | must be an address or a host name alone, without 'tcp://'
					sockets.tcp.client.robot: {port: 1, host: 'a.local,b.local'} | | 'sockets.tcp.client.robot.host' has the invalid value 'a.local,b.local', set in | must be one address or host name, not several: those, with their ports, go to 'sockets.tcp.client.robot.addresses'.
					sockets.tcp.client.robot: {port: 1, reconnect.multiplier: .inf} | | 'sockets.tcp.client.robot.reconnect.multiplier' has the invalid value 'Infinity', set in | must be at least 1, and finite.
					sockets.tcp.server: {a.path: /tmp/s7k.sock, b.path: /tmp/./s7k.sock} | | is the same one, set in Byte array resource [application.yml] - 1: | to another path than 'sockets.tcp.server.
					sockets.udp.sender.s: {port: 1, host: 'udp://robot.local'} | | 'sockets.udp.sender.s.host' has the invalid value 'udp://robot.local', set in | must be an address or a host name alone, without 'udp://'
					sockets.tcp.server.echo: {port: 0, host: no-such-host.invalid} | | no address is known of a host of that name. 'sockets.tcp.server.echo.host' is set in Byte array resource [application.yml] - 1:42. | Set 'sockets.tcp.server.echo.host' to an address of this machine, or to 0.0.0.0 for all of them.\\n
					sockets.tcp.server.echo: {port: 0, host: lo} | | a host of that name; it is a network interface, whose addresses are | Set 'sockets.tcp.server.echo.host' to an address of this machine, or to 0.0.0.0 for all of them.\\n
					sockets.tcp: {server.echo.port: 0, client.echo.port: 1} | | What there is of 'sockets.tcp.server.echo' is set in Byte array resource [application.yml] - 1:33. What there is of 'sockets.tcp.client.echo' is set in | Rename 'sockets.tcp.server.echo'
					sockets.tcp.server.environment.port: 0 | | What there is of 'sockets.tcp.server.environment' is set in Byte array resource | Rename 'sockets.tcp.server.environment'
					sockets.tcp.server.echo: {port: 0, correlation: '${x:me}'}\\nsockets.tcp.server.echo.correlation.size: 2 | | The property 'sockets.tcp.server.echo.correlation.size', set in Byte array resource [application.yml] - 2:43, is read by nobody, as 'sockets.tcp.server.echo.correlation' has a value itself, set in | Leave out 'sockets.tcp.server.echo.correlation.size' or the value of 'sockets.tcp.server.echo.correlation'.
					sockets.tcp.server.echo: {port: 0, 'allow[1]': 10.0.0.1} | | 'sockets.tcp.server.echo.allow[1]', set in Byte array resource [application.yml] - 1:48, is read by nobody, as an element before it is missing. | Number the elements of 'sockets.tcp.server.echo.allow' from 0 on.
					sockets.tcp.server.echo: {port: 0, correlation.bean: x} | | 'sockets.tcp.server.echo.correlation.bean', set in Byte array resource | Below 'sockets.tcp.server.echo.correlation' these keys are known: offset, pattern, size.
					sockets.tcp.server.echo: {port: 0, tls.bundle: x} | | is unknown; did you mean 'ssl'? | Below 'sockets.tcp.server.echo' these keys are known
					sockets.tcp.server.echo: {port: 0, address: 127.0.0.1} | | is unknown; did you mean 'host'? | Below 'sockets.tcp.server.echo' these keys are known
					sockets.tcp.server.echo: {port: 0, max_frame_sise: 1MB} | | is unknown; did you mean 'max-frame-size'? | Below 'sockets.tcp.server.echo' these keys are known
					sockets.tcp.server.echo: {port: 0, maxConections: 1} | | is unknown; did you mean 'max-connections'? | Below 'sockets.tcp.server.echo' these keys are known
					""")
	void whenThePlaceOrTheMistakeIsHardToFindThenTheFailureNamesIt(String yaml, String variables, String problem,
			String action, CapturedOutput output) {
		assertFails(yaml, variables);
		assertThat(output.toString().replaceFirst("(?s).*Description:", "")).contains(problem)
			.contains(action.replace("\\n", "\n"))
			.doesNotContain("Update your application's configuration");
	}

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					tcp.server.echo.port: 0 | | 'tcp' is read by nobody, set in Byte array resource [application.yml] - 1:23; did you mean 'sockets.tcp'?
					spring-sockets.tcp.server.echo.port: 0 | | 'spring-sockets' is read by nobody, set in Byte array resource [application.yml] - 1:38; did you mean 'sockets'?
					a: b | SOCKET_TCP_SERVER_ECHO_PORT=0 | The environment variable SOCKET_TCP_SERVER_ECHO_PORT is left out; did you mean SOCKETS_TCP_SERVER_ECHO_PORT?
					""")
	void whenTheRootIsMissingOrMisspeltThenTheLogSaysSo(String yaml, String variables, String line,
			CapturedOutput output) {
		start(yaml, variables).close();
		assertThat(output.toString().lines().filter((logged) -> logged.contains(line))).singleElement()
			.asString()
			.contains("WARN");
	}

	@Test
	void whenTwoServersHaveOnePortThenTheFailureNamesBothAndTheirPlaces(CapturedOutput output) {
		int port = Ports.free();
		assertFails("sockets.tcp.server:\n  a.port: " + port + "\n  b.ports: " + Ports.free() + "," + port, "");
		assertThat(output.toString().replaceFirst("(?s).*Description:", "")).contains("the port is in use.")
			.contains("'sockets.tcp.server.a.port'" + " is ")
			.contains(" - 2:11")
			.contains(" - 3:12")
			.contains("to another port than 'sockets.tcp.server.")
			.doesNotContain("ss -ltnp");
	}

	@Test
	void whenTwoReceiversHaveOnePortThenTheFailureNamesBothAndTheirPlaces(CapturedOutput output) {
		int port = Ports.free();
		assertFails("sockets.udp.receiver:\n  a.port: " + port + "\n  b.port: " + port, "");
		assertThat(output).contains("UDP port " + port + " is in use. 'sockets.udp.receiver.")
			.contains(" is the same one, set in Byte array resource [application.yml] - ");
	}

	private static void assertFails(String yaml, String variables) {
		assertThatException().isThrownBy(() -> start(yaml, variables));
	}

	private static ConfigurableApplicationContext start(String yaml, String variables) {
		Map<String, Object> environment = new LinkedHashMap<>();
		if (variables != null && !variables.isEmpty()) {
			Arrays.stream(variables.split(" "))
				.map((variable) -> variable.split("=", 2))
				.forEach((variable) -> environment.put(variable[0], variable[1]));
		}
		return new SpringApplicationBuilder(EchoConfiguration.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.initializers(Yaml.of(yaml.replace("\\n", "\n")).withVariables(environment))
			.run();
	}

}
