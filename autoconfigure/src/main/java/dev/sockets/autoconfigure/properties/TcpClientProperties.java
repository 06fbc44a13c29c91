package dev.sockets.autoconfigure.properties;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

import dev.sockets.tcp.ConnectMode;

/**
 * A TCP client.
 */
public class TcpClientProperties extends TcpConnectionProperties {

	/**
	 * Address or name of the peer.
	 */
	private String host = "localhost";

	/**
	 * Port of the peer. Required, unless there are addresses or a path.
	 */
	private @Nullable Integer port;

	/**
	 * Path of the peer's Unix domain socket, instead of host and port.
	 */
	private @Nullable String path;

	/**
	 * Peers instead of host and port, tried in turn: host:port, IPv6 addresses in
	 * brackets, or unix: and the path of a Unix domain socket.
	 */
	private List<String> addresses = new ArrayList<>();

	/**
	 * Address of this host to connect from, in numbers. By default the operating system
	 * chooses.
	 */
	private @Nullable String localAddress;

	/**
	 * Port to connect from; 0 for any.
	 */
	private int localPort;

	/**
	 * Time at which the client connects: always, on demand of a message, or for each
	 * message.
	 */
	private ConnectMode connect = ConnectMode.ALWAYS;

	/**
	 * Time without a byte after which a connection on demand is closed. By default it
	 * stays.
	 */
	private @Nullable Duration idleDisconnect;

	/**
	 * Time that an attempt to connect may take.
	 */
	private Duration connectTimeout = Duration.ofSeconds(5);

	@NestedConfigurationProperty
	private final Reconnect reconnect = new Reconnect();

	/**
	 * Text by which the server says that it is full, as its first message, encoded by the
	 * charset. By default none.
	 */
	private @Nullable String busyMessage;

	/**
	 * Time from connecting within which a server that closes the connection without a
	 * byte means that it is full. By default it never does, unless the profile says so.
	 */
	private @Nullable Duration occupiedWithin;

	/**
	 * Whether a client counts as connected only when the server has sent something, or
	 * occupied-within is over.
	 */
	private boolean holdConnected;

	/**
	 * Whether an attempt to connect that is refused is repeated until its deadline.
	 */
	private boolean retryConnect;

	@NestedConfigurationProperty
	private final CredentialsProperties credentials = new CredentialsProperties();

	@NestedConfigurationProperty
	private final ClientOutbound outbound = new ClientOutbound();

	@NestedConfigurationProperty
	private final ClientHealth health = new ClientHealth();

	public String getHost() {
		return this.host;
	}

	public void setHost(String host) {
		this.host = host;
	}

	public @Nullable Integer getPort() {
		return this.port;
	}

	public void setPort(@Nullable Integer port) {
		this.port = port;
	}

	public @Nullable String getPath() {
		return this.path;
	}

	public void setPath(@Nullable String path) {
		this.path = path;
	}

	public ClientHealth getHealth() {
		return this.health;
	}

	@Override
	public boolean countsForHealth() {
		return this.health.isRequired();
	}

	public List<String> getAddresses() {
		return this.addresses;
	}

	public void setAddresses(List<String> addresses) {
		this.addresses = addresses;
	}

	public @Nullable String getLocalAddress() {
		return this.localAddress;
	}

	public void setLocalAddress(@Nullable String localAddress) {
		this.localAddress = localAddress;
	}

	public int getLocalPort() {
		return this.localPort;
	}

	public void setLocalPort(int localPort) {
		this.localPort = localPort;
	}

	public ConnectMode getConnect() {
		return this.connect;
	}

	public void setConnect(ConnectMode connect) {
		this.connect = connect;
	}

	public @Nullable Duration getIdleDisconnect() {
		return this.idleDisconnect;
	}

	public void setIdleDisconnect(@Nullable Duration idleDisconnect) {
		this.idleDisconnect = idleDisconnect;
	}

	public Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public Reconnect getReconnect() {
		return this.reconnect;
	}

	public @Nullable String getBusyMessage() {
		return this.busyMessage;
	}

	public void setBusyMessage(@Nullable String busyMessage) {
		this.busyMessage = busyMessage;
	}

	public @Nullable Duration getOccupiedWithin() {
		return this.occupiedWithin;
	}

	public void setOccupiedWithin(@Nullable Duration occupiedWithin) {
		this.occupiedWithin = occupiedWithin;
	}

	public boolean isHoldConnected() {
		return this.holdConnected;
	}

	public void setHoldConnected(boolean holdConnected) {
		this.holdConnected = holdConnected;
	}

	public boolean isRetryConnect() {
		return this.retryConnect;
	}

	public void setRetryConnect(boolean retryConnect) {
		this.retryConnect = retryConnect;
	}

	public CredentialsProperties getCredentials() {
		return this.credentials;
	}

	@Override
	public ClientOutbound getOutbound() {
		return this.outbound;
	}

	/**
	 * New attempts of a client that could not connect or has lost its connection.
	 */
	public static class Reconnect {

		/**
		 * Whether the client connects again by itself.
		 */
		private boolean enabled = true;

		/**
		 * Time before the first new attempt.
		 */
		private Duration initialDelay = Duration.ofMillis(500);

		/**
		 * Factor by which each delay is longer than the one before.
		 */
		private double multiplier = 2;

		/**
		 * Longest delay.
		 */
		private Duration maxDelay = Duration.ofSeconds(30);

		/**
		 * Part of a delay, from 0 to 1, by which it is changed at random, up or down.
		 */
		private double jitter = 0.2;

		/**
		 * Attempts in a row that may fail before the client gives up; 0 for any number.
		 */
		private int maxAttempts = 0;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public Duration getInitialDelay() {
			return this.initialDelay;
		}

		public void setInitialDelay(Duration initialDelay) {
			this.initialDelay = initialDelay;
		}

		public double getMultiplier() {
			return this.multiplier;
		}

		public void setMultiplier(double multiplier) {
			this.multiplier = multiplier;
		}

		public Duration getMaxDelay() {
			return this.maxDelay;
		}

		public void setMaxDelay(Duration maxDelay) {
			this.maxDelay = maxDelay;
		}

		public double getJitter() {
			return this.jitter;
		}

		public void setJitter(double jitter) {
			this.jitter = jitter;
		}

		public int getMaxAttempts() {
			return this.maxAttempts;
		}

		public void setMaxAttempts(int maxAttempts) {
			this.maxAttempts = maxAttempts;
		}

	}

	/**
	 * Bytes on their way out of a client.
	 */
	public static class ClientOutbound extends Outbound {

		/**
		 * Most bytes sent without waiting that are kept for the next connection while
		 * there is none; 0 keeps none.
		 */
		private DataSize bufferWhenDisconnected = DataSize.ofBytes(0);

		public DataSize getBufferWhenDisconnected() {
			return this.bufferWhenDisconnected;
		}

		public void setBufferWhenDisconnected(DataSize bufferWhenDisconnected) {
			this.bufferWhenDisconnected = bufferWhenDisconnected;
		}

	}

	/**
	 * A client's part in the health of the application.
	 */
	public static class ClientHealth {

		/**
		 * Whether the health of the application depends on the client; when not, it is
		 * shown only.
		 */
		private boolean required = false;

		public boolean isRequired() {
			return this.required;
		}

		public void setRequired(boolean required) {
			this.required = required;
		}

	}

}
