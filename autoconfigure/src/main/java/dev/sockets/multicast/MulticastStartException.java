package dev.sockets.multicast;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointStartException;
import dev.sockets.SocketErrorCode;

/**
 * A receiver or sender could not start; says which property to change.
 */
public class MulticastStartException extends EndpointStartException {

	private static final long serialVersionUID = 1L;

	private final String property;

	private final String problem;

	private final String advice;

	/**
	 * Creates an exception.
	 * @param code why it could not start
	 * @param path the property path of the endpoint
	 * @param key the key below it that is to be changed
	 * @param address the address that could not be bound or joined
	 * @param problem what is wrong
	 * @param advice what to set the property to: the end of a sentence
	 * @param cause what led to it
	 */
	public MulticastStartException(SocketErrorCode code, String path, String key, InetSocketAddress address,
			String problem, String advice, @Nullable Throwable cause) {
		super(code, path + ": " + problem + "; set '" + path + "." + key + "' to " + advice, path, address, cause);
		this.property = path + "." + key;
		this.problem = problem;
		this.advice = advice;
	}

	/**
	 * Returns which property is to be changed.
	 * @return the full property path
	 */
	public String getProperty() {
		return this.property;
	}

	/**
	 * Returns what is wrong.
	 * @return a sentence without its full stop
	 */
	public String getProblem() {
		return this.problem;
	}

	/**
	 * Returns what to set the property to.
	 * @return the end of a sentence
	 */
	public String getAdvice() {
		return this.advice;
	}

}
