package dev.sockets;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Settings of some kinds of endpoint, among them those that every endpoint has.
 */
public interface CommonSettings {

	/**
	 * Returns what every endpoint needs to know.
	 * @return the settings that don't depend on its kind
	 */
	EndpointSettings endpoint();

	/**
	 * Returns the property path of the endpoint.
	 * @return the path, for messages
	 */
	default String path() {
		return endpoint().path();
	}

	/**
	 * Returns how many events are kept for polling.
	 * @return the number; 0 for no inbox
	 */
	default int inboxCapacity() {
		return endpoint().inboxCapacity();
	}

	/**
	 * Returns what a full inbox does.
	 * @return what becomes of an event
	 */
	default InboxOverflow inboxOverflow() {
		return endpoint().inboxOverflow();
	}

	/**
	 * Returns which events are published.
	 * @return their kinds
	 */
	default Set<EventKind> events() {
		return endpoint().events();
	}

	/**
	 * Returns what the user attached to the endpoint.
	 * @return any data
	 */
	default Map<String, Object> userData() {
		return endpoint().userData();
	}

	/**
	 * Returns whether the endpoint starts with the application.
	 * @return whether it does
	 */
	default boolean autoStartup() {
		return endpoint().autoStartup();
	}

	/**
	 * Returns whether the application's health depends on the endpoint.
	 * @return whether it does
	 */
	default boolean healthRequired() {
		return endpoint().healthRequired();
	}

	/**
	 * Returns whether the bytes that go over the wire are logged.
	 * @return {@code false} when the level of their logger decides
	 */
	default boolean wireLog() {
		return endpoint().wireLog();
	}

	/**
	 * Returns whether what handlers throw is logged although somebody listens to it.
	 * @return {@code false} when it is left to those who do; logged while nobody does
	 */
	default boolean logErrors() {
		return endpoint().logErrors();
	}

	/**
	 * Returns whether handlers log with the endpoint and the connection.
	 * @return whether these are in the MDC of SLF4J while handlers are called
	 */
	default boolean mdc() {
		return endpoint().mdc();
	}

	/**
	 * Returns by what messages are routed to handlers of their own.
	 * @return finds the key of a message; {@code null} when all go to the same handlers
	 */
	default @Nullable RouteKey routeBy() {
		return endpoint().routeBy();
	}

	/**
	 * Collects such settings.
	 *
	 * @param <B> type of the builder itself
	 */
	interface Builder<B> {

		/**
		 * Changes the settings that every endpoint has: what the other methods do.
		 * @param change changes them
		 * @return this builder
		 */
		B endpoint(Consumer<EndpointSettings.Builder> change);

		/**
		 * Sets how many events are kept for polling; none when it isn't set.
		 * @param capacity the number; 0 for no inbox
		 * @param overflow what a full inbox does
		 * @return this builder
		 */
		default B inbox(int capacity, InboxOverflow overflow) {
			return endpoint((endpoint) -> {
				endpoint.inboxCapacity = capacity;
				endpoint.inboxOverflow = overflow;
			});
		}

		/**
		 * Sets which events are published; all when it isn't set.
		 * @param events the kinds of events
		 * @return this builder
		 */
		default B events(Set<EventKind> events) {
			return endpoint((endpoint) -> endpoint.events = events);
		}

		/**
		 * Attaches data of the user's to the endpoint; nothing when it isn't set.
		 * @param userData any data
		 * @return this builder
		 */
		default B userData(Map<String, Object> userData) {
			return endpoint((endpoint) -> endpoint.userData = userData);
		}

		/**
		 * Sets whether the endpoint starts with the application; it does when it isn't
		 * set.
		 * @param autoStartup whether it does
		 * @return this builder
		 */
		default B autoStartup(boolean autoStartup) {
			return endpoint((endpoint) -> endpoint.autoStartup = autoStartup);
		}

		/**
		 * Sets whether the application's health depends on the endpoint; it does when it
		 * isn't set, unless the endpoint is a TCP client.
		 * @param required whether it does
		 * @return this builder
		 */
		default B healthRequired(boolean required) {
			return endpoint((endpoint) -> endpoint.healthRequired = required);
		}

		/**
		 * Sets whether the bytes that go over the wire are logged; the level of the
		 * logger {@code sockets.wire.<name>} decides when it isn't set.
		 * @param wireLog whether they are
		 * @return this builder
		 */
		default B wireLog(boolean wireLog) {
			return endpoint((endpoint) -> endpoint.wireLog = wireLog);
		}

		/**
		 * Sets whether what handlers throw is logged although somebody listens to
		 * {@code MessageErrorEvent}s, or they are kept for polling; it is when it isn't
		 * set.
		 * @param logErrors {@code false} to leave it to those who do
		 * @return this builder
		 */
		default B logErrors(boolean logErrors) {
			return endpoint((endpoint) -> endpoint.logErrors = logErrors);
		}

		/**
		 * Sets whether handlers log with the endpoint and the connection, as
		 * {@code socket.endpoint} and {@code socket.connection} in the MDC of SLF4J; they
		 * don't when it isn't set.
		 * @param mdc whether they do
		 * @return this builder
		 */
		default B mdc(boolean mdc) {
			return endpoint((endpoint) -> endpoint.mdc = mdc);
		}

		/**
		 * Sets by what messages are routed to handlers of their own; they are not when it
		 * isn't set.
		 * @param routeBy finds the key of a message; {@code null} for no routes
		 * @return this builder
		 */
		default B routeBy(@Nullable RouteKey routeBy) {
			return endpoint((endpoint) -> endpoint.routeBy = routeBy);
		}

	}

}
