package dev.sockets.autoconfigure.properties;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.HandlerErrorPolicy;
import dev.sockets.tcp.Profile;
import dev.sockets.tcp.SlowConsumerPolicy;

/**
 * What TCP servers and clients have in common.
 */
public abstract class TcpConnectionProperties extends TcpRequestProperties {

	/**
	 * Preset of framing, codec and, for the libraries of that name, of how their programs
	 * begin and end connections. Each of these keys can still be set, but that of an
	 * entry wins over keys of the defaults.
	 */
	private Profile profile = Profile.TEXT;

	/**
	 * Way messages are told apart: a built-in framing, or the name of a Framing bean or
	 * of a bean that is both Serializer and Deserializer. By default that of the profile.
	 */
	private @Nullable String framing;

	@NestedConfigurationProperty
	private final FramingOptionsProperties framingOptions = new FramingOptionsProperties();

	@NestedConfigurationProperty
	private final ChecksumProperties checksum = new ChecksumProperties();

	@NestedConfigurationProperty
	private final AcknowledgeProperties acknowledge = new AcknowledgeProperties();

	@NestedConfigurationProperty
	private final Hl7Properties hl7 = new Hl7Properties();

	/**
	 * Meaning of a message's bytes: a built-in codec, or the name of a Codec bean. By
	 * default that of the profile.
	 */
	private @Nullable String codec;

	/**
	 * Whether a message of nothing but bytes 04 (EOT) is dropped and ends the connection.
	 */
	private boolean closeOnEot;

	/**
	 * Longest payload; a peer that sends more is disconnected.
	 */
	private DataSize maxFrameSize = DataSize.ofKilobytes(64);

	/**
	 * Most bytes that one read takes, up to 64KB.
	 */
	private DataSize readBuffer = DataSize.ofKilobytes(64);

	@NestedConfigurationProperty
	private final SocketOptionsProperties socket = new SocketOptionsProperties();

	/**
	 * Threads on which handlers run.
	 */
	private Dispatch dispatch = Dispatch.AUTO;

	/**
	 * Whether messages are looked for while those before them wait for their handler;
	 * false where handlers switch the framing.
	 */
	private boolean readAhead = true;

	/**
	 * Fate of a connection when the handler of its message throws, or a message cannot be
	 * decoded.
	 */
	private HandlerErrorPolicy onHandlerError = HandlerErrorPolicy.KEEP;

	/**
	 * Time that a message may take from its first byte to its last.
	 */
	private Duration frameTimeout = Duration.ofSeconds(30);

	/**
	 * Time without a byte either way after which a connection is closed. By default there
	 * is no limit.
	 */
	private @Nullable Duration idleTimeout;

	/**
	 * Time without a byte from the peer after which a connection is closed, whatever the
	 * peer is sent. By default there is no limit.
	 */
	private @Nullable Duration readTimeout;

	/**
	 * Age at which a connection is closed between two messages; of each up to a tenth is
	 * taken off at random. By default there is no limit.
	 */
	private @Nullable Duration maxConnectionAge;

	/**
	 * Time that a peer may take no bytes while some wait to be written.
	 */
	private Duration writeTimeout = Duration.ofSeconds(10);

	@NestedConfigurationProperty
	private final HeartbeatProperties heartbeat = new HeartbeatProperties();

	@NestedConfigurationProperty
	private final RpcProperties rpc = new RpcProperties();

	/**
	 * Name of a ConnectionHandshake bean whose end the application waits for before it
	 * knows of a connection. By default there is none.
	 */
	private @Nullable String handshake;

	@NestedConfigurationProperty
	private final SessionProperties session = new SessionProperties();

	/**
	 * Password that both sides have to know, and prove to each other without sending it.
	 * With profile tcptalks it travels in clear, so whoever reads along knows it. By
	 * default there is none.
	 */
	private @Nullable String password;

	/**
	 * Whether a user name and a password may be sent between machines without TLS, where
	 * all between can read them.
	 */
	private boolean allowPlainCredentials;

	@NestedConfigurationProperty
	private final SslProperties ssl = new SslProperties();

	/**
	 * Name of a MessageChannel bean that gets each message. By default there is none.
	 */
	private @Nullable String channel;

	public Profile getProfile() {
		return this.profile;
	}

	public void setProfile(Profile profile) {
		this.profile = profile;
	}

	public @Nullable String getFraming() {
		return this.framing;
	}

	public void setFraming(@Nullable String framing) {
		this.framing = framing;
	}

	public FramingOptionsProperties getFramingOptions() {
		return this.framingOptions;
	}

	public ChecksumProperties getChecksum() {
		return this.checksum;
	}

	public AcknowledgeProperties getAcknowledge() {
		return this.acknowledge;
	}

	public Hl7Properties getHl7() {
		return this.hl7;
	}

