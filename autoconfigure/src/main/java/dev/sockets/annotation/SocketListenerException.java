package dev.sockets.annotation;

import org.jspecify.annotations.Nullable;

/**
 * A {@link SocketListener} method cannot be called.
 */
public class SocketListenerException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final String method;

	private final String reason;

	SocketListenerException(String method, String beanName, String reason, @Nullable Throwable cause) {
		super("The @SocketListener method %s of bean '%s' cannot be called: %s".formatted(method, beanName, reason),
				cause);
		this.method = method;
		this.reason = reason;
	}

	/**
	 * Returns which method it is.
	 * @return its class, name and parameter types
	 */
	public String getMethod() {
		return this.method;
	}

	/**
	 * Returns why it cannot be called.
	 * @return a sentence without a capital and a full stop
	 */
	public String getReason() {
		return this.reason;
	}

}
