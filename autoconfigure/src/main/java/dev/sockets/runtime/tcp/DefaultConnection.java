package dev.sockets.runtime.tcp;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

import dev.sockets.SocketOperationException;
import dev.sockets.codec.Codec;
import dev.sockets.event.DisconnectReason;
import dev.sockets.framing.Framing;
import dev.sockets.loop.EventLoop;
import dev.sockets.loop.stream.PauseReason;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.loop.stream.Transport;
import dev.sockets.loop.tls.TlsTransport;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.runtime.CodecPayloads;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.ConnectionStatistics;

/**
 * A connection as the application sees it, and why it was closed. What comes in is the
 * {@link ConnectionReader}'s, what goes out the {@link ConnectionWriter}'s.
 */
public final class DefaultConnection implements Connection, ContextRequests {

	private final String id;

	private final ConnectionContext context;

	private volatile ConnectionSettings settings;

	private final ConnectionReader reader;

	private final @Nullable TlsTransport tls;

	private final StreamChannel channel;

	private final ConnectionWriter writer;

	private final ConnectionRequests requests = new ConnectionRequests(this);

	private final ConnectionEnd end = new ConnectionEnd();

	private final long openedAt;

	private final InetSocketAddress remoteAddress;

	private final EndpointRun run;

	private volatile @Nullable InetSocketAddress localAddress;

	private final PeerIdentity identity = new PeerIdentity();

	private volatile @Nullable IntegrationConnection view;

	private final ConnectionAnswers answers = new ConnectionAnswers(this);

	private final ConnectionProtocol protocol;

	private final ConnectionChanges changes = new ConnectionChanges(this);

	public DefaultConnection(String id, ConnectionContext context, EventLoop loop, Transport transport,
			InetSocketAddress remoteAddress, EndpointRun run) {
		this.id = id;
		this.run = run;
		this.context = context;
		this.settings = context.settings();
		this.remoteAddress = remoteAddress;
		this.reader = new ConnectionReader(this, context);
		EndpointTls tls = context.tls();
		this.tls = (tls != null) ? tls.over(transport, remoteAddress, loop.memory()) : null;
		this.channel = new StreamChannel(loop, (this.tls != null) ? this.tls : transport, context.channelSettings(),
				this.reader);
		this.writer = new ConnectionWriter(this, context, this.channel);
		this.openedAt = System.currentTimeMillis();
		this.protocol = ConnectionProtocol.addTo(this);
	}

	public StreamChannel channel() {
		return this.channel;
	}

	@Override
	public ConnectionContext context() {
		return this.context;
	}

	/**
	 * Returns how this connection behaves now.
	 * @return the endpoint's settings, unless the framing was switched
	 */
	ConnectionSettings settings() {
		return this.settings;
	}

	void settings(ConnectionSettings settings) {
		this.settings = settings;
	}

	boolean isSwitched() {
		return this.settings != this.context.settings();
	}

	/** Returns the run of its endpoint that it belongs to. */
	public EndpointRun run() {
		return this.run;
	}

	public void localAddress(InetSocketAddress localAddress) {
		this.localAddress = localAddress;
	}

	public PeerIdentity identity() {
		return this.identity;
	}

	/**
	 * Returns what the two sides have agreed on by TLS.
	 * @return the session; {@code null} when the connection is plain
	 */
	@Nullable SSLSession tlsSession() {
		return (this.tls != null) ? this.tls.session() : null;
	}

	/**
	 * Returns whether something is to be agreed on before the connection is open.
	 * @return whether it may take a while until it is
	 */
	public boolean isPrepared() {
		return this.tls != null && !StartTls.isPossible(this.context);
	}

	public ConnectionReader reader() {
		return this.reader;
	}

	public ConnectionWriter writer() {
		return this.writer;
	}

	ConnectionRequests requests() {
		return this.requests;
	}

	ConnectionProtocol protocol() {
		return this.protocol;
	}

	@Nullable IntegrationConnection view() {
		return this.view;
	}

	void view(IntegrationConnection view) {
		this.view = view;
	}

	/**
	 * Closes the connection in order.
	 * @param reason why; the first reason stays
	 * @param cause what led to it, if it was a fault
	 */
	public void close(DisconnectReason reason, @Nullable Throwable cause) {
		closingBecause(reason, cause);
		this.channel.close();
		this.reader.end(this::sendFailure);
	}

	public void closingBecause(DisconnectReason reason, @Nullable Throwable cause) {
		closingBecause(new CloseReason(reason, cause));
	}

	public void closingBecause(CloseReason reason) {
		this.end.begin(reason);
	}

	public CloseReason closing() {
		return this.end.reason();
	}

	public boolean isClosing() {
		return this.end.hasBegun();
	}

