package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sender goes on when its interface was removed and made again, by groups of both
 * families. Skipped where the system lets nobody have a network of their own. Break B11.
 */
@Timeout(120)
class RemadeInterfaceTests {

	@ParameterizedTest
	@ValueSource(strings = { "239.255.77.78", "ff05::4d4e" })
	void whenTheInterfaceIsMadeAgainThenItsSenderGoesOn(String group) throws Exception {
		Assumptions.assumeTrue(exit("ip", "link", "add", "made0", "type", "bridge") == 0,
				"nobody may have a network of their own here");
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Process process = inOwnNetwork(java, "-cp", System.getProperty("java.class.path"),
				RemadeInterface.class.getName(), group);
		List<String> lines = new String(process.getInputStream().readAllBytes()).lines().toList();
		process.waitFor();
		assertThat(lines).last().as(() -> String.join("\n", lines)).isEqualTo("ok");
	}

	private static int exit(String... command) throws InterruptedException {
		try {
			Process process = inOwnNetwork(command);
			process.getInputStream().readAllBytes();
			return process.waitFor();
		}
		catch (IOException ex) {
			return -1;
		}
	}

	private static Process inOwnNetwork(String... command) throws IOException {
		ProcessBuilder builder = new ProcessBuilder("unshare", "-rn");
		builder.command().addAll(List.of(command));
		return builder.redirectErrorStream(true).start();
	}

}
