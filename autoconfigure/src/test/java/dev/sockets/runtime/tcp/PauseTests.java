package dev.sockets.runtime.tcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * A JVM that was stopped for longer than its peers may be silent throws none of them out.
 * Break B5.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class PauseTests {

	private static final int PEERS = 20;

	private final List<Peer> peers = new ArrayList<>();

	private Process process;

	private BufferedReader output;

	private PrintStream input;

	private String[] ports;

	@BeforeEach
	void startServer() throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		this.process = new ProcessBuilder(java, "-Xmx128m", "-cp", System.getProperty("java.class.path"),
				PausedServer.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		this.output = new BufferedReader(new InputStreamReader(this.process.getInputStream()));
		this.input = new PrintStream(this.process.getOutputStream(), true);
		this.ports = awaitLine("ports ").split(" ");
	}

	@AfterEach
	void stopServer() throws InterruptedException {
		this.peers.forEach(Peer::close);
		this.input.close();
		if (!this.process.waitFor(20, TimeUnit.SECONDS)) {
			this.process.destroyForcibly().waitFor();
		}
	}

	@Test
	void whenTheJvmWasStoppedThenItsPeersStay() throws Exception {
		connect(this.ports[0]);
		connect(this.ports[1]);
		beat(1000);
		for (int i = 0; i < 2; i++) {
			signal("STOP");
			beat(PausedServer.SILENCE.plusSeconds(1).toMillis());
			signal("CONT");
			beat(1500);
			assertThat(closed()).isZero();
		}
	}

	@Test
	void whenTheJvmWasStoppedThenWhatPeersSentMeanwhileIsWithinTheirRate() throws Exception {
		connect(this.ports[2]);
		beat(1000);
		for (int i = 0; i < 2; i++) {
			signal("STOP");
			beat(4000);
			signal("CONT");
			beat(1500);
			assertThat(closed()).isZero();
		}
	}

	private void connect(String port) {
		for (int i = 0; i < PEERS; i++) {
			this.peers.add(new Peer(new InetSocketAddress("127.0.0.1", Integer.parseInt(port)), 0));
		}
	}

	/** Lets all peers show that they are there, often enough. */
	private void beat(long millis) {
		Awaitility.await().during(Duration.ofMillis(millis)).pollInterval(Duration.ofMillis(200)).until(() -> {
			this.peers.forEach((peer) -> peer.trySend("beat\n".getBytes()));
			return true;
		});
	}

	private void signal(String name) throws Exception {
		String pid = Long.toString(this.process.pid());
		assertThat(new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor()).isZero();
	}

	private int closed() throws IOException {
		this.input.println();
		return Integer.parseInt(awaitLine("closed "));
	}

	private String awaitLine(String start) throws IOException {
		String line = this.output.readLine();
		while (line != null && !line.startsWith(start)) {
			line = this.output.readLine();
		}
		assertThat(line).as("what the server prints").isNotNull();
		return line.substring(start.length());
	}

}
