package dev.sockets.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Starts the sample as three nodes, each a process of its own with the profile
 * {@code cluster}, and Redis for them unless the environment says where one is. All of
 * them end with it. Its arguments are passed on to each node.
 */
final class Cluster {

	private static final int NODES = 3;

	private static final int END_SECONDS = 30;

	/** What a process that was ended by a signal exits with is more than that. */
	private static final int SIGNAL = 128;

	private static final List<String> PLACES = List.of("SPRING_DATA_REDIS_URL", "SPRING_DATA_REDIS_HOST",
			"SPRING_DATA_REDIS_PORT");

	private final List<Process> nodes = new ArrayList<>();

	private final @Nullable LocalRedis redis;

	private volatile boolean ending;

	private Cluster(@Nullable LocalRedis redis) {
		this.redis = redis;
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		boolean isElsewhere = PLACES.stream().anyMatch(System.getenv()::containsKey);
		if (!isElsewhere && !LocalRedis.isInstalled()) {
			say("""
					There is no redis-server on the PATH, which carries what goes between the nodes.
					Install it, such as by 'apt install redis-server' or 'brew install redis',
					or set SPRING_DATA_REDIS_HOST to the host of one that runs.""");
			System.exit(1);
		}
		new Cluster(isElsewhere ? null : LocalRedis.start()).run(args);
	}

	private void run(String[] args) throws IOException, InterruptedException {
		Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end"));
		if (this.redis != null) {
			say(this.redis.instructions());
		}
		for (int node = 1; node <= NODES; node++) {
			start(node, args);
		}
		for (Process node : this.nodes) {
			node.waitFor();
		}
	}

	private void start(int number, String[] args) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add("-XX:TieredStopAtLevel=1");
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), SampleApplication.class.getName()));
		command.add("--spring.profiles.active=cluster");
		command.addAll(List.of(args));
		ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
		builder.environment().put("NODE", String.valueOf(number));
		if (this.redis != null) {
			builder.environment().putAll(this.redis.environment());
		}
		Process node = builder.start();
		this.nodes.add(node);
		node.onExit().thenAccept((ended) -> ended(number, ended.exitValue()));
	}

	/** One that was killed shows what the others do then; one that failed ends all. */
	private void ended(int number, int code) {
		if (this.ending) {
			return;
		}
		say("node-" + number + " has ended with exit code " + code);
		if (code > 0 && code < SIGNAL) {
			System.exit(code);
		}
	}

	/** Redis ends last, as nodes say goodbye to each other. */
	private void end() {
		this.ending = true;
		this.nodes.forEach(Process::destroy);
		for (Process node : this.nodes) {
			try {
				if (!node.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
					node.destroyForcibly();
				}
			}
			catch (InterruptedException ex) {
				node.destroyForcibly();
			}
		}
		if (this.redis != null) {
			this.redis.stop();
		}
	}

	private static void say(String text) {
		System.out.println(text);
	}

}
