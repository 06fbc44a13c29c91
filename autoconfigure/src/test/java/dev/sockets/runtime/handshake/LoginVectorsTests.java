package dev.sockets.runtime.handshake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.sockets.tcp.Credentials;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the specification of the log-in shows is what we send and understand.
 */
class LoginVectorsTests {

	private static final Path SPECIFICATION = Path.of("..", "docs", "login.md");

	@Test
	void whenTheSpecificationHasExamplesThenTheyAreOurs() throws IOException {
		List<String> examples = Files.readAllLines(SPECIFICATION)
			.stream()
			.filter((line) -> line.startsWith("SOCKETS-LOGIN/1 PASSWORD "))
			.toList();
		List<Credentials> credentials = List.of(Credentials.of("ada", "correct horse battery staple"),
				Credentials.of("jörg", "pässwörd"));
		assertThat(examples).hasSameSizeAs(credentials);
		for (int i = 0; i < examples.size(); i++) {
			byte[] message = examples.get(i).getBytes(StandardCharsets.US_ASCII);
			assertThat(LoginMessages.password(credentials.get(i))).isEqualTo(message);
			assertThat(LoginMessages.credentials(message)).isEqualTo(credentials.get(i));
		}
	}

	@Test
	void whenTheSpecificationNamesLengthsThenTheyAreOurs() throws IOException {
		assertThat(Files.readString(SPECIFICATION))
			.contains("from 1 to " + Credentials.MAX_USERNAME + " bytes of user name")
			.contains("from 1 to " + Credentials.MAX_PASSWORD + " bytes of password")
			.contains("a frame of more than " + LoginMessages.MAX_LENGTH + " bytes")
			.contains("asks its authenticator for " + AuthenticatorThreads.MOST + " peers at a time")
			.contains(new String(LoginMessages.welcome(), StandardCharsets.US_ASCII))
			.contains(new String(LoginMessages.refused(), StandardCharsets.US_ASCII));
	}

	@Test
	void whenAMessageIsAsLongAsItMayBeThenItIsUnderstood() {
		Credentials longest = Credentials.of("x".repeat(Credentials.MAX_USERNAME),
				"y".repeat(Credentials.MAX_PASSWORD));
		byte[] message = LoginMessages.password(longest);
		assertThat(message).hasSize(LoginMessages.MAX_LENGTH);
		assertThat(LoginMessages.credentials(message)).isEqualTo(longest);
		for (Credentials longer : List.of(Credentials.of(longest.username() + "x", "y"),
				Credentials.of("x", longest.password().text() + "y"))) {
			assertThat(LoginMessages.credentials(LoginMessages.password(longer))).isNull();
		}
	}

	@Test
	void whenACharacterIsChangedThenItIsOtherCredentialsOrNone() {
		Credentials ada = Credentials.of("ada", "secret");
		byte[] message = LoginMessages.password(ada);
		for (int i = 0; i < message.length; i++) {
			for (int value = 0; value < 256; value++) {
				byte[] other = message.clone();
				other[i] = (byte) value;
				assertThat(ada.equals(LoginMessages.credentials(other))).isEqualTo(message[i] == (byte) value);
			}
		}
	}

}
