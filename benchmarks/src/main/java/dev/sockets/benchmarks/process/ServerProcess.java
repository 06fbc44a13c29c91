package dev.sockets.benchmarks.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.sockets.benchmarks.server.ServerMain;

/**
 * A server in a process of its own, which ends with this one.
 */
public final class ServerProcess implements AutoCloseable {

	private static final long ANSWER_SECONDS = 60;

	private static final long KIB = 1024;

	/** Below those that the system chooses from. */
	private static final int FIRST_PORT = 15_000;

	private static final int PORTS = 17_000;

	private final Process process;

	private final BufferedReader answers;

	private final BufferedWriter questions;

	private final int port;

	private ServerProcess(Process process, int port) {
		this.process = process;
		this.port = port;
		this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
		this.questions = new BufferedWriter(
				new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII));
	}

	/**
	 * Starts a process and waits until it says that it is ready.
	 * @param command its command line
	 * @param port where it will listen
	 * @return the process
	 * @throws IOException when it does not get ready
	 */
	static ServerProcess start(List<String> command, int port) throws IOException {
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		ServerProcess server = new ServerProcess(process, port);
		try {
			server.await(ServerMain.READY);
			return server;
		}
		catch (IOException | RuntimeException ex) {
			server.close();
			throw ex;
		}
	}

	/**
	 * Returns a port that nobody uses, and none that the system gives to others until the
	 * server listens there.
	 * @return the port
	 */
	public static int freePort() {
		int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
		while (!isFree(port)) {
			port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
		}
		return port;
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Returns where the server listens.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Asks the process something.
	 * @param question one of the constants of {@link ServerMain}
	 * @return the answer
	 * @throws IOException when none comes
	 */
	public long ask(String question) throws IOException {
		tell(question);
		return Long.parseLong(nextLine());
	}

	/**
	 * Tells the process something.
	 * @param line what it waits for
	 * @throws IOException when it has ended
	 */
	public void tell(String line) throws IOException {
		this.questions.write(line + "\n");
		this.questions.flush();
	}

	/**
	 * Returns the next line that the process says.
	 * @return the line
	 * @throws IOException when it ends or is silent for too long
	 */
	public String nextLine() throws IOException {
		CompletableFuture<Boolean> killed = new CompletableFuture<Boolean>()
			.completeOnTimeout(true, ANSWER_SECONDS, TimeUnit.SECONDS)
			.whenComplete((late, failure) -> {
				if (Boolean.TRUE.equals(late)) {
					this.process.destroyForcibly();
				}
			});
		try {
			String line = this.answers.readLine();
			if (line == null) {
				throw new IOException("The server has ended, or said nothing within " + ANSWER_SECONDS + " s");
			}
			return line;
		}
		finally {
			killed.complete(false);
		}
	}

	/**
	 * Waits until the process says something; passes over what it says before, as what a
	 * library prints while it starts.
	 * @param line what it has to say
	 * @throws IOException when it ends or is silent for too long
	 */
	public void await(String line) throws IOException {
		while (!nextLine().equals(line)) {
			// goes on
		}
	}

	/**
	 * Returns the memory of the process that is in RAM.
	 * @return bytes; 0 where there is no {@code /proc}
	 * @throws IOException when the process is gone
	 */
	public long residentBytes() throws IOException {
		Path status = Path.of("/proc", Long.toString(this.process.pid()), "status");
		if (!Files.exists(status)) {
			return 0;
		}
		try (Stream<String> lines = Files.lines(status)) {
			return lines.filter((line) -> line.startsWith("VmRSS:"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
				.findFirst()
				.orElse(0);
		}
	}

	/**
	 * Returns the processor time that the process has used.
	 * @return its clock as it is now
	 */
	public ProcessorTime processorTime() {
		return ProcessorTime.of(this.process.toHandle());
	}

	/**
	 * Returns the number by which the operating system knows the process.
	 * @return the number
	 */
	public long pid() {
		return this.process.pid();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		this.process.onExit().orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
	}

}
