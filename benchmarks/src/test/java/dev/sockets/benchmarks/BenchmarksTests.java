package dev.sockets.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.sockets.benchmarks.load.Period;
import dev.sockets.benchmarks.process.Launcher;
import dev.sockets.benchmarks.report.Results;
import dev.sockets.benchmarks.report.Table;
import dev.sockets.benchmarks.scenario.Metric;
import dev.sockets.benchmarks.scenario.Scenarios;
import dev.sockets.benchmarks.scenario.Series;
import dev.sockets.benchmarks.scenario.Stand;
import dev.sockets.benchmarks.server.Entrant;
import dev.sockets.benchmarks.server.Receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Runs a tiny scenario, to see that the stand works.
 */
class BenchmarksTests {

	private static final String[] TINY = { "run", "echo", "--loads", "4x2", "--servers", "ours-event,netty",
			"--warm-up", "0.1", "--seconds", "0.3", "--jvm", "-Xmx256m", "--append" };

	@TempDir
	private Path folder;

	@Test
	void whenScenarioIsRunThenTableJsonAndChartComeOut() throws Exception {
		Path json = this.folder.resolve("results.json");
		Path chart = this.folder.resolve("chart.svg");

		run(json, chart);
		run(json, chart);

		Results results = Results.read(json);
		assertThat(results.samples()).hasSize(4).allSatisfy((sample) -> assertThat(sample.values()).isNotEmpty());
		assertThat(Table.of(results)).contains("4x2, 2 rounds", "| ours-event", "| netty", "× best peer (netty)");
		assertThat(Files.readString(chart)).startsWith("<svg").contains("ours-event", "netty");
	}

	@Test
	void whenMulticastIsMeasuredThenEachReceiverSaysWhatItGot() throws Exception {
		Path json = this.folder.resolve("multicast.json");

		Benchmarks.main(new String[] { "run", "multicast", "--loads", "1k", "--warm-up", "0.1", "--seconds", "0.3",
				"--jvm", "-Xmx256m", "--json", json.toString() });

		assertThat(Results.read(json).samples()).hasSize(Receiver.values().length).allSatisfy((sample) -> {
			assertThat(sample.values().get(Metric.RATE)).isPositive();
			assertThat(sample.values().get(Metric.LOST)).isBetween(0.0, 100.0);
		});
	}

	@Test
	void whenServerIsMeasuredAgainThenItIsTheSameProcessUntilTheSeriesEnds() throws Exception {
		Stand stand = new Stand(new Launcher(Path.of(System.getProperty("java.home")), List.of("-Xmx256m")),
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
		runSecured("tls", "4x2", "ours-tls", json);
		runSecured("handshakes", "2", "netty-tls-jdk", json);

		assertThat(Results.read(json).samples()).satisfiesExactly(
				(echo) -> assertThat(echo.values().get(Metric.RATE)).isNotNegative(),
				(opening) -> assertThat(opening.values().get(Metric.HANDSHAKES)).isNotNegative());
	}

	private static void runSecured(String scenario, String load, String server, Path json) throws Exception {
		Benchmarks.main(new String[] { "run", scenario, "--loads", load, "--servers", server, "--warm-up", "0.1",
				"--seconds", "0.3", "--jvm", "-Xmx256m", "--append", "--json", json.toString() });
	}

	private static Set<Long> children() {
		return ProcessHandle.current()
			.children()
			.filter(ProcessHandle::isAlive)
			.map(ProcessHandle::pid)
			.collect(Collectors.toSet());
	}

	private static void run(Path json, Path chart) throws Exception {
		String[] args = new String[TINY.length + 4];
		System.arraycopy(TINY, 0, args, 0, TINY.length);
		System.arraycopy(new String[] { "--json", json.toString(), "--chart", chart.toString() }, 0, args, TINY.length,
				4);
		Benchmarks.main(args);
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
