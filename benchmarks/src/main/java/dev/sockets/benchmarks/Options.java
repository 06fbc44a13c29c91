package dev.sockets.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options of a command: what it is about, and names with values.
 *
 * @param subjects what the command is about
 * @param values the values by name
 */
record Options(List<String> subjects, Map<String, String> values) {

	private static final Set<String> KNOWN = Set.of("rounds", "loads", "servers", "warm-up", "seconds", "java", "jvm",
			"json", "append", "chart");

	private static final Set<String> FLAGS = Set.of("append");

	static Options parse(String... args) {
		List<String> subjects = new ArrayList<>();
		Map<String, String> values = new HashMap<>();
		for (int i = 0; i < args.length; i++) {
			if (!args[i].startsWith("--")) {
				subjects.add(args[i]);
				continue;
			}
			String name = args[i].substring(2);
			if (!KNOWN.contains(name)) {
				throw new IllegalArgumentException("There is no option --" + name);
			}
			if (FLAGS.contains(name)) {
				values.put(name, "");
			}
			else if (++i < args.length) {
				values.put(name, args[i]);
			}
			else {
				throw new IllegalArgumentException("--" + name + " needs a value");
			}
		}
		if (subjects.isEmpty()) {
			throw new IllegalArgumentException("Name a scenario or a file");
		}
		return new Options(subjects, values);
	}

	/**
	 * Returns what the command is about.
	 * @return the only subject
	 */
	String subject() {
		if (this.subjects.size() > 1) {
			throw new IllegalArgumentException("Name one scenario, not " + this.subjects);
		}
		return this.subjects.get(0);
	}

	boolean has(String name) {
		return this.values.containsKey(name);
	}

	String get(String name, String otherwise) {
		return this.values.getOrDefault(name, otherwise);
	}

	List<String> list(String name, List<String> otherwise) {
		return has(name) ? List.of(get(name, "").split(",")) : otherwise;
	}

}