	@Override
	public @Nullable String getCodec() {
		return this.codec;
	}

	public void setCodec(@Nullable String codec) {
		this.codec = codec;
	}

	public boolean isCloseOnEot() {
		return this.closeOnEot;
	}

	public void setCloseOnEot(boolean closeOnEot) {
		this.closeOnEot = closeOnEot;
	}

	public DataSize getMaxFrameSize() {
		return this.maxFrameSize;
	}

	public void setMaxFrameSize(DataSize maxFrameSize) {
		this.maxFrameSize = maxFrameSize;
	}

	public DataSize getReadBuffer() {
		return this.readBuffer;
	}

	public void setReadBuffer(DataSize readBuffer) {
		this.readBuffer = readBuffer;
	}

	public SocketOptionsProperties getSocket() {
		return this.socket;
	}

	public boolean isReadAhead() {
		return this.readAhead;
	}

	public void setReadAhead(boolean readAhead) {
		this.readAhead = readAhead;
	}

	public Dispatch getDispatch() {
		return this.dispatch;
	}

	public void setDispatch(Dispatch dispatch) {
		this.dispatch = dispatch;
	}

	public HandlerErrorPolicy getOnHandlerError() {
		return this.onHandlerError;
	}

	public void setOnHandlerError(HandlerErrorPolicy onHandlerError) {
		this.onHandlerError = onHandlerError;
	}

	public abstract Outbound getOutbound();

	public Duration getFrameTimeout() {
		return this.frameTimeout;
	}

	public void setFrameTimeout(Duration frameTimeout) {
		this.frameTimeout = frameTimeout;
	}

	public @Nullable Duration getIdleTimeout() {
		return this.idleTimeout;
	}

	public void setIdleTimeout(@Nullable Duration idleTimeout) {
		this.idleTimeout = idleTimeout;
	}

	public @Nullable Duration getReadTimeout() {
		return this.readTimeout;
	}

	public void setReadTimeout(@Nullable Duration readTimeout) {
		this.readTimeout = readTimeout;
	}

	public @Nullable Duration getMaxConnectionAge() {
		return this.maxConnectionAge;
	}

	public void setMaxConnectionAge(@Nullable Duration maxConnectionAge) {
		this.maxConnectionAge = maxConnectionAge;
	}

	public Duration getWriteTimeout() {
		return this.writeTimeout;
	}

	public void setWriteTimeout(Duration writeTimeout) {
		this.writeTimeout = writeTimeout;
	}

	public HeartbeatProperties getHeartbeat() {
		return this.heartbeat;
	}

	public RpcProperties getRpc() {
		return this.rpc;
	}

	/**
	 * Takes what stands in the place of the group: whether it is on. Its other values
	 * stay.
	 * @param rpc says whether it is on
	 */
	public void setRpc(RpcProperties rpc) {
		this.rpc.turnOn(rpc.areOn());
	}

	public @Nullable String getHandshake() {
		return this.handshake;
	}

	public void setHandshake(@Nullable String handshake) {
		this.handshake = handshake;
	}

	public SessionProperties getSession() {
		return this.session;
	}

	public @Nullable String getPassword() {
		return this.password;
	}

	public void setPassword(@Nullable String password) {
		this.password = password;
	}

	public boolean isAllowPlainCredentials() {
		return this.allowPlainCredentials;
	}

	public void setAllowPlainCredentials(boolean allowPlainCredentials) {
		this.allowPlainCredentials = allowPlainCredentials;
	}

	public SslProperties getSsl() {
		return this.ssl;
	}

	public @Nullable String getChannel() {
		return this.channel;
	}

	public void setChannel(@Nullable String channel) {
		this.channel = channel;
	}

	/**
	 * Bytes on their way out.
	 */
	public static class Outbound {

		/**
		 * Most bytes that may wait to be written to a connection.
		 */
		private DataSize maxPending = DataSize.ofMegabytes(1);

		/**
		 * Fate of a message when more bytes would wait.
		 */
		private SlowConsumerPolicy slowConsumer = SlowConsumerPolicy.DISCONNECT;

		/**
		 * Longest payload that is sent. By default max-frame-size.
		 */
		private @Nullable DataSize maxMessageSize;

		public DataSize getMaxPending() {
			return this.maxPending;
		}

		public void setMaxPending(DataSize maxPending) {
			this.maxPending = maxPending;
		}

		public SlowConsumerPolicy getSlowConsumer() {
			return this.slowConsumer;
		}

		public void setSlowConsumer(SlowConsumerPolicy slowConsumer) {
			this.slowConsumer = slowConsumer;
		}

		public @Nullable DataSize getMaxMessageSize() {
			return this.maxMessageSize;
		}

		public void setMaxMessageSize(@Nullable DataSize maxMessageSize) {
			this.maxMessageSize = maxMessageSize;
		}

	}

}
