package dev.sockets;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.context.SmartLifecycle;

/**
 * A named server, client, receiver or sender. {@link #start()} and {@link #stop()} may be
 * called any number of times, from any thread; starting a running endpoint and stopping a
 * stopped one does nothing.
 *
 * <p>
 * Both wait until it is done, but not in a handler or listener, of whatever endpoint: the
 * end of an endpoint waits for handlers, and so perhaps for the caller. There
 * {@code stop()} only begins to stop it, and {@code start()} of one that is stopping has
 * it started as soon as it has stopped, unless somebody stops it again before; when that
 * fails, the log and an {@code EndpointFailedEvent} say so. A handler should not wait for
 * another thread that stops its endpoint: that waits for the handler until the grace
 * period is over.
 */
public interface SocketEndpoint extends SmartLifecycle {

	/**
	 * Returns the name: the key of the entry in the configuration, and the bean name.
	 * @return the name
	 */
	String getName();

	/**
	 * Returns what the endpoint is doing now.
	 * @return an immutable snapshot
	 */
	EndpointStatus status();

	/**
	 * Returns whether the endpoint does nothing any more, or nothing yet: unlike one that
	 * is stopping it has finished its work.
	 * @return whether its state is {@code STOPPED}
	 */
	default boolean isTerminated() {
		return status().state() == EndpointState.STOPPED;
	}

	/**
	 * Returns whether the health of the application depends on this endpoint.
	 * @return {@code false} when {@code health.required} is
	 */
	default boolean isHealthRequired() {
		return true;
	}

	/**
	 * Returns when the first of the certificates expires that the endpoint shows by TLS.
	 * @return the time; empty when it shows none
	 */
	default Optional<Instant> getCertificateExpiry() {
		return Optional.empty();
	}

	/**
	 * Returns what the endpoint has counted.
	 * @return an immutable snapshot
	 */
	default EndpointStatistics statistics() {
		return EndpointStatistics.of(status());
	}

	/**
	 * Returns what the user attached to the endpoint by {@code user-data}.
	 * @return an unmodifiable map
	 */
	Map<String, Object> getUserData();

	/**
	 * Returns what the endpoint's codec knows of payloads.
	 * @return who knows it
	 */
	default Payloads payloads() {
		return Payloads.UNKNOWN;
	}

	/**
	 * Returns the events kept for polling.
	 * @return the inbox, always the same
	 * @throws IllegalStateException when {@code inbox.capacity} is 0
	 */
	Inbox inbox();

	/**
	 * Returns the newest failures, at most a hundred.
	 * @return a snapshot, the oldest first
	 */
	List<Failure> recentFailures();

	/**
	 * Returns the newest failures, at most a hundred, and forgets them.
	 * @return a snapshot, the oldest first
	 */
	List<Failure> drainFailures();

	/**
	 * Forgets the recent failures.
	 */
	void clearFailures();

}
