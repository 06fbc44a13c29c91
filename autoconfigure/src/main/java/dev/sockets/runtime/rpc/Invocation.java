package dev.sockets.runtime.rpc;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.sockets.SocketErrorCode;
import dev.sockets.runtime.Callbacks;
import dev.sockets.tcp.MessageObserver;

/**
 * A request of the peer on its way through its handler. Run once, by a thread for
 * handlers.
 */
final class Invocation implements Runnable {

	private final Invocations invocations;

	private final Responder responder;

	private final RpcMessage.Request request;

	private final Binding binding;

	private final Object payload;

	private final boolean trusted;

	private final AtomicBoolean ended = new AtomicBoolean();

	/** How much memory is kept for it; set before any other thread knows of it. */
	private long held;

	private long begin;

	/** Whether its handler has returned a result that comes later. */
	private volatile boolean isLater;

	private long returnedAt;

	/** Guarded by this object's monitor. */
	private @Nullable Thread thread;

	/**
	 * Creates a request.
	 * @param invocations told of its beginning and its end
	 * @param responder answers it
	 * @param request what the peer wants
	 * @param binding handles it
	 * @param payload the request as it came
	 */
	Invocation(Invocations invocations, Responder responder, RpcMessage.Request request, Binding binding,
			Object payload) {
		this.invocations = invocations;
		this.responder = responder;
		this.request = request;
		this.binding = binding;
		this.payload = payload;
		this.trusted = binding.pace().isShort();
	}

	/** Returns whether an event loop may call its handler. */
	boolean isShort() {
		return this.trusted;
	}

	/** It has to wait, perhaps. Called by the reading thread. */
	void hold() {
		this.held = this.invocations.link().hold();
	}

	/** It waits no longer. Called once for each {@link #hold()}. */
	void release() {
		this.invocations.link().release(this.held);
	}

	@Override
	public void run() {
		this.begin = System.nanoTime();
		Object result = null;
		Throwable failure = null;
		try {
			thread(Thread.currentThread());
			this.invocations.entered(this);
			result = handle();
		}
		catch (Throwable ex) {
			failure = ex;
		}
		finally {
			this.binding.pace().took(System.nanoTime() - this.begin, this.trusted);
			this.invocations.returned(this);
			thread(null);
			Thread.interrupted();
		}
		returned(result, failure);
	}

	private @Nullable Object handle() throws Exception {
		MessageObserver.Observed observed = this.invocations.link().handling(this.payload, this.request.isAnswered());
		Throwable failure = null;
		try {
			return this.binding.handler().handle(this.responder.received(this.request));
		}
		catch (Throwable ex) {
			failure = ex;
			throw ex;
		}
		finally {
			observed.ended(failure);
		}
	}

	private void returned(@Nullable Object result, @Nullable Throwable failure) {
		try {
			CompletionStage<?> later = (result instanceof Mono<?> mono) ? mono.toFuture()
					: (result instanceof CompletionStage<?> stage) ? stage : null;
			if (later != null) {
				this.returnedAt = this.invocations.link().nanos();
				this.isLater = true;
				later.whenComplete((value, cause) -> Callbacks.run(() -> end(value, cause)));
			}
			else {
				end(result, failure);
			}
		}
		catch (Throwable ex) {
			end(null, ex);
		}
	}

	/**
	 * Waits no longer for a result that comes later.
	 * @param now the time, as {@link RpcLink#nanos()}
	 * @param longest how long it may take
	 */
	void endIfLate(long now, Duration longest) {
		if (this.isLater && now - this.returnedAt >= longest.toNanos()) {
			Throwable late = new TimeoutException("there was no result within " + longest.toMillis() + " ms");
			if (end(null, late) && this.request.isAnswered()) {
				this.invocations.link().handlerFailed(late);
			}
		}
	}

	/** Whatever the stage of a handler does, a request has one end. */
	private boolean end(@Nullable Object result, @Nullable Throwable failure) {
		if (!this.ended.compareAndSet(false, true)) {
			return false;
		}
		this.invocations.answering();
		try {
			this.responder.executed(this.request, result, failure);
		}
		finally {
			leave();
		}
		return true;
	}

	private void leave() {
		try {
			this.invocations.link().handled(System.nanoTime() - this.begin);
		}
		finally {
			this.invocations.ended(this);
		}
	}

	/**
	 * It is not handled.
	 * @param code why, for the count
	 * @param error why, for the peer
	 */
	void refuse(SocketErrorCode code, ErrorReport error) {
		this.responder.refuse(this.request, code, error);
	}

	/**
	 * Not even the refusal could be sent.
	 * @param failure why
	 */
	void lost(Throwable failure) {
		this.invocations.link().handlerFailed(failure);
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
