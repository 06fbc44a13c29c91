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
 * @param readAhead whether messages are looked for while those before them wait for their
 * handler
 * @param onHandlerError what becomes of a connection when a message cannot be decoded, or
 * its handler throws
 * @param outbound what may wait to be written
 * @param timeouts how long things may take
 * @param heartbeat keeps connections alive; {@code null} for none
 * @param requests how requests are answered
 * @param onPeerEnd what becomes of a connection whose peer has ended its output
 * @param rpc how requests by opcode are answered; {@code null} when messages are ordinary
 * ones
 * @param opening what comes before the application knows of a connection
 * @param acknowledge how each message is acknowledged; {@code null} when none is
 * @param hl7Ack who acknowledges messages of HL7
 * @param tls how connections are encrypted; {@code null} when they are not
 */
public record ConnectionSettings(EndpointSettings endpoint, Framing framing, Codec codec, boolean closeOnEot,
		int maxFrameSize, int readBuffer, SocketOptions socketOptions, Dispatch dispatch, boolean readAhead,
		HandlerErrorPolicy onHandlerError, OutboundSettings outbound, TimeoutSettings timeouts,
		@Nullable Heartbeat heartbeat, RequestSettings requests, PeerEndPolicy onPeerEnd, @Nullable RpcSettings rpc,
		OpeningSettings opening, @Nullable AcknowledgeSettings acknowledge, Hl7Ack hl7Ack,
		@Nullable TlsSettings tls) implements CommonSettings {

	/** Most bytes that one read can take. */
	public static final int MAX_READ_BUFFER = 64 * 1024;

	public ConnectionSettings {
		String path = endpoint.path();
		if (hl7Ack == Hl7Ack.AUTO && rpc != null) {
			throw new InvalidSettingException(path + ".hl7.ack", "auto",
					"none: requests by opcode have their own answers");
		}
		if (acknowledge != null) {
			framing = acknowledge.between(path, framing);
			acknowledge.requireAlone(path, heartbeat != null, rpc != null, opening.isAny());
		}
		if (framing.gap() != null) {
			AcknowledgeSettings.requireAlone(path, framing, heartbeat != null, rpc != null, opening.password() != null);
		}
		outbound.check(path);
		MessageSizes.check(path, framing, maxFrameSize, outbound.maxMessageSize());
		if (readBuffer <= 0 || readBuffer > MAX_READ_BUFFER) {
			throw new InvalidSettingException(path + ".read-buffer", readBuffer, "from 1B to 64KB");
		}
		timeouts.check(path);
		socketOptions.check(path);
		int longestMessage = longestMessage(outbound, maxFrameSize);
		if (heartbeat != null) {
			heartbeat.check(path, framing, longestMessage);
			heartbeat.checkIdle(path, timeouts.idle());
		}
		requests.check(path);
		boolean tcptalks = isTcptalks(rpc);
		HandshakeSettings.checkId(path + ".rpc.id", (rpc != null) ? rpc.id() : null, tcptalks);
		opening.check(path, framing, longestMessage, tcptalks);
		PositiveSetting.require(path + ".ssl.handshake-timeout", (tls != null) ? tls.handshakeTimeout() : null);
	}

	private static boolean isTcptalks(@Nullable RpcSettings rpc) {
		return rpc != null && rpc.wireFormat() == WireFormat.TCPTALKS;
	}

	private static int longestMessage(OutboundSettings outbound, int maxFrameSize) {
		Integer own = outbound.maxMessageSize();
		return (own != null) ? own : maxFrameSize;
	}

	/**
	 * Returns the longest payload that is sent.
	 * @return its length in bytes
	 */
	public int longestMessage() {
		return longestMessage(this.outbound, this.maxFrameSize);
	}

	/**
	 * Returns whether connections begin as those of TCPTalks do.
	 * @return whether requests by opcode have its wire
	 */
	public boolean isTcptalks() {
		return isTcptalks(this.rpc);
	}

	/**
	 * Returns the settings of a connection that goes on to other messages. What comes
	 * before the application knows of a connection is over then.
	 * @param framing how messages are told apart
	 * @param codec what the bytes of a message mean
	 * @return the settings, whose other values are the same
	 * @throws InvalidSettingException when the framing cannot carry the heartbeat
	 */
	public ConnectionSettings switchedTo(Framing framing, Codec codec) {
		return new ConnectionSettings(this.endpoint, framing, codec, this.closeOnEot, this.maxFrameSize,
				this.readBuffer, this.socketOptions, this.dispatch, this.readAhead, this.onHandlerError, this.outbound,
				this.timeouts, this.heartbeat, this.requests, this.onPeerEnd, this.rpc,
				new OpeningSettings(null, null, null), null, this.hl7Ack, this.tls);
	}

	/**
	 * Collects the settings; starts with their defaults.
	 */
	public static final class Builder implements CommonSettings.Builder<Builder>, OutboundSettings.Setters<Builder>,
			TimeoutSettings.Setters<Builder>, RequestSettings.Setters<Builder>, OpeningSettings.Setters<Builder> {

		private final EndpointSettings.Builder endpoint;

		private final OutboundSettings.Builder outbound = new OutboundSettings.Builder();

		private final TimeoutSettings.Builder timeouts = new TimeoutSettings.Builder();

		private final RequestSettings.Builder requests = new RequestSettings.Builder();

		private final OpeningSettings.Builder opening = new OpeningSettings.Builder();

		private Framing framing = Framings.line();

		private Codec codec = Codecs.text(StandardCharsets.UTF_8);

		private boolean closeOnEot;

		private int maxFrameSize = 64 * 1024;

		private int readBuffer = MAX_READ_BUFFER;

		private SocketOptions socketOptions = SocketOptions.DEFAULTS;

		private Dispatch dispatch = Dispatch.AUTO;

		private boolean readAhead = true;

		private HandlerErrorPolicy onHandlerError = HandlerErrorPolicy.KEEP;

		private @Nullable Heartbeat heartbeat;

		private PeerEndPolicy onPeerEnd = PeerEndPolicy.CLOSE;

		private @Nullable RpcSettings rpc;

		private @Nullable AcknowledgeSettings acknowledge;

		private Hl7Ack hl7Ack = Hl7Ack.NONE;

		private @Nullable TlsSettings tls;

		Builder(String path) {
			this.endpoint = new EndpointSettings.Builder(path);
		}

		@Override
		public Builder endpoint(Consumer<EndpointSettings.Builder> change) {
			change.accept(this.endpoint);
			return this;
		}

		@Override
		public Builder outbound(Consumer<OutboundSettings.Builder> change) {
			change.accept(this.outbound);
			return this;
		}

		@Override
		public Builder timeouts(Consumer<TimeoutSettings.Builder> change) {
			change.accept(this.timeouts);
			return this;
		}

		@Override
		public Builder requests(Consumer<RequestSettings.Builder> change) {
			change.accept(this.requests);
			return this;
		}

		@Override
		public Builder opening(Consumer<OpeningSettings.Builder> change) {
			change.accept(this.opening);
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
		 * Sets whether messages are looked for while those before them wait for their
		 * handler; they are when it isn't set. They must not be where a handler
		 * {@linkplain Connection#switchFraming switches the framing}.
		 * @param readAhead whether they are
		 * @return this builder
		 */
		public Builder readAhead(boolean readAhead) {
			this.readAhead = readAhead;
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
		 * Sets how connections are kept alive; not at all when it isn't set.
		 * @param heartbeat the heartbeat; {@code null} for none
		 * @return this builder
		 */
		public Builder heartbeat(@Nullable Heartbeat heartbeat) {
			this.heartbeat = heartbeat;
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
		 * Sets how each message is acknowledged; none is when it isn't set.
		 * @param acknowledge how; {@code null} for not at all
		 * @return this builder
		 */
		public Builder acknowledge(@Nullable AcknowledgeSettings acknowledge) {
			this.acknowledge = acknowledge;
			return this;
		}

		/**
		 * Sets who acknowledges messages of HL7 version 2, which are to be texts; the
		 * application does when it isn't set.
		 * @param hl7Ack who
		 * @return this builder
		 */
		public Builder hl7Ack(Hl7Ack hl7Ack) {
			this.hl7Ack = hl7Ack;
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
					this.maxFrameSize, this.readBuffer, this.socketOptions, this.dispatch, this.readAhead,
					this.onHandlerError, this.outbound.build(), this.timeouts.build(), this.heartbeat,
					this.requests.build(), this.onPeerEnd, this.rpc, this.opening.build(), this.acknowledge,
					this.hl7Ack, this.tls);
		}

	}

}
