package dev.sockets.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sockets.InvalidSettingException;
import dev.sockets.rpc.RpcSettings;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Profile;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServerSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProfileTests {

	@ParameterizedTest
	@CsvSource({ "text, line, text (UTF-8)", "text-nul, nul, text (UTF-8)", "bytes, length4, bytes",
			"json, length4, json (java.lang.Object)", "cbor, length4, cbor (java.lang.Object)", "jfsocket, raw, bytes",
			"simplesockets, raw, bytes", "tcptalks, stream, pickle (protocol 4)",
			"obj-over-tcp, hex8, pickle (protocol 4)", "tcpcom, nul, text (UTF-8)",
			"mllp, marked 0b to 1c 0d, text (UTF-8)",
			"modbus-tcp, length2 offset 4 at least 2 at most 254 with 00 00 at 2 kept, bytes",
			"nmea, delimiter 0d 0a or 0a begin 24 or 21 with xor hex from 1 after 2a, text (UTF-8)",
			"stx-etx-lrc, marked 02 to 03 xor behind the end, text (UTF-8)", "hsms, length4 at least 10, bytes",
			"smpp, length4 header-included at least 16 kept, bytes", "syslog, octet-counting, text (UTF-8)",
			"jt808, escaped with xor, bytes", "fix, fix, text (ISO-8859-1)" })
	void whenProfileIsSetThenItIsFramingAndCodec(String profile, String framing, String codec) {
		assertWorks(settings("", "profile: " + profile), framing, codec);
		assertWorks(settings("profile: " + profile, ""), framing, codec);
		assertWorks(Yaml.of("sockets.tcp.client.peer: {port: 1, profile: " + profile + "}").client().connection(),
				framing, codec);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					                            | profile: json, framing: stream                | stream  | json (java.lang.Object)
					                            | profile: json, codec: bytes                   | length4 | bytes
					                            | profile: bytes, framing: crlf, codec: text    | crlf    | text (UTF-8)
					profile: json               | framing: stream                               | stream  | json (java.lang.Object)
					profile: json               | codec: text                                   | length4 | text (UTF-8)
					profile: json               | profile: text                                 | line    | text (UTF-8)
					framing: crlf, codec: bytes | profile: json                                 | length4 | json (java.lang.Object)
					framing: crlf, codec: bytes | profile: text                                 | line    | text (UTF-8)
					framing: crlf               | profile: json, framing: stream                | stream  | json (java.lang.Object)
					framing: crlf               | codec: bytes                                  | crlf    | bytes
					framing: nul, profile: json |                                               | nul     | json (java.lang.Object)
					framing: nul, profile: json | codec: bytes                                  | nul     | bytes
					""")
	void whenKeysAreSetInSeveralPlacesThenNearestWins(String defaults, String entry, String framing, String codec) {
		assertWorks(settings((defaults != null) ? defaults : "", (entry != null) ? entry : ""), framing, codec);
	}

	@ParameterizedTest
	@EnumSource
	void whenProfileIsSetAtRunTimeThenSettingsAreThoseOfTheConfiguration(Profile profile) {
		String name = profile.name().toLowerCase(Locale.ROOT).replace('_', '-');
		assertThat(TcpServerSettings.builder("echo").port(0).profile(profile).build())
			.hasToString(Yaml.of("sockets.tcp.server.echo: {port: 0, profile: " + name + "}").server().toString());
		assertThat(TcpClientSettings.builder("peer").port(1).profile(profile).build())
			.hasToString(Yaml.of("sockets.tcp.client.peer: {port: 1, profile: " + name + "}").client().toString());
	}

	@Test
	void whenProfileIsJfsocketThenEotEndsConnections() {
		assertThat(settings("", "profile: jfsocket").closeOnEot()).isTrue();
		assertThat(settings("", "profile: jfsocket, close-on-eot: false").closeOnEot()).isFalse();
		assertThat(settings("", "framing: raw").closeOnEot()).isFalse();
	}

	@Test
	void whenProfileIsSimplesocketsThenOnlyClientsResetConnections() {
		assertThat(settings("", "profile: simplesockets").socketOptions().linger()).isNull();
		assertThat(Yaml.of("sockets.tcp.client.peer: {port: 1, profile: simplesockets}")
			.client()
			.connection()
			.socketOptions()
			.linger()).isZero();
	}

	@Test
	void whenProfileIsTcpcomThenServerAndClientDealWithAFullServerAsItDoes() {
		TcpServerSettings server = Yaml.of("sockets.tcp.server.echo: {port: 0, profile: tcpcom}").server();
		assertThat(server.maxConnections()).isOne();
		assertThat(server.rejectDelay()).hasMillis(100);
		TcpClientSettings client = Yaml.of("sockets.tcp.client.peer: {port: 1, profile: tcpcom}").client();
		assertThat(client.occupiedWithin()).hasSeconds(2);
		assertThat(client.holdTime()).hasSeconds(2);
	}

	@Test
	void whenProfileIsTcptalksThenRequestsAreItsAndClientsGoOnTrying() {
		assertThat(settings("", "profile: tcptalks").rpc()).isEqualTo(RpcSettings.TCPTALKS);
		TcpClientSettings client = Yaml.of("sockets.tcp.client.peer: {port: 1, profile: tcptalks}").client();
		assertThat(client.connection().rpc()).isEqualTo(RpcSettings.TCPTALKS);
		assertThat(client.retryConnect()).isTrue();
		assertThat(settings("rpc.wire-format: tcptalks", "profile: rpc").rpc()).isEqualTo(RpcSettings.DEFAULTS);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			profile: tcpcom                      |                                       | 1     | 100
			profile: tcpcom, max-connections: 30 |                                       | 30    | 100
			                                     | profile: tcpcom, max-connections: 10000 | 10000 | 100
			                                     | profile: tcpcom, reject-delay: 0s     | 1     | 0
			max-connections: 30                  | profile: tcpcom                       | 1     | 100
			profile: tcpcom                      | profile: text                         | 10000 | 0
			profile: tcpcom, max-connections: 30 | profile: text                         | 30    | 0
			profile: tcpcom                      | max-connections: 40                   | 40    | 100
			""")
	void whenKeysOfProfileAreSetInSeveralPlacesThenNearestWins(String defaults, String entry, int maxConnections,
			long rejectDelay) {
		TcpServerSettings server = server((defaults != null) ? defaults : "", (entry != null) ? entry : "");
		assertThat(server.maxConnections()).isEqualTo(maxConnections);
		assertThat(server.rejectDelay()).hasMillis(rejectDelay);
	}

	@Test
	void whenVariableSetsProfileThenItIsTheEntrysOwn() {
		assertThat(Yaml.of("sockets.tcp: {server-defaults.framing: crlf, server.echo.port: 0}")
			.withVariables(Map.of("SOCKETS_TCP_SERVER_ECHO_PROFILE", "text-nul"))
			.server()
			.connection()
			.framing()).hasToString("nul");
	}

	@Test
	void whenProfileUsesCharsetOrPayloadTypeThenTheyAreOfUse() {
		assertThat(settings("", "profile: text-nul, charset: ISO-8859-1").codec())
			.hasToString("text (" + StandardCharsets.ISO_8859_1 + ")");
		assertThat(settings("", "profile: json, payload-type: java.util.UUID").codec())
			.hasToString("json (java.util.UUID)");
	}

	@Test
	void whenProfileDoesNotUseKeyThenItFails() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> settings("", "profile: json, charset: UTF-8"))
			.withMessage("'sockets.tcp.server.echo.charset' is 'UTF-8' but must be left out: the codec 'json' does not "
					+ "use it");
	}

	@Test
	void whenCodecIsSetOverProfileOfLinesThenCborFails() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> settings("", "codec: cbor"))
			.withMessageStartingWith("'sockets.tcp.server.echo.framing' is 'line' but must be one that carries");
	}

	@Test
	void whenProfileIsUnknownThenItFailsWithItsPath() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
			.withPropertyValues("sockets.tcp.server.echo.port=0", "sockets.tcp.server.echo.profile=xml")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("sockets.tcp.server.echo.profile"));
	}

	private static void assertWorks(ConnectionSettings settings, String framing, String codec) {
		assertThat(settings.framing()).hasToString(framing);
		assertThat(settings.codec()).hasToString(codec);
	}

	private static ConnectionSettings settings(String defaults, String entry) {
		return server(defaults, entry).connection();
	}

	private static TcpServerSettings server(String defaults, String entry) {
		return Yaml
			.of("sockets.tcp: {server-defaults: {backlog: 9, %s}, server.echo: {port: 0, %s}}".formatted(defaults,
					entry))
			.server();
	}

}
