package dev.sockets.benchmarks.scenario;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.sockets.benchmarks.server.Contestant;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who takes part in what, and what is measured of them.
 */
class ScenariosTests {

	private static final Map<String, String> ON_IO_URING = Map.of("netty", "netty-uring", "netty-pool",
			"netty-uring-pool", "netty-virtual", "netty-uring-virtual", "netty-tls-jdk", "netty-uring-tls-jdk",
			"netty-promises", "netty-uring-promises");

	@ParameterizedTest
	@MethodSource("scenarios")
	void whenNettyTakesPartThenItDoesOnIoUringToo(Scenario scenario) {
		List<String> ids = scenario.contestants().stream().map(Contestant::id).toList();

		ON_IO_URING.forEach((epoll, uring) -> assertThat(ids.contains(uring)).as(uring).isEqualTo(ids.contains(epoll)));
	}

	@ParameterizedTest
	@MethodSource("scenarios")
	void whenARateIsMeasuredThenProcessorTimeIsToo(Scenario scenario) {
		List<Metric> metrics = scenario.metrics();
		boolean rate = metrics.contains(Metric.RATE) || metrics.contains(Metric.ACCEPTED)
				|| metrics.contains(Metric.HANDSHAKES);

		assertThat(metrics.stream().anyMatch(Metric::isProcessorTime)).isEqualTo(rate);
	}

	static List<Scenario> scenarios() {
		return Scenarios.all();
	}

}
