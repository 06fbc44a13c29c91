package dev.sockets.autoconfigure.binding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.tcp.Profile;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the bytes of a peer look like, the page about them leads to the keys.
 */
class FramingDocsTests {

	@ParameterizedTest
	@EnumSource
	void whenAFramingHasANameThenThePageLeadsToIt(BuiltInFraming framing) throws IOException {
		assertThat(page()).contains("`" + framing.label());
	}

	@ParameterizedTest
	@EnumSource
	void whenAProfileHasANameThenThePageLeadsToIt(Profile profile) throws IOException {
		assertThat(page()).contains("`" + Labels.of(profile) + "`");
	}

	private static String page() throws IOException {
		return Files.readString(Path.of("../docs/framings.md"));
	}

}
