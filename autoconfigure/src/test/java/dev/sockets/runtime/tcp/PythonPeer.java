package dev.sockets.runtime.tcp;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program in Python that stands in for one that uses another socket library. It is
 * written from what goes over the wire, told what to do by lines, and tells what happens
 * by lines.
 */
final class PythonPeer implements AutoCloseable {

	private final Process process;

	private final BufferedWriter commands;

	private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

	private PythonPeer(Process process) {
		this.process = process;
		this.commands = process.outputWriter(StandardCharsets.UTF_8);
		Thread reader = new Thread(this::read, "python-peer");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Starts one, or skips the test when there is no Python.
	 * @param script name of its file
	 */
	static PythonPeer start(String script) {
		try {
			String file = Path.of(PythonPeer.class.getResource(script).toURI()).toString();
			return new PythonPeer(
					new ProcessBuilder("python3", "-X", "utf8", file).redirectError(ProcessBuilder.Redirect.INHERIT)
						.start());
		}
		catch (IOException ex) {
			Assumptions.abort("python3 is not installed");
			throw new UncheckedIOException(ex);
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Starts one that is a server, and returns it when it listens. */
	static PythonPeer serve(String script) {
		return start(script).tell("serve");
	}

	int port() {
		return Integer.parseInt(hear("port"));
	}

	PythonPeer tell(String... lines) {
		try {
			for (String line : lines) {
				this.commands.write(line + "\n");
			}
			this.commands.flush();
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns what it says next. */
	String hear() {
		try {
			String event = this.events.poll(TestEndpoints.SOON.toMillis(), TimeUnit.MILLISECONDS);
			assertThat(event).as("what the peer says next").isNotNull();
			return event.strip();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Returns what it says next, which starts with a word, after that word. */
	String hear(String word) {
		String event = hear();
		assertThat(event).startsWith(word);
		return event.substring(word.length()).strip();
	}

	boolean isSilent() {
		return this.events.isEmpty();
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader(StandardCharsets.UTF_8)) {
			reader.lines().forEach(this.events::add);
		}
		catch (IOException | UncheckedIOException ex) {
			this.events.add("ended: " + ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
