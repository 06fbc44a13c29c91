package dev.sockets.metrics;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;

import dev.sockets.tcp.Connection;

/**
 * A message that is sent. No wire has a place for the trace, so nothing is written to it.
 */
final class SentMessageContext extends SenderContext<Connection> implements SocketObservationContext {

	private final SocketObservation observation;

	private final Connection connection;

	private final Object payload;

	SentMessageContext(SocketObservation observation, Kind kind, Connection connection, Object payload) {
		super((carrier, key, value) -> {
		}, kind);
		this.observation = observation;
		this.connection = connection;
		this.payload = payload;
		setCarrier(connection);
		setRemoteServiceAddress(PeerAddress.of(connection).uri());
	}

	@Override
	public SocketObservation getObservation() {
		return this.observation;
	}

	@Override
	public Connection getConnection() {
		return this.connection;
	}

	@Override
	public Object getPayload() {
		return this.payload;
	}

}
