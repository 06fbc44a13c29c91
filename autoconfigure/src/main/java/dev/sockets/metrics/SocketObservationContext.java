package dev.sockets.metrics;

import io.micrometer.observation.Observation;

import dev.sockets.tcp.Connection;

/**
 * A message under observation.
 */
public final class SocketObservationContext extends Observation.Context {

	private final SocketObservation observation;

	private final Connection connection;

	private final Object payload;

	SocketObservationContext(SocketObservation observation, Connection connection, Object payload) {
		this.observation = observation;
		this.connection = connection;
		this.payload = payload;
	}

	/**
	 * Returns what becomes of the message.
	 * @return which of the observations this is
	 */
	public SocketObservation getObservation() {
		return this.observation;
	}

	/**
	 * Returns the message's connection.
	 * @return the connection
	 */
	public Connection getConnection() {
		return this.connection;
	}

	/**
	 * Returns the message's payload.
	 * @return the payload
	 */
	public Object getPayload() {
		return this.payload;
	}

}
