package dev.sockets;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What every endpoint needs to know, whatever its kind.
 *
 * @param path property path of the endpoint, for messages
 * @param inboxCapacity how many events are kept for polling; 0 for no inbox
 * @param inboxOverflow what a full inbox does
 * @param events which events are published
 * @param userData what the user attached to the endpoint
 * @param autoStartup whether the endpoint starts with the application
 * @param healthRequired whether the application's health depends on the endpoint
 * @param wireLog whether the bytes that go over the wire are logged, whatever the level
 * of their logger
 * @param logErrors whether what handlers throw is logged although somebody listens to it
 * @param mdc whether handlers log with the endpoint and the connection
 * @param routeBy finds the key by which messages are routed to handlers of their own;
 * {@code null} when they all go to the same ones
 */
public record EndpointSettings(String path, int inboxCapacity, InboxOverflow inboxOverflow, Set<EventKind> events,
		Map<String, Object> userData, boolean autoStartup, boolean healthRequired, boolean wireLog, boolean logErrors,
		boolean mdc, @Nullable RouteKey routeBy) {

	public EndpointSettings {
		if (inboxCapacity < 0) {
			throw new InvalidSettingException(path + ".inbox.capacity", inboxCapacity, "0 (off) or more");
		}
		events = Collections
			.unmodifiableSet(events.isEmpty() ? EnumSet.noneOf(EventKind.class) : EnumSet.copyOf(events));
		userData = Collections.unmodifiableMap(new LinkedHashMap<>(userData));
	}

	/**
	 * Collects the settings; starts with their defaults.
	 */
	public static final class Builder {

		private final String path;

		int inboxCapacity;

		InboxOverflow inboxOverflow = InboxOverflow.DROP_OLDEST;

		Set<EventKind> events = EnumSet.allOf(EventKind.class);

		Map<String, Object> userData = Map.of();

		boolean autoStartup = true;

		boolean healthRequired = true;

		boolean wireLog;

		boolean logErrors = true;

		boolean mdc;

		@Nullable RouteKey routeBy;

		/**
		 * Starts to collect the settings of an endpoint.
		 * @param path its property path
		 */
		public Builder(String path) {
			this.path = path;
		}

		/**
		 * Checks and returns the settings.
		 * @return the settings
		 * @throws InvalidSettingException when one of them cannot work
		 */
		public EndpointSettings build() {
			return new EndpointSettings(this.path, this.inboxCapacity, this.inboxOverflow, this.events, this.userData,
					this.autoStartup, this.healthRequired, this.wireLog, this.logErrors, this.mdc, this.routeBy);
		}

	}

}
