package dev.sockets.runtime.tcp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.framing.FrameOutput;
import dev.sockets.loop.EventLoop;
import dev.sockets.loop.stream.Caller;
import dev.sockets.loop.stream.PauseReason;
import dev.sockets.loop.stream.SendCallback;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionStatistics;

/**
 * A connection as the application sees it: encodes what it sends, and remembers why it
 * was closed. What comes in is the {@link ConnectionReader}'s.
 */
final class DefaultConnection implements Connection {

	/** The most bytes that a thread has room for when it has encoded a message. */
	private static final int MOST_KEPT = 64 * 1024;

	private static final ThreadLocal<FrameOutput> scratch = ThreadLocal.withInitial(() -> new FrameOutput(4096));

	private final String id;

	private final ConnectionContext context;

	private final ConnectionReader reader;

	private final StreamChannel channel;

	private final AtomicReference<@Nullable CloseReason> closing = new AtomicReference<>();

	private final long openedAt;

	private final InetSocketAddress remoteAddress;

	private volatile @Nullable InetSocketAddress localAddress;

	private volatile @Nullable Map<String, Object> attributes;

	private volatile @Nullable IntegrationConnection view;

	private volatile @Nullable Requester requester;

	private final @Nullable RpcHook rpc;

	DefaultConnection(String id, ConnectionContext context, EventLoop loop, SocketChannel socket,
			InetSocketAddress remoteAddress) {
		this.id = id;
		this.context = context;
		this.remoteAddress = remoteAddress;
		this.reader = new ConnectionReader(this, context);
		this.channel = new StreamChannel(loop, socket, context.channelSettings(), this.reader);
		this.openedAt = System.currentTimeMillis();
		this.rpc = RpcHook.addTo(this);
	}

	StreamChannel channel() {
		return this.channel;
	}

	ConnectionContext context() {
		return this.context;
	}

	void localAddress(InetSocketAddress localAddress) {
		this.localAddress = localAddress;
	}

