package dev.sockets.metrics;

import io.micrometer.observation.transport.Kind;

import dev.sockets.tcp.Connection;

/**
 * A message under observation. It is an {@code Observation.Context} too, of those who
 * receive or of those who send, from which spans have their kind and their peer.
 */
public sealed interface SocketObservationContext permits ReceivedMessageContext, SentMessageContext {

	/**
	 * Returns what becomes of the message.
	 * @return which of the observations this is
	 */
	SocketObservation getObservation();

	/**
	 * Returns the kind of the message's span.
	 * @return {@code SERVER} and {@code CLIENT} where an answer is waited for, else
	 * {@code CONSUMER} and {@code PRODUCER}
	 */
	Kind getKind();

	/**
	 * Returns the message's connection.
	 * @return the connection
	 */
	Connection getConnection();

	/**
	 * Returns the message's payload.
	 * @return the payload
	 */
	Object getPayload();

}
