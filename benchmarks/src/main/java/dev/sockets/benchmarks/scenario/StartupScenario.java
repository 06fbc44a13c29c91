package dev.sockets.benchmarks.scenario;

import java.io.File;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.sockets.benchmarks.process.ClassPath;
import dev.sockets.benchmarks.process.ServerProcess;
import dev.sockets.benchmarks.server.Contestant;
import dev.sockets.benchmarks.server.EmptyApplication;
import dev.sockets.benchmarks.server.Family;
import dev.sockets.benchmarks.server.SocketApplication;

/**
 * How long an empty application takes to start, and one with the starter, a server and a
 * listener. Each has only the jars on its class path that it needs.
 */
final class StartupScenario implements Scenario {

	private static final double MB = 1024 * 1024;

	private static final Variant EMPTY = new Variant("boot", Family.BARE);

	private static final Variant OURS = new Variant("boot-with-sockets", Family.OURS);

	private static final List<String> JARS_OF_BOOT = List.of("classes", "spring-boot", "spring-aop", "spring-beans",
			"spring-context", "spring-core", "spring-expression", "commons-logging", "jspecify", "micrometer",
			"logback", "slf4j", "log4j", "jul-to", "jakarta", "snakeyaml");

	private static final List<String> JARS_OF_OURS = List.of("sockets-", "spring-integration", "spring-messaging",
			"spring-tx", "reactor-core", "reactive-streams");

	@Override
	public String name() {
		return "startup";
	}

	@Override
	public String description() {
		return "From the start of the process to a started application";
	}

	@Override
	public List<Metric> metrics() {
		return List.of(Metric.STARTUP, Metric.RSS);
	}

	@Override
	public List<Variant> contestants() {
		return List.of(EMPTY, OURS);
	}

	@Override
	public List<String> loads() {
		return List.of("empty");
	}

	@Override
	public String obstacle(Stand stand, Contestant contestant) {
		return "";
	}

	@Override
	public Series begin(Stand stand, String load) {
		return (contestant) -> measure(stand, contestant);
	}

	private Map<Metric, Double> measure(Stand stand, Contestant contestant) throws IOException {
		Class<?> main = (contestant == EMPTY) ? EmptyApplication.class : SocketApplication.class;
		long start = System.nanoTime();
		try (ServerProcess process = stand.launcher().start(classPath(contestant == OURS), main.getName(), 0)) {
			double millis = (System.nanoTime() - start) / 1e6;
			return new EnumMap<>(Map.of(Metric.STARTUP, millis, Metric.RSS, process.residentBytes() / MB));
		}
	}

	private static String classPath(boolean ours) {
		return ClassPath.entries()
			.stream()
			.filter((entry) -> startsWithAny(new File(entry).getName(), JARS_OF_BOOT)
					|| (ours && startsWithAny(new File(entry).getName(), JARS_OF_OURS)))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static boolean startsWithAny(String name, List<String> prefixes) {
		return prefixes.stream().anyMatch(name::startsWith);
	}

}
