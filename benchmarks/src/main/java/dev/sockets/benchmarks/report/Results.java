package dev.sockets.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was measured, in a form that survives.
 *
 * @param machine on what machine
 * @param java which Java ran the servers, with which options
 * @param samples the measurements
 * @param notes who was left out and what failed, a sentence each
 */
public record Results(String machine, String java, List<Sample> samples,
		@JsonSetter(nulls = Nulls.AS_EMPTY) List<String> notes) {

	private static final String AND = " and ";

	private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	/**
	 * Returns what all of the results have in common.
	 * @return when, on which machine and which Java was measured
	 */
	public String head() {
		return this.machine + "; servers on " + this.java;
	}

	/**
	 * Reads results.
	 * @param file written by {@link #write}
	 * @return the results
	 */
	public static Results read(Path file) {
		return JSON.readValue(file.toFile(), Results.class);
	}

	/**
	 * Writes the results as JSON.
	 * @param file where to
	 * @throws IOException when that fails
	 */
	public void write(Path file) throws IOException {
		Files.writeString(file, JSON.writeValueAsString(this) + "\n");
	}

	/**
	 * Returns these results with more of them, which count as later rounds.
	 * @param more measured later
	 * @return all of them
	 */
	public Results with(Results more) {
		List<Sample> all = new ArrayList<>(this.samples);
		for (Sample sample : more.samples) {
			all.add(new Sample(sample.scenario(), sample.load(), sample.contestant(), sample.family(),
					sample.round() + rounds(sample), sample.values()));
		}
		return new Results(both(this.machine, more.machine), both(this.java, more.java), all,
				Stream.concat(this.notes.stream(), more.notes.stream()).distinct().toList());
	}

	private static String both(String one, String other) {
		return List.of(one.split(AND)).contains(other) ? one : one + AND + other;
	}

	private int rounds(Sample like) {
		return this.samples.stream()
			.filter((sample) -> sample.scenario().equals(like.scenario()) && sample.load().equals(like.load()))
			.mapToInt(Sample::round)
			.max()
			.orElse(0);
	}

	/**
	 * Splits the results into what belongs into one table.
	 * @return the samples of each scenario and load, in the order in which they were
	 * taken
	 */
	public List<List<Sample>> groups() {
		return split(this.samples, (sample) -> sample.scenario() + " " + sample.load());
	}

	static List<List<Sample>> split(List<Sample> samples, Function<Sample, String> key) {
		Map<String, List<Sample>> groups = new LinkedHashMap<>();
		for (Sample sample : samples) {
			groups.computeIfAbsent(key.apply(sample), (name) -> new ArrayList<>()).add(sample);
		}
		return List.copyOf(groups.values());
	}

}
