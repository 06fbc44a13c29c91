package dev.sockets.tcp;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointKind;
import dev.sockets.InvalidSettingException;

/**
 * Everything a TCP client needs to know. A value that cannot work is refused with the
 * property path it would have in the configuration.
 *
 * @param name the client's name
 * @param host address or name of the peer, or {@code unix:} and a path
 * @param port port of the peer; 0 where it is a path
 * @param localAddress address of this host to connect from; {@code null} for what the
 * operating system chooses
 * @param localPort port to connect from; 0 for any
 * @param connect when it has a connection
 * @param idleDisconnect after which time without a byte a connection on demand is closed;
 * {@code null} for never
 * @param connectTimeout how long an attempt to connect may take
 * @param alternatives peers that are tried in turn when this one cannot be reached
 * @param reconnect when it tries again
 * @param busyMessage payload by which the server says that it is full; {@code null} for
 * none
 * @param occupiedWithin time from connecting within which a server that closes the
 * connection without a byte means that it is full; {@code null} when it never does
 * @param holdConnected whether it counts as connected only when the server has sent
 * something, or that time is over
 * @param retryConnect whether an attempt to connect tries again until its deadline
 * @param bufferWhenDisconnected most bytes of {@code sendAsync} that wait for a
 * connection; 0 for none
 * @param peerSource where the peers come from instead of these; {@code null} for these
 * @param credentials what it logs in with; {@code null} for nothing
 * @param allowPlainCredentials whether that may be sent to another machine without TLS
 * @param connection how its connections behave
 */
