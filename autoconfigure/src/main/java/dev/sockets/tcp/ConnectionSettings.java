package dev.sockets.tcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.CommonSettings;
import dev.sockets.EndpointSettings;
import dev.sockets.InvalidSettingException;
import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.rpc.RpcSettings;
import dev.sockets.rpc.WireFormat;

/**
 * What TCP servers and clients have in common: how their connections behave.
 *
 * @param endpoint what every endpoint needs to know
 * @param framing how messages are told apart
 * @param codec what the bytes of a message mean
 * @param closeOnEot whether a message of nothing but bytes 04 ends the connection
 * @param maxFrameSize longest payload in bytes
 * @param readBuffer most bytes that one read takes
 * @param socketOptions options of each socket
 * @param dispatch where handlers run
 * @param onHandlerError what becomes of a connection when a message cannot be decoded, or
 * its handler throws
 * @param maxPending most bytes that may wait to be written
 * @param slowConsumer what becomes of a message when more would wait
 * @param frameTimeout how long a message may take from its first byte to its last
 * @param idleTimeout how long nothing may go over a connection; {@code null} for ever
 * @param writeTimeout how long the peer may take no bytes while some wait to be written
 * @param heartbeat keeps connections alive; {@code null} for none
 * @param requestTimeout how long a request waits for its answer
 * @param maxPendingRequests most requests of one connection that may wait for an answer
 * @param requestMatching how they find their answers
 * @param replyOrder in which order replies leave that come later
 * @param onPeerEnd what becomes of a connection whose peer has ended its output
 * @param rpc how requests by opcode are answered; {@code null} when messages are ordinary
 * ones
 * @param handshake what the application does before it knows of a connection;
 * {@code null} for nothing
 * @param session texts that are said before that; {@code null} for none
 * @param password what both sides have to know; {@code null} for nothing. It is never
 * sent, but over the wire of TCPTalks, where it travels in clear
 * @param tls how connections are encrypted; {@code null} when they are not
 */
