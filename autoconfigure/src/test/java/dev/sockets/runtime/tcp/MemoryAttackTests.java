package dev.sockets.runtime.tcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that send much more without an end than the heap holds neither kill the JVM nor
 * keep others from being served. Break B1.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class MemoryAttackTests {

	private static final int ATTACKERS = 5000;

	private static final byte[] ENDLESS = "x".repeat(60_000).getBytes();

	private final ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();

	private final List<SocketChannel> attackers = new ArrayList<>();

	private Process process;

	private InetSocketAddress address;

	private InetSocketAddress threads;

	private volatile boolean attacked;

	@BeforeEach
	void startServerWithLittleMemory() throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		this.process = new ProcessBuilder(java, "-Xmx64m", "-cp", System.getProperty("java.class.path"),
				AttackedServer.class.getName())
			.redirectErrorStream(true)
			.start();
		Thread reader = new Thread(this::readOutput, "output");
		reader.setDaemon(true);
		reader.start();
		Awaitility.await().until(() -> line("port ") != null);
		this.address = new InetSocketAddress("127.0.0.1", Integer.parseInt(line("port ")));
		this.threads = new InetSocketAddress("127.0.0.1", Integer.parseInt(line("threads ")));
	}

	@AfterEach
	void stopServer() throws InterruptedException {
		relieve();
		this.process.destroyForcibly().waitFor();
	}

	@Test
	void whenManySendWithoutAnEndThenOthersAreServedAndItRecoversAndStops() throws Exception {
		CompletableFuture<Void> newcomers = CompletableFuture.runAsync(this::serveNewcomers);
		try (Peer good = new Peer(this.address, 0)) {
			assertThat(good.ask("before")).isEqualTo("before");
			for (int i = 0; i < ATTACKERS; i++) {
				attack();
				if (i % 500 == 499) {
					assertThat(good.ask("meanwhile")).isEqualTo("meanwhile");
				}
			}
			assertThat(good.ask("after")).isEqualTo("after");
			this.attacked = true;
			newcomers.get();
			Awaitility.await().until(() -> this.output.contains("closed"));
			relieve();
			Awaitility.await().ignoreExceptions().until(this::isLargeMessageAnswered);
			assertThat(good.ask("still there")).isEqualTo("still there");
		}
		assertThat(this.output).noneMatch((line) -> line.contains("OutOfMemoryError"));
		this.process.toHandle().destroy();
		assertThat(this.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		Awaitility.await().until(() -> this.output.contains("stopped"));
	}

	/**
	 * Until it has seen that all attackers have gone, it may still need what a large
	 * message takes.
	 */
	private boolean isLargeMessageAnswered() throws IOException {
		String large = "y".repeat(60_000);
		try (Peer late = new Peer(this.address, 0)) {
			return large.equals(late.ask(large));
		}
	}

	/** Those that send little meanwhile, to handlers on threads. */
	private void serveNewcomers() {
		while (!this.attacked) {
			try (Peer newcomer = new Peer(this.threads, 0)) {
				assertThat(newcomer.ask("little")).isEqualTo("little");
			}
		}
	}

	/** Sends as much as the system takes at once. */
	private void attack() throws IOException {
		SocketChannel attacker = SocketChannel.open(this.address);
		this.attackers.add(attacker);
		attacker.configureBlocking(false);
		try {
			attacker.write(ByteBuffer.wrap(ENDLESS));
		}
		catch (IOException ex) {
			// it was closed already
		}
	}

	private void relieve() {
		for (SocketChannel attacker : this.attackers) {
			try {
				attacker.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		this.attackers.clear();
	}

	private String line(String start) {
		return this.output.stream()
			.filter((line) -> line.startsWith(start))
			.findFirst()
			.map((line) -> line.substring(start.length()))
			.orElse(null);
	}

	private void readOutput() {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(this.process.getInputStream()))) {
			String line;
			while ((line = reader.readLine()) != null) {
				this.output.add(line);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
