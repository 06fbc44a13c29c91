package dev.sockets.runtime.rpc;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

import dev.sockets.FailureText;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.rpc.Reply;
import dev.sockets.rpc.RpcCall;
import dev.sockets.rpc.RpcHandler;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.rpc.RpcRequest;

/**
 * The peer of one connection: the requests to it, and those from it.
 */
public final class ConnectionRpc implements RpcPeer {

	/** Longer than anybody waits, and short enough to be counted in nanoseconds. */
	private static final Duration LONGEST = Duration.ofDays(36_500);

	private final EndpointRpc endpoint;

	private final RpcLink link;

	private final RpcProtocol protocol;

	private final Bindings bindings;

	private final CallTable calls;

	private final Invocations invocations;

	private volatile @Nullable KeptReplies kept;

	/** Guarded by this object's monitor. */
	private @Nullable SocketOperationException ended;

	ConnectionRpc(EndpointRpc endpoint, RpcLink link, RpcProtocol protocol, Invocations invocations) {
		this.endpoint = endpoint;
		this.link = link;
		this.protocol = protocol;
		this.invocations = invocations;
		this.bindings = new Bindings(endpoint.reserved());
		this.calls = new CallTable(endpoint.maxPending());
	}

	RpcLink link() {
		return this.link;
	}

	Invocations invocations() {
		return this.invocations;
	}

	/**
	 * Returns whether the application is to know of the connection only later.
	 * @return whether the connection is held back
	 */
	public boolean holds() {
		return this.protocol.holds();
	}

	/** TCP has connected, and the connection is held back. */
	public void begin() {
		this.protocol.begin();
	}

	/**
	 * Returns what the peer calls itself.
	 * @return its identity; {@code null} when it has not told
	 */
	public @Nullable String peerId() {
		return this.protocol.peerId();
	}

	/** The application is told of the connection. */
	public void opened() {
		this.protocol.opened();
	}

	/**
	 * Looks at a payload. Called by the reading thread.
	 * @param payload the payload
	 * @return whether it was a request or a reply, so that nobody else gets it
	 */
	public boolean takes(Object payload) {
		RpcMessage message;
		try {
			message = this.protocol.read(payload);
		}
		catch (IllegalArgumentException ex) {
			this.link.malformed(new SocketOperationException(SocketErrorCode.MALFORMED_FRAME,
					this.link.connection() + " has received a malformed request or reply: " + FailureText.message(ex),
					ex));
			return true;
		}
		if (message instanceof RpcMessage.Request request) {
			requested(request, payload);
		}
		else if (message instanceof RpcMessage.Answer answer) {
			answered(answer);
		}
		return message != null;
	}

	private void requested(RpcMessage.Request request, Object payload) {
		Object key = Opcodes.key(request.opcode());
		Binding binding = this.bindings.find(key);
		if (binding == null) {
			binding = this.endpoint.bindings().find(key);
		}
		if (binding != null) {
			this.invocations.begin(new Invocation(this, request, binding, payload));
		}
		else if (request.isAnswered()) {
			refuse(request, Errors.unknownOpcode(request.opcode()));
		}
		else {
			this.link.failed(SocketErrorCode.UNKNOWN_OPCODE);
		}
	}

	private void answered(RpcMessage.Answer answer) {
		Long code = Opcodes.number(answer.returnCode());
		if (code == null || !(this.calls.answer(code, answer) || isKept(code, answer))) {
			dropped();
		}
	}

	private boolean isKept(Long code, RpcMessage.Answer answer) {
		KeptReplies kept = this.kept;
		if (kept == null || !kept.knows(code)) {
			return false;
		}
		long bytes = this.link.hold();
		boolean isKept = kept.offer(code, answer, bytes);
		if (!isKept) {
			this.link.release(bytes);
		}
		return isKept;
	}

	private void dropped() {
		this.link.failed(SocketErrorCode.REPLY_DROPPED);
	}

	/**
	 * Some time has passed. Called about ten times a second, by any thread.
	 * @param now the time, as {@link RpcLink#nanos()}
	 */
	public void tick(long now) {
		this.calls.expire(now);
		this.protocol.tick(now);
	}

	/**
	 * Nothing more is read. Called by any thread, perhaps more than once.
	 * @param cause why; the first one stays
	 */
	public void ended(SocketOperationException cause) {
		KeptReplies kept;
		synchronized (this) {
			if (this.ended == null) {
				this.ended = cause;
			}
			kept = this.kept;
		}
		this.calls.close(cause);
		if (kept != null) {
			kept.close(cause);
		}
	}

	/**
	 * Does something once all requests of the peer are answered.
	 * @param action what to do
	 */
	public void whenIdle(Runnable action) {
		this.invocations.whenIdle(action);
	}

	/** Interrupts the handlers of all requests of the peer. */
	public void interrupt() {
		this.invocations.interrupt();
	}

	RpcRequest received(RpcMessage.Request request) {
		return new ReceivedRequest(request, this.link.connection(), this.endpoint.converter());
	}

	ErrorReport report(Throwable failure) {
		return Errors.report(failure, this.endpoint.settings().errorDetail());
	}

	/**
	 * Answers a request of the peer. Called by any thread.
	 * @param request the request
	 * @param value its result; {@code null} for None
	 */
	void answer(RpcMessage.Request request, @Nullable Object value) {
		try {
			this.link.send(this.protocol.result(request.returnCode(), value), this.invocations.areMany(), null);
		}
		catch (SocketOperationException ex) {
			if (this.link.connection().isOpen()) {
				refuse(request, Errors.noAnswer("the result cannot be sent"));
			}
		}
	}

