package dev.sockets.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.netty.channel.uring.IoUring;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.sockets.benchmarks.load.Period;
import dev.sockets.benchmarks.process.Launcher;
import dev.sockets.benchmarks.process.NativePrograms;
import dev.sockets.benchmarks.report.Results;
import dev.sockets.benchmarks.report.Sample;
import dev.sockets.benchmarks.report.Table;
import dev.sockets.benchmarks.scenario.Metric;
import dev.sockets.benchmarks.scenario.Scenarios;
import dev.sockets.benchmarks.scenario.Series;
import dev.sockets.benchmarks.scenario.Stand;
import dev.sockets.benchmarks.server.Entrant;
import dev.sockets.benchmarks.server.Receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Runs a tiny scenario, to see that the stand works.
 */
class BenchmarksTests {

	/** Of JVMs that live for a moment only. */
	private static final String JVM = "-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto";

	private static final int MOST_REPEATS = 10;

	@TempDir
	private Path folder;

	@Test
	void whenScenarioIsRunThenTableJsonAndChartComeOut() throws Exception {
		Path json = this.folder.resolve("results.json");
		Path chart = this.folder.resolve("chart.svg");

		Results results = measure(json, () -> {
			run("echo", "4x2", "ours-event,netty", json);
			run("echo", "4x2", "netty", json, "--append", "--chart", chart.toString());
		});
		assertThat(results.samples()).hasSize(3)
			.allSatisfy((sample) -> assertThat(sample.values().get(Metric.RATE)).isPositive())
			.allSatisfy((sample) -> assertThat(sample.values().get(Metric.CPU)).isPositive());
		assertThat(Table.of(results)).contains("4x2, 2 rounds", "| ours-event (1 of 2) ", "| netty ",
				"× best peer (netty)", "× CPU of netty");
		assertThat(Files.readString(chart)).startsWith("<svg").contains("ours-event", "netty");
	}

	@Test
	void whenKernelHasIoUringThenNettyIsMeasuredOnItElseTheResultsSayWhyNot() throws Exception {
		Path json = this.folder.resolve("uring.json");

		Results results = measure(json, () -> run("echo", "4x2", "netty-uring", json));
		if (IoUring.isAvailable()) {
			assertThat(results.samples()).singleElement()
				.satisfies((sample) -> assertThat(sample.values().get(Metric.RATE)).isPositive());
		}
		else {
			assertThat(results.notes()).singleElement(InstanceOfAssertFactories.STRING)
				.startsWith("echo: netty-uring is left out: there is no io_uring here: ");
		}
	}

	@ParameterizedTest
	@CsvSource({ "echo, 4x16, bare-nio", "blocking, 4x1, netty-pool", "broadcast, 4, netty", "latency, 2000/s, netty",
			"requests, 2, netty-promises" })
	void whenServerIsMeasuredThenProcessorTimeStandsBesideTheRate(String scenario, String load, String server)
			throws Exception {
		Path json = this.folder.resolve("netty.json");

		run(scenario, load, server, json, "--rounds", "3");

		assertThat(Results.read(json).samples()).hasSize(3).anySatisfy((sample) -> {
			assertThat(sample.values().get(Metric.RATE)).isPositive();
			assertThat(sample.values().get(Metric.CPU)).isPositive();
		});
	}

	@Test
	void whenLoadComesFromCThenProcessorTimeStandsBesideTheRate() throws Exception {
		assumeThat(new NativePrograms().obstacle()).isEmpty();
		Path json = this.folder.resolve("c.json");

		Results results = measure(json, () -> run("echo-by-c", "4x2", "c-epoll", json));

		assertThat(results.samples()).singleElement().satisfies((sample) -> {
			assertThat(sample.values().get(Metric.RATE)).isPositive();
			assertThat(sample.values().get(Metric.CPU)).isPositive();
		});
	}

	@Test
	void whenMulticastIsMeasuredThenEachReceiverSaysWhatItGot() throws Exception {
		Path json = this.folder.resolve("multicast.json");

		String receivers = Arrays.stream(Receiver.values()).map(Receiver::id).collect(Collectors.joining(","));

		Results results = measure(json, () -> run("multicast", "1k", receivers, json));

		assertThat(results.samples()).hasSize(Receiver.values().length).allSatisfy((sample) -> {
			assertThat(sample.values().get(Metric.RATE)).isPositive();
			assertThat(sample.values().get(Metric.LOST)).isBetween(0.0, 100.0);
		});
	}

