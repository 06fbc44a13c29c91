package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.framing.FrameOutput;
import dev.sockets.loop.stream.SendCallback;
import dev.sockets.runtime.AwaitedAnswer;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.MessageObserver;
import dev.sockets.tcp.RequestOrder;

/**
 * The requests over one connection, and the answers to them: each message is the answer
 * to the oldest request that has its key.
 */
final class Requester implements PayloadHook {

	private final DefaultConnection connection;

	private final PendingRequests requests;

	private final AnswerKeys keys;

	private final boolean closesOnTimeout;

	/** {@code null} when requests don't wait for each other. */
	private final @Nullable RequestLine line;

	/** One for all answers. */
	private final BooleanSupplier mayWait;

	Requester(DefaultConnection connection) {
		ConnectionSettings settings = connection.context().settings();
		this.connection = connection;
		this.mayWait = connection.channel()::letAwaitInput;
		this.requests = new PendingRequests(settings.maxPendingRequests());
		this.keys = new AnswerKeys(connection);
		this.closesOnTimeout = settings.requestMatching().closesOnTimeout();
		this.line = (settings.requestMatching().order() == RequestOrder.ONE_AT_A_TIME)
				? new RequestLine(settings.maxPendingRequests()) : null;
	}

	/**
	 * Sends a request.
	 * @param payload what to ask
	 * @param frame the same, encoded
	 * @param timeoutNanos how long to wait for the answer
	 * @return completed with the answer
	 */
	CompletableFuture<Object> ask(Object payload, FrameOutput frame, long timeoutNanos) {
		CompletableFuture<Object> answer = new AwaitedAnswer<>(this.mayWait);
		Object key;
		try {
			key = this.keys.ofRequest(payload, frame);
		}
		catch (SocketOperationException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		long keep = Math.max(timeoutNanos, this.connection.context().settings().requestTimeout().toNanos());
		PendingRequest request = new PendingRequest(answer, key, this.connection.channel().nanos() + timeoutNanos,
				keep);
		observe(this.connection, answer, payload);
		OutgoingRequest outgoing = new OutgoingRequest(request, frame, sent(request, payload));
		try {
			if (this.line == null || this.line.enter(outgoing)) {
				send(outgoing);
			}
		}
		catch (SocketOperationException ex) {
			outgoing.sent().ended(ex);
		}
		return answer;
	}

	/**
	 * Waits for a message as for the answer to a request, but sends nothing.
	 * @param timeoutNanos how long to wait for it
	 * @return completed with the message
	 */
	CompletableFuture<Object> receive(long timeoutNanos) {
		CompletableFuture<Object> message = new AwaitedAnswer<>(this.mayWait);
		long deadline = this.connection.channel().nanos() + timeoutNanos;
		Throwable refused = this.requests.add(new PendingRequest(message, null, deadline, 0), () -> {
		});
		if (refused != null) {
			message.completeExceptionally(refused);
		}
		return message;
	}

	/**
	 * Returns whether any request waits for its answer.
	 * @return whether the next message is an answer
	 */
	boolean isWaiting() {
		return this.requests.isAnyWaiting();
	}

	/**
	 * Counts and observes a request until it ends.
	 * @param connection where it is sent
	 * @param answer completed when it ends
	 * @param payload the request
	 */
	static void observe(DefaultConnection connection, CompletableFuture<?> answer, Object payload) {
		ConnectionContext context = connection.context();
		context.registry().counts().requests().begin(answer);
		MessageObserver observer = context.dispatch().observer();
		if (observer != MessageObserver.NONE) {
			MessageObserver.Observed observation = observer.requesting(connection, payload);
			answer.whenComplete((result, failure) -> observation.ended(failure));
		}
	}

	private SendCallback sent(PendingRequest request, Object payload) {
		SendCallback others = ObservedSend.begin(this.connection, payload, this.connection.context().observesSends());
		return (failure) -> {
			try {
				others.ended(failure);
			}
			finally {
				if (failure != null) {
					boolean unsent = this.requests.withdraw(request);
					request.answer().completeExceptionally(failure);
					if (unsent) {
						sendNext(request);
					}
				}
			}
		};
	}

	/** A request that cannot be sent makes place for the next. */
	private void send(OutgoingRequest first) {
		OutgoingRequest request = first;
		while (request != null) {
			Throwable refused = enqueue(request);
			if (refused == null) {
				this.connection.channel().writeQueued();
				return;
			}
			request.sent().ended(refused);
			request = (this.line != null) ? this.line.leave(request.request()) : null;
		}
	}

	/** Returns why the request was refused, or {@code null}. */
	private @Nullable Throwable enqueue(OutgoingRequest request) {
		FrameOutput frame = request.frame();
		Throwable noRoom = this.connection.channel().makeRoom(frame.size());
		if (noRoom != null) {
			return noRoom;
		}
		return this.requests.add(request.request(), () -> this.connection.channel()
			.enqueue(ByteBuffer.wrap(frame.array(), 0, frame.size()), request.sent()));
	}

	/** The place of a request is free. */
	private void sendNext(PendingRequest before) {
		OutgoingRequest next = (this.line != null) ? this.line.leave(before) : null;
		if (next != null) {
			send(next);
		}
	}

	@Override
	public boolean takes(Object payload) {
		PendingRequest request = this.requests.next(this.keys.ofAnswer(payload));
		if (request == null || isOutOfStep(request)) {
			return false;
		}
		boolean taken = request.answer().complete(Optional.empty().equals(payload) ? null : payload);
		sendNext(request);
		return taken;
	}

	/**
	 * Takes a payload for whoever waits, although its key may be that of no request.
	 * @param payload the payload
	 * @return whether anybody waits for it
	 */
	boolean takesForAny(Object payload) {
		if (takes(payload)) {
			return true;
		}
		PendingRequest next = this.requests.next(null);
		return next != null && next.answer().complete(Optional.empty().equals(payload) ? null : payload);
	}

	@Override
	public boolean takesFault(MessageFault fault) {
		PendingRequest request = this.requests.next(this.keys.ofAnswer(null));
		if (request == null || isOutOfStep(request)) {
			return false;
		}
		boolean taken = request.answer().completeExceptionally(fault.cause());
		sendNext(request);
		return taken;
	}

	/**
	 * A message that comes after the deadline of its request may be the answer to a later
	 * one. Unless this side has not read in time, there is only one way to be in step.
	 */
	private boolean isOutOfStep(PendingRequest request) {
		long now = this.connection.channel().nanos();
		if (!this.closesOnTimeout || !request.isTimedOut(now)
				|| this.connection.channel().activity().readFor(now) < PendingRequests.CATCH_UP) {
			return false;
		}
		this.connection.close(DisconnectReason.REQUEST_TIMEOUT, PendingRequests.timeout());
		return true;
	}

	@Override
	public void tick(long now) {
		boolean lost = this.requests.expire(now, this.connection.channel().activity().readFor(now));
		if (lost && this.closesOnTimeout) {
			this.connection.close(DisconnectReason.REQUEST_TIMEOUT, PendingRequests.timeout());
		}
		else if (this.line != null) {
			this.line.expire(now);
			OutgoingRequest next = this.line.leaveLate(now);
			if (next != null) {
				send(next);
			}
		}
	}

	@Override
	public void ended(SocketOperationException cause) {
		if (this.line != null) {
			this.line.close(cause);
		}
		this.requests.close(cause);
	}

}