	ConnectionReader reader() {
		return this.reader;
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
	void close(DisconnectReason reason, @Nullable Throwable cause) {
		closingBecause(reason, cause);
		this.channel.close();
		this.reader.end(this::sendFailure);
	}

	void closingBecause(DisconnectReason reason, @Nullable Throwable cause) {
		this.closing.compareAndSet(null, new CloseReason(reason, cause));
	}

	CloseReason closing() {
		CloseReason closing = this.closing.get();
		return (closing != null) ? closing : new CloseReason(DisconnectReason.LOCAL, null);
	}

	boolean isClosing() {
		return this.closing.get() != null;
	}

	/** Handles what was received, then closes because the endpoint stops. */
	void shutDown() {
		this.channel.endInput();
	}

	/** Closes at once because the endpoint waits no longer, not even for a handler. */
	void cutOff() {
		closingBecause(DisconnectReason.SHUTDOWN, null);
		this.channel.abort();
		this.channel.interruptHandler();
		RpcHook.interrupt(this);
	}

	SocketOperationException sendFailure() {
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
	public boolean isOpen() {
		return this.channel.isOpen();
	}

	@Override
	public Instant getOpenedAt() {
		return Instant.ofEpochMilli(this.openedAt);
	}

	@Override
	public Map<String, Object> getAttributes() {
		Map<String, Object> attributes = this.attributes;
		if (attributes == null) {
			synchronized (this) {
				attributes = this.attributes;
				if (attributes == null) {
					attributes = new ConcurrentHashMap<>();
					this.attributes = attributes;
				}
			}
		}
		return attributes;
	}

	@Override
	public ConnectionStatistics getStatistics() {
		long idle = System.nanoTime() - Math.max(this.channel.lastRead(), this.channel.lastWrite());
		return new ConnectionStatistics(this.reader.messages(), this.channel.framesWritten(),
				this.channel.bytesReceived(), this.channel.bytesWritten(), this.channel.pending(),
				Instant.now().minusNanos(Math.max(idle, 0)));
	}

	@Override
	public void send(@Nullable Object payload) {
		send(Objects.requireNonNullElse(payload, Optional.empty()), this.channel.caller());
	}

	private void send(Object payload, Caller caller) {
		boolean observed = this.context.observesSends();
		boolean collected = caller.isCollected() && !observed;
		if (collected && caller.isLoop()) {
			sendOnLoop(payload, caller);
			return;
		}
		FrameOutput frame = encode(payload, null);
		if (collected && this.channel.append(frame.array(), frame.size())) {
			return;
		}
		write(ByteBuffer.wrap(frame.array(), 0, frame.size()), ObservedSend.begin(this, payload, observed), caller,
				caller.isCollected() && observed);
	}

	/** Adds to the batch; the thread keeps the room for what it encodes. */
	private void sendOnLoop(Object payload, Caller caller) {
		FrameOutput frame = scratch.get();
		try {
			encode(payload, frame);
			if (!this.channel.append(frame.array(), frame.size())) {
				write(ByteBuffer.wrap(Arrays.copyOf(frame.array(), frame.size())),
						ObservedSend.begin(this, payload, false), caller, false);
			}
		}
		finally {
			if (frame.array().length > MOST_KEPT) {
				scratch.remove();
			}
		}
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		Object message = Objects.requireNonNullElse(payload, Optional.empty());
		FrameOutput frame;
		try {
			frame = encode(message, null);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		CompletableFuture<Void> result = new CompletableFuture<>();
		this.channel.send(ByteBuffer.wrap(frame.array(), 0, frame.size()), promised(message, result));
		return result;
	}

	/**
	 * Queues a frame that has waited for this connection; calls no one.
	 * {@link StreamChannel#writeQueued()} is to follow.
	 * @param message the message
	 */
	void enqueue(OfflineBuffer.Waiting message) {
		this.channel.enqueue(message.frame(), promised(message.payload(), message.result()));
	}

	private SendCallback promised(Object payload, CompletableFuture<Void> result) {
		return new PromisedSend(ObservedSend.begin(this, payload, this.context.observesSends()), result);
	}

	/**
	 * Sends a frame that others are sent too, without waiting.
	 * @param frame the encoded frame; its position is this call's own
	 * @param payload what was encoded
	 * @return whether it was queued
	 */
	boolean offer(ByteBuffer frame, Object payload) {
		return this.channel.offer(frame, ObservedSend.begin(this, payload, this.context.observesSends()));
	}

	@Override
	public <T extends @Nullable Object> T request(@Nullable Object payload) {
		return request(payload, this.context.settings().requestTimeout());
	}

	@Override
	public <T extends @Nullable Object> T request(@Nullable Object payload, Duration timeout) {
		if (!this.channel.caller().mayAwaitInput()) {
			throw new IllegalStateException("An event loop runs this handler and reads nothing from " + this
					+ " meanwhile, so the handler cannot wait for an answer; use requestAsync, or dispatch: thread");
		}
		return Requester.await(requestAsync(payload, timeout), timeout);
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<T> requestAsync(@Nullable Object payload) {
		return requestAsync(payload, this.context.settings().requestTimeout());
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T extends @Nullable Object> CompletableFuture<T> requestAsync(@Nullable Object payload, Duration timeout) {
		Object message = Objects.requireNonNullElse(payload, Optional.empty());
		FrameOutput frame;
		long nanos;
		try {
			nanos = timeout.toNanos();
			frame = encode(message, null);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		return (CompletableFuture<T>) requester().ask(message, frame, nanos);
	}

	private Requester requester() {
		Requester requester = this.requester;
		if (requester == null) {
			synchronized (this) {
				requester = this.requester;
				if (requester == null) {
					requester = new Requester(this);
					this.reader.payloadHooks().add(requester);
					this.requester = requester;
				}
			}
		}
		return requester;
	}

	@Override
	public RpcPeer rpc() {
		return RpcEndpoints.require(RpcHook.peer(this), this.context.settings());
	}

	@Nullable RpcHook rpcHook() {
		return this.rpc;
	}

	@Override
	public void sendRaw(byte[] bytes) {
		requireOpen();
		write(ByteBuffer.wrap(bytes), null, this.channel.caller(), false);
	}

	@Override
	public void pauseReading() {
		this.channel.pause(PauseReason.APPLICATION);
	}

	@Override
	public void resumeReading() {
		this.channel.resume(PauseReason.APPLICATION);
	}

	@Override
	public void close() {
		close(DisconnectReason.LOCAL, null);
	}

	@Override
	public void kick() {
		close(DisconnectReason.KICKED, null);
	}

	/**
	 * Encodes a message.
	 * @param payload what to send
	 * @param reused where to encode it to, if not to an output of its own
	 * @return the frame
	 */
	FrameOutput encode(Object payload, @Nullable FrameOutput reused) {
		try {
			requireOpen();
			return PayloadEncoder.encode(this.context.settings(), payload, reused);
		}
		catch (SocketOperationException ex) {
			this.context.registry().counts().failed(ex.getCode());
			this.context.events().sendFailed(this, payload, ex);
			throw ex;
		}
	}

	/** What may leave with the end of its batch waits for that, not for the peer. */
	private void write(ByteBuffer bytes, @Nullable SendCallback callback, Caller caller, boolean deferred) {
		boolean waits = caller.mayAwaitWrite() && !(deferred && this.channel.hasRoom(bytes.remaining()));
		Throwable failure = waits ? this.channel.sendAndAwait(bytes, callback) : this.channel.send(bytes, callback);
		if (failure instanceof SocketOperationException exception) {
			throw exception;
		}
		if (failure != null) {
			throw new SocketOperationException(SocketErrorCode.NOT_CONNECTED, this + " is closed", failure);
		}
	}

	private void requireOpen() {
		if (!this.channel.isOpen()) {
			throw sendFailure();
		}
	}

	@Override
	public String toString() {
		return "Connection " + this.id + " of '" + getEndpoint() + "' with " + this.remoteAddress;
	}

}
