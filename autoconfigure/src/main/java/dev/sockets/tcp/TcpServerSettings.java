package dev.sockets.tcp;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointKind;
import dev.sockets.InvalidSettingException;
import dev.sockets.UnixSocketAddress;

/**
 * Everything a TCP server needs to know. A value that cannot work is refused with the
 * property path it would have in the configuration.
 *
 * @param name the server's name
 * @param host address or name of the interface to listen on, or {@code unix:} and a path
 * @param ports ports to listen on; 0 for any free one, and where it is a path
 * @param pathPermissions who may connect to that; {@code null} for what the process gives
 * @param backlog connections that may wait to be accepted
 * @param maxConnections most connections open at a time
 * @param maxConnectionsPerAddress most of them from one address; {@code null} for any
 * number
 * @param whenFull what becomes of more connections, and of all while it is paused
 * @param busyMessage payload sent before a connection is turned away; {@code null} for
 * none
 * @param rejectDelay how long a connection that is turned away stays open
 * @param firstDataTimeout how long after connecting the first bytes must come;
 * {@code null} for ever
 * @param handshakeTimeout how long a peer may take to authenticate, where it has to
 * @param duplicateSession what becomes of a connection whose name another one is bound to
 * @param shutdownGrace how long stopping waits for messages being handled
 * @param goodbyeMessage payload sent before a connection is closed because the server
 * stops; {@code null} for none
 * @param authenticator decides who its peers are; {@code null} when they have not to log
 * in to anything
 * @param allowPlainCredentials whether what they log in with may be sent by another
 * machine without TLS
 * @param members who belongs together among its connections
 * @param access from where peers may come, and how much they may send
 * @param connection how its connections behave
 */
