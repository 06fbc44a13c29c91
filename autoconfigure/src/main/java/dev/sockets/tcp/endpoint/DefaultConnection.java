package dev.sockets.tcp.endpoint;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.framing.FrameOutput;
import dev.sockets.loop.Channel;
import dev.sockets.loop.EventLoop;
import dev.sockets.loop.SendCallback;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionStatistics;
import dev.sockets.tcp.HandlerErrorPolicy;
import dev.sockets.tcp.Heartbeat;
import dev.sockets.tcp.MessageObserver;

/**
 * A connection as the application sees it: encodes what it sends, and remembers why it
 * was closed. What comes in is the {@link Inbound}'s.
 */
final class DefaultConnection implements Connection {

	private static final ThreadLocal<FrameOutput> scratch = ThreadLocal.withInitial(() -> new FrameOutput(4096));

	private final String id;

	private final ConnectionContext context;

	private final Inbound inbound;

	private final Channel channel;

	private final AtomicReference<@Nullable Closing> closing = new AtomicReference<>();

	private final long openedAt;

	private final InetSocketAddress remoteAddress;

	private volatile @Nullable InetSocketAddress localAddress;

	private volatile @Nullable Map<String, Object> attributes;

	private volatile @Nullable IntegrationConnection view;

	private volatile @Nullable Requests requests;

	DefaultConnection(String id, ConnectionContext context, EventLoop loop, SocketChannel socket,
			InetSocketAddress remoteAddress) {
		this.id = id;
		this.context = context;
		this.remoteAddress = remoteAddress;
		this.inbound = new Inbound(this, context);
		this.channel = new Channel(loop, socket, context.channelSettings(), this.inbound);
		this.openedAt = System.currentTimeMillis();
	}

	Channel channel() {
		return this.channel;
	}

	ConnectionContext context() {
		return this.context;
	}

	void localAddress(InetSocketAddress localAddress) {
		this.localAddress = localAddress;
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
		failRequests(sendFailure());
	}

	void closingBecause(DisconnectReason reason, @Nullable Throwable cause) {
		this.closing.compareAndSet(null, new Closing(reason, cause));
	}

	Closing closing() {
		Closing closing = this.closing.get();
		return (closing != null) ? closing : new Closing(DisconnectReason.LOCAL, null);
	}

	boolean isClosing() {
		return this.closing.get() != null;
	}

	/**
	 * A handler of a message of this connection has failed.
	 * @param failure what it threw
	 */
	void handlerFailed(Throwable failure) {
		SocketOperationException cause = new SocketOperationException(SocketErrorCode.HANDLER_FAILED,
				"A handler of '" + getEndpoint() + "' failed: " + failure, failure);
		this.context.registry().counts().failed(SocketErrorCode.HANDLER_FAILED);
		this.context.events().messageFailed(this, cause, "");
		if (this.context.settings().onHandlerError() == HandlerErrorPolicy.CLOSE) {
			close(DisconnectReason.HANDLER_ERROR, failure);
		}
	}

	/**
	 * Completes the request that a received message answers.
	 * @param payload the message
	 * @return whether a request has waited for it
	 */
	boolean answers(Object payload) {
		Requests requests = this.requests;
		CompletableFuture<Object> answer = (requests != null) ? requests.next() : null;
		if (answer == null) {
			return false;
		}
		return (payload instanceof Inbound.Fault fault) ? answer.completeExceptionally(fault.cause())
				: answer.complete(payload);
	}

	void expireRequests(long now) {
		Requests requests = this.requests;
		if (requests != null) {
			requests.expire(now);
		}
	}

	/**
	 * Nothing more is read, although the connection may stay open until what was read is
	 * handled. A handler that waits for an answer is not to wait for that.
	 * @param code what requests fail with
	 * @param cause what led to it, if it was a fault
	 */
	void noMoreAnswers(SocketErrorCode code, @Nullable Throwable cause) {
		requests().close(new SocketOperationException(code, this + " reads no more answers", cause));
	}

	/**
	 * The connection is closed, or about to be.
	 * @param cause why
	 */
	void failRequests(SocketOperationException cause) {
		Requests requests = this.requests;
		if (requests != null) {
			requests.close(cause);
		}
	}

