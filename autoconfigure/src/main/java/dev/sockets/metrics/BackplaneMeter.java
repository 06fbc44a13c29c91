package dev.sockets.metrics;

import org.jspecify.annotations.Nullable;

/**
 * The meters of what leads to other nodes. They have no tag but the one that is named.
 */
public enum BackplaneMeter {

	/** Nodes that there are. */
	NODES("nodes", SocketMeter.Type.GAUGE, "Nodes that there are, this one too"),

	/** Frames published. */
	PUBLISHED("published", SocketMeter.Type.COUNTER, "Frames published"),

	/** Frames of other nodes taken. */
	RECEIVED("received", SocketMeter.Type.COUNTER, "Frames of other nodes taken"),

	/** Frames dropped, by {@link dev.sockets.runtime.backplane.frame.DropReason}. */
	DROPPED("dropped", SocketMeter.Type.COUNTER, "Frames that were not sent, or not taken", "reason"),

	/** Frames of other nodes that have not come. */
	MISSED("missed", SocketMeter.Type.COUNTER, "Frames of other nodes that have not come"),

	/** Frames that have come after later ones. */
	LATE("late", SocketMeter.Type.COUNTER, "Frames that have come after later ones"),

	/** Bytes that wait, by direction: {@code out} or {@code in}. */
	PENDING("pending", SocketMeter.Type.GAUGE, "Bytes that wait for the broker, or for connections here", "direction"),

	/** How long own heartbeats took to come back. */
	ROUND_TRIP("round.trip", SocketMeter.Type.TIMER, "Time until an own heartbeat comes back"),

	/** How far the slowest of the other nodes is behind. */
	LAG("lag", SocketMeter.Type.GAUGE, "Time that the slowest of the other nodes is behind"),

	/** Outages. */
	OUTAGES("outages", SocketMeter.Type.COUNTER, "Times that this node was cut off"),

	/** How long requests waited, by {@link dev.sockets.RequestOutcome}. */
	REQUESTS("requests", SocketMeter.Type.TIMER, "Time from asking another node to its answer", "outcome");

	private final String meterName;

	private final SocketMeter.Type type;

	private final String description;

	private final @Nullable String tag;

	BackplaneMeter(String name, SocketMeter.Type type, String description) {
		this(name, type, description, null);
	}

	BackplaneMeter(String name, SocketMeter.Type type, String description, @Nullable String tag) {
		this.meterName = "sockets.backplane." + name;
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
	public SocketMeter.Type type() {
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
	 * Returns the tag it has.
	 * @return the tag's key; {@code null} when it has none
	 */
	public @Nullable String tag() {
		return this.tag;
	}

}
