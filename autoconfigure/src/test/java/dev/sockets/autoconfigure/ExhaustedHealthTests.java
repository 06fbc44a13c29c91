package dev.sockets.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that runs out of descriptors is down, and up again when there are some,
 * whether anybody connects or not. Fault F13.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class ExhaustedHealthTests {

	private static final int DESCRIPTORS = 400;

	private static final Duration SOON = Duration.ofSeconds(60);

	private final List<String> lines = new ArrayList<>();

	@Test
	void whenDescriptorsRunOutThenServerIsDownAndUpAgainAfterwards() throws Exception {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Process process = new ProcessBuilder("sh", "-c", "ulimit -n " + DESCRIPTORS + "; exec \"$@\"", "sh", java,
				"-Xmx128m", "-cp", System.getProperty("java.class.path"), ExhaustedApplication.class.getName())
			.redirectErrorStream(true)
			.start();
		List<Socket> crowd = new ArrayList<>();
		try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream()));
				PrintStream input = new PrintStream(process.getOutputStream(), true)) {
			int port = Integer.parseInt(next(output, "port "));
			await(output, input, "UP");
			for (int i = 0; i < DESCRIPTORS + 100; i++) {
				crowd.add(new Socket("127.0.0.1", port));
			}
			await(output, input, "DOWN");
			for (Socket socket : crowd) {
				socket.close();
			}
			await(output, input, "UP");
		}
		finally {
			for (Socket socket : crowd) {
				socket.close();
			}
			if (!process.waitFor(20, TimeUnit.SECONDS)) {
				process.destroyForcibly().waitFor();
			}
		}
	}

	private void await(BufferedReader output, PrintStream input, String health) {
		Awaitility.await(health).atMost(SOON).untilAsserted(() -> {
			input.println();
			assertThat(next(output, "health ")).as("Health of the application that has printed %s", this.lines)
				.isEqualTo(health);
		});
	}

	private String next(BufferedReader output, String start) {
		try {
			String line;
			while ((line = output.readLine()) != null) {
				this.lines.add(line);
				if (line.startsWith(start)) {
					return line.substring(start.length());
				}
			}
			return "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