	/**
	 * Answers a request of the peer with an error. Called by any thread.
	 * @param request the request
	 * @param error why it was not executed
	 */
	void refuse(RpcMessage.Request request, ErrorReport error) {
		try {
			refuseWith(request, error);
		}
		catch (SocketOperationException ex) {
			this.link.failed(ex.getCode());
			if (this.link.connection().isOpen()) {
				refuseBriefly(request, error);
			}
		}
	}

	private void refuseWith(RpcMessage.Request request, ErrorReport error) {
		this.link.send(this.protocol.failure(request.returnCode(), error), this.invocations.areMany(), null);
	}

	/** A message may be too long, or of characters that cannot be encoded. */
	private void refuseBriefly(RpcMessage.Request request, ErrorReport error) {
		try {
			refuseWith(request, Errors.withoutDetail(error));
		}
		catch (SocketOperationException ex) {
			this.link.failed(ex.getCode());
		}
	}

	/**
	 * A request that wants no answer is not executed. Called by any thread.
	 * @param code why, for the count
	 * @param error why, for the log
	 */
	void dropped(SocketErrorCode code, ErrorReport error) {
		this.link.failed(code);
		this.endpoint.dropped(this.link.connection(), error);
	}

	@Override
	public void bind(Object opcode, RpcHandler handler) {
		this.bindings.bind(opcode, handler);
	}

	@Override
	public void unbind(Object opcode) {
		this.bindings.unbind(opcode);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T execute(RpcCall call) {
		requireToWait();
		Duration timeout = timeout(call);
		PendingCall pending = begin(call, timeout, null);
		Object value = pending.await(timeout);
		return (T) ((call.type() != null) ? this.endpoint.converter().result(value, ResolvableType.forType(call.type()))
				: value);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> CompletableFuture<T> executeAsync(RpcCall call) {
		ResolvableType type = (call.type() != null) ? ResolvableType.forType(call.type()) : null;
		return (CompletableFuture<T>) begin(call, timeout(call), type);
	}

	private Duration timeout(RpcCall call) {
		Duration timeout = call.timeout();
		return (timeout != null) ? atMostLongest(timeout) : this.endpoint.requestTimeout();
	}

	private static Duration atMostLongest(Duration timeout) {
		return (timeout.compareTo(LONGEST) < 0) ? timeout : LONGEST;
	}

	private PendingCall begin(RpcCall call, Duration timeout, @Nullable ResolvableType type) {
		PendingCall pending = new PendingCall(this.link::mayWait, this.endpoint.nextReturnCode(),
				this.link.nanos() + timeout.toNanos(), type, this.endpoint.converter());
		Object payload = this.protocol.request(pending.code(), call);
		this.link.requested(pending, payload);
		try {
			this.calls.add(pending);
			this.link.send(payload, this.calls.areMany(), pending::completeExceptionally);
		}
		catch (SocketOperationException ex) {
			pending.completeExceptionally(ex);
		}
		return pending;
	}

	@Override
	public long send(Object opcode, @Nullable Object... args) {
		long code = this.endpoint.nextReturnCode();
		Object payload = this.protocol.request(code, RpcCall.of(opcode, args));
		KeptReplies kept = kept();
		kept.expect(code);
		try {
			this.link.send(payload, this.calls.areMany(), null);
			return code;
		}
		catch (SocketOperationException ex) {
			kept.forget(code);
			throw ex;
		}
	}

	private synchronized KeptReplies kept() {
		KeptReplies kept = this.kept;
		if (kept == null) {
			kept = new KeptReplies(this.endpoint.maxPending(), this::dropped, this.link::release);
			if (this.ended != null) {
				kept.close(this.ended);
			}
			this.kept = kept;
		}
		return kept;
	}

	@Override
	public void tell(Object opcode, @Nullable Object... args) {
		this.link.send(this.protocol.tell(this.endpoint.nextReturnCode(), RpcCall.of(opcode, args)),
				this.calls.areMany(), null);
	}

	@Override
	public @Nullable Reply poll(Object returnCode, Duration timeout) {
		if (!timeout.isZero()) {
			requireToWait();
		}
		RpcMessage.Answer answer = kept().poll(Opcodes.number(returnCode), atMostLongest(timeout));
		if (answer instanceof RpcMessage.Failure failure) {
			throw Errors.exception(failure.error());
		}
		return (answer instanceof RpcMessage.Result result) ? new Reply(result.value()) : null;
	}

	boolean knows(Object returnCode) {
		KeptReplies kept = this.kept;
		return kept != null && kept.knows(Opcodes.number(returnCode));
	}

	@Override
	public void flush(Object returnCode) {
		kept().flush(Opcodes.number(returnCode));
	}

	@Override
	public void forget(Object returnCode) {
		kept().forget(Opcodes.number(returnCode));
	}

	@Override
	public void forgetAll() {
		kept().forgetAll();
	}

	private void requireToWait() {
		if (!this.link.mayWait()) {
			throw new IllegalStateException("An event loop runs this handler and reads nothing from "
					+ this.link.connection()
					+ " meanwhile, so the handler cannot wait for a result; use executeAsync, or dispatch: thread");
		}
	}

	@Override
	public String toString() {
		return "Peer of " + this.link.connection();
	}

}
