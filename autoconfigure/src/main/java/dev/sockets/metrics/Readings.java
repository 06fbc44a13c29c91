package dev.sockets.metrics;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointStatistics;
import dev.sockets.EndpointStatistics.Timing;
import dev.sockets.SocketEndpoint;
import dev.sockets.registry.WatchedEndpoint;

/**
 * What an endpoint has counted, read once for all of its meters that are asked for at the
 * same time: reading adds up all connections. One that does not say what it has counted
 * has counted nothing since it did.
 */
final class Readings {

	private static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private record Reading(EndpointStatistics statistics, long takenAt) {

	}

	private final WatchedEndpoint endpoint;

	private @Nullable Reading newest;

	Readings(WatchedEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Returns what the endpoint has counted.
	 * @return a snapshot a few milliseconds old at most; {@code null} when the endpoint
	 * has never said it
	 */
	synchronized @Nullable EndpointStatistics latest() {
		Reading reading = this.newest;
		if (reading != null && System.nanoTime() - reading.takenAt() <= MAX_AGE_NANOS) {
			return reading.statistics();
		}
		EndpointStatistics before = (reading != null) ? reading.statistics() : null;
		EndpointStatistics now = this.endpoint.ask(SocketEndpoint::statistics).filter(Readings::isWhole).orElse(before);
		if (now != null) {
			this.newest = new Reading(now, System.nanoTime());
		}
		return now;
	}

	/**
	 * Returns one of the values.
	 * @param value finds it in what was counted
	 * @return the value; not a number when nothing is known
	 */
	double value(ToDoubleFunction<EndpointStatistics> value) {
		EndpointStatistics statistics = latest();
		return (statistics != null) ? value.applyAsDouble(statistics) : Double.NaN;
	}

	/**
	 * Returns one of the timings.
	 * @param value finds it in what was counted
	 * @return the timing
	 */
	Timing timing(Function<EndpointStatistics, Timing> value) {
		EndpointStatistics statistics = latest();
		return (statistics != null) ? value.apply(statistics) : Timing.NONE;
	}

	private static boolean isWhole(EndpointStatistics statistics) {
		return Stream
			.of(statistics.connections(), statistics.messages(), statistics.datagrams(), statistics.handling(),
					statistics.requests())
			.allMatch(Objects::nonNull);
	}

}
