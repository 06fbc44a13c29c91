package dev.sockets.runtime;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.util.ClassUtils;

import dev.sockets.CommonSettings;
import dev.sockets.InvalidSettingException;

/**
 * What handlers and listeners of one endpoint log with: its name, and the connection that
 * they are called for. It is the calling thread's while they are called, and what that
 * had before is there again afterwards. Open to all threads.
 */
public final class HandlerMdc {

	private static final String ENDPOINT = "socket.endpoint";

	private static final String CONNECTION = "socket.connection";

	private static final String SLF4J = "org.slf4j.MDC";

	private HandlerMdc() {
	}

	/**
	 * Returns what handlers of an endpoint log with.
	 * @param settings those of the endpoint
	 * @return {@code null} when nothing is to be done
	 * @throws InvalidSettingException when it is wanted and SLF4J is not there
	 */
	public static @Nullable HandlerMdc of(CommonSettings settings) {
		if (!settings.mdc()) {
			return null;
		}
		if (!ClassUtils.isPresent(SLF4J, null)) {
			throw new InvalidSettingException(settings.path() + ".mdc", true,
					"false, unless SLF4J is on the class path: add the dependency org.slf4j:slf4j-api");
		}
		return new HandlerMdc();
	}

	/**
	 * The calling thread is about to call handlers.
	 * @param endpoint name of the endpoint
	 * @param connection id of the connection; {@code null} when there is none
	 * @return to be ended by the same thread
	 */
	public Scope begin(String endpoint, @Nullable String connection) {
		Scope before = new Scope(MDC.get(ENDPOINT), MDC.get(CONNECTION));
		set(ENDPOINT, endpoint);
		set(CONNECTION, connection);
		return before;
	}

	private static void set(String key, @Nullable String value) {
		if (value != null) {
			MDC.put(key, value);
		}
		else {
			MDC.remove(key);
		}
	}

	/**
	 * What the thread had before.
	 *
	 * @param endpoint the name of an endpoint
	 * @param connection the id of a connection
	 */
	public record Scope(@Nullable String endpoint, @Nullable String connection) {

		/** The handlers have returned. */
		public void end() {
			set(ENDPOINT, this.endpoint);
			set(CONNECTION, this.connection);
		}

	}

}
