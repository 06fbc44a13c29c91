package dev.sockets.metrics;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointStatistics;
import dev.sockets.SocketEndpoint;

/**
 * What an endpoint has counted, read once for all of its meters that are asked for at the
 * same time: reading adds up all connections.
 */
final class Readings {

	private static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private record Reading(EndpointStatistics statistics, long takenAt) {

	}

	private final SocketEndpoint endpoint;

	private @Nullable Reading newest;

	Readings(SocketEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Returns what the endpoint has counted.
	 * @return a snapshot a few milliseconds old at most
	 */
	synchronized EndpointStatistics latest() {
		Reading reading = this.newest;
		if (reading == null || System.nanoTime() - reading.takenAt() > MAX_AGE_NANOS) {
			reading = new Reading(this.endpoint.statistics(), System.nanoTime());
			this.newest = reading;
		}
		return reading.statistics();
	}

}
