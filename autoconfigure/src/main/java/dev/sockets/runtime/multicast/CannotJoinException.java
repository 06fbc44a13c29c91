package dev.sockets.runtime.multicast;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.multicast.MulticastStartException;

/**
 * A socket could not be bound, or could not join its group.
 */
final class CannotJoinException extends Exception {

	private static final long serialVersionUID = 1L;

	private final SocketErrorCode code;

	private final String key;

	private final String problem;

	private final String advice;

	/** The key is that of a property, the advice what to set it to. */
	CannotJoinException(SocketErrorCode code, String key, String problem, String advice, @Nullable Throwable cause) {
		super(problem, cause);
		this.code = code;
		this.key = key;
		this.problem = problem;
		this.advice = advice;
	}

	SocketErrorCode code() {
		return this.code;
	}

	String problem() {
		return this.problem;
	}

	/**
	 * Returns what a start fails with for this.
	 * @param path the endpoint's property path
	 * @param address where it was to receive or send
	 */
	MulticastStartException startFailure(String path, InetSocketAddress address) {
		return new MulticastStartException(this.code, path, this.key, address, this.problem, this.advice, getCause());
	}

}
