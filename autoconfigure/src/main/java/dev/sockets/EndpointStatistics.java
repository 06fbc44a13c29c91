package dev.sockets;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What an endpoint has counted until one moment. Counts start at zero when the endpoint
 * is created, survive restarts, and never go back.
 *
 * @param connections connections open now
 * @param maxConnections most connections that may be open
 * @param connectionsOpened connections opened so far
 * @param reconnects connections of a client opened after its first one
 * @param connectionsClosed connections closed so far, by reason
 * @param connectionsRejected connections turned away so far, by reason
 * @param messagesReceived messages received so far
 * @param messagesSent messages written to sockets so far
 * @param messagesFailed messages that could not be decoded, handled or sent so far, by
 * error code
 * @param bytesReceived bytes received so far
 * @param bytesSent bytes written so far
 * @param pendingBytes bytes that wait to be written
 * @param inboxSize events that wait to be polled; {@code null} without an inbox
 * @param handling how long messages were decoded and handled
 * @param requests how long requests waited for their end, by {@link RequestOutcome}
 * @param datagramsDropped datagrams that a receiver has not delivered so far, by reason
 */
public record EndpointStatistics(int connections, int maxConnections, long connectionsOpened, long reconnects,
		Map<String, Long> connectionsClosed, Map<String, Long> connectionsRejected, long messagesReceived,
		long messagesSent, Map<String, Long> messagesFailed, long bytesReceived, long bytesSent, long pendingBytes,
		@Nullable Integer inboxSize, Timing handling, Map<String, Timing> requests,
		Map<String, Long> datagramsDropped) {

	public EndpointStatistics {
		connectionsClosed = Map.copyOf(connectionsClosed);
		connectionsRejected = Map.copyOf(connectionsRejected);
		messagesFailed = Map.copyOf(messagesFailed);
		requests = Map.copyOf(requests);
		datagramsDropped = Map.copyOf(datagramsDropped);
	}

	/**
	 * Returns what a status tells, for an endpoint that counts nothing else.
	 * @param status the status
	 * @return the statistics
	 */
	public static EndpointStatistics of(EndpointStatus status) {
		return new EndpointStatistics(status.connections(), 0, status.connectionsOpened(), 0, Map.of(), Map.of(),
				status.messagesReceived(), status.messagesSent(), Map.of(), status.bytesReceived(), status.bytesSent(),
				0, null, Timing.NONE, Map.of(), Map.of());
	}

	/**
	 * How often something was done, and how long it took in all.
	 *
	 * @param count how often
	 * @param nanos how many nanoseconds
	 */
	public record Timing(long count, long nanos) {

		/** Nothing was done. */
		public static final Timing NONE = new Timing(0, 0);

	}

}
