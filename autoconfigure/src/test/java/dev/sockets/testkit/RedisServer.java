package dev.sockets.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Redis server of the test's own, which keeps nothing. Tests that need it are skipped
 * where there is no redis-server.
 */
public final class RedisServer implements AutoCloseable {

	private static final List<String> FOLDERS = List.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin");

	private final List<String> options;

	private final Path folder;

	private final Thread atExit = new Thread(this::kill, "redis-server-end");

	private final boolean tls;

	private int port;

	private static final int LEAST_PORT = 15_000;

	private static final int PORTS_FOR_ANYBODY = 32_768;

	private Process process;

	private RedisServer(Path program, boolean tls, String... options) {
		try {
			this.folder = Files.createTempDirectory("redis-server");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.tls = tls;
		this.port = freePort();
		this.options = new ArrayList<>(List.of(program.toString()));
		this.options.addAll(List.of(options));
		this.options
			.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--daemonize", "no", "--dir", this.folder.toString()));
		Runtime.getRuntime().addShutdownHook(this.atExit);
	}

	/**
	 * Starts a server on a free port.
	 * @param options its options, as on its command line
	 * @return the running server
	 */
	public static RedisServer start(String... options) {
		RedisServer server = absent(options);
		server.run();
		return server;
	}

	/**
	 * Returns a server that does not run yet, whose port nobody listens on.
	 * @param options its options, as on its command line
	 */
	public static RedisServer absent(String... options) {
		return new RedisServer(program(), false, options);
	}

	/**
	 * Starts a server that speaks TLS only, has the certificate {@code server} of
	 * {@link TestTls} and asks for one of the same authority.
	 * @param options its options, as on its command line
	 * @return the running server
	 */
	public static RedisServer startTls(String... options) {
		return startTlsAs("server", options);
	}

	/**
	 * Starts a server as {@link #startTls} does, which shows another certificate.
	 * @param certificate its name in {@link TestTls}
	 * @param options its options, as on its command line
	 * @return the running server
	 */
	public static RedisServer startTlsAs(String certificate, String... options) {
		List<String> all = new ArrayList<>(List.of(options));
		all.addAll(List.of("--tls-cert-file", TestTls.file(certificate + ".pem").toString(), "--tls-key-file",
				TestTls.file(certificate + ".key").toString(), "--tls-ca-cert-file",
				TestTls.file("authority.pem").toString()));
		RedisServer server = new RedisServer(program(), true, all.toArray(String[]::new));
		server.run();
		return server;
	}

	/**
	 * Starts a sentinel.
	 * @param configuration its configuration, as in its file
	 * @return the running sentinel
	 */
	static RedisServer startSentinel(String... configuration) {
		RedisServer sentinel = new RedisServer(program(), false, "--sentinel");
		Path file = sentinel.folder.resolve("sentinel.conf");
		try {
			Files.write(file, List.of(configuration));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		sentinel.options.add(1, file.toString());
		sentinel.run();
		return sentinel;
	}

	/**
	 * Starts a node of a cluster, which knows no other yet.
	 * @param busPort by which it talks to others
	 * @return the running node
	 */
	static RedisServer startClusterNode(int busPort) {
		return start("--cluster-enabled", "yes", "--cluster-port", String.valueOf(busPort), "--cluster-node-timeout",
				"15000");
	}

	private static Path program() {
		Path program = Stream.concat(Stream.of(System.getenv().getOrDefault("PATH", "").split(":")), FOLDERS.stream())
			.map((folder) -> Path.of(folder, "redis-server"))
			.filter(Files::isExecutable)
			.findFirst()
			.orElse(null);
		Assumptions.assumeTrue(program != null, "redis-server is not installed here, so this is not tested");
		return program;
	}

	/**
	 * Returns a port that the system gives to nobody who asks for any: it is to be free
	 * again when the server is restarted.
	 */
	static int freePort() {
		while (true) {
			int port = ThreadLocalRandom.current().nextInt(LEAST_PORT, PORTS_FOR_ANYBODY);
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				// It is taken.
			}
		}
	}

	/** Runs it again, on the port that it had. */
	public void run() {
		launch();
		Awaitility.await("redis-server answers").ignoreException(UncheckedIOException.class).until(this::answers);
	}

	private void launch() {
		List<String> command = new ArrayList<>(this.options);
		command.addAll(this.tls ? List.of("--port", "0", "--tls-port") : List.of("--port"));
		command.add(String.valueOf(this.port));
		try {
			this.process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(this.folder.resolve("log").toFile())
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * One that found its port taken is tried again, and whoever has taken it is not asked
	 * instead. Who has shown a certificate has answered, whatever that is.
	 */
	private boolean answers() {
		if (!this.process.isAlive()) {
			launch();
			return false;
		}
		try (RedisPeer peer = peer()) {
			return String.join("", peer.ask("INFO", "server")).contains("process_id:" + this.process.pid() + "\r");
		}
		catch (UncheckedIOException ex) {
			if (NestedExceptionUtils.getMostSpecificCause(ex) instanceof CertificateException) {
				return true;
			}
			throw ex;
		}
	}

	private RedisPeer peer() {
		RedisPeer peer = new RedisPeer(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), this.tls);
		int password = this.options.indexOf("--requirepass") + 1;
		if (password > 0) {
			peer.ask("AUTH", this.options.get(password));
		}
		return peer;
	}

	public int port() {
		return this.port;
	}

	/** Returns its address as an URL. */
	public String url() {
		return "redis://127.0.0.1:" + this.port;
	}

	/**
	 * Has it do something.
	 * @param command what
	 * @return what it answers, as lines
	 */
	public List<String> ask(String... command) {
		try (RedisPeer peer = peer()) {
			return peer.ask(command);
		}
	}

	/**
	 * Returns the ids of the connections of a client.
	 * @param name its name, or the beginning of several
	 * @param subscribe whether those that subscribe, or the others
	 */
	public List<String> clients(String name, boolean subscribe) {
		return list().filter((line) -> line.contains(" name=" + name))
			.filter((line) -> subscribe != line.contains(" sub=0 "))
			.map((line) -> line.substring("id=".length(), line.indexOf(' ')))
			.toList();
	}

	/** Ends the connection of a client that subscribes, or the other one. */
	public void cut(String name, boolean subscribe) {
		for (String id : clients(name, subscribe)) {
			ask("CLIENT", "KILL", "ID", id);
		}
	}

	/** Returns whether a client waits for an answer that is held back. */
	public boolean isBlocked(String name) {
		return list().anyMatch((line) -> line.contains(" name=" + name) && line.contains(" flags=b"));
	}

	/** Returns how many bytes wait for the client that most wait for. */
	public long mostWaiting() {
		return list().mapToLong((line) -> Long.parseLong(line.replaceAll(".* omem=([0-9]+) .*", "$1"))).max().orElse(0);
	}

	private Stream<String> list() {
		return ask("CLIENT", "LIST").stream().flatMap(String::lines);
	}

	/** Returns whether its process is there. */
	public boolean isRunning() {
		return this.process != null && this.process.isAlive();
	}

	/** Ends it at once, as kill -9 does. */
	public void kill() {
		if (this.process != null) {
			this.process.destroyForcibly();
			try {
				this.process.waitFor(10, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** Its connections stay, and it does nothing, until it is to go on. */
	public void pause(boolean paused) {
		try {
			assertThat(
					new ProcessBuilder("kill", paused ? "-STOP" : "-CONT", String.valueOf(this.process.pid())).start()
						.waitFor())
				.isZero();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		kill();
		Runtime.getRuntime().removeShutdownHook(this.atExit);
		try (Stream<Path> files = Files.list(this.folder)) {
			for (Path file : files.toList()) {
				Files.delete(file);
			}
			Files.delete(this.folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
