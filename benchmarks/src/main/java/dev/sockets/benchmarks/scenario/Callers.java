package dev.sockets.benchmarks.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import dev.sockets.benchmarks.load.Period;
import dev.sockets.benchmarks.process.ServerProcess;
import dev.sockets.benchmarks.server.RequestMain;

/**
 * Callers in a process of their own, which is {@link RequestMain} or works like it.
 */
final class Callers {

	private Callers() {
	}

	/** Returns what it has to be told: the port, how many callers, and for how long. */
	static String[] arguments(int port, String callers, Period period) {
		return new String[] { Integer.toString(port), callers, Long.toString(period.warmUp().toMillis()),
				Long.toString(period.measured().toMillis()) };
	}

	/**
	 * Waits for what they measure.
	 * @param client their process
	 * @param measured how long they do
	 * @param counted whose processor time counts
	 * @return the values
	 * @throws IOException when the process ends
	 */
	static Map<Metric, Double> measure(ServerProcess client, Duration measured, ServerProcess... counted)
			throws IOException {
		ProcessorSpan span = new ProcessorSpan(counted);
		client.await(RequestMain.WARM);
		span.begin();
		client.tell(RequestMain.MEASURE);
		long requests = Long.parseLong(client.nextLine());
		span.end();
		Map<Metric, Double> values = new EnumMap<>(Metric.class);
		values.put(Metric.RATE, requests * 1e9 / measured.toNanos());
		values.put(Metric.CPU, span.nanosFor(requests));
		values.put(Metric.P50, Double.valueOf(client.nextLine()));
		values.put(Metric.P99, Double.valueOf(client.nextLine()));
		return values;
	}

}
