package dev.sockets.benchmarks.scenario;

import java.util.List;

import dev.sockets.benchmarks.server.Behaviour;
import dev.sockets.benchmarks.server.Entrant;

/**
 * All scenarios.
 */
public final class Scenarios {

	private static final List<Entrant> FAST = List.of(Entrant.OURS_EVENT, Entrant.OURS_LISTENER, Entrant.OURS_NATIVE,
			Entrant.OURS_NATIVE_LISTENER, Entrant.NETTY, Entrant.NETTY_URING, Entrant.VERTX, Entrant.REACTOR_NETTY,
			Entrant.VIRTUAL_THREADS, Entrant.C_EPOLL);

	private static final List<Entrant> EVERYONE = List.of(Entrant.OURS_EVENT, Entrant.OURS_LISTENER,
			Entrant.OURS_NATIVE, Entrant.OURS_NATIVE_LISTENER, Entrant.NETTY, Entrant.NETTY_URING, Entrant.NETTY_FLUSH,
			Entrant.VERTX, Entrant.REACTOR_NETTY, Entrant.REACTOR_NETTY_URING, Entrant.SI_NET, Entrant.SI_NIO,
			Entrant.BARE_NIO, Entrant.VIRTUAL_THREADS, Entrant.C_EPOLL);

	private static final List<Entrant> MANY = List.of(Entrant.OURS_EVENT, Entrant.OURS_LISTENER, Entrant.OURS_NATIVE,
			Entrant.OURS_NATIVE_LISTENER, Entrant.NETTY, Entrant.NETTY_URING, Entrant.NETTY_IN_BOOT, Entrant.VERTX,
			Entrant.REACTOR_NETTY, Entrant.REACTOR_NETTY_URING, Entrant.BARE_NIO, Entrant.VIRTUAL_THREADS,
			Entrant.C_EPOLL);

	private static final List<Entrant> BLOCKING = List.of(Entrant.OURS_EVENT, Entrant.OURS_THREAD, Entrant.NETTY_POOL,
			Entrant.NETTY_VIRTUAL, Entrant.NETTY_URING_POOL, Entrant.NETTY_URING_VIRTUAL, Entrant.VIRTUAL_THREADS);

	private static final List<Entrant> JAVA = FAST.stream().filter((entrant) -> !entrant.isNative()).toList();

	private static final List<Entrant> SECURE = List.of(Entrant.OURS_TLS, Entrant.NETTY_TLS_JDK,
			Entrant.NETTY_URING_TLS_JDK, Entrant.VERTX_TLS, Entrant.NETTY_TLS_OPENSSL);

	private static final List<Scenario> ALL = List.of(
			new EntrantScenario("echo", "Lines of 64 bytes, echoed", Behaviour.ECHO,
					List.of(Metric.RATE, Metric.CPU, Metric.P50, Metric.P99), EVERYONE, List.of("64x1", "64x16"),
					Measurements::throughput),
			new EntrantScenario("echo-by-c", "Lines of 64 bytes, echoed to a load generator in C", Behaviour.ECHO,
					List.of(Metric.RATE, Metric.CPU, Metric.P50, Metric.P99), EVERYONE,
					List.of("64x1", "64x16", "1000x1"), Measurements::throughputByC),
			new EntrantScenario("connections", "Lines of 64 bytes, echoed on many connections", Behaviour.ECHO,
					List.of(Metric.RATE, Metric.CPU, Metric.P99, Metric.RSS), MANY, List.of("1000x1", "10000x1"),
					Measurements::throughput),
			new EntrantScenario("blocking", "Handlers that block 5 ms", Behaviour.BLOCKING,
					List.of(Metric.RATE, Metric.CPU, Metric.P99, Metric.LEAST), BLOCKING, List.of("1000x1"),
					Measurements::throughput),
			new EntrantScenario("idle", "Connections that rest", Behaviour.ECHO, List.of(Metric.HEAP, Metric.RSS), JAVA,
					List.of("10000"), Measurements::idle, true),
			new EntrantScenario("accept", "Opening connections, with a message on each", Behaviour.ECHO,
					List.of(Metric.ACCEPTED, Metric.CONNECTION_CPU, Metric.FLATNESS), FAST, List.of("10000"),
					Measurements::accept),
			new EntrantScenario("broadcast", "1 KiB to all connections", Behaviour.BROADCAST,
					List.of(Metric.RATE, Metric.CPU, Metric.STALLED),
					List.of(Entrant.OURS_EVENT, Entrant.NETTY, Entrant.NETTY_URING, Entrant.NETTY_FLUSH),
					List.of("1000"), Measurements::broadcast),
			new EntrantScenario("latency", "Lines of 64 bytes at a constant rate on 64 connections", Behaviour.ECHO,
					List.of(Metric.P99, Metric.P50, Metric.P999, Metric.RATE, Metric.CPU), FAST, List.of("50000/s"),
					Measurements::latency),
			new EntrantScenario("allocation", "Memory allocated for a line of 64 bytes, echoed", Behaviour.ECHO,
					List.of(Metric.ALLOCATED), JAVA, List.of("64x1", "64x16"), Measurements::allocation),
			new EntrantScenario("meters", "Lines of 64 bytes, echoed with meters and without", Behaviour.ECHO,
					List.of(Metric.RATE, Metric.CPU, Metric.P99), List.of(Entrant.OURS_EVENT, Entrant.OURS_UNMETERED),
					List.of("64x1", "64x16"), Measurements::throughput),
			new EntrantScenario("tls", "Lines of 64 bytes, echoed by TLS 1.3 with AES-128-GCM", Behaviour.ECHO,
					List.of(Metric.RATE, Metric.CPU, Metric.P50, Metric.P99), SECURE, List.of("64x1", "64x16"),
					TlsMeasurements::throughput),
			new EntrantScenario("handshakes", "Full TLS 1.3 handshakes, with a message on each connection",
					Behaviour.ECHO, List.of(Metric.HANDSHAKES, Metric.HANDSHAKE_CPU, Metric.P50, Metric.P99), SECURE,
					List.of("16"), TlsMeasurements::handshakes),
			new EntrantScenario("tls-memory", "Connections by TLS that rest", Behaviour.ECHO,
					List.of(Metric.MEMORY, Metric.HEAP, Metric.DIRECT, Metric.RSS_GROWTH), SECURE, List.of("2000"),
					TlsMeasurements::memory, true),
			new RequestScenario(), new RpcScenario(), new MulticastScenario(), new BackplaneScenario(),
			new LocalBroadcastScenario(), new OutageScenario(), new PresenceScenario(), new StartupScenario(),
			new GeneratorScenario());

	private Scenarios() {
	}

	/**
	 * Returns all scenarios.
	 * @return in the order in which they are documented
	 */
	public static List<Scenario> all() {
		return ALL;
	}

	/**
	 * Finds a scenario.
	 * @param name its name
	 * @return the scenario
	 * @throws IllegalArgumentException when there is none
	 */
	public static Scenario named(String name) {
		return ALL.stream()
			.filter((scenario) -> scenario.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"There is no scenario '" + name + "', but " + ALL.stream().map(Scenario::name).toList()));
	}

}
