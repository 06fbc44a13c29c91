package dev.sockets.autoconfigure.diagnostics;

import java.util.Collection;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.sockets.FailureText;

/**
 * A bean of the application was to say what runs the handlers of an endpoint, and has
 * not, or there are several of which nobody knows which to ask.
 */
public final class HandlerExecutorException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Creates an exception.
	 * @param bean the name of the bean
	 * @param endpoint the name of the endpoint
	 * @param cause what the bean has thrown; {@code null} when it has returned that
	 */
	public HandlerExecutorException(String bean, String endpoint, @Nullable Throwable cause) {
		this(cause, "The HandlerExecutorProvider bean '%s' gives no Executor for the endpoint '%s': getExecutor %s"
			.formatted(bean, endpoint, (cause != null) ? "has thrown " + FailureText.of(cause) : "has returned null"),
				"Have the bean '%s' return an Executor for each TCP endpoint that it is asked for, so for '%s' too. Several may have the same."
					.formatted(bean, endpoint));
	}

	private HandlerExecutorException(@Nullable Throwable cause, String message, String action) {
		super(message, cause);
		this.action = action;
	}

	/**
	 * Creates an exception for several beans of which none comes before the others.
	 * @param beans their names
	 * @param cause how that was found
	 * @return the exception
	 */
	public static HandlerExecutorException several(Collection<String> beans, Throwable cause) {
		String names = beans.stream().map("'%s'"::formatted).collect(Collectors.joining(", "));
		return new HandlerExecutorException(cause,
				"There are %d HandlerExecutorProvider beans, %s, and one is asked for the threads of all TCP endpoints"
					.formatted(beans.size(), names),
				"Mark the one that is to be asked as @Primary, or have a single bean that returns an Executor for each endpoint by its name.");
	}

	String getAction() {
		return this.action;
	}

}
