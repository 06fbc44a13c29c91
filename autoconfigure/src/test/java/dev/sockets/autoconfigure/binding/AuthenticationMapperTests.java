package dev.sockets.autoconfigure.binding;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.Yaml;
import dev.sockets.tcp.ConnectionHandshake;
import dev.sockets.tcp.Credentials;
import dev.sockets.tcp.Password;
import dev.sockets.tcp.SessionSettings;
import dev.sockets.tcp.SocketAuthenticator;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServerSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Keys by which peers authenticate reach the settings that they are for, or are refused
 * without telling a secret.
 */
class AuthenticationMapperTests {

	@Test
	void whenThereIsAHandshakeThenSettingsHaveIt() {
		ConnectionHandshake bean = (connection) -> CompletableFuture.completedFuture(null);
		TcpServerSettings server = Yaml
			.of("sockets.tcp.server.gate: {port: 0, handshake: badges, handshake-timeout: 3s}")
			.withBean("badges", bean)
			.server();
		assertThat(server.connection().opening().handshake()).isSameAs(bean);
		assertThat(server.handshakeTimeout()).hasSeconds(3);
		SessionSettings session = Yaml.of("""
				sockets.tcp.client.scale:
				  port: 1
				  codec: bytes
				  charset: ISO-8859-1
				  session: {hello: là, expect: 'OK.*', timeout: 4s}
				""").client().connection().opening().session();
		assertThat(session.hello()).isEqualTo("là".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(session.expect().pattern()).isEqualTo("OK.*");
		assertThat(session.charset()).isEqualTo(StandardCharsets.ISO_8859_1);
		assertThat(session.timeout()).hasSeconds(4);
		assertThat(session.toString()).doesNotContain("là");
		assertThat(Yaml.of("sockets.tcp.server.vault: {port: 0, password: s3cret, handshake-timeout: 3s}")
			.server()
			.connection()
			.opening()
			.password()).isEqualTo(Password.of("s3cret"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					handshake: badges | handshake' is 'badges' but must be the name of a ConnectionHandshake bean, of which there is none
					session.timeout: 3s | session.timeout' is '3s' but must be left out
					session.hello: s3cret | session.expect' is not set but must be what the first message of a client has to match
					session: {expect: '(s3cret'} | session.expect' is '******' but must be a regular expression, which it is not: Unclosed group, seen at the end; a backslash before a character has it taken as it is
					session: {expect: '*s3cret'} | session.expect' is '******' but must be a regular expression, which it is not: Dangling meta character '*', near character 1; a backslash
					session: {expect: 's3cret\\p{s3cret}'} | session.expect' is '******' but must be a regular expression, which it is not: something that cannot be shown, as it may be a part of a password, near character
					session: {expect: 'a', hello: 's3cret \u20ac'}, charset: US-ASCII | session.hello' is '******' but must be
					session: {expect: 'a', timeout: 0s} | session.timeout' is 'PT0S' but must be a positive duration
					session: {expect: 'a'}, password: s3cret | session' is '******' but must be left out: with password connections
					session: {expect: 'a'}, profile: tcptalks | session' is '******' but must be left out: with profile tcptalks
					""")
	void whenAHandshakeCannotWorkThenItFailsAndTellsNoSecret(String keys, String message) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(Yaml.of("sockets.tcp.server.echo: {port: 0, " + keys + "}")::server)
			.withMessageStartingWith("'sockets.tcp.server.echo." + message)
			.withMessageNotContaining("s3cret");
	}

	@Test
	void whenPeersLogInThenSettingsHaveWhoDecidesAndWhatIsSent() {
		SocketAuthenticator bean = (login) -> null;
		TcpServerSettings server = Yaml
			.of("sockets.tcp.server.vault: {port: 0, authenticator: users, allow-plain-credentials: true, "
					+ "handshake-timeout: 3s}")
			.withBean("users", bean)
			.server();
		assertThat(server.authenticator()).isSameAs(bean);
		assertThat(server.allowPlainCredentials()).isTrue();
		TcpClientSettings client = Yaml
			.of("sockets.tcp.client.teller: {port: 1, host: 192.0.2.1, allow-plain-credentials: true, "
					+ "credentials: {username: ada, password: s3cret}}")
			.client();
		assertThat(client.credentials()).isEqualTo(Credentials.of("ada", "s3cret"));
		assertThat(client.toString()).doesNotContain("s3cret").doesNotContain("ada");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					server | authenticator: users | authenticator' is 'users' but must be the name of a SocketAuthenticator bean, of which there is none
					server | allow-plain-credentials: true | allow-plain-credentials' is 'true' but must be left out: without an authenticator nobody logs in
					client | allow-plain-credentials: true | allow-plain-credentials' is 'true' but must be left out: without credentials
					client | credentials.username: s3cret | credentials.password' is not set but must be the password of the user
					client | credentials.password: s3cret | credentials.username' is not set but must be the name of a user
					client | host: 192.0.2.1, credentials: {username: s3cret, password: s3cret} | ssl.bundle' is not set but must be the name of a bundle
					""")
	void whenALogInCannotWorkThenItFailsAndTellsNoSecret(String group, String keys, String message) {
		Yaml yaml = Yaml.of("sockets.tcp." + group + ".echo: {port: 1, " + keys + "}");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Objects.requireNonNull(group.equals("server") ? yaml.server() : yaml.client()))
			.withMessageStartingWith("'sockets.tcp." + group + ".echo." + message)
			.withMessageNotContaining("s3cret");
	}

}
