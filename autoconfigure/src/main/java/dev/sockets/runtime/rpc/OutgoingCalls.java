package dev.sockets.runtime.rpc;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

import dev.sockets.SocketOperationException;
import dev.sockets.rpc.RpcCall;

/**
 * What this side wants executed by the peer of one connection. Open to all threads.
 */
final class OutgoingCalls {

	/** Longer than anybody waits, and short enough to be counted in nanoseconds. */
	private static final Duration LONGEST = Duration.ofDays(36_500);

	private final EndpointRpc endpoint;

	private final RpcLink link;

	private final RpcProtocol protocol;

	private final CallTable calls;

	private final PolledRequests polled;

	OutgoingCalls(EndpointRpc endpoint, RpcLink link, RpcProtocol protocol) {
		this.endpoint = endpoint;
		this.link = link;
		this.protocol = protocol;
		this.calls = new CallTable(endpoint.maxPending());
		this.polled = new PolledRequests(link, endpoint.maxPending());
	}

	PolledRequests polled() {
		return this.polled;
	}

	boolean await() {
		return this.calls.isAnyWaiting();
	}

	static Duration atMostLongest(Duration timeout) {
		return (timeout.compareTo(LONGEST) < 0) ? timeout : LONGEST;
	}

	@Nullable Object execute(RpcCall call) {
		requireToWait();
		Duration timeout = timeout(call);
		Object value = begin(call, timeout, null).await(timeout);
		return (call.type() != null) ? this.endpoint.converter().result(value, ResolvableType.forType(call.type()))
				: value;
	}

	CompletableFuture<@Nullable Object> executeAsync(RpcCall call) {
		try {
			return begin(call, timeout(call), (call.type() != null) ? ResolvableType.forType(call.type()) : null);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private Duration timeout(RpcCall call) {
		Duration timeout = call.timeout();
		return (timeout != null) ? atMostLongest(timeout) : this.endpoint.requestTimeout();
	}

	private PendingCall begin(RpcCall call, Duration timeout, @Nullable ResolvableType type) {
		PendingCall pending = new PendingCall(this.link::letWait, this.endpoint.nextReturnCode(),
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

	/**
	 * Sends a request whose replies are polled.
	 * @param call what to execute
	 * @return its return code
	 */
	long send(RpcCall call) {
		long code = this.endpoint.nextReturnCode();
		Object payload = this.protocol.request(code, call);
		KeptReplies replies = this.polled.replies();
		replies.expect(code);
		try {
			this.link.send(payload, this.calls.areMany(), null);
			return code;
		}
		catch (SocketOperationException ex) {
			replies.forget(code);
			throw ex;
		}
	}

	void tell(RpcCall call) {
		this.link.send(this.protocol.tell(this.endpoint.nextReturnCode(), call), this.calls.areMany(), null);
	}

	/** The peer has answered. Called by the reading thread. */
	void answered(RpcMessage.Answer answer) {
		Long code = Opcodes.number(answer.returnCode());
		if (code == null || !(this.calls.answer(code, answer) || this.polled.takes(code, answer))) {
			this.polled.dropped();
		}
	}

	/**
	 * The peer has answered something that cannot be decoded. Called by the reading
	 * thread.
	 * @param returnCode which request
	 * @param cause what is wrong
	 */
	void undecodable(@Nullable Object returnCode, SocketOperationException cause) {
		Long code = Opcodes.number(returnCode);
		if (code == null || !this.calls.fail(code, cause)) {
			answered(new RpcMessage.Failure(returnCode, Refusals.undecodable("the result")));
		}
	}

	void tick(long now) {
		this.calls.expire(now);
	}

	void ended(SocketOperationException cause) {
		this.calls.close(cause);
		this.polled.ended(cause);
	}

	void requireToWait() {
		if (!this.link.letWait()) {
			throw new IllegalStateException("This code runs on an event loop which reads nothing from "
					+ this.link.connection()
					+ " meanwhile, so it cannot wait for a result; use executeAsync, or another dispatch than 'loop'");
		}
	}

}
