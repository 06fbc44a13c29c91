package dev.sockets.benchmarks.scenario;

import java.io.File;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.sockets.benchmarks.process.ClassPath;
import dev.sockets.benchmarks.process.ServerProcess;
import dev.sockets.benchmarks.server.Contestant;
import dev.sockets.benchmarks.server.EmptyApplication;
import dev.sockets.benchmarks.server.Family;
import dev.sockets.benchmarks.server.SocketApplication;

/**
 * How long an empty application takes to start, the same with the starter on its class
 * path, and one with a server and a listener too. Each has only the jars on its class
 * path that it needs, and a file of properties.
 */
final class StartupScenario implements Scenario {

	private static final double MB = 1024 * 1024;

	private static final double NANOS_PER_MILLI = 1e6;

	private static final Variant EMPTY = new Variant("boot", Family.BARE);

	private static final Variant WITH_STARTER = new Variant("boot-with-starter", Family.OURS);

	private static final Variant WITH_SERVER = new Variant("boot-with-server", Family.OURS);

	private static final Set<String> JARS_OF_BOOT = Set.of("classes", "spring-boot", "spring-boot-autoconfigure",
			"spring-boot-starter", "spring-boot-starter-logging", "spring-aop", "spring-beans", "spring-context",
			"spring-core", "spring-expression", "commons-logging", "jspecify", "micrometer-commons",
			"micrometer-observation", "logback-classic", "logback-core", "slf4j-api", "log4j-api", "log4j-to-slf4j",
			"jul-to-slf4j", "jakarta.annotation-api", "snakeyaml");

	private static final Set<String> JARS_OF_OURS = Set.of("sockets-spring-boot-starter",
			"sockets-spring-boot-autoconfigure", "spring-integration-core", "spring-integration-ip", "spring-messaging",
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
		return List.of(Metric.STARTUP, Metric.STARTUP_CPU, Metric.RSS);
	}

	@Override
	public List<Variant> contestants() {
		return List.of(EMPTY, WITH_STARTER, WITH_SERVER);
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
		String classPath = classPath(contestant != EMPTY);
		long start = System.nanoTime();
		try (ServerProcess process = (contestant == WITH_SERVER) ? stand.launcher()
			.start(classPath, SocketApplication.class.getName(), 0, "--spring.config.name=echo-server", "--port=0")
				: stand.launcher()
					.start(classPath, EmptyApplication.class.getName(), 0, "--spring.config.name=empty")) {
			long ready = System.nanoTime();
			return new EnumMap<>(Map.of(Metric.STARTUP, (ready - start) / NANOS_PER_MILLI, Metric.STARTUP_CPU,
					process.processorTime().nanos() / NANOS_PER_MILLI, Metric.RSS, process.residentBytes() / MB));
		}
	}

	private static String classPath(boolean ours) {
		return ClassPath.entries().stream().filter((entry) -> {
			String name = new File(entry).getName().replaceFirst("-\\d.*", "");
			return JARS_OF_BOOT.contains(name) || (ours && JARS_OF_OURS.contains(name));
		}).collect(Collectors.joining(File.pathSeparator));
	}

}
