package dev.sockets.codec.pickle;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pickle of a real Python, in a process of its own, with the classes of
 * {@code shop.py}.
 */
final class Python implements AutoCloseable {

	static final String COMMAND = "python3";

	private final Process process;

	private final BufferedWriter commands;

	private final BufferedReader answers;

	private Python(Process process) {
		this.process = process;
		this.commands = process.outputWriter(StandardCharsets.UTF_8);
		this.answers = process.inputReader(StandardCharsets.UTF_8);
	}

	/**
	 * Starts it, or skips the tests when it isn't installed.
	 */
	static Python start() throws IOException {
		ProcessBuilder builder = new ProcessBuilder(COMMAND, file("peer.py"), file("shop.py"))
			.redirectError(ProcessBuilder.Redirect.INHERIT);
		try {
			return new Python(builder.start());
		}
		catch (IOException ex) {
			Assumptions.abort(COMMAND + " is not installed");
			throw ex;
		}
	}

	private static String file(String name) {
		try {
			return Path.of(Python.class.getResource(name).toURI()).toString();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the pickle of an expression.
	 */
	byte[] dumps(String expression, int protocol) {
		return HexFormat.of().parseHex(ask("dump " + protocol + " " + expression));
	}

	/**
	 * Returns how Python shows what it reads, in ASCII.
	 */
	String show(byte[] pickle) {
		return ask("show " + HexFormat.of().formatHex(pickle) + " ");
	}

	/**
	 * Asserts that Python reads what an expression gives, of the same types.
	 */
	void assertReads(byte[] pickle, String expression) {
		String hex = HexFormat.of().formatHex(pickle);
		assertThat(ask("same " + hex + " " + expression))
			.as(() -> "%s is read as %s, not as %s".formatted(hex, show(pickle), expression))
			.isEqualTo("True");
	}

	private String ask(String command) {
		try {
			this.commands.write(command);
			this.commands.newLine();
			this.commands.flush();
			String answer = this.answers.readLine();
			assertThat(answer).as("answer to " + command).isNotNull();
			return answer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.commands.close();
		this.process.onExit().completeOnTimeout(this.process, 10, TimeUnit.SECONDS).join().destroyForcibly();
	}

}
