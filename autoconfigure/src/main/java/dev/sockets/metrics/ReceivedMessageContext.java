package dev.sockets.metrics;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;

import dev.sockets.tcp.Connection;

/**
 * A message that is received. No wire has a place for what its sender knows of the trace,
 * so nothing is read from it.
 */
final class ReceivedMessageContext extends ReceiverContext<Connection> implements SocketObservationContext {

	private final Connection connection;

	private final Object payload;

	ReceivedMessageContext(Kind kind, Connection connection, Object payload) {
		super((carrier, key) -> null, kind);
		this.connection = connection;
		this.payload = payload;
		setCarrier(connection);
		setRemoteServiceAddress(PeerAddress.of(connection).uri());
	}

	@Override
	public SocketObservation getObservation() {
		return SocketObservation.RECEIVE;
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