public record TcpClientSettings(String name, String host, int port, @Nullable String localAddress, int localPort,
		ConnectMode connect, @Nullable Duration idleDisconnect, Duration connectTimeout, List<Peer> alternatives,
		Reconnect reconnect, byte @Nullable [] busyMessage, @Nullable Duration occupiedWithin, boolean holdConnected,
		boolean retryConnect, int bufferWhenDisconnected, @Nullable Supplier<List<Peer>> peerSource,
		@Nullable Credentials credentials, boolean allowPlainCredentials, ConnectionSettings connection) {

	private static final int NOT_SET = Integer.MIN_VALUE;

	public TcpClientSettings {
		String path = connection.path();
		EndpointKind.TCP_CLIENT.checkName(name);
		host = PortSettings.host(path, host);
		if (peerSource == null) {
			PortSettings.checkPeer(path, host, (port != NOT_SET) ? port : null);
		}
		PortSettings.checkLocal(path, localAddress, localPort);
		PositiveSetting.require(path + ".idle-disconnect", idleDisconnect);
		connect.check(path + ".connect", connection);
		alternatives = List.copyOf(alternatives);
		alternatives.forEach((peer) -> peer.check(path + ".addresses"));
		reconnect.check(path + ".reconnect");
		connection.outbound().checkBuffer(path + ".outbound", bufferWhenDisconnected);
		KnownMessages.check(path + ".busy-message", busyMessage, connection.framing(), connection.maxFrameSize());
		PositiveSetting.require(path + ".occupied-within", occupiedWithin);
		PositiveSetting.require(path + ".connect-timeout", connectTimeout);
		Stream<String> hosts = Stream.concat(Stream.of(host), alternatives.stream().map(Peer::host));
		LoginSettings.checkClient(path, (peerSource != null) ? Stream.empty() : hosts, credentials,
				allowPlainCredentials, connection);
	}

	/**
	 * Returns where connections come from.
	 * @return the address and port; {@code null} for any
	 */
	public @Nullable InetSocketAddress local() {
		if (this.localAddress == null) {
			return (this.localPort != 0) ? new InetSocketAddress(this.localPort) : null;
		}
		return new InetSocketAddress(AddressRange.address(this.localAddress), this.localPort);
	}

	/**
	 * Returns for how long a new connection is held back at most.
	 * @return the time; zero when it is not
	 */
	public Duration holdTime() {
		return (this.holdConnected && this.occupiedWithin != null) ? this.occupiedWithin : Duration.ZERO;
	}

	/**
	 * Returns all peers, in the order in which they are tried.
	 * @return the first one and the alternatives, or what their source says now
	 */
	public List<Peer> peers() {
		if (this.peerSource != null) {
			return this.peerSource.get();
		}
		return Stream.concat(Stream.of(new Peer(this.host, this.port)), this.alternatives.stream()).toList();
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

		private @Nullable String localAddress;

		private int localPort;

		private ConnectMode connect = ConnectMode.ALWAYS;

		private @Nullable Duration idleDisconnect;

		private Duration connectTimeout = Duration.ofSeconds(5);

		private List<Peer> alternatives = List.of();

		private Reconnect reconnect = Reconnect.DEFAULTS;

		private byte @Nullable [] busyMessage;

		private @Nullable Duration occupiedWithin;

		private boolean holdConnected;

		private boolean retryConnect;

		private int bufferWhenDisconnected;

		private @Nullable Supplier<List<Peer>> peerSource;

		private @Nullable Credentials credentials;

		private boolean allowPlainCredentials;

		private Builder(String name) {
			this.name = name;
			this.connection = new ConnectionSettings.Builder(EndpointKind.TCP_CLIENT.path(name)).healthRequired(false);
		}

		/**
		 * Sets the peer's address; {@code localhost} when it isn't set.
		 * @param host its address or name, resolved at each attempt to connect
		 * @return this builder
		 */
		public Builder host(String host) {
			this.host = host;
			this.peerSource = null;
			return this;
		}

		/**
		 * Sets the peer's port; required.
		 * @param port the port
		 * @return this builder
		 */
		public Builder port(int port) {
			this.port = port;
			this.peerSource = null;
			return this;
		}

		/**
		 * Sets the Unix domain socket of the peer, instead of host and port.
		 * @param path its path
		 * @return this builder
		 */
		public Builder path(Path path) {
			Peer peer = Peer.unix(path);
			return host(peer.host()).port(peer.port());
		}

		/**
		 * Sets the address of this host to connect from; the operating system chooses one
		 * when it isn't set.
		 * @param localAddress the address in numbers; {@code null} for any
		 * @return this builder
		 */
		public Builder localAddress(@Nullable String localAddress) {
			this.localAddress = localAddress;
			return this;
		}

		/**
		 * Sets the port to connect from; any when it isn't set. After a lost connection
		 * the operating system may refuse the same one for some time.
		 * @param localPort the port; 0 for any
		 * @return this builder
		 */
		public Builder localPort(int localPort) {
			this.localPort = localPort;
			return this;
		}

		/**
		 * Sets when the client has a connection; always when it isn't set. One that has
		 * none by itself does not connect again by itself either.
		 * @param connect when
		 * @return this builder
		 */
		public Builder connect(ConnectMode connect) {
			this.connect = connect;
			return this;
		}

		/**
		 * Sets after which time without a byte a connection on demand is closed; never
		 * when it isn't set.
		 * @param idleDisconnect the time; {@code null} for never
		 * @return this builder
		 */
		public Builder idleDisconnect(@Nullable Duration idleDisconnect) {
			this.idleDisconnect = idleDisconnect;
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
		 * Sets peers that are tried in turn when the first one cannot be reached; none
		 * when it isn't set. Each attempt starts with the first one again.
		 * @param alternatives the peers
		 * @return this builder
		 */
		public Builder alternatives(List<Peer> alternatives) {
			this.alternatives = alternatives;
			this.peerSource = null;
			return this;
		}

		/**
		 * Sets where the peers come from; host, port and alternatives aren't used then,
		 * unless they are set later.
		 * @param source asked at each attempt to connect, on a thread that may wait
		 * @return this builder
		 */
		public Builder peers(Supplier<List<Peer>> source) {
			this.peerSource = source;
			return this;
		}

		/**
		 * Sets when the client tries again.
		 * @param reconnect when
		 * @return this builder
		 */
		public Builder reconnect(Reconnect reconnect) {
			this.reconnect = reconnect;
			return this;
		}

		/**
		 * Sets the message by which the server says that it is full; none when it isn't
		 * set.
		 * @param payload the payload of its frame; {@code null} for none
		 * @return this builder
		 */
		public Builder busyMessage(byte @Nullable [] payload) {
			this.busyMessage = payload;
			return this;
		}

		/**
		 * Sets the time from connecting within which a server that closes the connection
		 * without a byte means that it is full; it never does when it isn't set.
		 * @param time the time; {@code null} for never
		 * @return this builder
		 */
		public Builder occupiedWithin(@Nullable Duration time) {
			this.occupiedWithin = time;
			return this;
		}

		/**
		 * Sets whether a new connection is held back, as the server may yet turn out to
		 * be full: the client is connecting until the server has sent something, or the
		 * time is over within which a silent end means that. Only of use with such a
		 * time; connections are not held back when it isn't set.
		 * @param holdConnected whether they are
		 * @return this builder
		 */
		public Builder holdConnected(boolean holdConnected) {
			this.holdConnected = holdConnected;
			return this;
		}

		/**
		 * Sets whether an attempt to connect that is refused is repeated until its
		 * deadline; it fails at once when it isn't set.
		 * @param retryConnect whether it is
		 * @return this builder
		 */
		public Builder retryConnect(boolean retryConnect) {
			this.retryConnect = retryConnect;
			return this;
		}

		/**
		 * Sets how many bytes of {@code sendAsync} may wait for a connection; none when
		 * it isn't set.
		 * @param bytes the limit in bytes, at most as many as may wait to be written
		 * @return this builder
		 */
		public Builder bufferWhenDisconnected(int bytes) {
			this.bufferWhenDisconnected = bytes;
			return this;
		}

		/**
		 * Sets what the client logs in with, at each connect; it doesn't when it isn't
		 * set. Only for servers with an authenticator.
		 * @param credentials user name and password; {@code null} for none
		 * @return this builder
		 */
		public Builder credentials(@Nullable Credentials credentials) {
			this.credentials = credentials;
			return this;
		}

		/**
		 * Sets whether they may be sent to another machine without TLS, so that all
		 * between can read them; they may not when it isn't set.
		 * @param allow whether they may
		 * @return this builder
		 */
		public Builder allowPlainCredentials(boolean allow) {
			this.allowPlainCredentials = allow;
			return this;
		}

		/**
		 * Sets everything that a profile stands for; what is set afterwards wins. The
		 * codecs of JSON and CBOR are those of an unconfigured Jackson.
		 * @param profile the profile
		 * @return this builder
		 */
		public Builder profile(Profile profile) {
			ProfileSettings.client(profile, this);
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
			return UnixSettings.checked(new TcpClientSettings(this.name, this.host, this.port, this.localAddress,
					this.localPort, this.connect, this.idleDisconnect, this.connectTimeout, this.alternatives,
					this.reconnect, this.busyMessage, this.occupiedWithin, this.holdConnected, this.retryConnect,
					this.bufferWhenDisconnected, this.peerSource, this.credentials, this.allowPlainCredentials,
					this.connection.build()));
		}

	}

}
