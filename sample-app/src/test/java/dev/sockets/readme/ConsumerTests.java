package dev.sockets.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application in {@code examples/consumer}, which {@code .ci/run} builds and runs,
 * has nothing but what the README begins with.
 */
class ConsumerTests {

	private static final Path CONSUMER = Path.of("../examples/consumer");

	@Test
	void whenTheReadmeBeginsThenTheConsumerHasItsLinesItsMethodAndItsDependency() throws IOException {
		Page readme = Page.readme();
		assertThat(read("src/main/resources/application.yml")).isEqualTo(readme.blocks("yaml").get(0));
		assertThat(Page.withoutIndentation(read("src/main/java/com/example/echo/EchoLines.java")))
			.endsWith(Page.withoutIndentation(readme.blocks("java").get(0)));
		assertThat(Page.withoutIndentation(read("pom.xml")))
			.contains(Page.withoutIndentation(readme.blocks("xml").get(0)));
	}

	private static String read(String file) throws IOException {
		return Files.readString(CONSUMER.resolve(file)).replace("\r\n", "\n");
	}

}
