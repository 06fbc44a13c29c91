package dev.sockets.benchmarks.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Compiles the C programs of this stand with {@code gcc}, once each.
 */
public final class NativePrograms {

	private static final long SECONDS = 30;

	private final Map<String, String> compiled = new LinkedHashMap<>();

	/**
	 * Says why C programs cannot be used.
	 * @return the reason; empty when they can
	 */
	public String obstacle() {
		try {
			run(List.of("gcc", "--version"));
			return "";
		}
		catch (IOException ex) {
			return "there is no gcc";
		}
	}

	/**
	 * Compiles a program unless it was.
	 * @param name its name without {@code .c}
	 * @return where the executable is
	 * @throws IOException when it cannot be compiled
	 */
	public String compile(String name) throws IOException {
		String executable = this.compiled.get(name);
		if (executable == null) {
			Path folder = Files.createTempDirectory("sockets-benchmarks");
			Path source = folder.resolve(name + ".c");
			copy(name, source);
			executable = folder.resolve(name).toString();
			run(List.of("gcc", "-O2", "-o", executable, source.toString()));
			this.compiled.put(name, executable);
		}
		return executable;
	}

	private static void copy(String name, Path target) throws IOException {
		try (InputStream source = NativePrograms.class.getResourceAsStream("/c/" + name + ".c")) {
			if (source == null) {
				throw new IOException("No source of " + name);
			}
			Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	/**
	 * Runs a program to its end.
	 * @param name its name without {@code .c}
	 * @param arguments its arguments
	 * @return the lines that it prints
	 * @throws IOException when it fails or takes too long
	 */
	public List<String> run(String name, Object... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(compile(name));
		Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
		return run(command);
	}

	private static List<String> run(List<String> command) throws IOException {
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		try {
			boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
			if (!ended || process.exitValue() != 0) {
				throw new IOException(command + " failed");
			}
			return process.inputReader().lines().toList();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

}