	/** Its end was told, and everything before it. */
	void ended() {
		this.end.complete();
	}

	/** Handles what was received, then closes because the endpoint stops. */
	public void shutDown() {
		this.protocol.whenDrained(this.channel::endInput);
	}

	/** Closes at once because the endpoint waits no longer, not even for a handler. */
	void cutOff() {
		closingBecause(DisconnectReason.SHUTDOWN, null);
		this.channel.abort();
		this.channel.interruptHandler();
		RpcHook.interrupt(this);
	}

	public SocketOperationException sendFailure() {
		return closing().sendFailure(toString());
	}

	@Override
	public String getId() {
		return this.id;
	}

	@Override
	public String getEndpoint() {
		return this.context.endpoint();
	}

	@Override
	public InetSocketAddress getLocalAddress() {
		InetSocketAddress address = this.localAddress;
		return (address != null) ? address : new InetSocketAddress(0);
	}

	@Override
	public InetSocketAddress getRemoteAddress() {
		return this.remoteAddress;
	}

	@Override
	public Optional<Principal> getPrincipal() {
		return this.identity.principal(tlsSession());
	}

	@Override
	public void bind(String name) {
		this.context.owner().bind(this, name);
	}

	@Override
	public void unbind() {
		this.context.owner().unbind(this);
	}

	@Override
	public Optional<String> getBoundName() {
		return this.identity.boundName();
	}

	@Override
	public Optional<String> getUser() {
		return this.identity.user(tlsSession());
	}

	@Override
	public Set<String> getGroups() {
		return this.context.owner().groups(this);
	}

	@Override
	public boolean isOpen() {
		return this.channel.isOpen();
	}

	@Override
	public Instant getOpenedAt() {
		return Instant.ofEpochMilli(this.openedAt);
	}

	@Override
	public Map<String, Object> getAttributes() {
		return this.identity.attributes();
	}

	@Override
	public ConnectionStatistics getStatistics() {
		long idle = this.channel.nanos()
				- Math.max(this.channel.activity().lastRead(), this.channel.activity().lastWrite());
		return new ConnectionStatistics(this.reader.frames().messages(), this.channel.activity().framesWritten(),
				this.channel.activity().bytesReceived(), this.channel.activity().bytesWritten(), this.channel.pending(),
				Instant.now().minusNanos(Math.max(idle, 0)));
	}

	@Override
	public void send(@Nullable Object payload) {
		this.writer.send(Objects.requireNonNullElse(payload, Optional.empty()));
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		return this.writer.sendAsync(Objects.requireNonNullElse(payload, Optional.empty()));
	}

	@Override
	public <T extends @Nullable Object> T ask(@Nullable Object payload, Duration timeout, boolean exact) {
		return this.requests.ask(Objects.requireNonNullElse(payload, Optional.empty()), timeout, exact);
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<T> askAsync(@Nullable Object payload, Duration timeout,
			boolean exact) {
		return this.requests.askAsync(Objects.requireNonNullElse(payload, Optional.empty()), timeout, exact);
	}

	@Override
	public <T> @Nullable T convert(@Nullable Object payload, Class<T> type) {
		return this.context.convert(payload, type, new CodecPayloads(this.settings.codec()));
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<T> receiveAsync() {
		return this.requests.receiveAsync(this.context.settings().requests().timeout());
	}

	@Override
	public RpcPeer rpc() {
		return RpcEndpoints.require(RpcHook.peer(this), this.context.settings());
	}

	@Override
	public Optional<String> getPeerId() {
		return Optional.ofNullable(RpcHook.peerId(this));
	}

	ConnectionAnswers answers() {
		return this.answers;
	}

	@Override
	public void sendRaw(byte[] bytes) {
		Assert.notNull(bytes, "There must be bytes to send, not null");
		this.writer.sendRaw(bytes);
	}

	@Override
	public CompletableFuture<Void> startTls() {
		return this.changes.startTls();
	}

	@Override
	public void switchFraming(Framing framing, Codec codec) {
		this.changes.switchFraming(framing, codec);
	}

	@Override
	public CompletableFuture<Void> closeOutput() {
		return this.changes.closeOutput();
	}

	@Override
	public void pauseReading() {
		this.channel.pause(PauseReason.APPLICATION);
	}

	@Override
	public void resumeReading() {
		this.reader.readOn(PauseReason.APPLICATION);
	}

	@Override
	public CompletableFuture<DisconnectReason> closed() {
		return this.end.whenTold();
	}

	@Override
	public void close() {
		close(DisconnectReason.LOCAL, null);
	}

	@Override
	public void kick() {
		close(DisconnectReason.KICKED, null);
	}

	@Override
	public String toString() {
		return "Connection " + this.id + " of '" + getEndpoint() + "' with " + this.remoteAddress;
	}

}
