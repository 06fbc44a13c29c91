package dev.sockets.runtime.rpc;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.sockets.rpc.RpcHandler;
import dev.sockets.tcp.MessageObserver;

/**
 * A request of the peer on its way through its handler. Run once, by a thread for
 * handlers.
 */
final class Invocation implements Runnable {

	private final ConnectionRpc conversation;

	private final RpcMessage.Request request;

	private final RpcHandler handler;

	private final Object payload;

	private long begin;

	/** Guarded by this object's monitor. */
	private @Nullable Thread thread;

	/**
	 * Creates a request.
	 * @param conversation where the answer goes
	 * @param request what the peer wants
	 * @param handler handles it
	 * @param payload the request as it came
	 */
	Invocation(ConnectionRpc conversation, RpcMessage.Request request, RpcHandler handler, Object payload) {
		this.conversation = conversation;
		this.request = request;
		this.handler = handler;
		this.payload = payload;
	}

	@Override
	public void run() {
		this.begin = System.nanoTime();
		thread(Thread.currentThread());
		this.conversation.invocations().entered(this);
		Object result = null;
		Throwable failure = null;
		try {
			result = handle();
		}
		catch (Throwable ex) {
			failure = ex;
		}
		finally {
			this.conversation.invocations().returned(this);
			thread(null);
			Thread.interrupted();
		}
		if (failure != null) {
			failed(failure);
		}
		else {
			returned(result);
		}
	}

	private @Nullable Object handle() throws Exception {
		MessageObserver.Observed observed = this.conversation.link().handling(this.payload);
		Throwable failure = null;
		try {
			return this.handler.handle(this.conversation.received(this.request));
		}
		catch (Throwable ex) {
			failure = ex;
			throw ex;
		}
		finally {
			observed.ended(failure);
		}
	}

	private void returned(@Nullable Object result) {
		if (result instanceof CompletionStage<?> later) {
			later.whenComplete((value, failure) -> {
				if (failure != null) {
					failed(failure);
				}
				else {
					succeeded(value);
				}
			});
		}
		else if (result instanceof Mono<?> mono) {
			returned(mono.toFuture());
		}
		else {
			succeeded(result);
		}
	}

	private void succeeded(@Nullable Object result) {
		Object value = (result instanceof Optional<?> optional) ? optional.orElse(null) : result;
		try {
			if (this.request.isAnswered()) {
				this.conversation.answer(this.request, value);
			}
		}
		catch (Throwable ex) {
			failed(ex);
			return;
		}
		ended();
	}

	private void failed(Throwable failure) {
		try {
			if (this.request.isAnswered()) {
				this.conversation.refuse(this.request, this.conversation.report(failure));
			}
			if (!this.request.isAnswered() || !Errors.isAnswer(failure)) {
				this.conversation.link().handlerFailed(failure);
			}
		}
		finally {
			ended();
		}
	}

	private void ended() {
		this.conversation.link().handled(System.nanoTime() - this.begin);
		this.conversation.invocations().ended();
	}

	/**
	 * Answers the request instead of handling it.
	 * @param error why
	 */
	void refuse(ErrorReport error) {
		if (this.request.isAnswered()) {
			this.conversation.refuse(this.request, error);
		}
	}

	private synchronized void thread(@Nullable Thread thread) {
		this.thread = thread;
	}

	synchronized void interrupt() {
		if (this.thread != null) {
			this.thread.interrupt();
		}
	}

}
