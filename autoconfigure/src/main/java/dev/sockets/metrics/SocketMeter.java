package dev.sockets.metrics;

import org.jspecify.annotations.Nullable;

/**
 * The meters of endpoints. All have the tags {@code name}, that of the endpoint, and
 * {@code kind}, its {@link dev.sockets.EndpointKind}.
 */
public enum SocketMeter {

	/** Connections open now. */
	CONNECTIONS_ACTIVE("connections.active", Type.GAUGE, "Connections open now"),

	/** Most connections that may be open. */
	CONNECTIONS_MAX("connections.max", Type.GAUGE, "Most connections that may be open"),

	/** Connections opened. */
	CONNECTIONS_OPENED("connections.opened", Type.COUNTER, "Connections opened"),

	/** Connections closed, by {@link dev.sockets.event.DisconnectReason}. */
	CONNECTIONS_CLOSED("connections.closed", Type.COUNTER, "Connections closed", "reason"),

	/** Connections turned away, by {@link dev.sockets.event.RejectionReason}. */
	CONNECTIONS_REJECTED("connections.rejected", Type.COUNTER, "Connections turned away by a server", "reason"),

	/** Addresses that a server keeps out now. */
	ADDRESSES_BANNED("addresses.banned", Type.GAUGE, "Addresses that a server keeps out now"),

	/** Connections that a client opened after its first one. */
	RECONNECTS("reconnects", Type.COUNTER, "Connections of a client after its first one"),

	/** How long the first certificate is valid that expires. */
	CERTIFICATE_EXPIRY("certificate.expiry", Type.GAUGE, "Time until the first certificate expires"),

	/** Connections of a server on all nodes. */
	PRESENCE_CONNECTIONS("presence.connections", Type.GAUGE, "Connections of a server on all nodes"),

	/** Messages received. */
	MESSAGES_RECEIVED("messages.received", Type.COUNTER, "Messages received"),

	/** Messages written to sockets. */
	MESSAGES_SENT("messages.sent", Type.COUNTER, "Messages written to sockets"),

	/** Messages that failed, by {@link dev.sockets.SocketErrorCode}. */
	MESSAGES_FAILED("messages.failed", Type.COUNTER, "Messages that could not be decoded, handled or sent", "reason"),

	/** Bytes received. */
	BYTES_RECEIVED("bytes.received", Type.COUNTER, "Bytes received"),

	/** Bytes written to sockets. */
	BYTES_SENT("bytes.sent", Type.COUNTER, "Bytes written to sockets"),

	/** How long messages were handled. */
	HANDLER("handler", Type.TIMER, "Time in which messages were decoded and handled"),

	/** How long requests waited, by {@link dev.sockets.RequestOutcome}. */
	REQUESTS("requests", Type.TIMER, "Time from sending a request to its end", "outcome"),

	/** Bytes that wait to be written. */
	OUTBOUND_PENDING("outbound.pending", Type.GAUGE, "Bytes that wait to be written"),

	/** Events that wait to be polled. */
	INBOX_SIZE("inbox.size", Type.GAUGE, "Events that wait to be polled"),

	/** Events that were only counted, as listeners were late. */
	EVENTS_DROPPED("events.dropped", Type.COUNTER, "Events that were only counted, as listeners were late"),

	/** Datagrams that were not delivered, by {@link dev.sockets.multicast.DropReason}. */
	DATAGRAMS_DROPPED("datagrams.dropped", Type.COUNTER, "Datagrams that a receiver has not delivered", "reason");

	/**
	 * What a meter measures.
	 */
	public enum Type {

		/** A value that goes up and down. */
		GAUGE,

		/** A count that only grows. */
		COUNTER,

		/** A count and the time that it took in all. */
		TIMER

	}

	private final String meterName;

	private final Type type;

	private final String description;

	private final @Nullable String tag;

	SocketMeter(String name, Type type, String description) {
		this(name, type, description, null);
	}

	SocketMeter(String name, Type type, String description, @Nullable String tag) {
		this.meterName = "sockets." + name;
		this.type = type;
		this.description = description;
		this.tag = tag;
	}

	/**
	 * Returns the name of the meter.
	 * @return the name, with dots
	 */
	public String meterName() {
		return this.meterName;
	}

	/**
	 * Returns what the meter measures.
	 * @return its type
	 */
	public Type type() {
		return this.type;
	}

	/**
	 * Returns the description that the meter is registered with.
	 * @return a phrase
	 */
	public String description() {
		return this.description;
	}

	/**
	 * Returns the tag it has beside {@code name} and {@code kind}.
	 * @return the tag's key; {@code null} when it has none
	 */
	public @Nullable String tag() {
		return this.tag;
	}

}
