package dev.sockets.sample;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;

/**
 * A Redis server on a free port of this machine, which keeps nothing. It runs in the
 * background, so that Ctrl-C does not end it before those who use it.
 */
final class LocalRedis {

	private static final String PROGRAM = "redis-server";

	private static final String HOST = "127.0.0.1";

	private static final int END_SECONDS = 10;

	private static final int STARTS = 3;

	private static final int ATTEMPTS = 100;

	private static final int PAUSE_MILLIS = 100;

	private final int port;

	private final long pid;

	private final Path folder;

	private LocalRedis(int port, long pid, Path folder) {
		this.port = port;
		this.pid = pid;
		this.folder = folder;
	}

	static boolean isInstalled() {
		String path = System.getenv().getOrDefault("PATH", "");
		return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, PROGRAM)));
	}

	/** Its port may be taken by another program before it listens. */
	static LocalRedis start() throws IOException, InterruptedException {
		Path folder = Files.createTempDirectory("sockets-sample-redis");
		for (int start = 1; start <= STARTS; start++) {
			int port = freePort();
			Path pidFile = folder.resolve("pid-" + port);
			new ProcessBuilder(PROGRAM, "--bind", HOST, "--port", String.valueOf(port), "--save", "", "--dir",
					folder.toString(), "--logfile", "log", "--pidfile", pidFile.toString(), "--daemonize", "yes")
				.inheritIO()
				.start()
				.waitFor();
			String pid = awaitPid(port, pidFile);
			if (!pid.isEmpty()) {
				return new LocalRedis(port, Long.parseLong(pid), folder);
			}
		}
		throw new IOException(PROGRAM + " does not listen on any port; see " + folder.resolve("log"));
	}

	/** It writes the file when it listens, whose name is there before the content. */
	private static String awaitPid(int port, Path pidFile) throws IOException, InterruptedException {
		String pid = "";
		for (int attempt = 1; attempt <= ATTEMPTS && pid.isEmpty(); attempt++) {
			if (listens(port) && Files.exists(pidFile)) {
				pid = Files.readString(pidFile).strip();
			}
			if (pid.isEmpty()) {
				Thread.sleep(PAUSE_MILLIS);
			}
		}
		return pid;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
			return socket.getLocalPort();
		}
	}

	private static boolean listens(int port) {
		try (Socket socket = new Socket(HOST, port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Returns what has a program find it. */
	Map<String, String> environment() {
		return Map.of("SPRING_DATA_REDIS_HOST", HOST, "SPRING_DATA_REDIS_PORT", String.valueOf(this.port));
	}

	/** Returns how to end it, and how to start it again. */
	String instructions() {
		return "Redis is process %d. Nodes without it: kill %1$d; with it again: redis-server --port %d --save ''"
			.formatted(this.pid, this.port);
	}

	void stop() {
		ProcessHandle.of(this.pid).ifPresent((process) -> {
			process.destroy();
			process.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).exceptionally((ex) -> process).join();
		});
		FileSystemUtils.deleteRecursively(this.folder.toFile());
	}

}
