package dev.sockets.backplane.redis;

import io.lettuce.core.RedisURI;

import dev.sockets.FailureText;
import dev.sockets.backplane.BackplaneOutageException;

/**
 * Why there is no connection to Redis, as its first cause says it.
 */
final class RedisOutage extends BackplaneOutageException {

	private static final long serialVersionUID = 1L;

	private RedisOutage(String message, Throwable cause) {
		super(message, cause);
	}

	/** What Lettuce says of a connection that has ended before it could be used. */
	private static final String ENDED_EARLY = "RedisHandshakeHandler not registered";

	static RedisOutage of(RedisURI address, Throwable failure) {
		Throwable first = failure;
		for (Throwable cause = failure.getCause(); cause != null && cause != first; cause = first.getCause()) {
			first = cause;
		}
		return new RedisOutage("Redis at " + place(address) + ": " + message(first), failure);
	}

	private static String message(Throwable cause) {
		String message = FailureText.message(cause);
		return message.equals(ENDED_EARLY) ? "The connection was closed during the handshake" : message;
	}

	private static String place(RedisURI address) {
		return address.getSentinels().isEmpty() ? address.getHost() + ":" + address.getPort()
				: "the master '" + address.getSentinelMasterId() + "'";
	}

}
