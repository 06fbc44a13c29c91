package dev.sockets.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import dev.sockets.benchmarks.load.Period;
import dev.sockets.benchmarks.process.Launcher;
import dev.sockets.benchmarks.report.Results;
import dev.sockets.benchmarks.report.Sample;
import dev.sockets.benchmarks.scenario.Metric;
import dev.sockets.benchmarks.scenario.Scenario;
import dev.sockets.benchmarks.scenario.Scenarios;
import dev.sockets.benchmarks.scenario.Series;
import dev.sockets.benchmarks.scenario.Stand;
import dev.sockets.benchmarks.server.Contestant;

/**
 * Measures a scenario, load by load: in each round all contestants in turn, beginning
 * with another one each time.
 */
final class Run {

	private final Options options;

	private final Scenario scenario;

	private final Stand stand;

	private final List<String> notes = new ArrayList<>();

	Run(Options options) {
		this.options = options;
		this.scenario = Scenarios.named(options.subject());
		Path java = Path.of(options.get("java", System.getProperty("java.home")));
		List<String> jvm = List.of(options.get("jvm", "-Xmx4g").trim().split(" +"));
		this.stand = new Stand(new Launcher(java, jvm),
				new Period(seconds(options.get("warm-up", "5")), seconds(options.get("seconds", "3"))));
	}

	private static Duration seconds(String text) {
		return Duration.ofMillis((long) (Double.parseDouble(text) * 1000));
	}

	Results measure() {
		int rounds = Integer.parseInt(this.options.get("rounds", "1"));
		List<Contestant> contestants = contestants();
		List<Sample> samples = new ArrayList<>();
		for (String load : this.options.list("loads", this.scenario.loads())) {
			try (Series series = this.scenario.begin(this.stand, load)) {
				for (int round = 1; round <= rounds; round++) {
					for (Contestant contestant : contestants) {
						measure(series, contestant, load, round, samples);
					}
					Collections.rotate(contestants, 1);
				}
			}
		}
		return new Results(Machine.describe(), this.stand.launcher().describe(), sorted(samples), this.notes);
	}

	private List<Contestant> contestants() {
		List<String> wanted = this.options.list("servers",
				this.scenario.contestants().stream().map(Contestant::id).toList());
		List<Contestant> contestants = new ArrayList<>();
		for (Contestant contestant : this.scenario.contestants()) {
			if (wanted.contains(contestant.id())) {
				String obstacle = this.scenario.obstacle(this.stand, contestant);
				if (obstacle.isEmpty()) {
					contestants.add(contestant);
				}
				else {
					note("%s: %s is left out: %s".formatted(this.scenario.name(), contestant.id(), obstacle));
				}
			}
		}
		return contestants;
	}

	private void measure(Series series, Contestant contestant, String load, int round, List<Sample> samples) {
		try {
			Map<Metric, Double> values = series.measure(contestant);
			samples.add(new Sample(this.scenario.name(), load, contestant.id(), contestant.family(), round, values));
			System.err.printf("%d %s %s %s%n", round, load, contestant.id(), values);
		}
		catch (IOException ex) {
			note("%s %s: %s failed in round %d: %s".formatted(this.scenario.name(), load, contestant.id(), round,
					ex.getMessage()));
		}
	}

	private void note(String note) {
		System.err.println(note);
		this.notes.add(note);
	}

	/** Sorts as the scenario lists its contestants. */
	private List<Sample> sorted(List<Sample> samples) {
		List<String> order = this.scenario.contestants().stream().map(Contestant::id).toList();
		samples.sort((one, other) -> order.indexOf(one.contestant()) - order.indexOf(other.contestant()));
		return samples;
	}

}
