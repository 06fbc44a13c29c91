package dev.sockets.metrics;

import java.util.Locale;

import io.micrometer.common.KeyValues;

import dev.sockets.metrics.SocketObservation.HighCardinality;
import dev.sockets.metrics.SocketObservation.LowCardinality;

/**
 * Says which endpoint it was and, in traces, which connection and peer.
 */
public class DefaultSocketObservationConvention implements SocketObservationConvention {

	@Override
	public String getContextualName(SocketObservationContext context) {
		return context.getConnection().getEndpoint() + " " + context.getObservation().name().toLowerCase(Locale.ROOT);
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(SocketObservationContext context) {
		return KeyValues.of(LowCardinality.NAME.withValue(context.getConnection().getEndpoint()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(SocketObservationContext context) {
		PeerAddress peer = PeerAddress.of(context.getConnection());
		return KeyValues.of(HighCardinality.CONNECTION_ID.withValue(context.getConnection().getId()),
				HighCardinality.PEER_ADDRESS.withValue(peer.host()),
				HighCardinality.PEER_PORT.withValue(String.valueOf(peer.port())));
	}

}
