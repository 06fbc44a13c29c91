package dev.sockets.tcp;

import java.util.function.Consumer;

import dev.sockets.EndpointKind;
import dev.sockets.InvalidSettingException;

/**
 * Everything a TCP server needs to know. A value that cannot work is refused with the
 * property path it would have in the configuration.
 *
 * @param name the server's name
 * @param host address or name of the interface to listen on
 * @param port port to listen on; 0 for any free one
 * @param backlog connections that may wait to be accepted
 * @param connection how its connections behave
 */
public record TcpServerSettings(String name, String host, int port, int backlog, ConnectionSettings connection) {

	private static final int NOT_SET = Integer.MIN_VALUE;

	public TcpServerSettings {
		String path = connection.path();
		if (host.isBlank()) {
			throw new InvalidSettingException(path + ".host", host, "an address or a host name");
		}
		if (port < 0 || port > 65535) {
			throw new InvalidSettingException(path + ".port", (port != NOT_SET) ? port : null,
					"a port from 0 (any free one) to 65535");
		}
		if (backlog < 1) {
			throw new InvalidSettingException(path + ".backlog", backlog, "at least 1");
		}
	}

	/**
	 * Starts to collect the settings of a server.
	 * @param name the server's name
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

		private String host = "0.0.0.0";

		private int port = NOT_SET;

		private int backlog = 1024;

		private Builder(String name) {
			this.name = name;
			this.connection = new ConnectionSettings.Builder(EndpointKind.TCP_SERVER.path(name));
		}

		/**
		 * Sets the interface to listen on; all when it isn't set.
		 * @param host its address or name
		 * @return this builder
		 */
		public Builder host(String host) {
			this.host = host;
			return this;
		}

		/**
		 * Sets the port to listen on; required.
		 * @param port the port; 0 for any free one
		 * @return this builder
		 */
		public Builder port(int port) {
			this.port = port;
			return this;
		}

		/**
		 * Sets how many connections may wait to be accepted; 1024 when it isn't set.
		 * @param backlog the number
		 * @return this builder
		 */
		public Builder backlog(int backlog) {
			this.backlog = backlog;
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
		public TcpServerSettings build() {
			return new TcpServerSettings(this.name, this.host, this.port, this.backlog, this.connection.build());
		}

	}

}