public record ConnectionSettings(EndpointSettings endpoint, Framing framing, Codec codec, boolean closeOnEot,
		int maxFrameSize, int readBuffer, SocketOptions socketOptions, Dispatch dispatch,
		HandlerErrorPolicy onHandlerError, int maxPending, SlowConsumerPolicy slowConsumer, Duration frameTimeout,
		@Nullable Duration idleTimeout, Duration writeTimeout, @Nullable Heartbeat heartbeat, Duration requestTimeout,
		int maxPendingRequests, RequestMatching requestMatching, ReplyOrder replyOrder, PeerEndPolicy onPeerEnd,
		@Nullable RpcSettings rpc, @Nullable ConnectionHandshake handshake, @Nullable SessionSettings session,
		@Nullable Password password, @Nullable TlsSettings tls) implements CommonSettings {

	/** Most bytes that one read can take. */
	public static final int MAX_READ_BUFFER = 64 * 1024;

	public ConnectionSettings {
		String path = endpoint.path();
		PositiveSetting.require(path + ".max-frame-size", maxFrameSize);
		PositiveSetting.require(path + ".outbound.max-pending", maxPending);
		if (readBuffer <= 0 || readBuffer > MAX_READ_BUFFER) {
			throw new InvalidSettingException(path + ".read-buffer", readBuffer, "from 1B to 64KB");
		}
		PositiveSetting.require(path + ".frame-timeout", frameTimeout);
		PositiveSetting.require(path + ".idle-timeout", idleTimeout);
		PositiveSetting.require(path + ".write-timeout", writeTimeout);
		if (heartbeat != null) {
			PositiveSetting.require(path + ".heartbeat.interval", heartbeat.interval());
			PositiveSetting.require(path + ".heartbeat.timeout", heartbeat.timeout());
			KnownMessages.check(path + ".heartbeat.message", heartbeat.message(), framing, maxFrameSize);
		}
		PositiveSetting.require(path + ".request-timeout", requestTimeout);
		if (maxPendingRequests < 1) {
			throw new InvalidSettingException(path + ".max-pending-requests", maxPendingRequests, "at least 1");
		}
		boolean tcptalks = isTcptalks(rpc);
		HandshakeSettings.checkId(path + ".rpc.id", (rpc != null) ? rpc.id() : null, tcptalks);
		if (password != null && password.text().isEmpty()) {
			throw new InvalidSettingException(path + ".password", "",
					"at least one character, or left out for no password");
		}
		if (session != null) {
			HandshakeSettings.check(path, session, framing, maxFrameSize);
		}
		HandshakeSettings.checkOnlyOne(path, handshake, session, password, tcptalks);
		PositiveSetting.require(path + ".ssl.handshake-timeout", (tls != null) ? tls.handshakeTimeout() : null);
	}

	private static boolean isTcptalks(@Nullable RpcSettings rpc) {
		return rpc != null && rpc.wireFormat() == WireFormat.TCPTALKS;
	}

	/**
	 * Returns whether connections begin as those of TCPTalks do.
	 * @return whether requests by opcode have its wire
	 */
	public boolean isTcptalks() {
		return isTcptalks(this.rpc);
	}

	/**
	 * Collects the settings; starts with their defaults.
	 */
	public static final class Builder implements CommonSettings.Builder<Builder> {

		private final EndpointSettings.Builder endpoint;

		private Framing framing = Framings.line();

		private Codec codec = Codecs.text(StandardCharsets.UTF_8);

		private boolean closeOnEot;

		private int maxFrameSize = 64 * 1024;

		private int readBuffer = MAX_READ_BUFFER;

		private SocketOptions socketOptions = SocketOptions.DEFAULTS;

		private Dispatch dispatch = Dispatch.AUTO;

		private HandlerErrorPolicy onHandlerError = HandlerErrorPolicy.KEEP;

		private int maxPending = 1024 * 1024;

		private SlowConsumerPolicy slowConsumer = SlowConsumerPolicy.DISCONNECT;

		private Duration frameTimeout = Duration.ofSeconds(30);

		private @Nullable Duration idleTimeout;

		private @Nullable Heartbeat heartbeat;

		private Duration requestTimeout = Duration.ofSeconds(5);

		private int maxPendingRequests = 10_000;

		private RequestMatching requestMatching = RequestMatching.IN_ORDER;

		private ReplyOrder replyOrder = ReplyOrder.MESSAGE;

		private PeerEndPolicy onPeerEnd = PeerEndPolicy.CLOSE;

		private Duration writeTimeout = Duration.ofSeconds(10);

		private @Nullable RpcSettings rpc;

		private @Nullable ConnectionHandshake handshake;

		private @Nullable SessionSettings session;

		private @Nullable Password password;

		private @Nullable TlsSettings tls;

		Builder(String path) {
			this.endpoint = new EndpointSettings.Builder(path);
		}

		@Override
		public Builder endpoint(Consumer<EndpointSettings.Builder> change) {
			change.accept(this.endpoint);
			return this;
		}

		/**
		 * Sets how messages are told apart; {@code line} when it isn't set.
		 * @param framing the framing
		 * @return this builder
		 */
		public Builder framing(Framing framing) {
			this.framing = framing;
			return this;
		}

		/**
		 * Sets what the bytes of a message mean; UTF-8 text when it isn't set.
		 * @param codec the codec
		 * @return this builder
		 */
		public Builder codec(Codec codec) {
			this.codec = codec;
			return this;
		}

		/**
		 * Sets whether a received message of nothing but bytes 04 (EOT) is dropped and
		 * ends the connection, as jfSocket has it; it is an ordinary message when it
		 * isn't set.
		 * @param closeOnEot whether it does
		 * @return this builder
		 */
		public Builder closeOnEot(boolean closeOnEot) {
			this.closeOnEot = closeOnEot;
			return this;
		}

		/**
		 * Sets the longest payload; 64 KiB when it isn't set.
		 * @param bytes the limit in bytes
		 * @return this builder
		 */
		public Builder maxFrameSize(int bytes) {
			this.maxFrameSize = bytes;
			return this;
		}

		/**
		 * Sets the most bytes that one read takes; 64 KiB when it isn't set, and at most.
		 * @param bytes the limit in bytes
		 * @return this builder
		 */
		public Builder readBuffer(int bytes) {
			this.readBuffer = bytes;
			return this;
		}

		/**
		 * Sets the options of each socket.
		 * @param socketOptions the options
		 * @return this builder
		 */
		public Builder socketOptions(SocketOptions socketOptions) {
			this.socketOptions = socketOptions;
			return this;
		}

		/**
		 * Sets where handlers run; {@code auto} when it isn't set.
		 * @param dispatch where
		 * @return this builder
		 */
		public Builder dispatch(Dispatch dispatch) {
			this.dispatch = dispatch;
			return this;
		}

		/**
		 * Sets what becomes of a connection when a message cannot be decoded, or its
		 * handler throws; kept when it isn't set.
		 * @param policy what becomes of it
		 * @return this builder
		 */
		public Builder onHandlerError(HandlerErrorPolicy policy) {
			this.onHandlerError = policy;
			return this;
		}

		/**
		 * Sets the most bytes that may wait to be written; 1 MiB when it isn't set.
		 * @param bytes the limit in bytes
		 * @return this builder
		 */
		public Builder maxPending(int bytes) {
			this.maxPending = bytes;
			return this;
		}

		/**
		 * Sets what becomes of a message when more bytes would wait than allowed; the
		 * connection is closed when it isn't set.
		 * @param policy what becomes of it
		 * @return this builder
		 */
		public Builder slowConsumer(SlowConsumerPolicy policy) {
			this.slowConsumer = policy;
			return this;
		}

		/**
		 * Sets how long a message may take from its first byte to its last; 30 s when it
		 * isn't set.
		 * @param timeout the deadline
		 * @return this builder
		 */
		public Builder frameTimeout(Duration timeout) {
			this.frameTimeout = timeout;
			return this;
		}

		/**
		 * Sets how long nothing may go over a connection; for ever when it isn't set.
		 * @param timeout the deadline; {@code null} for none
		 * @return this builder
		 */
		public Builder idleTimeout(@Nullable Duration timeout) {
			this.idleTimeout = timeout;
			return this;
		}

		/**
		 * Sets how connections are kept alive; not at all when it isn't set.
		 * @param heartbeat the heartbeat; {@code null} for none
		 * @return this builder
		 */
		public Builder heartbeat(@Nullable Heartbeat heartbeat) {
			this.heartbeat = heartbeat;
			return this;
		}

		/**
		 * Sets how long a request waits for its answer; 5 s when it isn't set.
		 * @param timeout the deadline
		 * @return this builder
		 */
		public Builder requestTimeout(Duration timeout) {
			this.requestTimeout = timeout;
			return this;
		}

		/**
		 * Sets how many requests of a connection may wait for an answer; 10,000 when it
		 * isn't set.
		 * @param max the number
		 * @return this builder
		 */
		public Builder maxPendingRequests(int max) {
			this.maxPendingRequests = max;
			return this;
		}

		/**
		 * Sets how requests find their answers; in order when it isn't set.
		 * @param matching how
		 * @return this builder
		 */
		public Builder requestMatching(RequestMatching matching) {
			this.requestMatching = matching;
			return this;
		}

		/**
		 * Sets in which order replies leave that come later; in that of the messages that
		 * they answer when it isn't set.
		 * @param order the order
		 * @return this builder
		 */
		public Builder replyOrder(ReplyOrder order) {
			this.replyOrder = order;
			return this;
		}

		/**
		 * Sets what becomes of a connection whose peer has ended its output; closed when
		 * it isn't set.
		 * @param policy what becomes of it
		 * @return this builder
		 */
		public Builder onPeerEnd(PeerEndPolicy policy) {
			this.onPeerEnd = policy;
			return this;
		}

		/**
		 * Sets how long a peer may take no bytes while some wait; 10 s when it isn't set.
		 * @param timeout the deadline
		 * @return this builder
		 */
		public Builder writeTimeout(Duration timeout) {
			this.writeTimeout = timeout;
			return this;
		}

		/**
		 * Sets that messages are requests and replies by opcode; they are ordinary ones
		 * when it isn't set. The codec has to know lists and maps.
		 * @param rpc how requests are answered; {@code null} for ordinary messages
		 * @return this builder
		 */
		public Builder rpc(@Nullable RpcSettings rpc) {
			this.rpc = rpc;
			return this;
		}

		/**
		 * Sets what is done before the application knows of a connection; nothing when it
		 * isn't set.
		 * @param handshake the handshake; {@code null} for none
		 * @return this builder
		 */
		public Builder handshake(@Nullable ConnectionHandshake handshake) {
			this.handshake = handshake;
			return this;
		}

		/**
		 * Sets texts that are said before the application knows of a connection; none
		 * when it isn't set.
		 * @param session what to say and to expect; {@code null} for nothing
		 * @return this builder
		 */
		public Builder session(@Nullable SessionSettings session) {
			this.session = session;
			return this;
		}

		/**
		 * Sets what both sides have to know; nothing when it isn't set. Each proves it to
		 * the other before anything else, and it is never sent; but who can read along
		 * may try passwords at home, so without TLS it should be long and random. Over
		 * the wire of TCPTalks it travels in clear, and each program that uses TCPTalks
		 * trusts its peer before it has seen the password.
		 * @param password the password; {@code null} for none
		 * @return this builder
		 */
		public Builder password(@Nullable String password) {
			this.password = (password != null) ? Password.of(password) : null;
			return this;
		}

		/**
		 * Sets how connections are encrypted; they are not when it isn't set.
		 * @param tls how; {@code null} for not at all
		 * @return this builder
		 */
		public Builder tls(@Nullable TlsSettings tls) {
			this.tls = tls;
			return this;
		}

		ConnectionSettings build() {
			return new ConnectionSettings(this.endpoint.build(), this.framing, this.codec, this.closeOnEot,
					this.maxFrameSize, this.readBuffer, this.socketOptions, this.dispatch, this.onHandlerError,
					this.maxPending, this.slowConsumer, this.frameTimeout, this.idleTimeout, this.writeTimeout,
					this.heartbeat, this.requestTimeout, this.maxPendingRequests, this.requestMatching, this.replyOrder,
					this.onPeerEnd, this.rpc, this.handshake, this.session, this.password, this.tls);
		}

	}

}
