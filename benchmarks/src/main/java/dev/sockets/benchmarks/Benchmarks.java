package dev.sockets.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.sockets.benchmarks.report.Chart;
import dev.sockets.benchmarks.report.Results;
import dev.sockets.benchmarks.report.Table;
import dev.sockets.benchmarks.scenario.Scenario;
import dev.sockets.benchmarks.scenario.Scenarios;

/**
 * The command line of the measuring stand.
 */
public final class Benchmarks {

	private static final String USAGE = """
			run SCENARIO [options]   measures a scenario of several servers in turn
			  --rounds N             how often (1)
			  --loads 64x1,64x16     only these loads: connections x messages in flight
			  --servers netty,vertx  only these servers
			  --warm-up SECONDS      before the first measurement of a server (5)
			  --seconds SECONDS      of each measurement (3)
			  --java HOME            the JDK that runs the servers (this one)
			  --jvm "OPTIONS"        of each server's JVM (-Xmx4g)
			  --json FILE            writes what was measured; with --append adds to what is there, as more rounds
			  --chart FILE           draws an SVG
			report FILES [--chart F] prints the tables of what was measured before
			list                     lists the scenarios and their servers
			jmh [options]            runs the JMH benchmarks of the small parts, as with -prof gc
			""";

	private Benchmarks() {
	}

	/**
	 * Runs a command.
	 * @param args the command and its options
	 * @throws Exception when it fails
	 */
	public static void main(String[] args) throws Exception {
		String command = (args.length > 0) ? args[0] : "help";
		String[] rest = (args.length > 0) ? Arrays.copyOfRange(args, 1, args.length) : args;
		switch (command) {
			case "run" -> run(Options.parse(rest));
			case "report" -> report(Options.parse(rest));
			case "list" -> list();
			case "jmh" -> org.openjdk.jmh.Main.main(rest);
			default -> System.out.print(USAGE);
		}
	}

	private static void run(Options options) throws Exception {
		Results results = new Run(options).measure();
		String json = options.get("json", "");
		if (!json.isEmpty()) {
			Path file = Path.of(json);
			if (options.has("append") && Files.exists(file)) {
				results = Results.read(file).with(results);
			}
			results.write(file);
		}
		System.out.print(Table.of(results));
		draw(results, options);
	}

	private static void report(Options options) throws Exception {
		List<Results> all = options.subjects().stream().map((file) -> Results.read(Path.of(file))).toList();
		Map<String, List<Results>> byHead = all.stream()
			.collect(Collectors.groupingBy(Results::head, LinkedHashMap::new, Collectors.toList()));
		String tables = byHead.values()
			.stream()
			.map((results) -> Table.of(together(results)))
			.collect(Collectors.joining("\n"));
		System.out.print(tables);
		draw(together(all), options);
	}

	private static Results together(List<Results> all) {
		return all.stream().reduce(Results::with).orElseThrow();
	}

	private static void draw(Results results, Options options) throws Exception {
		String chart = options.get("chart", "");
		if (!chart.isEmpty()) {
			Files.writeString(Path.of(chart), Chart.of(results));
		}
	}

	private static void list() {
		for (Scenario scenario : Scenarios.all()) {
			System.out.printf("%-12s %s (%s): %s%n", scenario.name(), scenario.description(),
					String.join(", ", scenario.loads()),
					String.join(", ", scenario.contestants().stream().map((contestant) -> contestant.id()).toList()));
		}
	}

}