	/** Sends a heartbeat. */
	void beat() {
		Heartbeat heartbeat = this.context.settings().heartbeat();
		if (heartbeat != null) {
			this.channel.send(Encoder.frame(this.context.settings().framing(), heartbeat.message()), null);
		}
	}

	/** Tells the peer that the endpoint stops, and closes. */
	void sayGoodbye() {
		ByteBuffer goodbye = this.context.goodbye();
		if (goodbye != null && isOpen()) {
			this.channel.send(goodbye.duplicate(), null);
		}
		close(DisconnectReason.SHUTDOWN, null);
	}

	/** Handles what was received, then closes because the endpoint stops. */
	void shutDown() {
		this.channel.end();
	}

	/** Closes at once because the endpoint waits no longer, not even for a handler. */
	void cutOff() {
		closingBecause(DisconnectReason.SHUTDOWN, null);
		this.channel.abort();
		this.channel.interruptHandler();
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
		return new ConnectionStatistics(this.inbound.messages(), this.channel.framesWritten(),
				this.channel.bytesReceived(), this.channel.bytesWritten(), this.channel.pending(),
				Instant.now().minusNanos(Math.max(idle, 0)));
	}

	@Override
	public void send(Object payload) {
		boolean inBatch = this.channel.isInBatch();
		boolean observed = this.context.observesSends();
		FrameOutput reused = (inBatch && !observed && EventLoop.isLoopThread()) ? scratch.get() : null;
		FrameOutput frame = encode(payload, reused);
		if (inBatch && !observed && this.channel.append(frame.array(), frame.size())) {
			return;
		}
		byte[] bytes = (reused != null) ? Arrays.copyOf(frame.array(), frame.size()) : frame.array();
		write(ByteBuffer.wrap(bytes, 0, frame.size()), callback(payload, observed), inBatch && observed);
	}