	@ParameterizedTest
	@CsvSource({ "backplane, 2x64@200/s, ours", "backplane, 0x64, lettuce-flushed", "backplane-local, 500/s, backplane",
			"backplane-presence, 10, ours" })
	void whenNodesAreMeasuredThenAllThatIsSentArrivesElseTheResultsSayWhyNot(String scenario, String load,
			String server) throws Exception {
		Path json = this.folder.resolve("nodes.json");

		Results results = measure(json, () -> {
			run(scenario, load, server, json);
			assertAllHasArrived(Results.read(json));
		});
		if (results.samples().isEmpty()) {
			assertThat(results.notes()).singleElement(InstanceOfAssertFactories.STRING)
				.contains(" is left out: there is no redis-server here");
			return;
		}
		assertThat(results.samples()).singleElement().satisfies((sample) -> {
			assertThat(sample.values().getOrDefault(Metric.RATE, 1.0)).isPositive();
			assertThat(sample.values().getOrDefault(Metric.SNAPSHOT, 1.0)).isPositive();
		});
	}

	private static void assertAllHasArrived(Results results) {
		assertThat(results.samples()).allSatisfy((sample) -> {
			assertThat(sample.values().getOrDefault(Metric.LOST, 0.0)).isZero();
			assertThat(sample.values().getOrDefault(Metric.DISORDERED, 0.0)).isZero();
		});
	}

	@Test
	void whenServerIsMeasuredAgainThenItIsTheSameProcessUntilTheSeriesEnds() throws Exception {
		Stand stand = new Stand(new Launcher(Path.of(System.getProperty("java.home")), List.of(JVM.split(" "))),
				new Period(Duration.ofMillis(100), Duration.ofMillis(300)));

		try (Series series = Scenarios.named("echo").begin(stand, "4x2")) {
			series.measure(Entrant.NETTY);
			Set<Long> servers = children();
			series.measure(Entrant.NETTY);
			assertThat(children()).hasSize(1).isEqualTo(servers);
		}
		assertThat(children()).isEmpty();
	}

	@Test
	void whenServersSpeakTlsThenTheirMessagesAndHandshakesAreMeasured() throws Exception {
		Path json = this.folder.resolve("tls.json");
		run("tls", "4x2", "ours-tls", json);
		run("handshakes", "2", "netty-tls-jdk", json, "--append");

		assertThat(Results.read(json).samples()).satisfiesExactly(
				(echo) -> assertThat(echo.values().get(Metric.RATE)).isNotNegative(),
				(opening) -> assertThat(opening.values().get(Metric.HANDSHAKES)).isNotNegative());
	}

	private static Set<Long> children() {
		return ProcessHandle.current()
			.children()
			.filter(ProcessHandle::isAlive)
			.map(ProcessHandle::pid)
			.collect(Collectors.toSet());
	}

	/**
	 * Measures, once more when the machine had no time for anything in the second in
	 * which it was measured.
	 */
	private static Results measure(Path json, Measuring measuring) throws Exception {
		measuring.run();
		Results results = Results.read(json);
		for (int i = 0; i < MOST_REPEATS && results.samples().stream().anyMatch(BenchmarksTests::isIdle); i++) {
			measuring.run();
			results = Results.read(json);
		}
		return results;
	}

	/** Writes its results into a file. */
	private interface Measuring {

		void run() throws Exception;

	}

	private static boolean isIdle(Sample sample) {
		return sample.values().getOrDefault(Metric.RATE, 1.0) == 0;
	}

	private static void run(String scenario, String load, String servers, Path json, String... more) throws Exception {
		List<String> args = new ArrayList<>(List.of("run", scenario, "--loads", load, "--servers", servers, "--warm-up",
				"0.1", "--seconds", "1", "--jvm", JVM, "--json", json.toString()));
		args.addAll(List.of(more));
		Benchmarks.main(args.toArray(String[]::new));
	}

	@Test
	void whenOptionIsUnknownThenRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Benchmarks.main(new String[] { "run", "echo", "--round", "5" }))
			.withMessageContaining("--round");
	}

	@Test
	void whenScenarioIsUnknownThenRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Benchmarks.main(new String[] { "run", "echoes" }))
			.withMessageContaining("echoes");
	}

}
