package dev.sockets.backplane;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;

/**
 * How a node uses its engine. A value that cannot work is refused with the property path
 * it would have in the configuration.
 *
 * @param prefix what the names of all channels begin with; it separates applications
 * @param secret signs frames, at least 16 characters; {@code null} to leave them unsigned
 * @param oldSecrets accepted from others, too
 * @param heartbeatInterval time between two heartbeats
 * @param heartbeatTimeout how long a node may be silent
 * @param maxPending most bytes that wait for the engine
 * @param maxWait how long they may
 * @param window most bytes that were sent and not heard back, at most {@code maxPending}
 * @param inboundMaxPending most bytes that wait for the connections of a server here
 * @param requestTimeout how long other nodes may take to answer
 * @param maxPendingRequests most requests that wait for an answer
 * @param groupChannels how many channels groups and users share; the same on all nodes
 * @param presence whether nodes tell each other of each connection; the same on all nodes
 */
public record BackplaneSettings(String prefix, @Nullable String secret, List<String> oldSecrets,
		Duration heartbeatInterval, Duration heartbeatTimeout, int maxPending, Duration maxWait, int window,
		int inboundMaxPending, Duration requestTimeout, int maxPendingRequests, int groupChannels, boolean presence) {

	private static final String PATH = "sockets.backplane.";

	private static final String HIDDEN = "******";

	private static final int LEAST_SECRET = 16;

	public BackplaneSettings {
		oldSecrets = List.copyOf(oldSecrets);
		if (prefix.isBlank()) {
			throw new InvalidSettingException(PATH + "prefix", prefix, "the name of the application, for example");
		}
		if (secret != null && secret.length() < LEAST_SECRET) {
			throw new InvalidSettingException(PATH + "secret", secret.isEmpty() ? "" : HIDDEN, "at least "
					+ LEAST_SECRET + " characters long, such as what 'openssl rand -base64 32' prints, or left out");
		}
		if (oldSecrets.contains("")) {
			throw new InvalidSettingException(PATH + "old-secrets", HIDDEN, "secrets of at least one character each");
		}
		if (secret == null && !oldSecrets.isEmpty()) {
			throw new InvalidSettingException(PATH + "old-secrets", HIDDEN,
					"left out without a secret, as unsigned frames are taken then",
					new InvalidSettingException(PATH + "secret", null, "set, so that frames are signed"));
		}
		positive("heartbeat.interval", heartbeatInterval);
		positive("outbound.max-wait", maxWait);
		positive("request-timeout", requestTimeout);
		if (heartbeatTimeout.compareTo(heartbeatInterval.multipliedBy(3)) < 0) {
			throw new InvalidSettingException(PATH + "heartbeat.timeout", heartbeatTimeout,
					"at least three times heartbeat.interval", new InvalidSettingException(PATH + "heartbeat.interval",
							heartbeatInterval, "at most a third of heartbeat.timeout"));
		}
		positive("outbound.max-pending", maxPending);
		positive("outbound.window", window);
		if (window > maxPending) {
			throw new InvalidSettingException(PATH + "outbound.window", window, "at most outbound.max-pending",
					new InvalidSettingException(PATH + "outbound.max-pending", maxPending, "at least outbound.window"));
		}
		positive("inbound.max-pending", inboundMaxPending);
		positive("max-pending-requests", maxPendingRequests);
		if (groupChannels < 1 || groupChannels > 4096) {
			throw new InvalidSettingException(PATH + "group-channels", groupChannels, "1 to 4096");
		}
	}

	private static void positive(String key, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new InvalidSettingException(PATH + key, value, "a positive duration");
		}
	}

	private static void positive(String key, int value) {
		if (value < 1) {
			throw new InvalidSettingException(PATH + key, value, "at least 1");
		}
	}

	/**
	 * Returns a builder.
	 * @param prefix what the names of all channels begin with
	 * @return a builder with defaults for all else
	 */
	public static Builder builder(String prefix) {
		return new Builder(prefix);
	}

	/** Secrets are not shown. */
	@Override
	public String toString() {
		return "backplane '" + this.prefix + "'" + ((this.secret != null) ? ", signed" : "");
	}

	/**
	 * Builds {@link BackplaneSettings}.
	 */
	public static final class Builder {

		private final String prefix;

		private @Nullable String secret;

		private List<String> oldSecrets = List.of();

		private Duration heartbeatInterval = Duration.ofSeconds(2);

		private Duration heartbeatTimeout = Duration.ofSeconds(10);

		private int maxPending = 8 * 1024 * 1024;

		private Duration maxWait = Duration.ofSeconds(5);

		private int window = 1024 * 1024;

		private int inboundMaxPending = 8 * 1024 * 1024;

		private Duration requestTimeout = Duration.ofSeconds(5);

		private int maxPendingRequests = 10_000;

		private int groupChannels = 64;

		private boolean presence = true;

		private Builder(String prefix) {
			this.prefix = prefix;
		}

		/**
		 * Sets what frames are signed by; they are not signed when it isn't set.
		 * @param secret the secret, at least 16 characters; {@code null} for none
		 * @param old secrets that others may still sign by
		 * @return this builder
		 */
		public Builder secret(@Nullable String secret, List<String> old) {
			this.secret = secret;
			this.oldSecrets = old;
			return this;
		}

		/**
		 * Sets how nodes know of each other; every 2 s and for 10 s when it isn't set.
		 * @param interval time between two heartbeats
		 * @param timeout how long a node may be silent, at least three intervals
		 * @return this builder
		 */
		public Builder heartbeat(Duration interval, Duration timeout) {
			this.heartbeatInterval = interval;
			this.heartbeatTimeout = timeout;
			return this;
		}

		/**
		 * Sets what may wait for the engine; 8 MB for 5 s, when it isn't set.
		 * @param maxPending most bytes
		 * @param maxWait how long
		 * @return this builder
		 */
		public Builder outbound(int maxPending, Duration maxWait) {
			this.maxPending = maxPending;
			this.maxWait = maxWait;
			return this;
		}

		/**
		 * Sets how much may be sent and not heard back; 1 MB when it isn't set.
		 * @param window most bytes
		 * @return this builder
		 */
		public Builder window(int window) {
			this.window = window;
			return this;
		}

		/**
		 * Sets how much may wait for the connections of a server; 8 MB when it isn't set.
		 * @param maxPending most bytes
		 * @return this builder
		 */
		public Builder inbound(int maxPending) {
			this.inboundMaxPending = maxPending;
			return this;
		}

		/**
		 * Sets how requests wait; 5 s, and 10,000 at a time, when it isn't set.
		 * @param timeout how long
		 * @param maxPending how many
		 * @return this builder
		 */
		public Builder requests(Duration timeout, int maxPending) {
			this.requestTimeout = timeout;
			this.maxPendingRequests = maxPending;
			return this;
		}

		/**
		 * Sets how many channels groups and users share; 64 when it isn't set.
		 * @param groupChannels the number, the same on all nodes
		 * @return this builder
		 */
		public Builder groupChannels(int groupChannels) {
			this.groupChannels = groupChannels;
			return this;
		}

		/**
		 * Sets whether nodes tell each other of each connection; they do when it isn't
		 * set.
		 * @param presence {@code false} to tell only how many there are, on all nodes
		 * @return this builder
		 */
		public Builder presence(boolean presence) {
			this.presence = presence;
			return this;
		}

		/**
		 * Checks and returns the settings.
		 * @return the settings
		 * @throws InvalidSettingException when one of them cannot work
		 */
		public BackplaneSettings build() {
			return new BackplaneSettings(this.prefix, this.secret, this.oldSecrets, this.heartbeatInterval,
					this.heartbeatTimeout, this.maxPending, this.maxWait, this.window, this.inboundMaxPending,
					this.requestTimeout, this.maxPendingRequests, this.groupChannels, this.presence);
		}

	}

}
