package dev.sockets.backplane.redis;

import io.lettuce.core.RedisURI;

import dev.sockets.backplane.BackplaneOutageException;

/**
 * Why there is no connection to Redis, as its first cause says it.
 */
final class RedisOutage extends BackplaneOutageException {

	private static final long serialVersionUID = 1L;

	private RedisOutage(String message, Throwable cause) {
		super(message, cause);
	}

	static RedisOutage of(RedisURI address, Throwable failure) {
		Throwable first = failure;
		for (Throwable cause = failure.getCause(); cause != null && cause != first; cause = first.getCause()) {
			first = cause;
		}
		return new RedisOutage("Redis at " + place(address) + ": " + RedisFailures.explained(first, address.isSsl()),
				failure);
	}

	private static String place(RedisURI address) {
		return address.getSentinels().isEmpty() ? address.getHost() + ":" + address.getPort()
				: "the master '" + address.getSentinelMasterId() + "'";
	}

}
