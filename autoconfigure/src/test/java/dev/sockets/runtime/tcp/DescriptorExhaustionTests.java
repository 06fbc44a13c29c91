package dev.sockets.runtime.tcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that runs out of descriptors accepts again when there are some, without being
 * restarted. Fault F13.
 */
@EnabledOnOs(OS.LINUX)
@Tag("measures")
@Timeout(120)
class DescriptorExhaustionTests {

	private static final int DESCRIPTORS = 200;

	private static final Duration SOON = Duration.ofSeconds(50);

	private final ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();

	private final List<Peer> crowd = new ArrayList<>();

	private Process process;

	private PrintStream input;

	private InetSocketAddress address;

	@BeforeEach
	void startServerWithFewDescriptors() throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		this.process = new ProcessBuilder("sh", "-c", "ulimit -n " + DESCRIPTORS + "; exec \"$@\"", "sh", java,
				"-Xmx128m", "-cp", System.getProperty("java.class.path"), ExhaustedServer.class.getName())
			.redirectErrorStream(true)
			.start();
		this.input = new PrintStream(this.process.getOutputStream(), true);
		Thread reader = new Thread(this::readOutput, "output");
		reader.setDaemon(true);
		reader.start();
		String port = awaitLine("port ");
		this.address = new InetSocketAddress("127.0.0.1", Integer.parseInt(port));
	}

	@AfterEach
	void stopServer() throws InterruptedException {
		this.crowd.forEach(Peer::close);
		this.input.close();
		if (!this.process.waitFor(20, TimeUnit.SECONDS)) {
			this.process.destroyForcibly().waitFor();
		}
	}

	@Test
	void whenDescriptorsRunOutThenThePortListensOnAndAcceptsAgainWhenThereAreSome() {
		Peer early = peer();
		assertThat(early.ask("early")).isEqualTo("early");
		for (int i = 0; i < 2; i++) {
			this.output.clear();
			runOut();
			assertThat(awaitLine("failed ")).isEqualTo("ACCEPT_FAILED");
			assertThat(state()).isEqualTo("FAILING");
			assertThat(early.ask("still served")).isEqualTo("still served");
			assertThat(this.crowd.get(this.crowd.size() - 1).readLine(Duration.ofSeconds(2))).isNull();
			long relief = System.nanoTime();
			this.crowd.forEach(Peer::close);
			this.crowd.clear();
			assertThat(awaitLine("recovered ")).isEqualTo("ACCEPT_FAILED");
			long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - relief);
			Figures.print("F13", "accepting has recovered %d ms after descriptors are back (outage no. %d)", millis,
					i + 1);
			assertThat(state()).isEqualTo("LISTENING");
			try (Peer late = peer()) {
				assertThat(late.ask("late")).isEqualTo("late");
			}
			assertThat(count("failed ")).isEqualTo(1);
			assertThat(count("recovered ")).isEqualTo(1);
			assertThat(count("': it cannot accept")).isEqualTo(1);
			assertThat(this.output).noneMatch((line) -> line.contains("Exception") || line.contains("Error"));
		}
		early.close();
	}

	@Test
	void whenDescriptorsComeAndGoThenItIsToldOnceAndNotForEachOfThem() {
		runOut();
		awaitLine("failed ");
		for (int i = 0; i < 20; i++) {
			this.crowd.remove(0).close();
			this.crowd.add(peer());
			this.crowd.add(peer());
		}
		assertThat(state()).isEqualTo("FAILING");
		assertThat(count("failed ")).isEqualTo(1);
		assertThat(count("recovered ")).isZero();
		assertThat(count("': it cannot accept")).isEqualTo(1);
	}

	/** Connects more peers than there can be; all are in the backlog at least. */
	private void runOut() {
		for (int i = 0; i < 2 * DESCRIPTORS; i++) {
			Peer peer = peer();
			this.crowd.add(peer);
			peer.trySend(("crowd\n").getBytes());
		}
	}

	private Peer peer() {
		return new Peer(this.address, 0);
	}

	private String state() {
		this.output.removeIf((line) -> line.startsWith("state "));
		this.input.println();
		return awaitLine("state ");
	}

	private long count(String part) {
		return this.output.stream().filter((line) -> line.contains(part)).count();
	}

	private String awaitLine(String start) {
		Awaitility.await("'" + start + "' in " + this.output)
			.atMost(SOON)
			.until(() -> this.output.stream().anyMatch((line) -> line.startsWith(start)));
		return this.output.stream()
			.filter((line) -> line.startsWith(start))
			.findFirst()
			.orElseThrow()
			.substring(start.length());
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
