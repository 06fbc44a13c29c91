package dev.sockets.autoconfigure.diagnostics;

import org.jspecify.annotations.Nullable;

import dev.sockets.FailureText;

/**
 * A bean of the application was to say what runs the handlers of an endpoint, and has
 * not.
 */
public final class HandlerExecutorException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final String bean;

	private final String endpoint;

	/**
	 * Creates an exception.
	 * @param bean the name of the bean
	 * @param endpoint the name of the endpoint
	 * @param cause what the bean has thrown; {@code null} when it has returned that
	 */
	public HandlerExecutorException(String bean, String endpoint, @Nullable Throwable cause) {
		super("The HandlerExecutorProvider bean '%s' gives no Executor for the endpoint '%s': getExecutor %s".formatted(
				bean, endpoint, (cause != null) ? "has thrown " + FailureText.of(cause) : "has returned null"), cause);
		this.bean = bean;
		this.endpoint = endpoint;
	}

	String getBean() {
		return this.bean;
	}

	String getEndpoint() {
		return this.endpoint;
	}

}
