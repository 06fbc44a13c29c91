package dev.sockets.benchmarks.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.sockets.benchmarks.scenario.Metric;
import dev.sockets.benchmarks.server.Entrant;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the tables say of results.
 */
class TableTests {

	private final List<Sample> samples = new ArrayList<>();

	@Test
	void whenMeasuredInSeveralRoundsThenMedianAndSpreadOfRateAndProcessorTimeAreTold() {
		measured("echo", "64x1", Entrant.OURS_EVENT, 1, 100_000, 8000);
		measured("echo", "64x1", Entrant.OURS_EVENT, 2, 300_000, 4000);
		measured("echo", "64x1", Entrant.OURS_EVENT, 3, 200_000, 5000);

		assertThat(table()).contains("echo: ", "64x1, 3 rounds")
			.containsPattern("\\| server +\\| messages/s +\\| +min–max +\\| CPU ns/message +\\| +min–max +\\|")
			.containsPattern("\\| ours-event +\\| +200,000 +\\| 100,000–300,000 +\\| +5,000 +\\| 4,000–8,000 +\\|");
	}

	@Test
	void whenPeersWereMeasuredThenProcessorTimeIsDividedByThatOfTheFirstAndOfTheCheapest() {
		for (int round = 1; round <= 3; round++) {
			measured("echo", "64x1", Entrant.OURS_EVENT, round, 100_000, 4000 * round);
			measured("echo", "64x1", Entrant.NETTY, round, 200_000, 6000 * round);
			measured("echo", "64x1", Entrant.NETTY_URING, round, 150_000, 5000 * round);
		}

		assertThat(table()).contains("× best peer (netty)", "× CPU of netty | × CPU of netty-uring |")
			.containsPattern("\\| ours-event .* 0\\.50 .* 0\\.67 .* 0\\.80 \\|")
			.containsPattern("\\| netty .* 1\\.00 .* 1\\.00 .* 1\\.20 \\|")
			.containsPattern("\\| netty-uring .* 0\\.75 .* 0\\.83 .* 1\\.00 \\|");
	}

	@Test
	void whenServerFailedInARoundThenItsRowAndANoteSayIt() {
		measured("echo", "64x1", Entrant.OURS_EVENT, 1, 100_000, 8000);
		measured("echo", "64x1", Entrant.OURS_EVENT, 2, 100_000, 8000);
		measured("echo", "64x1", Entrant.NETTY, 2, 100_000, 8000);

		assertThat(table("netty failed in round 1")).contains("| ours-event ", "| netty (1 of 2) ")
			.endsWith("\nnetty failed in round 1\n");
	}

	@Test
	void whenPlainEchoWasMeasuredUnderSeveralLoadsThenOneTableShowsAll() {
		measured("echo", "64x1", Entrant.OURS_EVENT, 1, 144_000, 7020);
		measured("connections", "1000x1", Entrant.OURS_EVENT, 1, 131_000, 7680);
		measured("connections", "1000x1", Entrant.NETTY_IN_BOOT, 1, 119_000, 8370);

		assertThat(table()).containsPattern("\\| messages/s, CPU µs/message +\\| +64×1 +\\| +1000×1 +\\|")
			.contains("| 144,000  7.02 (7.02–7.02) | 131,000  7.68 (7.68–7.68) |")
			.containsPattern("\\| netty-in-boot +\\| +\\| 119,000  8.37 \\(8.37–8.37\\) \\|");
	}

	@Test
	void whenResultsAreFromBeforeProcessorTimeAndNotesThenTheyCanBeReadAndShown(@TempDir Path folder) throws Exception {
		Path file = folder.resolve("old.json");
		Files.writeString(file, """
				{"machine": "m", "java": "j", "samples": [{"scenario": "accept", "load": "10000", "contestant": "netty",
				"family": "PEER", "round": 1, "values": {"ACCEPTED": 1000, "FLATNESS": 1}}]}""");

		assertThat(Table.of(Results.read(file))).contains("m; servers on j", "| netty ").doesNotContain("NaN", "CPU");
	}

	@Test
	void whenResultsOfAnotherDayAreAddedThenBothHeadsAreKept() {
		Results first = new Results("monday", "Java 25", this.samples, List.of("a"));
		Results second = new Results("tuesday", "Java 25", this.samples, List.of("a", "b"));

		Results all = first.with(second).with(second);

		assertThat(all.head()).isEqualTo("monday and tuesday; servers on Java 25");
		assertThat(all.notes()).containsExactly("a", "b");
	}

	private void measured(String scenario, String load, Entrant entrant, int round, double rate, double cpu) {
		this.samples.add(new Sample(scenario, load, entrant.id(), entrant.family(), round,
				Map.of(Metric.RATE, rate, Metric.CPU, cpu)));
	}

	private String table(String... notes) {
		return Table.of(new Results("machine", "java", this.samples, List.of(notes)));
	}

}
