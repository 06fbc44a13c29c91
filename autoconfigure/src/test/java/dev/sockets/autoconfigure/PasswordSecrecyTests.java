package dev.sockets.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The password of an endpoint is shown nowhere.
 */
@ExtendWith(OutputCaptureExtension.class)
class PasswordSecrecyTests {

	private static final String[] PROPERTIES = { "sockets.tcp.server.base.port=0",
			"sockets.tcp.server.base.profile=tcptalks", "sockets.tcp.server.base.password=s3cret",
			"sockets.tcp.client-defaults.password=s3cret", "sockets.tcp.server.vault.port=0",
			"sockets.tcp.server.vault.password=s3cret", "sockets.tcp.server.scale.port=0",
			"sockets.tcp.server.scale.session.hello=OK s3cret", "sockets.tcp.server.scale.session.expect=LOGIN s3cret",
			"management.endpoint.configprops.show-values=always", "management.endpoint.env.show-values=always",
			"management.endpoint.sockets.show-values=always", "logging.level.dev.sockets=trace" };

	@Test
	void whenActuatorShowsAllValuesThenPasswordsAreNotAmongThem(CapturedOutput output) {
		try (ActuatorApplication application = new ActuatorApplication(PROPERTIES)) {
			assertThat(application.get("configprops").body()).contains("\"password\":\"******\"")
				.contains("\"profile\":\"TCPTALKS\"")
				.doesNotContain("s3cret");
			assertThat(application.get("env").body()).contains("sockets.tcp.server.base.password")
				.doesNotContain("s3cret");
			assertThat(application.get("sockets/base").body()).doesNotContain("s3cret");
			assertThat(application.get("sockets").body()).doesNotContain("s3cret");
		}
		assertThat(output).doesNotContain("s3cret");
		assertThat(output.getAll().split("'sockets.tcp.server.base.password' travels in clear", -1)).hasSize(2);
	}

	@Test
	void whenThePasswordsKeyIsMistypedThenTheFailureDoesNotTellIt(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> new ActuatorApplication("sockets.tcp.server.base.port=0",
					"sockets.tcp.server.base.pasword=s3cret", "logging.level.org.springframework.boot=debug"))
			.satisfies((failure) -> assertThat(failure).hasStackTraceContaining("pasword"));
		assertThat(output).contains("did you mean 'password'?").doesNotContain("s3cret");
	}

	@Test
	void whenActuatorShowsAllValuesThenCredentialsAreNotAmongThem(CapturedOutput output) {
		try (ActuatorApplication application = new ActuatorApplication("sockets.tcp.client.teller.port=1",
				"sockets.tcp.client.teller.credentials.username=s3cret user",
				"sockets.tcp.client.teller.credentials.password=s3cret",
				"management.endpoint.configprops.show-values=always", "management.endpoint.env.show-values=always",
				"management.endpoint.sockets.show-values=always", "logging.level.dev.sockets=trace")) {
			assertThat(application.get("configprops").body()).contains("\"username\":\"******\"")
				.contains("\"password\":\"******\"")
				.doesNotContain("s3cret");
			assertThat(application.get("env").body()).contains("sockets.tcp.client.teller.credentials.username")
				.doesNotContain("s3cret");
			assertThat(application.get("sockets/teller").body()).doesNotContain("s3cret");
			assertThat(application.get("health").body()).doesNotContain("s3cret");
		}
		assertThat(output).doesNotContain("s3cret");
	}

	@Test
	void whenCredentialsCannotBeUsedThenTheFailureDoesNotTellThem(CapturedOutput output) {
		for (String more : new String[] { "credentials.pasword=s3cret", "host=192.0.2.1", "password=s3cret",
				"credentials.username=" + "s3cret".repeat(100), "framing=raw" }) {
			assertThatException().isThrownBy(() -> new ActuatorApplication("sockets.tcp.client.base.port=1",
					"sockets.tcp.client.base.credentials.username=s3cret",
					"sockets.tcp.client.base.credentials.password=s3cret", "sockets.tcp.client.base." + more,
					"logging.level.org.springframework.boot=debug"));
		}
		assertThat(output).contains("did you mean 'password'?")
			.contains("sockets.tcp.client.base.allow-plain-credentials")
			.doesNotContain("s3cret");
	}

	/** Framings tell the first bytes of what they cannot carry, in hexadecimal. */
	@ParameterizedTest
	@CsvSource({ "framing=line, session.hello=s3cret\\nmore", "framing=stream, session.hello=s3cret",
			"max-frame-size=3B, session.hello=s3cret", "charset=us-ascii, session.hello=s3cretä",
			"framing=line, session.hello=s3cret\\x", "framing=line, session.expect=\\p{s3cret}",
			"framing=line, session.expect=s3cret(", "framing=line, session.expect=\\k<s3cret>",
			"framing=raw, password=s3cret", "framing=stream, password=s3cret" })
	void whenAHandshakeCannotBeSentThenTheFailureTellsNothingOfIt(String other, String text, CapturedOutput output) {
		assertThatException()
			.isThrownBy(
					() -> new ActuatorApplication("sockets.tcp.client.base.port=1", "sockets.tcp.client.base." + other,
							"sockets.tcp.client.base." + text, "logging.level.org.springframework.boot=debug"))
			.satisfies((failure) -> assertThat(failure).hasStackTraceContaining("sockets.tcp.client.base."));
		assertThat(output).doesNotContain("s3cret").doesNotContain("73 33 63").doesNotContain("733363");
	}

	@ParameterizedTest
	@CsvSource({ "sockets.tcp.client.base.credentials.password, true",
			"sockets.tcp.client-defaults.credentials.username, true",
			"SOCKETS_TCP_CLIENT_BASE_CREDENTIALS_PASSWORD, true", "sockets.tcp.server.base.authenticator, false",
			"sockets.tcp.server.base.password, true", "sockets.tcp.client.far-arm.password, true",
			"sockets.tcp.server-defaults.password, true", "sockets.tcp.server.base.session.hello, true",
			"sockets.tcp.client-defaults.session.expect, true", "SOCKETS_TCP_CLIENT_BASE_SESSION_HELLO, true",
			"sockets.tcp.server.base.session.timeout, false", "SOCKETS_TCP_CLIENT_BASE_PASSWORD, true",
			"SOCKETS_TCP_SERVERDEFAULTS_PASSWORD, true", "sockets.tcp.server.base.port, false",
			"sockets.tcp.server.base.user-data.password, false", "spring.datasource.password, false" })
	void whenKeyIsThatOfAPasswordThenItsValueIsMasked(String key, boolean masked) {
		SanitizingFunction function = new SocketsSanitizingAutoConfiguration().socketsSanitizingFunction();
		assertThat(function.applyUnlessFiltered(new SanitizableData(null, key, "s3cret")).getValue())
			.isEqualTo(masked ? "******" : "s3cret");
	}

}