	@Override
	public CompletableFuture<Void> sendAsync(Object payload) {
		FrameOutput frame;
		try {
			frame = encode(payload, null);
		}
		catch (SocketOperationException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		CompletableFuture<Void> result = new CompletableFuture<>();
		this.channel.send(ByteBuffer.wrap(frame.array(), 0, frame.size()),
				callback(payload, this.context.observesSends(), result));
		return result;
	}

	/**
	 * Queues a frame that has waited for this connection; calls no one.
	 * {@link Channel#writeQueued()} is to follow.
	 * @param message the message
	 */
	void enqueue(Outbox.Waiting message) {
		this.channel.enqueue(message.frame(),
				callback(message.payload(), this.context.observesSends(), message.result()));
	}

	/**
	 * Sends a frame that others are sent too, without waiting.
	 * @param frame the encoded frame; its position is this call's own
	 * @param payload what was encoded
	 * @return whether it was queued
	 */
	boolean offer(ByteBuffer frame, Object payload) {
		boolean observed = this.context.observesSends();
		return this.channel.offer(frame, callback(payload, observed));
	}

	@Override
	public <T> T request(Object payload) {
		return request(payload, this.context.settings().requestTimeout());
	}

	@Override
	public <T> T request(Object payload, Duration timeout) {
		if (this.channel.isServedByCaller() || !EventLoop.mayWait()) {
			throw new IllegalStateException("An event loop runs this handler and reads nothing from " + this
					+ " meanwhile, so the handler cannot wait for an answer; use requestAsync, or dispatch: thread");
		}
		CompletableFuture<T> answer = request(payload, timeout.toNanos());
		try {
			return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			answer.completeExceptionally(Requests.timeout());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			answer.completeExceptionally(new SocketOperationException(SocketErrorCode.REQUEST_TIMEOUT,
					"The thread was interrupted while it waited for an answer", ex));
		}
		catch (ExecutionException ex) {
			throw failure(ex.getCause());
		}
		return outcome(answer);
	}

	/** Returns the answer that came at the last moment, or throws. */
	private static <T> T outcome(CompletableFuture<T> answer) {
		try {
			return answer.join();
		}
		catch (CompletionException ex) {
			throw failure(ex.getCause());
		}
	}

	private static RuntimeException failure(@Nullable Throwable cause) {
		if (cause instanceof SocketOperationException failure) {
			return new SocketOperationException(failure.getCode(), String.valueOf(failure.getMessage()), failure);
		}
		return new IllegalStateException(cause);
	}

	@Override
	public <T> CompletableFuture<T> requestAsync(Object payload) {
		return requestAsync(payload, this.context.settings().requestTimeout());
	}

	@Override
	public <T> CompletableFuture<T> requestAsync(Object payload, Duration timeout) {
		return request(payload, timeout.toNanos());
	}

	@SuppressWarnings("unchecked")
	private <T> CompletableFuture<T> request(Object payload, long timeoutNanos) {
		FrameOutput frame;
		try {
			frame = encode(payload, null);
		}
		catch (SocketOperationException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		Requests requests = requests();
		CompletableFuture<Object> answer = new CompletableFuture<>();
		this.context.registry().counts().requested(answer);
		MessageObserver observer = this.context.handlers().observer();
		if (observer != MessageObserver.NONE) {
			MessageObserver.Observed observation = observer.requesting(this, payload);
			answer.whenComplete((result, failure) -> observation.ended(failure));
		}
		SendCallback callback = callback(payload, this.context.observesSends());
		SendCallback sent = (failure) -> {
			callback.ended(failure);
			if (failure != null) {
				requests.remove(answer);
				answer.completeExceptionally(failure);
			}
		};
		Throwable refused = this.channel.makeRoom(frame.size())
				? requests.add(answer, System.nanoTime() + timeoutNanos,
						Math.max(timeoutNanos, this.context.settings().requestTimeout().toNanos()),
						() -> this.channel.enqueue(ByteBuffer.wrap(frame.array(), 0, frame.size()), sent))
				: this.channel.overflowFailure();
		if (refused != null) {
			sent.ended(refused);
		}
		else {
			this.channel.writeQueued();
		}
		return (CompletableFuture<T>) answer;
	}

	private Requests requests() {
		Requests requests = this.requests;
		if (requests == null) {
			synchronized (this) {
				requests = this.requests;
				if (requests == null) {
					requests = new Requests(this.context.settings().maxPendingRequests());
					this.requests = requests;
				}
			}
		}
		return requests;
	}

	@Override
	public void sendRaw(byte[] bytes) {
		requireOpen();
		write(ByteBuffer.wrap(bytes), (failure) -> {
		}, false);
	}

	@Override
	public void pauseReading() {
		this.channel.block(Channel.PAUSED);
	}

	@Override
	public void resumeReading() {
		this.channel.unblock(Channel.PAUSED);
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
	private FrameOutput encode(Object payload, @Nullable FrameOutput reused) {
		try {
			requireOpen();
			return Encoder.encode(this.context.settings(), payload, reused);
		}
		catch (SocketOperationException ex) {
			this.context.registry().counts().failed(ex.getCode());
			this.context.events().sendFailed(this, payload, ex);
			throw ex;
		}
	}

	private void write(ByteBuffer bytes, SendCallback callback, boolean deferred) {
		if ((deferred && this.channel.hasRoom(bytes.remaining())) || !EventLoop.mayWait()) {
			this.channel.send(bytes, callback);
			return;
		}
		Throwable failure = this.channel.sendAndAwait(bytes, callback);
		if (failure instanceof SocketOperationException exception) {
			throw exception;
		}
		if (failure != null) {
			throw new SocketOperationException(SocketErrorCode.NOT_CONNECTED, this + " is closed", failure);
		}
	}

	private SendCallback callback(Object payload, boolean observed, CompletableFuture<Void> result) {
		SendCallback callback = callback(payload, observed);
		return (failure) -> {
			callback.ended(failure);
			if (failure == null) {
				result.complete(null);
			}
			else {
				result.completeExceptionally(failure);
			}
		};
	}

	/** Keeps the payload, beside the frame that waits, only for those who observe. */
	private SendCallback callback(Object payload, boolean observed) {
		if (!observed) {
			return this.context.registry().counts().sends();
		}
		MessageObserver.Observed observation = this.context.handlers().observer().sending(this, payload);
		return (failure) -> {
			this.context.registry().counts().sends().ended(failure);
			observation.ended(failure);
			if (failure == null) {
				this.context.events().sent(this, payload);
			}
			else if (failure instanceof SocketOperationException exception) {
				this.context.events().sendFailed(this, payload, exception);
			}
		};
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
