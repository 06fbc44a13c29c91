package dev.sockets.autoconfigure.binding;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.Yaml;
import dev.sockets.rpc.ErrorDetail;
import dev.sockets.rpc.HandlerConcurrency;
import dev.sockets.rpc.RpcSettings;
import dev.sockets.rpc.WireFormat;
import dev.sockets.tcp.Password;
import dev.sockets.tcp.TcpServerSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Keys of requests by opcode reach the settings that they are for, or are refused.
 */
class RpcMapperTests {

	@Test
	void whenThereAreRequestsByOpcodeThenSettingsSayHow() {
		assertThat(Yaml.of("sockets.tcp.server.echo.port: 0").server().connection().rpc()).isNull();
		assertThat(rpc("profile: rpc")).isEqualTo(RpcSettings.DEFAULTS);
		assertThat(rpc("framing: length4, codec: cbor, rpc: true")).isEqualTo(RpcSettings.DEFAULTS);
		assertThat(rpc("framing: length4, codec: json, rpc: '${on:true}'")).isEqualTo(RpcSettings.DEFAULTS);
		assertThat(rpc("profile: rpc, rpc: false")).isNull();
		assertThat(rpc("profile: rpc, rpc: {error-detail: full, handlers: one-at-a-time}"))
			.isEqualTo(new RpcSettings(ErrorDetail.FULL, HandlerConcurrency.ONE_AT_A_TIME));
		assertThat(rpc("framing: length4, codec: cbor, rpc.error-detail: code"))
			.isEqualTo(new RpcSettings(ErrorDetail.CODE, HandlerConcurrency.CONCURRENT));
		assertThat(Yaml.of("""
				sockets.tcp:
				  client-defaults.rpc.handlers: one-at-a-time
				  client.robot: {port: 1, framing: length4, codec: cbor, rpc: true}
				""").client().connection().rpc())
			.isEqualTo(new RpcSettings(ErrorDetail.MESSAGE, HandlerConcurrency.ONE_AT_A_TIME));
		assertThat(Yaml.of("sockets.tcp: {client-defaults.rpc.handlers: one-at-a-time, client.lines.port: 1}")
			.client()
			.connection()
			.rpc()).isNull();
	}

	@Test
	void whenRequestsAreThoseOfTcptalksThenSettingsHavePasswordAndIdentity() {
		TcpServerSettings server = Yaml
			.of("sockets.tcp.server.base: {port: 0, profile: tcptalks, password: s3cret, rpc.id: BASE, "
					+ "handshake-timeout: 3s}")
			.server();
		assertThat(server.connection().opening().password()).isEqualTo(Password.of("s3cret"));
		assertThat(server.handshakeTimeout()).hasSeconds(3);
		assertThat(server.connection().rpc()).isEqualTo(
				new RpcSettings(WireFormat.TCPTALKS, "BASE", ErrorDetail.MESSAGE, HandlerConcurrency.CONCURRENT));
		assertThat(Yaml.of("""
				sockets.tcp:
				  client-defaults: {password: s3cret, rpc.id: ROBOT}
				  client.lines.port: 1
				""").client().connection()).satisfies((lines) -> assertThat(lines.rpc()).isNull())
			.satisfies((lines) -> assertThat(lines.opening().password()).isEqualTo(Password.of("s3cret")));
	}

	@Test
	void whenKeysOfTcptalksAreOfNoUseThenItFails() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> rpc("profile: rpc, rpc.id: ME"))
			.withMessageStartingWith("'sockets.tcp.server.echo.rpc.id' is 'ME' but must be left out");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> rpc("handshake-timeout: 3s"))
			.withMessageStartingWith("'sockets.tcp.server.echo.handshake-timeout' is '3s' but must be left out");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> rpc("profile: tcptalks, handshake-timeout: 0s"))
			.withMessageEndingWith("must be a positive duration");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> rpc("profile: tcptalks, password: ''"))
			.withMessageEndingWith("must be at least one character, or left out for no password");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> rpc("profile: tcptalks, rpc.id: " + "x".repeat(65)))
			.withMessageEndingWith("must be of 1 to 64 characters");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> rpc("profile: cbor, rpc.wire-format: tcptalks"))
			.withMessageStartingWith("'sockets.tcp.server.echo.codec' is 'cbor' but must be one that knows tuples");
	}

	@Test
	void whenRequestsByOpcodeCannotBeCarriedThenItFails() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> rpc("rpc: true"))
			.withMessage("'sockets.tcp.server.echo.codec' is 'text' but must be one that knows lists, as requests by "
					+ "opcode are some: cbor, with framing length4, or profile rpc");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> rpc("profile: rpc, payload-type: java.util.UUID"))
			.withMessageStartingWith("'sockets.tcp.server.echo.payload-type' is 'java.util.UUID' but must be left out");
		assertThatException().isThrownBy(() -> rpc("profile: rpc, rpc: maybe"))
			.withStackTraceContaining("Value must be true or false");
	}

	private static @Nullable RpcSettings rpc(String keys) {
		return Yaml.of("sockets.tcp.server.echo: {port: 0, " + keys + "}").server().connection().rpc();
	}

}
