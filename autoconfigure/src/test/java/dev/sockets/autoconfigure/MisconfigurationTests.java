package dev.sockets.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What a user reads of each kind of mistake in the configuration: the value, the
 * property, where it is set, and what to change. What the mapping of values refuses
 * besides is in {@link InvalidSettingTests}; what annotations refuse in
 * {@code AnnotationMistakeTests}.
 */
@ExtendWith(OutputCaptureExtension.class)
class MisconfigurationTests {

	private static final String PLACE = ", set in Byte array resource [application.yml] - ";

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					port: abc                             | port           | abc        | a whole number
					port: 70000                           | port           | 70000      | a port from 0 (any free one) to 65535
					port: ${NO_PORT}                      | port           | ${NO_PORT} | one without ${NO_PORT}: there is no property
					framing: ${NO_FRAMING}                | framing        | ${NO_FRAMING} | one without ${NO_FRAMING}: there is no property
					idle-timeout: ${a.b.c}                | idle-timeout   | ${a.b.c}   | one without ${a.b.c}: there is no property and no environment variable 'a.b.c'. Set it, or write ${a.b.c:...}
					password: ${NO_PASSWORD}              | password       | ******     | one without ${NO_PASSWORD}
					framing: lines                        | framing        | lines      | one of line, crlf, nul, stx-etx,
					codec: jason                          | codec          | jason      | one of text, bytes, json, cbor,
					events: recieved                      | events         | recieved   | all or none alone, or some of started,
					profile: tcptalk                      | profile        | tcptalk    | one of text, text-nul, bytes,
					when-full: rejct                      | when-full      | rejct      | one of reject, wait, replace-oldest
					dispatch: thread-pool                 | dispatch       | thread-pool | one of auto, loop, thread
					charset: utf-88                       | charset        | utf-88     | the name of a charset, such as UTF-8
					auto-startup: maybe                   | auto-startup   | maybe      | true or false
					idle-timeout: 10 minutes              | idle-timeout   | 10 minutes | a duration such as 500ms, 10s, 5m or 1h
					idle-timeout: -5m                     | idle-timeout   | -5m        | a positive duration
					reject-delay: 1m                      | reject-delay   | 1m         | from 0s to 10s
					max-frame-size: 64 kB                 | max-frame-size | 64 kB      | a size such as 512B, 64KB or 1MB
					max-frame-size: 3GB                   | max-frame-size | 3GB        | at least 1B and at most 2047MB
					read-buffer: 1MB                      | read-buffer    | 1MB        | from 1B to 64KB
					channel: nowhere                      | channel        | nowhere    | the name of a MessageChannel bean, of which there is none: a channel
					handshake: nobody                     | handshake      | nobody     | the name of a ConnectionHandshake bean, of which there is none
					framing: length1, max-frame-size: 1MB | max-frame-size | 1MB        | at most 255B, as the header of the framing 'length1' can say no more: that of 'length4' can
					framing: LENGTH2, max-frame-size: 1MB | max-frame-size | 1MB        | at most 65535B, as the header of the framing 'length2'
					framing: length, framing-options.header-size: 1, max-frame-size: 300B | max-frame-size | 300B | at most 255B, as the header of the framing 'length'
					max-connections: 10, max-connections-per-address: 20 | max-connections-per-address | 20 | at most max-connections, which is 10
					shutdown.grace-period: 45s            | shutdown.grace-period | 45s | at most 30s, as Spring Boot waits no longer before it goes on: raise 'spring.lifecycle.timeout-per-shutdown-phase' too
					idle-timeout: 10s, heartbeat: {interval: 30s, message: x} | idle-timeout | 10s | longer than heartbeat.interval, or left out
					profile: json, payload-type: Order    | payload-type   | Order      | the full name of a class on the class path.
					profile: json, payload-type: 'java.util.List<java.util.UUID>' | payload-type | java.util.List<java.util.UUID> | the full name of a class on the class path, without type parameters: for a list write com.example.Order[]
					session: LOGIN geheim                 | session        | ******     | a group of keys below it, not a value
					socket: 5                             | socket         | 5          | a group of keys below it, not a value
					rpc: maybe                            | rpc            | maybe      | true or false, or a group of keys below it
					allowed-classes: [a.b.C, a.b.D]       | allowed-classes | a.b.C,a.b.D | left out: the codec 'text' does not use it
					inbox: large                          | inbox          | large      | a group of keys below it, not a value
					""")
	void whenAValueOfAServerIsWrongThenTheFailureSaysValuePropertyPlaceAndWhatIsRight(String keys, String key,
			String value, String allowed, CapturedOutput output) {
		String port = keys.startsWith("port") ? "" : "port: 0, ";
		assertFails("sockets.tcp.server.echo: {" + port
				+ keys.replace("${", "'${").replace("}", "}'").replace("x}'", "x}").replace("''", "'") + "}");
		String property = "'sockets.tcp.server.echo." + key + "'";
		assertThat(output).contains(property + " has the invalid value '" + value + "'" + PLACE)
			.contains("Action:\n\n" + property + " must be " + allowed)
			.doesNotContain("Update your application's configuration");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "profile: HL7, mllp", "profile: modbus, modbus-tcp", "profile: MBAP, modbus-tcp",
			"profile: secs, hsms", "profile: nmea-0183, nmea", "profile: lrc, stx-etx-lrc", "codec: JSON2, json",
			"codec: string, text", "codec: utf-8, text", "codec: byte-array, bytes", "codec: java, object",
			"codec: binary, bytes", "framing: lf, line", "framing: newline, line", "framing: text-line, line",
			"framing: LineFeed, line", "framing: zero, nul", "framing: zero-terminated, nul",
			"framing: length-prefixed, length4", "framing: uint16, length2", "framing: slip, escaped",
			"framing: eof, end-of-stream", "framing: binary, raw", "framing: jsonl, ndjson" })
	void whenAValueIsWhatPeopleCallItElsewhereThenTheFailureSaysItsNameHere(String key, String meant,
			CapturedOutput output) {
		assertFails("sockets.tcp.server.echo: {port: 0, " + key + "}");
		assertThat(output).contains("; did you mean '" + meant + "'?");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "framing: mllp, mllp", "framing: hl7, mllp", "codec: HL7, mllp", "framing: MODBUS_TCP, modbus-tcp",
			"codec: nmea, nmea", "framing: text, text" })
	void whenAFramingOrCodecIsAProfileThenTheFailureSaysSo(String key, String profile, CapturedOutput output) {
		assertFails("sockets.tcp.server.echo: {port: 0, " + key + "}");
		assertThat(output).contains(" ('profile: " + profile + "' sets both framing and codec for that).")
			.doesNotContain("did you mean");
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "framing: cr", "framing: of", "codec: o" })
	void whenAValueIsLikeAWordOfTheSentenceThenTheFailureDoesNotTakeThatForAChoice(String key, CapturedOutput output) {
		assertFails("sockets.tcp.server.echo: {port: 0, " + key + "}");
		assertThat(output).contains(" must be one of ").doesNotContain("did you mean 'or'");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					sockets.tcp.server:\\n  billing.eu:\\n    port: 1   | 'sockets.tcp.server.billing.eu' has the invalid name 'billing.eu', set in | must be a name of letters, digits, '-' and '_', such as 'billing-eu'.
					sockets.tcp.server:\\n  billing/eu:\\n    port: 1   | 'sockets.tcp.server.billing/eu' has the invalid name 'billing/eu', set in | must be a name of letters, digits, '-' and '_', such as 'billing-eu'.
					sockets.tcp.server:\\n  "[billing/eu]":\\n    port: 1 | 'sockets.tcp.server.billing/eu' has the invalid name 'billing/eu' | must be a name of letters, digits, '-' and '_', such as 'billing-eu'.
					sockets.tcp.client:\\n  groß:\\n    port: 1         | 'sockets.tcp.client.groß' has the invalid name 'groß', set in | must be a name of letters, digits, '-' and '_', such as 'gro'.
					sockets.udp.sender:\\n  my feed:\\n    port: 1      | 'sockets.udp.sender.my feed' has the invalid name 'my feed', set in | such as 'my-feed'.
					sockets.tcp.server:\\n  - name: echo\\n    port: 0  | 'sockets.tcp.server' has the invalid value '- name: ...', set in | must be no list but entries by their names: write 'echo:' in place of '-'
					sockets.tcp.server:\\n  - port: 0                   | 'sockets.tcp.server' has the invalid value '- port: ...', set in | must be no list but entries by their names
					sockets.tcp.server:\\n  - echo                      | 'sockets.tcp.server' has the invalid value '- ...', set in | must be no list but entries by their names
					sockets:\\n  - tcp.server.echo.port: 0              | 'sockets[0].tcp.server.echo.port', set in | 'sockets' is a group of keys, not a list: write them without '-'.
					sockets.tcp.server: 7001                            | 'sockets.tcp.server' has the invalid value '7001', set in | must be a group of keys below it, not a value.
					sockets.tcp.server.echo: 7001                       | 'sockets.tcp.server.echo' has the invalid value '7001', set in | must be a group of properties with at least a port.
					sockets.tcp: open                                   | 'sockets.tcp' has the invalid value 'open', set in | must be a group of keys below it, not a value.
					sockets.tcp.servers.echo.port: 0                    | is unknown; did you mean 'server'?       | Below 'sockets.tcp' these keys are known: client, client-defaults, server, server-defaults.
					sockets.server.echo.port: 0                         | is unknown; did you mean 'tcp.server'?   | Below 'sockets' these keys are known: backplane, enabled,
					sockets.tcp.server.echo: {port: 0, prot: 1}         | 'sockets.tcp.server.echo.prot', set in   | Below 'sockets.tcp.server.echo' these keys are known:
					sockets.tcp.server.echo: {port: 0, interval: 1s}    | is unknown; did you mean 'heartbeat.interval'? | Below 'sockets.tcp.server.echo' these keys are known:
					sockets.tcp.server.echo: {port: 0, connect-timeout: 5s} | is unknown. 'connect-timeout' is a key of 'sockets.tcp.client.<name>'. | Below 'sockets.tcp.server.echo' these keys are known:
					sockets.tcp.server.echo: {port: 0, reconnect.enabled: true} | is unknown. 'reconnect' is a key of 'sockets.tcp.client.<name>'. | Below 'sockets.tcp.server.echo' these keys are known:
					sockets.tcp.client.echo: {port: 7, max-connections: 5} | is unknown. 'max-connections' is a key of 'sockets.tcp.server.<name>'. | Below 'sockets.tcp.client.echo' these keys are known:
					sockets.tcp.client-defaults.max-connections: 5      | is unknown. 'max-connections' is a key of 'sockets.tcp.server.<name>'. | Below 'sockets.tcp.client-defaults' these keys are known:
					sockets.multicast.receiver.echo: {port: 0, group: 239.1.1.1} | is unknown; did you mean 'groups'? 'group' is a key of 'sockets.multicast.sender.<name>'. | Below 'sockets.multicast.receiver.echo' these keys are known:
					sockets.tcp.server.echo: {port: [1, 2]}             | 'sockets.tcp.server.echo.port[0]', set in | 'sockets.tcp.server.echo.port' has one value, not a list of them.
					sockets.tcp.client.echo: {port: 7, reconnect: {initial-delay: 10s, max-delay: 1s}} | 'sockets.tcp.client.echo.reconnect.max-delay' has the invalid value '1s', set in | must be at least as long as reconnect.initial-delay.
					sockets.tcp.server.echo.port.number: 1              | 'sockets.tcp.server.echo.port.number', set in | Remove it: 'sockets.tcp.server.echo.port' is a value
					sockets.tcp.server-defaults: {framing: nope}\\nsockets.tcp.server.echo.port: 0 | 'sockets.tcp.server-defaults.framing' has the invalid value 'nope', set in | 'sockets.tcp.server-defaults.framing' must be one of line,
					sockets.tcp.server-defaults: {idle-timeout: 0m}\\nsockets.tcp.server.echo.port: 0 | 'sockets.tcp.server-defaults.idle-timeout' has the invalid value '0m', set in | must be a positive duration
					sockets.tcp.server-defaults: {host: '${NO_HOST}'}\\nsockets.tcp.server.echo.port: 0 | 'sockets.tcp.server-defaults.host' has the invalid value '${NO_HOST}', set in | must be one without ${NO_HOST}:
					sockets.tcp.client.echo: {port: 7, host: '${NO_HOST}'} | 'sockets.tcp.client.echo.host' has the invalid value '${NO_HOST}', set in | must be one without ${NO_HOST}:
					sockets.tcp.server.echo.host: 127.0.0.1             | 'sockets.tcp.server.echo.port' is not set. | must be a port from 0 (any free one) to 65535.
					sockets.tcp.server.echo: {port: 0, host: no-such-host.invalid} | could not listen on no-such-host.invalid:0: no address is known of a host of that name | Set 'sockets.tcp.server.echo.host' to an address of this machine
					sockets.tcp: {server.echo.port: 0, client.echo.port: 1} | 'sockets.tcp.server.echo' and 'sockets.tcp.client.echo' have the same name | Rename 'sockets.tcp.server.echo' or 'sockets.tcp.client.echo'.
					sockets.loops: many                                 | 'sockets.loops' has the invalid value 'many', set in | must be a whole number.
					sockets.memory.max: 5B                              | 'sockets.memory.max' has the invalid value '5B', set in | must be at least 1MB
					sockets.threads: green                              | 'sockets.threads' has the invalid value 'green', set in | must be one of auto, virtual, platform.
					""")
	void whenSomethingStandsInTheWrongPlaceThenTheFailureSaysWhatAndWhere(String yaml, String problem, String action,
			CapturedOutput output) {
		assertFails(yaml);
		assertThat(output.toString().replaceFirst("(?s).*Description:", "")).contains(problem)
			.contains(action)
			.doesNotContain("\tat dev.sockets")
			.doesNotContain("Update your application's configuration");
	}

	@ParameterizedTest
	@ValueSource(strings = { "messageSource", "lifecycleProcessor", "applicationEventMulticaster", "environment",
			"systemProperties", "systemEnvironment", "applicationStartup", "conversionService", "taskScheduler",
			"applicationTaskExecutor", "springApplicationArguments", "errorChannel", "nullChannel" })
	void whenANameIsOneOfSpringsOwnThenItIsRefused(String name, CapturedOutput output) {
		assertFails("sockets.tcp.server." + name + ".port: 0");
		assertThat(output).containsPattern("'sockets.tcp.server." + name + "' cannot be a bean called '" + name
				+ "': Spring[A-Za-z ]* looks for a part of itself by that name, and would take the endpoint for it.")
			.contains("Rename 'sockets.tcp.server." + name + "', also where annotations or code name it.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "socketsEndpoints", "socketsEventLoopGroup", "socketsHandlerExecutor" })
	void whenABeanThatComesLaterHasTheNameThenTheFailureNamesItAndItsClass(String name, CapturedOutput output) {
		assertFails("sockets.tcp.server." + name + ".port: 0");
		assertThat(output)
			.containsPattern("'sockets.tcp.server." + name + "' cannot be a bean called '" + name
					+ "': there is a bean of that name, a dev\\.sockets\\.[A-Za-z.]+, defined in .*Configuration.class")
			.contains("Rename 'sockets.tcp.server." + name + "', also where annotations or code name it, or the other");
	}

	@ParameterizedTest
	@ValueSource(strings = { "framing: LINE", "framing: STX_ETX, codec: TEXT", "framing: stxEtx", "codec: Bytes",
			"profile: TEXT_NUL", "events: 'RECEIVED,sendFailed'", "events: NONE", "route-by: FIRST_WORD",
			"framing: STX_ETX, checksum: {kind: XOR, place: AFTER_END}", "dispatch: LOOP", "shutdown.grace-period: 30s",
			"framing: length2, max-frame-size: 64KB", "max-connections: 5, max-connections-per-address: 5",
			"busy-message: '\\${full}'" })
	void whenAValueIsWrittenAsSpringBootLetsConstantsBeWrittenOrIsTheMostThatWorksThenItStarts(String keys) {
		try (ConfigurableApplicationContext context = start("sockets.tcp.server.echo: {port: 0, " + keys + "}",
				Map.of())) {
			assertThat(context.isRunning()).isTrue();
		}
	}

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					a: b | | INFO | No endpoints are configured
					socket.tcp.server.echo.port: 0 | | INFO | No endpoints are configured
					socket.tcp.server.echo.port: 0 | | WARN | 'socket' is read by nobody, set in Byte array resource [application.yml] - 1:30; did you mean 'sockets'?
					spring.sockets.tcp.server.echo.port: 0 | | WARN | 'spring.sockets' is read by nobody, set in
					sockets.tcp.server.echo.port: 0 | SOCKETS_TCP_SERVER_ECHO_PROT=1 | WARN | The environment variable SOCKETS_TCP_SERVER_ECHO_PROT is left out: there is no such property; did you mean SOCKETS_TCP_SERVER_ECHO_PORT?
					sockets.tcp.server.order-feed.port: 0 | SOCKETS_TCP_SERVER_ORDER_FEED_MAX_CONECTIONS=1 | WARN | did you mean SOCKETS_TCP_SERVER_ORDER_FEED_MAXCONNECTIONS?
					sockets.tcp.server.echo.port: 0 | SOCKETS_TCP_SERVER_DEFAULTS_HOTS=1 | WARN | did you mean SOCKETS_TCP_SERVER_DEFAULTS_HOST?
					sockets.tcp.server.echo.port: 0 | SOCKETS_TPC_SERVER_ECHO_PORT=1 | WARN | SOCKETS_TPC_SERVER_ECHO_PORT is left out: there is no such property
					sockets.tcp.server.echo.port: 0 | SOCKETS_TCP_SERVER_ECHO_HEARTBEAT_INTERVAL_SECONDS=1 | WARN | SOCKETS_TCP_SERVER_ECHO_HEARTBEAT_INTERVAL_SECONDS is left out: there is no such property
					sockets.tcp.server.echo.port: 0 | SOCKETS_TCP_SERVER_PORT=tcp://10.0.0.1:7001 SOCKETS_TCP_SERVER_SERVICE_HOST=10.0.0.1 SOCKETS_TCP_SERVER_PORT_7001_TCP_ADDR=10.0.0.1 | WARN | The environment variable SOCKETS_TCP_SERVER_PORT=tcp://10.0.0.1:7001 is left out, as Kubernetes tells of a service by it. Set enableServiceLinks: false
					sockets.tcp.server.echo.port: 0 | SOCKETS_TCP_SERVER_ECHO_PORT=tcp://10.0.0.1:7001 SOCKETS_TCP_SERVER_ECHO_SERVICE_PORT=7001 | WARN | SOCKETS_TCP_SERVER_ECHO_PORT=tcp://10.0.0.1:7001 is left out
					sockets.tcp.server.echo.port: 0 | SOCKETS_PORT=tcp://10.0.0.1:7001 SOCKETS_SERVICE_PORT_HTTP=7001 | WARN | SOCKETS_PORT=tcp://10.0.0.1:7001 is left out
					""")
	void whenTheEnvironmentHasWhatNobodyReadsThenTheLogSaysSoOnce(String yaml, String variables, String level,
			String line, CapturedOutput output) {
		start(yaml, variables(variables)).close();
		assertThat(output.toString().lines().filter((logged) -> logged.contains(line))).hasSize(1)
			.allSatisfy((logged) -> assertThat(logged).contains(level));
		assertThat(output.toString().lines().filter((logged) -> logged.contains("is left out")))
			.hasSizeLessThanOrEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SOCKETS_TCP_SERVER_ECHO_MAX_CONNECTIONS=5", "SOCKETS_TCP_SERVER_ECHO_MAXCONNECTIONS=5",
			"SOCKETS_TCP_SERVER_DEFAULTS_IDLE_TIMEOUT=5s", "SOCKETS_TCP_SERVERDEFAULTS_IDLETIMEOUT=5s",
			"SOCKETS_TCP_SERVER_ECHO_USER_DATA_ROOM=7", "SOCKETS_TCP_SERVER_ECHO_EVENTS_0=received",
			"SOCKETS_TCP_SERVER_ECHO_FRAMING_OPTIONS_SIZE=5", "SOCKETS_POOL_SIZE=5", "SOCKETS_HOME=/opt/sockets",
			"SOCKETS_NAME=ours", "SOCKETSERVER_TCP_PORT=5", "SOCKETS_TCP_SERVER_OTHER_PORT=0" })
	void whenAVariableIsAPropertyOrOfOthersThenNothingIsSaid(String variable, CapturedOutput output) {
		String framing = variable.contains("FRAMING") ? ", framing: fixed" : "";
		start("sockets.tcp.server.echo: {port: 0" + framing + "}", variables(variable)).close();
		assertThat(output).doesNotContain("is left out").doesNotContain("No endpoints");
	}

	private static Map<String, Object> variables(String text) {
		Map<String, Object> variables = new LinkedHashMap<>();
		if (text != null) {
			Arrays.stream(text.split(" "))
				.map((variable) -> variable.split("=", 2))
				.forEach((variable) -> variables.put(variable[0], variable[1]));
		}
		return variables;
	}

	private static void assertFails(String yaml) {
		assertThatException().isThrownBy(() -> start(yaml, Map.of()));
	}

	private static ConfigurableApplicationContext start(String yaml, Map<String, Object> variables) {
		return new SpringApplicationBuilder(EchoConfiguration.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.initializers(Yaml.of(yaml.replace("\\n", "\n")).withVariables(variables))
			.run();
	}

}
