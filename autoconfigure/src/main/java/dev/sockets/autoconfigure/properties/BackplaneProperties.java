package dev.sockets.autoconfigure.properties;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * How this node and others form one server.
 */
public class BackplaneProperties {

	/**
	 * What carries messages between the nodes, unless there is a BackplaneEngine bean. By
	 * default nothing does.
	 */
	private @Nullable BackplaneType type;

	/**
	 * Beginning of the names of all channels; separates applications on one broker. By
	 * default the name of the application.
	 */
	private @Nullable String prefix;

	/**
	 * Secret by which frames are signed and checked, at least 16 characters. By default
	 * they are not signed.
	 */
	private @Nullable String secret;

	/**
	 * Secrets by which other nodes may still sign.
	 */
	private List<String> oldSecrets = new ArrayList<>();

	/**
	 * Time that other nodes may take to answer.
	 */
	private Duration requestTimeout = Duration.ofSeconds(5);

	/**
	 * Most requests to other nodes that may wait for an answer.
	 */
	private int maxPendingRequests = 10_000;

	/**
	 * Number of channels that the groups and users of a server share; the same on all
	 * nodes.
	 */
	private int groupChannels = 64;

	@NestedConfigurationProperty
	private final Presence presence = new Presence();

	@NestedConfigurationProperty
	private final Health health = new Health();

	@NestedConfigurationProperty
	private final Heartbeat heartbeat = new Heartbeat();

	@NestedConfigurationProperty
	private final Outbound outbound = new Outbound();

	@NestedConfigurationProperty
	private final Inbound inbound = new Inbound();

	@NestedConfigurationProperty
	private final Redis redis = new Redis();

	@NestedConfigurationProperty
	private final Channel channel = new Channel();

	public @Nullable BackplaneType getType() {
		return this.type;
	}

	public void setType(@Nullable BackplaneType type) {
		this.type = type;
	}

	public @Nullable String getPrefix() {
		return this.prefix;
	}

	public void setPrefix(@Nullable String prefix) {
		this.prefix = prefix;
	}

	public @Nullable String getSecret() {
		return this.secret;
	}

	public void setSecret(@Nullable String secret) {
		this.secret = secret;
	}

	public List<String> getOldSecrets() {
		return this.oldSecrets;
	}

	public void setOldSecrets(List<String> oldSecrets) {
		this.oldSecrets = oldSecrets;
	}

	public Duration getRequestTimeout() {
		return this.requestTimeout;
	}

	public void setRequestTimeout(Duration requestTimeout) {
		this.requestTimeout = requestTimeout;
	}

	public int getMaxPendingRequests() {
		return this.maxPendingRequests;
	}

	public void setMaxPendingRequests(int maxPendingRequests) {
		this.maxPendingRequests = maxPendingRequests;
	}

	public int getGroupChannels() {
		return this.groupChannels;
	}

	public void setGroupChannels(int groupChannels) {
		this.groupChannels = groupChannels;
	}

	public Presence getPresence() {
		return this.presence;
	}

	public Health getHealth() {
		return this.health;
	}

	public Heartbeat getHeartbeat() {
		return this.heartbeat;
	}

	public Outbound getOutbound() {
		return this.outbound;
	}

	public Inbound getInbound() {
		return this.inbound;
	}

	public Redis getRedis() {
		return this.redis;
	}

	public Channel getChannel() {
		return this.channel;
	}

	/**
	 * How nodes know of each other.
	 */
	public static class Heartbeat {

		/**
		 * Time between two heartbeats of a node.
		 */
		private Duration interval = Duration.ofSeconds(2);

		/**
		 * Time that a node may be silent, at least three intervals.
		 */
		private Duration timeout = Duration.ofSeconds(10);

		public Duration getInterval() {
			return this.interval;
		}

		public void setInterval(Duration interval) {
			this.interval = interval;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

	/**
	 * What nodes tell of their connections.
	 */
	public static class Presence {

		/**
		 * Whether nodes tell each other of each connection, and not only how many there
		 * are; the same on all nodes.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * How it counts for the health of the application.
	 */
	public static class Health {

		/**
		 * Whether the application is down while this node cannot reach others.
		 */
		private boolean required;

		public boolean isRequired() {
			return this.required;
		}

		public void setRequired(boolean required) {
			this.required = required;
		}

	}

	/**
	 * What goes to other nodes.
	 */
	public static class Outbound {

		/**
		 * Most bytes that may wait for the broker.
		 */
		private DataSize maxPending = DataSize.ofMegabytes(8);

		/**
		 * Time that they may wait.
		 */
		private Duration maxWait = Duration.ofSeconds(5);

		/**
		 * Most bytes that were sent and have not come back, at most max-pending.
		 */
		private DataSize window = DataSize.ofMegabytes(1);

		public DataSize getMaxPending() {
			return this.maxPending;
		}

		public void setMaxPending(DataSize maxPending) {
			this.maxPending = maxPending;
		}

		public Duration getMaxWait() {
			return this.maxWait;
		}

		public void setMaxWait(Duration maxWait) {
			this.maxWait = maxWait;
		}

		public DataSize getWindow() {
			return this.window;
		}

		public void setWindow(DataSize window) {
			this.window = window;
		}

	}

	/**
	 * What comes from other nodes.
	 */
	public static class Inbound {

		/**
		 * Most bytes that may wait for the connections of a server.
		 */
		private DataSize maxPending = DataSize.ofMegabytes(8);

		public DataSize getMaxPending() {
			return this.maxPending;
		}

		public void setMaxPending(DataSize maxPending) {
			this.maxPending = maxPending;
		}

	}

	/**
	 * Where Redis is.
	 */
	public static class Redis {

		/**
		 * URL of the Redis server, such as redis://user:password@host:6379. By default
		 * what spring.data.redis says.
		 */
		private @Nullable String url;

		public @Nullable String getUrl() {
			return this.url;
		}

		public void setUrl(@Nullable String url) {
			this.url = url;
		}

	}

	/**
	 * Which message channel leads to other nodes.
	 */
	public static class Channel {

		/**
		 * Name of a SubscribableChannel bean that gives each message to all nodes.
		 */
		private @Nullable String name;

		public @Nullable String getName() {
			return this.name;
		}

		public void setName(@Nullable String name) {
			this.name = name;
		}

	}

}
