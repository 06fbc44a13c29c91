package dev.sockets.runtime.handshake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.sockets.tcp.Password;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the specification shows is what we compute.
 */
class PasswordVectorsTests {

	private static final Path SPECIFICATION = Path.of("..", "docs", "password.md");

	private static final HexFormat HEX = HexFormat.of();

	@Test
	void whenTheSpecificationHasExamplesThenTheyAreOurs() throws IOException {
		List<Map<String, String>> examples = examples();
		assertThat(examples).hasSize(3);
		Map<String, String> values = new HashMap<>();
		List<String> passwords = List.of("correct horse battery staple", "correct horse battery staple", "pässwörd");
		for (int i = 0; i < examples.size(); i++) {
			values.remove("hash");
			values.putAll(examples.get(i));
			PasswordKey key = PasswordKey.of(Password.of(passwords.get(i)));
			ChannelBinding binding = values.containsKey("hash")
					? new ChannelBinding(1, HEX.parseHex(values.get("hash"))) : ChannelBinding.NONE;
			PasswordTranscript transcript = new PasswordTranscript(HEX.parseHex(values.get("server nonce")),
					HEX.parseHex(values.get("client nonce")), binding);
			assertThat(HEX.formatHex(transcript.clientProof(key))).isEqualTo(values.get("client proof"));
			assertThat(HEX.formatHex(transcript.serverProof(key))).isEqualTo(values.get("server proof"));
			assertThat(transcript.isClientProof(key, transcript.serverProof(key))).isFalse();
		}
	}

	@Test
	void whenTheSpecificationNamesLengthsThenTheyAreOurs() throws IOException {
		byte[] value = new byte[32];
		assertThat(Files.readString(SPECIFICATION))
			.contains("So a message has %d, %d, %d or %d characters".formatted(PasswordMessages.challenge(value).length,
					PasswordMessages.answer(value, value).length, PasswordMessages.welcome(value).length,
					PasswordMessages.refused().length))
			.contains("a frame of more than " + PasswordMessages.MAX_LENGTH + " bytes");
	}

	@ParameterizedTest
	@CsvSource({ "SHA256withRSA, SHA-256", "SHA384withECDSA, SHA-384", "SHA512withRSA, SHA-512", "SHA1withRSA, SHA-256",
			"MD5withRSA, SHA-256", "Ed25519, SHA-256", "RSASSA-PSS, SHA-256", "SHA224withRSA, SHA-256" })
	void whenACertificateIsSignedThenItIsHashedByTheHashOfThatOrABetterOne(String signature, String hash) {
		assertThat(ChannelBinding.hash(signature)).isEqualTo(hash);
	}

	@Test
	void whenAMessageIsNotExactlyOneThenItIsNone() {
		byte[] value = new byte[32];
		byte[] answer = PasswordMessages.answer(value, value);
		assertThat(PasswordMessages.valuesOfAnswer(answer)).hasSize(2);
		for (int i = 0; i < answer.length; i++) {
			byte[] other = answer.clone();
			other[i] = (other[i] == 'A') ? (byte) 'a' : (byte) 'A';
			assertThat(PasswordMessages.valuesOfAnswer(other)).isNull();
		}
		for (String text : List.of("", " ", "SOCKETS-PASSWORD/1 ANSWER", "SOCKETS-PASSWORD/2 REFUSED")) {
			byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
			assertThat(PasswordMessages.valuesOfAnswer(bytes)).isNull();
			assertThat(PasswordMessages.nonceOfChallenge(bytes)).isNull();
			assertThat(PasswordMessages.proofOfWelcome(bytes)).isNull();
			assertThat(PasswordMessages.isRefused(bytes)).isFalse();
		}
	}

	private static List<Map<String, String>> examples() throws IOException {
		String section = Files.readString(SPECIFICATION).split("## By example")[1];
		List<Map<String, String>> examples = new ArrayList<>();
		Matcher blocks = Pattern.compile("```\n(.*?)```", Pattern.DOTALL).matcher(section);
		while (blocks.find()) {
			Map<String, String> values = new HashMap<>();
			blocks.group(1).lines().forEach((line) -> {
				String[] parts = line.split(" {2,}");
				values.put(parts[0].strip(), parts[1].strip());
			});
			examples.add(values);
		}
		return examples;
	}

}
