package dev.sockets.runtime.backplane;

import java.time.Duration;
import java.util.Map;

import dev.sockets.EndpointStatistics.Timing;

/**
 * What a backplane has counted until one moment. Counts start at zero when it is created,
 * and never go back.
 *
 * @param nodes how many nodes there are, this one too
 * @param published frames that the engine was given
 * @param received frames of other nodes that were taken
 * @param dropped frames that were not sent or not taken, by reason
 * @param missed frames of other nodes that have not come
 * @param late frames that have come after later ones
 * @param pendingOut bytes that wait for the engine
 * @param pendingIn bytes that wait for connections here
 * @param roundTrips how long own heartbeats took to come back
 * @param lag how far the slowest of the other nodes is behind
 * @param outages how often this node was cut off
 * @param requests how long requests to other nodes took, by
 * {@link dev.sockets.RequestOutcome}
 */
public record BackplaneStatistics(int nodes, long published, long received, Map<String, Long> dropped, long missed,
		long late, long pendingOut, long pendingIn, Timing roundTrips, Duration lag, long outages,
		Map<String, Timing> requests) {

	public BackplaneStatistics {
		dropped = Map.copyOf(dropped);
		requests = Map.copyOf(requests);
	}

}
