package dev.sockets.multicast;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import dev.sockets.EventKind;
import dev.sockets.InboxOverflow;
import dev.sockets.InvalidSettingException;
import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;

/**
 * What multicast receivers and senders have in common.
 *
 * @param path property path of the endpoint, for messages
 * @param codec what the bytes of a datagram mean
 * @param inboxCapacity how many events are kept for polling; 0 for no inbox
 * @param inboxOverflow what a full inbox does
 * @param events which events are published
 * @param userData what the user attached to the endpoint
 * @param autoStartup whether the endpoint starts with the application
 * @param healthRequired whether the application's health depends on the endpoint
 */
public record DatagramSettings(String path, Codec codec, int inboxCapacity, InboxOverflow inboxOverflow,
		Set<EventKind> events, Map<String, Object> userData, boolean autoStartup, boolean healthRequired) {

	public DatagramSettings {
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

		private Codec codec = Codecs.text(StandardCharsets.UTF_8);

		private int inboxCapacity;

		private InboxOverflow inboxOverflow = InboxOverflow.DROP_OLDEST;

		private Set<EventKind> events = EnumSet.allOf(EventKind.class);

		private Map<String, Object> userData = Map.of();

		private boolean autoStartup = true;

		private boolean healthRequired = true;

		Builder(String path) {
			this.path = path;
		}

		/**
		 * Sets what the bytes of a datagram mean; UTF-8 text when it isn't set.
		 * @param codec the codec
		 * @return this builder
		 */
		public Builder codec(Codec codec) {
			this.codec = codec;
			return this;
		}

		/**
		 * Sets how many events are kept for polling; none when it isn't set.
		 * @param capacity the number; 0 for no inbox
		 * @param overflow what a full inbox does
		 * @return this builder
		 */
		public Builder inbox(int capacity, InboxOverflow overflow) {
			this.inboxCapacity = capacity;
			this.inboxOverflow = overflow;
			return this;
		}

		/**
		 * Sets which events are published; all when it isn't set.
		 * @param events the kinds of events
		 * @return this builder
		 */
		public Builder events(Set<EventKind> events) {
			this.events = events;
			return this;
		}

		/**
		 * Sets what the user attaches to the endpoint; nothing when it isn't set.
		 * @param userData any data
		 * @return this builder
		 */
		public Builder userData(Map<String, Object> userData) {
			this.userData = userData;
			return this;
		}

		/**
		 * Sets whether the endpoint starts with the application; it does when it isn't
		 * set.
		 * @param autoStartup whether it does
		 * @return this builder
		 */
		public Builder autoStartup(boolean autoStartup) {
			this.autoStartup = autoStartup;
			return this;
		}

		/**
		 * Sets whether the health of the application depends on the endpoint; it does
		 * when it isn't set.
		 * @param required whether it does
		 * @return this builder
		 */
		public Builder healthRequired(boolean required) {
			this.healthRequired = required;
			return this;
		}

		/**
		 * Checks and returns the settings.
		 * @return the settings
		 */
		DatagramSettings build() {
			return new DatagramSettings(this.path, this.codec, this.inboxCapacity, this.inboxOverflow, this.events,
					this.userData, this.autoStartup, this.healthRequired);
		}

	}

}
