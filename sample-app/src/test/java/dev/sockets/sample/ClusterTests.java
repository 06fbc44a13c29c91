package dev.sockets.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample as three processes, as its users start it, but on other ports.
 */
@Timeout(600)
class ClusterTests {

	private static final Duration PATIENCE = Duration.ofSeconds(240);

	private final Queue<String> output = new ConcurrentLinkedQueue<>();

	private Process cluster;

	private Thread reader;

	@AfterEach
	void end() throws InterruptedException {
		this.cluster.toHandle().destroy();
		if (!this.cluster.waitFor(60, TimeUnit.SECONDS)) {
			this.cluster.descendants().forEach(ProcessHandle::destroyForcibly);
			this.cluster.destroyForcibly();
		}
	}

	@Test
	void whenGuestsAreOnSeveralNodesThenTheyAreInOneRoom() throws Exception {
		Assumptions.assumeTrue(LocalRedis.isInstalled(), "redis-server is not installed here, so this is not tested");
		start(Map.of());
		try (Peer ann = guest(1); Peer bob = guest(2)) {
			String annsName = "guest1@node-1";
			String bobsName = "guest1@node-2";
			Awaitility.await().atMost(PATIENCE).until(this::hasAllNodes);
			bob.say("/name bob\nhello\n");
			assertThat(until(ann, "bob: hello")).contains("* " + bobsName + " is bob now");
			ann.say("good day\n");
			assertThat(until(bob, annsName + ": good day")).contains("bob: hello");
			try (Peer eve = guest(3)) {
				assertThat(eve.line()).startsWith("Welcome, guest1@node-3.");
				assertThat(until(ann, "* guest1@node-3 joined")).isNotEmpty();
			}
			assertThat(until(ann, "* guest1@node-3 left")).isNotEmpty();
			ProcessHandle.of(Long.parseLong(printed("node-2 .* with PID ([0-9]+)")))
				.ifPresent(ProcessHandle::destroyForcibly);
			assertThat(until(ann, "* node-2 is gone, with all its guests")).isNotEmpty();
		}
		List<ProcessHandle> processes = new ArrayList<>(this.cluster.descendants().toList());
		ProcessHandle.of(Long.parseLong(printed("Redis is process ([0-9]+)"))).ifPresent(processes::add);
		assertThat(processes).hasSize(3);
		this.cluster.toHandle().destroy();
		Awaitility.await().atMost(PATIENCE).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
	}

	@Test
	void whenThereIsNoRedisServerThenItSaysWhatToDo() throws Exception {
		start(Map.of("PATH", "/nowhere"));
		assertThat(this.cluster.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(this.cluster.exitValue()).isOne();
		assertThat(printed("(.*redis-server.*)")).startsWith("There is no redis-server on the PATH");
		assertThat(printed("(.*SPRING_DATA_REDIS_HOST.*)")).isNotEmpty();
	}

	@Test
	void whenRedisDoesNotListenThenItIsStartedOnceMore(@TempDir Path folder) throws Exception {
		Assumptions.assumeTrue(LocalRedis.isInstalled(), "redis-server is not installed here, so this is not tested");
		String path = System.getenv("PATH");
		Path program = Files.writeString(folder.resolve("redis-server"), """
				#!/bin/sh
				[ -e %1$s/tried ] || { touch %1$s/tried; exit 0; }
				PATH=%2$s exec redis-server "$@"
				""".formatted(folder, path));
		assertThat(program.toFile().setExecutable(true)).isTrue();
		start(Map.of("PATH", folder + ":" + path));
		assertThat(printed("Redis is process ([0-9]+)")).isNotEmpty();
		assertThat(folder.resolve("tried")).exists();
	}

	@Test
	void whenANodeCannotStartThenAllEnd() throws Exception {
		start(Map.of("SPRING_DATA_REDIS_PORT", "1"), "--sockets.tcp.server.chat.framing=none");
		assertThat(this.cluster.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(this.cluster.exitValue()).isOne();
		assertThat(this.cluster.descendants()).isEmpty();
		assertThat(printed("(node-[123]) has ended with exit code 1")).isNotEmpty();
	}

	private void start(Map<String, String> environment, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), Cluster.class.getName(), "--server.port=0",
						"--sockets.tcp.server.echo.port=0", "--sockets.tcp.server.chat.port=0",
						"--sockets.tcp.server.frames.port=0", "--sockets.tcp.server.robot.port=0",
						"--sockets.tcp.client.greeter.port=1", "--sockets.tcp.client.greeter.auto-startup=false"));
		String group = "239.255.72." + ThreadLocalRandom.current().nextInt(1, 255);
		command.add("--sockets.multicast.receiver.bulletin.port=" + freePort());
		command.add("--sockets.multicast.receiver.bulletin.groups=" + group);
		command.add("--sockets.multicast.sender.announcer.group=" + group);
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().putAll(environment);
		this.cluster = builder.start();
		this.reader = new Thread(this::read, "output");
		this.reader.setDaemon(true);
		this.reader.start();
	}

	/** Returns a port that the system gives to nobody who asks for any. */
	private static int freePort() {
		while (true) {
			try (DatagramSocket free = new DatagramSocket(ThreadLocalRandom.current().nextInt(15_000, 32_768))) {
				return free.getLocalPort();
			}
			catch (SocketException ex) {
				// It is taken.
			}
		}
	}

	private void read() {
		try (BufferedReader lines = this.cluster.inputReader()) {
			lines.lines().forEach((line) -> {
				System.out.println(line);
				this.output.add(line);
			});
		}
		catch (IOException ex) {
			this.output.add(ex.toString());
		}
	}

	/** Returns what stands in the first line that matches. */
	private String printed(String pattern) {
		Awaitility.await().atMost(PATIENCE).failFast(() -> {
			if (!this.reader.isAlive()) {
				assertPrinted(pattern);
			}
		}).untilAsserted(() -> assertPrinted(pattern));
		return find(pattern);
	}

	private void assertPrinted(String pattern) {
		assertThat(find(pattern)).as(() -> "'" + pattern + "' after:\n" + lastLines()).isNotEmpty();
	}

	private String find(String pattern) {
		return this.output.stream()
			.map(Pattern.compile(pattern)::matcher)
			.filter(Matcher::find)
			.map((found) -> found.group(1))
			.findFirst()
			.orElse("");
	}

	private String lastLines() {
		List<String> lines = List.copyOf(this.output);
		return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
	}

	private Peer guest(int node) throws IOException {
		int port = Integer.parseInt(printed("node-" + node + " .*nc localhost ([0-9]+)"));
		return new Peer(new Socket("localhost", port));
	}

	/** Whether each of the three nodes has found the two others, perhaps again. */
	private boolean hasAllNodes() {
		return this.output.stream()
			.filter((line) -> line.matches(".*Node 'node-[123]' is there"))
			.map((line) -> line.replaceFirst("^[0-9:.]+ ", ""))
			.distinct()
			.count() == 6;
	}

	private static List<String> until(Peer peer, String line) throws IOException {
		List<String> before = new ArrayList<>();
		String next;
		while (!line.equals(next = peer.line())) {
			assertThat(next).as("after " + before).isNotNull();
			before.add(next);
		}
		before.add(next);
		return before;
	}

}
