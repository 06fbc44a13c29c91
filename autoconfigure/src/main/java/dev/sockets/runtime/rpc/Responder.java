package dev.sockets.runtime.rpc;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.rpc.RpcRequest;

/**
 * Answers the requests of one connection's peer. Called by any thread, once for each.
 */
final class Responder {

	private final EndpointRpc endpoint;

	private final RpcLink link;

	private final RpcProtocol protocol;

	private final Invocations invocations;

	Responder(EndpointRpc endpoint, RpcLink link, RpcProtocol protocol, Invocations invocations) {
		this.endpoint = endpoint;
		this.link = link;
		this.protocol = protocol;
		this.invocations = invocations;
	}

	/** Returns a request as its handler sees it. */
	RpcRequest received(RpcMessage.Request request) {
		return new ReceivedRequest(request, this.link.connection(), this.endpoint.converter());
	}

	/**
	 * A request was executed, or has failed to be.
	 * @param request the request
	 * @param result its result; {@code null} for None
	 * @param failure what the handler threw; {@code null} for nothing
	 */
	void executed(RpcMessage.Request request, @Nullable Object result, @Nullable Throwable failure) {
		if (failure != null) {
			failed(request, failure);
			return;
		}
		try {
			if (request.isAnswered()) {
				answer(request, (result instanceof Optional<?> optional) ? optional.orElse(null) : result);
			}
		}
		catch (Throwable ex) {
			failed(request, ex);
		}
	}

	private void failed(RpcMessage.Request request, Throwable failure) {
		if (request.isAnswered()) {
			answerBy(request, Errors.report(failure, this.endpoint.settings().errorDetail()));
		}
		if (!request.isAnswered() || !Errors.isAnswer(failure)) {
			this.link.handlerFailed(failure);
		}
	}

	private void answer(RpcMessage.Request request, @Nullable Object value) {
		try {
			this.link.send(this.protocol.result(request.returnCode(), value), this.invocations.areMany(), null);
		}
		catch (SocketOperationException ex) {
			if (this.link.connection().isOpen()) {
				answerBy(request, Refusals.noResult());
			}
		}
	}

	/**
	 * A request is not executed. One that wants no answer is counted.
	 * @param request the request
	 * @param code why, for the count
	 * @param error why, for the peer
	 */
	void refuse(RpcMessage.Request request, SocketErrorCode code, ErrorReport error) {
		if (request.isAnswered()) {
			answerBy(request, error);
		}
		else {
			this.link.failed(code);
			this.endpoint.dropped(this.link.connection(), error);
		}
	}

	/** Nothing is bound to the opcode of a request. */
	void refuseUnknown(RpcMessage.Request request) {
		if (request.isAnswered()) {
			answerBy(request, Refusals.unknownOpcode(request.opcode()));
		}
		else {
			this.link.failed(SocketErrorCode.UNKNOWN_OPCODE);
		}
	}

	/** A message may be too long, or of characters that cannot be encoded. */
	private void answerBy(RpcMessage.Request request, ErrorReport error) {
		if (!isSent(request, error) && this.link.connection().isOpen()) {
			isSent(request, Refusals.withoutDetail(error));
		}
	}

	private boolean isSent(RpcMessage.Request request, ErrorReport error) {
		try {
			this.link.send(this.protocol.failure(request.returnCode(), error), this.invocations.areMany(), null);
			return true;
		}
		catch (SocketOperationException ex) {
			this.link.failed(ex.getCode());
			return false;
		}
	}

}
