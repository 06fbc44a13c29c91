package dev.sockets.runtime.tcp;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.runtime.AwaitedAnswer;
import dev.sockets.runtime.FramePayloads;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.ReceivedAnswer;

/**
 * The requests over one connection, and the answers to them: each message is the answer
 * to the oldest request that has its key.
 */
final class Requester implements PayloadHook {

	private final DefaultConnection connection;

	private final PendingRequests requests;

	private final AnswerKeys keys;

	private final boolean closesOnTimeout;

	/** For how long places are kept at least while it is not sure what was read. */
	private final long unread;

	private final RequestSender sender;

	/** One for all answers. */
	private final BooleanSupplier mayWait;

	Requester(DefaultConnection connection) {
		ConnectionSettings settings = connection.context().settings();
		this.connection = connection;
		this.mayWait = connection.channel()::letAwaitInput;
		long timeout = settings.requests().timeout().toNanos();
		this.unread = Math.max(timeout, PendingRequests.CATCH_UP);
		this.requests = new PendingRequests(settings.requests().maxPending(),
				Math.min(timeout, PendingRequests.CHECKPOINT), this.unread, connection.channel().loop().memory());
		this.keys = new AnswerKeys(connection);
		this.closesOnTimeout = settings.requests().matching().closesOnTimeout();
		this.sender = new RequestSender(connection, this.requests);
	}

	/**
	 * Sends a request.
	 * @param payload what to ask
	 * @param frame the same, encoded
	 * @param timeoutNanos how long to wait for the answer
	 * @param exact whether the answer is to be a {@link ReceivedAnswer}
	 * @return the request
	 */
	PendingRequest ask(Object payload, FrameOutput frame, long timeoutNanos, boolean exact) {
		CompletableFuture<Object> answer = new AwaitedAnswer<>(this.mayWait);
		Object key;
		try {
			key = this.keys.ofRequest(payload, frame);
		}
		catch (SocketOperationException ex) {
			return PendingRequest.failed(ex);
		}
		PendingRequest request = new PendingRequest(answer, key, now(), timeoutNanos, keep(timeoutNanos));
		request.exact(exact);
		ObservedRequest.begin(this.connection, answer, payload);
		this.sender.send(request, payload, frame);
		return request;
	}

	/**
	 * As long again; or until the connection is closed, which needs to be sure that all
	 * was read.
	 */
	private long keep(long timeoutNanos) {
		return Math.max(timeoutNanos, this.closesOnTimeout ? this.unread : 0);
	}

	/**
	 * Waits for a message as for the answer to a request, but sends nothing.
	 * @param timeoutNanos how long to wait for it
	 * @return completed with the message
	 */
	CompletableFuture<Object> receive(long timeoutNanos) {
		CompletableFuture<Object> message = new AwaitedAnswer<>(this.mayWait);
		Throwable refused = this.requests.add(new PendingRequest(message, null, now(), timeoutNanos, 0));
		if (refused != null) {
			message.completeExceptionally(refused);
		}
		return message;
	}

	/** Nothing is sent from now on but what was asked before. */
	void outputEnds() {
		this.sender.sendHeld();
	}

	@Override
	public boolean awaits() {
		return this.requests.isAnyWaiting();
	}

	@Override
	public boolean takes(Object payload) {
		long now = now();
		PendingRequest request = this.requests.next(this.keys.ofAnswer(payload), now);
		if (request == null || isOutOfStep(request, now)) {
			return false;
		}
		boolean taken = complete(request, payload);
		answered(taken, false);
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
		PendingRequest next = this.requests.next(null, now());
		if (next == null) {
			return false;
		}
		return complete(next, payload);
	}

	private boolean complete(PendingRequest request, Object payload) {
		Object answer = Optional.empty().equals(payload) ? null : payload;
		Object result = request.isExact() ? withFrame(answer) : answer;
		this.sender.sendNext(request);
		return request.answer().complete(result);
	}

	/** The bytes of the frame are others once it is handled. */
	private ReceivedAnswer withFrame(@Nullable Object answer) {
		FrameWindow window = FrameReader.frame();
		int start = window.frameStart();
		byte[] frame = Arrays.copyOfRange(window.frameArray(), start, start + window.frameLength());
		return new ReceivedAnswer(answer, new FramePayloads(this.connection.settings().codec(), frame));
	}

	@Override
	public boolean takesFault(MessageFault fault) {
		if (fault.unfinished()) {
			return endsSteps(fault);
		}
		if (!this.keys.areReadableIn(fault)) {
			return false;
		}
		long now = now();
		PendingRequest request = this.requests.next(this.keys.ofAnswer(null), now);
		if (request == null || isOutOfStep(request, now)) {
			return false;
		}
		this.sender.sendNext(request);
		boolean taken = request.answer().completeExceptionally(fault.cause());
		answered(taken, true);
		return taken;
	}

	/**
	 * An answer that its peer has not finished may have come once more behind it, or the
	 * answer to the next request has.
	 */
	private boolean endsSteps(MessageFault fault) {
		boolean unclear = this.closesOnTimeout && this.keys.areUnused() && this.requests.areSeveralWaiting();
		if (unclear) {
			ConnectionReader reader = this.connection.reader();
			reader.end(() -> reader.noMoreAnswers(SocketErrorCode.NOT_CONNECTED, fault.cause()));
			reader.delivery().message(fault.asFatal());
		}
		return unclear;
	}

	private void answered(boolean taken, boolean failed) {
		if (taken) {
			Acknowledgements.answered(this.connection, failed);
		}
	}

	/**
	 * A message that comes after the deadline of its request may be the answer to a later
	 * one. Unless this side has not read in time, there is only one way to be in step.
	 */
	private boolean isOutOfStep(PendingRequest request, long now) {
		if (!this.closesOnTimeout || !request.isTimedOut(now)
				|| this.connection.channel().activity().readFor(now) < PendingRequests.CATCH_UP) {
			return false;
		}
		this.connection.close(DisconnectReason.REQUEST_TIMEOUT, RequestFailures.timeout());
		return true;
	}

	private long now() {
		return this.connection.channel().nanos();
	}

	@Override
	public void tick(long now) {
		boolean lost = this.requests.expire(now, this.connection.channel().activity().readFor(now));
		if (lost && this.closesOnTimeout) {
			this.connection.close(DisconnectReason.REQUEST_TIMEOUT, RequestFailures.timeout());
		}
		else {
			this.sender.tick(now);
		}
	}

	@Override
	public void ended(SocketOperationException cause) {
		this.sender.close(cause);
		this.requests.close(cause);
	}

}
