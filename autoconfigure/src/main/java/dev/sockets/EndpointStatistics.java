package dev.sockets;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What an endpoint has counted until one moment. Counts start at zero when the endpoint
 * is created, survive restarts, and never go back.
 *
 * @param connections its connections
 * @param messages its messages
 * @param datagrams the datagrams of a receiver
 * @param inboxSize events that wait to be polled; {@code null} without an inbox
 * @param eventsDropped events that were only counted so far, as their listeners are late
 * @param handling how long messages were decoded and handled
 * @param requests how long requests waited for their end, by {@link RequestOutcome}
 */
public record EndpointStatistics(Connections connections, Messages messages, Datagrams datagrams,
		@Nullable Integer inboxSize, long eventsDropped, Timing handling, Map<String, Timing> requests) {

	public EndpointStatistics {
		requests = Map.copyOf(requests);
	}

	/**
	 * Returns what a status tells, for an endpoint that counts nothing else.
	 * @param status the status
	 * @return the statistics
	 */
	public static EndpointStatistics of(EndpointStatus status) {
		return new EndpointStatistics(
				new Connections(status.connections(), 0, status.connectionsOpened(), 0, Map.of(), Map.of(), 0, 0),
				new Messages(status.messagesReceived(), status.messagesSent(), Map.of(), status.bytesReceived(),
						status.bytesSent()),
				Datagrams.NONE, null, 0, Timing.NONE, Map.of());
	}

	/**
	 * The connections of a server or client.
	 *
	 * @param open how many are open now
	 * @param max how many may be open at most
	 * @param opened how many were opened so far
	 * @param reconnects how many a client has opened after its first one
	 * @param closed how many were closed so far, by reason
	 * @param rejected how many were turned away so far, by reason
	 * @param pendingBytes bytes that wait to be written
	 * @param banned how many addresses a server keeps out now
	 */
	public record Connections(int open, int max, long opened, long reconnects, Map<String, Long> closed,
			Map<String, Long> rejected, long pendingBytes, int banned) {

		/** An endpoint that has no connections. */
		public static final Connections NONE = new Connections(0, 0, 0, 0, Map.of(), Map.of(), 0, 0);

		public Connections {
			closed = Map.copyOf(closed);
			rejected = Map.copyOf(rejected);
		}

	}

	/**
	 * The messages of an endpoint.
	 *
	 * @param received how many were received so far
	 * @param sent how many were written to sockets so far
	 * @param failed how many could not be decoded, handled or sent so far, by error code
	 * @param bytesReceived bytes received so far
	 * @param bytesSent bytes written so far
	 */
	public record Messages(long received, long sent, Map<String, Long> failed, long bytesReceived, long bytesSent) {

		public Messages {
			failed = Map.copyOf(failed);
		}

	}

	/**
	 * What has become of a receiver's datagrams.
	 *
	 * @param received how many were read from the sockets so far, dropped ones too
	 * @param queued how many wait for handlers now
	 * @param dropped how many were not delivered so far, by reason
	 */
	public record Datagrams(long received, int queued, Map<String, Long> dropped) {

		/** An endpoint that receives no datagrams. */
		public static final Datagrams NONE = new Datagrams(0, 0, Map.of());

		public Datagrams {
			dropped = Map.copyOf(dropped);
		}

		/**
		 * Returns how many datagrams were not delivered.
		 * @return the number, over all reasons
		 */
		public long totalDropped() {
			return this.dropped.values().stream().mapToLong(Long::longValue).sum();
		}

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
