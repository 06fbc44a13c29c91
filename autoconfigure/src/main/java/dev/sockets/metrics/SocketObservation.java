package dev.sockets.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of messages.
 */
public enum SocketObservation implements ObservationDocumentation {

	/** A received message is handled. */
	RECEIVE("sockets.receive"),

	/** A message is sent. */
	SEND("sockets.send"),

	/** A request is sent and answered. */
	REQUEST("sockets.request");

	/**
	 * What each observation says.
	 */
	public enum LowCardinality implements KeyName {

		/** Name of the endpoint. */
		NAME {

			@Override
			public String asString() {
				return "name";
			}

		}

	}

	/**
	 * What only traces say.
	 */
	public enum HighCardinality implements KeyName {

		/** Id of the connection. */
		CONNECTION_ID {

			@Override
			public String asString() {
				return "connection.id";
			}

		},

		/** Address of the peer. */
		PEER_ADDRESS {

			@Override
			public String asString() {
				return "network.peer.address";
			}

		},

		/** Port of the peer. */
		PEER_PORT {

			@Override
			public String asString() {
				return "network.peer.port";
			}

		}

	}

	private final String observationName;

	SocketObservation(String name) {
		this.observationName = name;
	}

	@Override
	public String getName() {
		return this.observationName;
	}

	@Override
	public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
		return DefaultSocketObservationConvention.class;
	}

	@Override
	public KeyName[] getLowCardinalityKeyNames() {
		return LowCardinality.values();
	}

	@Override
	public KeyName[] getHighCardinalityKeyNames() {
		return HighCardinality.values();
	}

}
