package dev.sockets.runtime.tcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server on a path that runs out of descriptors accepts again when there are some.
 */
@EnabledOnOs(OS.LINUX)
@Tag("measures")
@Timeout(120)
class UnixExhaustionTests {

	private final Queue<String> output = new ConcurrentLinkedQueue<>();

	@TempDir
	private Path directory;

	@Test
	@SuppressWarnings("try")
	void whenDescriptorsRunOutThenThePathIsServedAgainWhenThereAreSome() throws Exception {
		Path path = this.directory.resolve("s");
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Process process = new ProcessBuilder("sh", "-c", "ulimit -n 200; exec \"$@\"", "sh", java, "-Xmx128m", "-cp",
				System.getProperty("java.class.path"), ExhaustedServer.class.getName(), path.toString())
			.redirectErrorStream(true)
			.start();
		OwnThread.run(() -> read(process));
		List<UnixPeer> crowd = new ArrayList<>();
		try (PrintStream input = new PrintStream(process.getOutputStream(), true); UnixPeer early = early(path)) {
			assertThat(early.ask("early")).isEqualTo("early");
			for (int i = 0; i < 300; i++) {
				crowd.add(new UnixPeer(path).send("crowd\n"));
			}
			awaitLine("failed ACCEPT_FAILED");
			assertThat(early.ask("still served")).isEqualTo("still served");
			crowd.forEach(UnixPeer::close);
			awaitLine("recovered ACCEPT_FAILED");
			try (UnixPeer late = new UnixPeer(path)) {
				assertThat(late.ask("late")).isEqualTo("late");
			}
			assertThat(this.output).noneMatch((line) -> line.contains("Exception") || line.contains("Error"));
		}
		assertThat(process.waitFor()).isZero();
		assertThat(path).doesNotExist();
	}

	private UnixPeer early(Path path) {
		awaitLine("port 0");
		return new UnixPeer(path);
	}

	private void awaitLine(String line) {
		Awaitility.await("'" + line + "' in " + this.output).until(() -> this.output.contains(line));
	}

	private void read(Process process) {
		try (BufferedReader reader = process.inputReader()) {
			reader.lines().forEach(this.output::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
