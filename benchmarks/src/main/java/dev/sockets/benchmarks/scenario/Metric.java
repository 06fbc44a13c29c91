package dev.sockets.benchmarks.scenario;

import java.util.Locale;

/**
 * What is measured of each contestant.
 */
public enum Metric {

	/** Messages a second. */
	RATE("messages/s", 0, true),

	/** The median latency. */
	P50("p50 µs", 0, false),

	/** What one of a hundred messages exceeds. */
	P99("p99 µs", 0, false),

	/** What one of a thousand messages exceeds. */
	P999("p99.9 µs", 0, false),

	/** Processor time of the server's process for a message. */
	CPU("CPU ns/message", 0, false),

	/** Processor time of the broker for a message. */
	BROKER_CPU("broker's CPU ns/message", 0, false),

	/** Memory of the server's process in RAM. */
	RSS("RSS MB", 0, false),

	/** Answers of the least served connection beside the mean. */
	LEAST("least served/mean", 2, true),

	/** Bytes that the server allocates for a message. */
	ALLOCATED("bytes/message", 0, false),

	/** Bytes of heap that an idle connection keeps. */
	HEAP("heap bytes/connection", 0, false),

	/** Bytes of heap and of direct buffers that an idle connection keeps. */
	MEMORY("heap + direct bytes/connection", 0, false),

	/** Bytes of direct buffers that an idle connection keeps. */
	DIRECT("direct bytes/connection", 0, false),

	/** What the process has more in RAM with all of the connections. */
	RSS_GROWTH("RSS growth MB", 0, false),

	/** Connections by TLS that were opened and answered a second. */
	HANDSHAKES("handshakes/s", 0, true),

	/** Processor time of the server for each of them. */
	HANDSHAKE_CPU("CPU µs/handshake", 0, false),

	/** Processor time of the server for each connection that was opened and answered. */
	CONNECTION_CPU("CPU µs/connection", 1, false),

	/** Connections that were opened and answered a second. */
	ACCEPTED("connections/s", 0, true),

	/** The rate of the last connections beside that of the first. */
	FLATNESS("last/first fifth", 2, true),

	/** The rate with a client that does not read beside that without. */
	STALLED("with a stalled client/without", 2, true),

	/** Datagrams that were sent and not handled. */
	LOST("lost %", 2, false),

	/** Datagrams that were handled after a later one. */
	DISORDERED("out of order", 0, false),

	/** Milliseconds from the broker's return until other nodes get what is sent. */
	FLOWS("lines again after ms", 0, false),

	/** Milliseconds from the broker's return until a node knows all connections. */
	KNOWN("presence right after ms", 0, false),

	/** How many nodes were thought to have left though none has. */
	LEFT("false leaves", 0, false),

	/** Bytes of heap for a connection that is on another node. */
	REMOTE_HEAP("heap bytes/remote connection", 0, false),

	/** Kilobytes of what a node that starts is told of all connections. */
	SNAPSHOT("snapshot KB", 0, false),

	/** Milliseconds from the start of the process until the application is ready. */
	STARTUP("start-up ms", 0, false),

	/** Processor time of the process until then, of all its threads. */
	STARTUP_CPU("start-up CPU ms", 0, false);

	private final String label;

	private final int decimals;

	private final boolean higherIsBetter;

	Metric(String label, int decimals, boolean higherIsBetter) {
		this.label = label;
		this.decimals = decimals;
		this.higherIsBetter = higherIsBetter;
	}

	/**
	 * Returns the heading of a column.
	 * @return the name and unit
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Returns whether more is better.
	 * @return whether it is
	 */
	public boolean isHigherBetter() {
		return this.higherIsBetter;
	}

	/**
	 * Returns whether it is processor time for a message or the like, which is steadier
	 * than a rate on a machine that does something else too.
	 * @return whether it is
	 */
	public boolean isProcessorTime() {
		return switch (this) {
			case CPU, HANDSHAKE_CPU, CONNECTION_CPU -> true;
			default -> false;
		};
	}

	/**
	 * Writes a value.
	 * @param value the value
	 * @return the text
	 */
	public String format(double value) {
		return String.format(Locale.ROOT, "%,." + this.decimals + "f", value);
	}

}