public record TcpServerSettings(String name, String host, List<Integer> ports,
		@Nullable Set<PosixFilePermission> pathPermissions, int backlog, int maxConnections,
		@Nullable Integer maxConnectionsPerAddress, WhenFull whenFull, byte @Nullable [] busyMessage,
		Duration rejectDelay, @Nullable Duration firstDataTimeout, Duration handshakeTimeout,
		DuplicateSession duplicateSession, Duration shutdownGrace, byte @Nullable [] goodbyeMessage,
		@Nullable SocketAuthenticator authenticator, boolean allowPlainCredentials, MemberSettings members,
		AccessSettings access, ConnectionSettings connection) {

	private static final Duration MAX_REJECT_DELAY = Duration.ofSeconds(10);

	public TcpServerSettings {
		String path = connection.path();
		EndpointKind.TCP_SERVER.checkName(name);
		host = PortSettings.host(path, host);
		ports = List.copyOf(ports);
		PortSettings.checkServer(path, ports);
		pathPermissions = (pathPermissions != null) ? Set.copyOf(pathPermissions) : null;
		ServerLimits.check(path, backlog, maxConnections, maxConnectionsPerAddress);
		members.check(path);
		if (rejectDelay.isNegative() || rejectDelay.compareTo(MAX_REJECT_DELAY) > 0) {
			throw new InvalidSettingException(path + ".reject-delay", rejectDelay, "from 0s to 10s");
		}
		PositiveSetting.require(path + ".first-data-timeout", firstDataTimeout);
		PositiveSetting.require(path + ".handshake-timeout", handshakeTimeout);
		if (shutdownGrace.isNegative()) {
			throw new InvalidSettingException(path + ".shutdown.grace-period", shutdownGrace, "not negative");
		}
		access.check(path);
		HandshakeSettings.checkServer(path, connection.opening().session());
		LoginSettings.checkServer(path, host, authenticator, allowPlainCredentials, connection);
		KnownMessages.check(path + ".busy-message", busyMessage, connection.framing(), connection.longestMessage());
		KnownMessages.check(path + ".goodbye-message", goodbyeMessage, connection.framing(),
				connection.longestMessage());
	}

	/**
	 * Returns the first port.
	 * @return the port; 0 for any free one
	 */
	public int port() {
		return this.ports.get(0);
	}

	/**
	 * Returns the Unix domain socket to listen on.
	 * @return its path; {@code null} when it listens on ports
	 */
	public @Nullable Path path() {
		return UnixSocketAddress.isUnix(this.host) ? UnixSocketAddress.of(this.host).getPath() : null;
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

		private List<Integer> ports = List.of();

		private @Nullable Set<PosixFilePermission> pathPermissions;

		private int backlog = 1024;

		private int maxConnections = 10_000;

		private @Nullable Integer maxConnectionsPerAddress;

		private WhenFull whenFull = WhenFull.REJECT;

		private byte @Nullable [] busyMessage;

		private Duration rejectDelay = Duration.ZERO;

		private @Nullable Duration firstDataTimeout;

		private Duration handshakeTimeout = Duration.ofSeconds(5);

		private DuplicateSession duplicateSession = DuplicateSession.REPLACE;

		private Duration shutdownGrace = Duration.ofSeconds(30);

		private byte @Nullable [] goodbyeMessage;

		private @Nullable SocketAuthenticator authenticator;

		private boolean allowPlainCredentials;

		private final MemberSettings.Builder members = new MemberSettings.Builder();

		private final AccessSettings.Builder access = new AccessSettings.Builder();

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
			return ports(List.of(port));
		}

		/**
		 * Sets several ports to listen on, instead of one.
		 * @param ports the ports, at most 100
		 * @return this builder
		 */
		public Builder ports(List<Integer> ports) {
			this.ports = ports;
			return this;
		}

		/**
		 * Sets a Unix domain socket to listen on, instead of an interface and ports.
		 * @param path its path
		 * @return this builder
		 */
		public Builder path(Path path) {
			return host(UnixSocketAddress.of(path).toString()).port(0);
		}

		/**
		 * Sets who may connect to it; what the process gives when it isn't set.
		 * @param permissions the permissions of its file; {@code null} for those
		 * @return this builder
		 */
		public Builder pathPermissions(@Nullable Set<PosixFilePermission> permissions) {
			this.pathPermissions = permissions;
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
		 * Sets the most connections open at a time; 10,000 when it isn't set.
		 * @param maxConnections the number
		 * @return this builder
		 */
		public Builder maxConnections(int maxConnections) {
			this.maxConnections = maxConnections;
			return this;
		}

		/**
		 * Sets the most connections from one address; any number when it isn't set.
		 * @param maxConnectionsPerAddress the number; {@code null} for any
		 * @return this builder
		 */
		public Builder maxConnectionsPerAddress(@Nullable Integer maxConnectionsPerAddress) {
			this.maxConnectionsPerAddress = maxConnectionsPerAddress;
			return this;
		}

		/**
		 * Changes who belongs together among its connections.
		 * @param settings changes the settings
		 * @return this builder
		 */
		public Builder members(Consumer<MemberSettings.Builder> settings) {
			settings.accept(this.members);
			return this;
		}

		/**
		 * Sets what becomes of more connections; they are rejected when it isn't set.
		 * @param whenFull what becomes of them
		 * @return this builder
		 */
		public Builder whenFull(WhenFull whenFull) {
			this.whenFull = whenFull;
			return this;
		}

		/**
		 * Sets what a rejected connection is told; nothing when it isn't set.
		 * @param busyMessage the payload of one frame; {@code null} for none
		 * @return this builder
		 */
		public Builder busyMessage(byte @Nullable [] busyMessage) {
			this.busyMessage = busyMessage;
			return this;
		}

		/**
		 * Sets how long a rejected connection stays open; not at all when it isn't set.
		 * @param rejectDelay how long, at most 10 s
		 * @return this builder
		 */
		public Builder rejectDelay(Duration rejectDelay) {
			this.rejectDelay = rejectDelay;
			return this;
		}

		/**
		 * Sets how long after connecting the first bytes must come; for ever when it
		 * isn't set.
		 * @param firstDataTimeout the deadline; {@code null} for none
		 * @return this builder
		 */
		public Builder firstDataTimeout(@Nullable Duration firstDataTimeout) {
			this.firstDataTimeout = firstDataTimeout;
			return this;
		}

		/**
		 * Sets how long a peer may take to authenticate, where it has to; 5 s when it
		 * isn't set.
		 * @param handshakeTimeout the deadline
		 * @return this builder
		 */
		public Builder handshakeTimeout(Duration handshakeTimeout) {
			this.handshakeTimeout = handshakeTimeout;
			return this;
		}

		/**
		 * Sets what becomes of a connection whose name another one is bound to; it is
		 * replaced when it isn't set.
		 * @param duplicateSession what becomes of it
		 * @return this builder
		 */
		public Builder duplicateSession(DuplicateSession duplicateSession) {
			this.duplicateSession = duplicateSession;
			return this;
		}

		/**
		 * Sets how long stopping waits for messages being handled; 30 s when it isn't
		 * set.
		 * @param shutdownGrace how long
		 * @return this builder
		 */
		public Builder shutdownGrace(Duration shutdownGrace) {
			this.shutdownGrace = shutdownGrace;
			return this;
		}

		/**
		 * Sets what connections are told when the server stops; nothing when it isn't
		 * set.
		 * @param goodbyeMessage the payload of one frame; {@code null} for none
		 * @return this builder
		 */
		public Builder goodbyeMessage(byte @Nullable [] goodbyeMessage) {
			this.goodbyeMessage = goodbyeMessage;
			return this;
		}

		/**
		 * Sets who decides who the peers are, before the application knows of them;
		 * nobody when it isn't set. Where certificates of clients are needed for TLS they
		 * log in by these, and else by a user name and a password.
		 * @param authenticator who decides; {@code null} for nobody
		 * @return this builder
		 */
		public Builder authenticator(@Nullable SocketAuthenticator authenticator) {
			this.authenticator = authenticator;
			return this;
		}

		/**
		 * Sets whether user names and passwords may be sent by other machines without
		 * TLS, so that all between can read them; they may not when it isn't set.
		 * @param allow whether they may
		 * @return this builder
		 */
		public Builder allowPlainCredentials(boolean allow) {
			this.allowPlainCredentials = allow;
			return this;
		}

		/**
		 * Changes from where peers may come, and how much they may send.
		 * @param settings changes the settings
		 * @return this builder
		 */
		public Builder access(Consumer<AccessSettings.Builder> settings) {
			settings.accept(this.access);
			return this;
		}

		/**
		 * Sets everything that a profile stands for; what is set afterwards wins. The
		 * codecs of JSON and CBOR are those of an unconfigured Jackson.
		 * @param profile the profile
		 * @return this builder
		 */
		public Builder profile(Profile profile) {
			ProfileSettings.server(profile, this);
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
			return UnixSettings.checked(new TcpServerSettings(this.name, this.host, this.ports, this.pathPermissions,
					this.backlog, this.maxConnections, this.maxConnectionsPerAddress, this.whenFull, this.busyMessage,
					this.rejectDelay, this.firstDataTimeout, this.handshakeTimeout, this.duplicateSession,
					this.shutdownGrace, this.goodbyeMessage, this.authenticator, this.allowPlainCredentials,
					this.members.build(), this.access.build(), this.connection.build()));
		}

	}

}
