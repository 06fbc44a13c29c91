package dev.sockets.runtime.tcp.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import dev.sockets.SocketErrorCode;
import dev.sockets.runtime.Outages;
import dev.sockets.runtime.tcp.DefaultConnection;

/**
 * Places of connections that are to leave, or have ended, and keep theirs all the same,
 * as a handler or a listener of the application has not returned. It is an outage when a
 * server is full of them: nobody gets in, and hardly anybody is served. Open to all
 * threads.
 */
final class LatePlaces {

	private static final Object PLACES = "places";

	/** Nobody should wait longer for a handler or listener. */
	private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final ConnectionLimits limits;

	private final Outages outages;

	private final LongSupplier nanos;

	/** Who is to give a place back, and since when. */
	private final Map<DefaultConnection, Long> leaving = new ConcurrentHashMap<>();

	private volatile boolean told;

	/**
	 * Creates the places of a server.
	 * @param limits tells whether it is full
	 * @param outages told when it is full of these
	 * @param nanos the time, which stands still while this side is held up
	 */
	LatePlaces(ConnectionLimits limits, Outages outages, LongSupplier nanos) {
		this.limits = limits;
		this.outages = outages;
		this.nanos = nanos;
	}

	/** The server starts with all places free. */
	void begin() {
		this.leaving.clear();
		this.told = false;
	}

	/**
	 * A connection is to leave, or has ended.
	 * @param connection the connection
	 */
	void leaves(DefaultConnection connection) {
		if (this.limits.areOf(connection.run())) {
			this.leaving.putIfAbsent(connection, this.nanos.getAsLong());
		}
	}

	/**
	 * A connection has given its place back.
	 * @param connection the connection
	 */
	void left(DefaultConnection connection) {
		this.leaving.remove(connection);
		if (this.told) {
			look();
		}
	}

	/** Tells when they become too many, or are no more. Called about each tick. */
	void look() {
		int max = this.limits.max();
		int late = (this.limits.missing(1) > 0) ? late() : 0;
		boolean many = late > 0 && 2L * late >= max;
		if (many == this.told) {
			return;
		}
		this.told = many;
		if (many) {
			this.outages.begin(PLACES, SocketErrorCode.HANDLER_FAILED,
					"nobody gets in: " + late + " of its " + max + " places (max-connections) are those of connections "
							+ "that have ended, but whose handlers or listeners have not returned for seconds; have "
							+ "these not block",
					null);
		}
		else {
			this.outages.end(PLACES);
		}
	}

	private int late() {
		long now = this.nanos.getAsLong();
		return (int) this.leaving.values().stream().filter((since) -> now - since > LONG_NANOS).count();
	}

}
