package dev.sockets.benchmarks.process;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Redis server of the stand's own, which keeps nothing.
 */
public final class RedisProcess implements AutoCloseable {

	private static final String PROGRAM = "redis-server";

	private static final long START_NANOS = 30_000_000_000L;

	private final int port;

	private Process process;

	private RedisProcess(int port) throws IOException {
		this.port = port;
		this.process = run();
	}

	/**
	 * Says why there can be none here.
	 * @return the reason; empty when there can
	 */
	static String obstacle() {
		boolean found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.anyMatch((folder) -> new File(folder, PROGRAM).canExecute());
		return found ? "" : "there is no " + PROGRAM + " here";
	}

	/**
	 * Starts a server.
	 * @return it, when it accepts connections
	 * @throws IOException when it does not
	 */
	public static RedisProcess start() throws IOException {
		return new RedisProcess(ServerProcess.freePort());
	}

	private Process run() throws IOException {
		Process started = new ProcessBuilder(PROGRAM, "--port", Integer.toString(this.port), "--bind", "127.0.0.1",
				"--save", "", "--appendonly", "no")
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		long start = System.nanoTime();
		while (!accepts()) {
			if (!started.isAlive() || System.nanoTime() - start > START_NANOS) {
				started.destroyForcibly();
				throw new IOException(PROGRAM + " does not start");
			}
		}
		return started;
	}

	private boolean accepts() throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			try {
				Thread.sleep(10);
			}
			catch (InterruptedException interrupted) {
				Thread.currentThread().interrupt();
				throw new IOException("Interrupted", interrupted);
			}
			return false;
		}
	}

	/**
	 * Returns its address.
	 * @return an URL
	 */
	public String url() {
		return "redis://127.0.0.1:" + this.port;
	}

	/**
	 * Returns the processor time that it has used.
	 * @return its clock as it is now
	 */
	public ProcessorTime processorTime() {
		return ProcessorTime.of(this.process.toHandle());
	}

	/**
	 * Has it stop where it is, with all of its connections.
	 * @throws IOException when that cannot be told to it
	 */
	public void pause() throws IOException {
		signal("STOP");
	}

	/**
	 * Has it go on.
	 * @throws IOException when that cannot be told to it
	 */
	public void resume() throws IOException {
		signal("CONT");
	}

	private void signal(String name) throws IOException {
		new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid())).start().onExit().join();
	}

	/** Ends it at once. */
	public void kill() {
		this.process.destroyForcibly();
		this.process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
	}

	/**
	 * Starts it again where it was.
	 * @throws IOException when it does not start
	 */
	public void restart() throws IOException {
		this.process = run();
	}

	@Override
	public void close() {
		kill();
	}

}
