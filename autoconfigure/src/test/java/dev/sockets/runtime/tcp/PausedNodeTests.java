package dev.sockets.runtime.tcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.sockets.backplane.BackplaneSettings;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node whose JVM is stopped for longer than others wait for it, on a real Redis.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class PausedNodeTests {

	private RedisServer redis;

	private TestNodes others;

	private Process process;

	private BufferedReader output;

	private PrintStream input;

	private InetSocketAddress address;

	@BeforeEach
	void startNodes() throws IOException {
		this.redis = RedisServer.start();
		this.others = new TestNodes(2, PausedNodeTests::waiting, (id) -> RedisNodes.engine(this.redis.url(), id));
		RedisNodes.serve(this.others);
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		this.process = new ProcessBuilder(java, "-Xmx128m", "-cp", System.getProperty("java.class.path"),
				PausedNode.class.getName(), this.redis.url())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		this.output = new BufferedReader(new InputStreamReader(this.process.getInputStream()));
		this.input = new PrintStream(this.process.getOutputStream(), true);
		this.address = new InetSocketAddress("127.0.0.1", Integer.parseInt(awaitLine("port ")));
		Awaitility.await().until(() -> nodes() == PausedNode.NODES);
	}

	/** What is asked for ends as the other node is gone, and not before. */
	private static BackplaneSettings.Builder waiting(BackplaneSettings.Builder settings) {
		return settings.heartbeat(PausedNode.BEAT, PausedNode.SILENCE).requests(TestEndpoints.SOON, 10);
	}

	@AfterEach
	void stopNodes() throws InterruptedException {
		if (this.process != null) {
			this.input.close();
			if (!this.process.waitFor(20, TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
		}
		if (this.others != null) {
			this.others.close();
		}
		if (this.redis != null) {
			this.redis.close();
		}
	}

	@Test
	void whenANodeWasPausedThenItTakesWhatCameMeanwhileButWhatItWasAskedFor() throws Exception {
		TcpServer here = this.others.server(0);
		try (Peer first = new Peer(this.address, 0); Peer second = new Peer(this.address, 0)) {
			Awaitility.await().until(() -> here.presence().size() == 2);
			List<String> ids = here.presence().all().map(ConnectionInfo::id).toList();
			signal("STOP");
			for (int i = 0; i < 50; i++) {
				here.broadcast("m" + i);
			}
			CompletableFuture<Boolean> kicked = here.kick(ids.get(0));
			CompletableFuture<Void> sent = here.sendAsync(ids.get(1), "not any more");
			assertThat(kicked).succeedsWithin(TestEndpoints.SOON).isEqualTo(false);
			assertThat(sent).failsWithin(TestEndpoints.SOON);
			assertThat(nodes()).isEqualTo(2);
			signal("CONT");
			Awaitility.await().until(() -> nodes() == PausedNode.NODES && here.presence().size() == 2);
			Awaitility.await("unless it is held up again")
				.untilAsserted(
						() -> assertThat(here.sendAsync(ids.get(0), "again")).succeedsWithin(TestEndpoints.SOON));
			here.broadcast("end");
			List<String> lines = Peers.linesUntilEnd(first);
			lines.addAll(Peers.linesUntilEnd(second));
			assertThat(lines).hasSize(101).contains("m0", "m49", "again").doesNotContain("not any more");
			this.input.println();
			assertThat(awaitLine("outages ")).isEqualTo("0");
		}
	}

	private int nodes() {
		return this.others.server(0).presence().nodes().size();
	}

	private void signal(String name) throws Exception {
		String pid = Long.toString(this.process.pid());
		assertThat(new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor()).isZero();
	}

	private String awaitLine(String start) throws IOException {
		String line = this.output.readLine();
		while (line != null && !line.startsWith(start)) {
			line = this.output.readLine();
		}
		assertThat(line).as("what the node prints").isNotNull();
		return line.substring(start.length());
	}

}
