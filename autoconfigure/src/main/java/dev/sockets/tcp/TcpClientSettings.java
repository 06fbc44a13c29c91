package dev.sockets.tcp;

import java.time.Duration;
import java.util.function.Consumer;

import dev.sockets.EndpointKind;
import dev.sockets.InvalidSettingException;

/**
 * Everything a TCP client needs to know. A value that cannot work is refused with the
 * property path it would have in the configuration.
 *
 * @param name the client's name
 * @param host address or name of the peer
 * @param port port of the peer
 * @param connectTimeout how long an attempt to connect may take
 * @param connection how its connections behave
 */
public record TcpClientSettings(String name, String host, int port, Duration connectTimeout,
		ConnectionSettings connection) {

	private static final int NOT_SET = Integer.MIN_VALUE;

	public TcpClientSettings {
		String path = connection.path();
		if (host.isBlank()) {
			throw new InvalidSettingException(path + ".host", host, "an address or a host name");
		}
		if (port < 1 || port > 65535) {
			throw new InvalidSettingException(path + ".port", (port != NOT_SET) ? port : null,
					"a port from 1 to 65535");
		}
		if (connectTimeout.isNegative() || connectTimeout.isZero()) {
			throw new InvalidSettingException(path + ".connect-timeout", connectTimeout, "a positive duration");
		}
	}

	/**
	 * Starts to collect the settings of a client.
	 * @param name the client's name
	 * @return a builder that holds the defaults
	 */
	public static Builder builder(String name) {
		return new Builder(name);
	}

	/**
	 * Collects the settings; starts with their defaults.
	 */
	public static final class Builder {

		private final String name;

		private final ConnectionSettings.Builder connection;

		private String host = "localhost";

		private int port = NOT_SET;

		private Duration connectTimeout = Duration.ofSeconds(5);

		private Builder(String name) {
			this.name = name;
			this.connection = new ConnectionSettings.Builder(EndpointKind.TCP_CLIENT.path(name));
		}

		/**
		 * Sets the peer's address; {@code localhost} when it isn't set.
		 * @param host its address or name, resolved at each attempt to connect
		 * @return this builder
		 */
		public Builder host(String host) {
			this.host = host;
			return this;
		}

		/**
		 * Sets the peer's port; required.
		 * @param port the port
		 * @return this builder
		 */
		public Builder port(int port) {
			this.port = port;
			return this;
		}

		/**
		 * Sets how long an attempt to connect may take; 5 s when it isn't set.
		 * @param timeout the deadline
		 * @return this builder
		 */
		public Builder connectTimeout(Duration timeout) {
			this.connectTimeout = timeout;
			return this;
		}

		/**
		 * Changes how the connections behave.
		 * @param settings changes the settings
		 * @return this builder
		 */
		public Builder connection(Consumer<ConnectionSettings.Builder> settings) {
			settings.accept(this.connection);
			return this;
		}

		/**
		 * Checks and returns the settings.
		 * @return the settings
		 * @throws InvalidSettingException when one of them cannot work
		 */
		public TcpClientSettings build() {
			return new TcpClientSettings(this.name, this.host, this.port, this.connectTimeout, this.connection.build());
		}

	}

}
