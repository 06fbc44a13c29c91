package dev.sockets.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;

/**
 * Tells on which machine was measured.
 */
final class Machine {

	private Machine() {
	}

	static String describe() {
		return "%s, %d processors (%s), %s %s".formatted(LocalDate.now(), Runtime.getRuntime().availableProcessors(),
				processor(), System.getProperty("os.name"), System.getProperty("os.version"));
	}

	private static String processor() {
		try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
			return lines.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).trim())
				.findFirst()
				.orElse("unknown");
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

}
