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

	private static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private record Reading(EndpointStatistics statistics, long takenAt) {

	}

	private final SocketEndpoint endpoint;

	private volatile @Nullable Reading newest;

	Readings(SocketEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Returns what the endpoint has counted.
	 * @return a snapshot at most a tenth of a second old
	 */
	EndpointStatistics latest() {
		long now = System.nanoTime();
		Reading reading = this.newest;
		if (reading == null || now - reading.takenAt() > MAX_AGE_NANOS) {
			reading = read(now);
		}
		return reading.statistics();
	}

	/** Readings of several threads must not go back. */
	private synchronized Reading read(long now) {
		Reading reading = new Reading(this.endpoint.statistics(), now);
		this.newest = reading;
		return reading;
	}

}
