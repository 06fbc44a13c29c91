package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.framing.FrameOutput;
import dev.sockets.loop.stream.SendCallback;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.RequestOrder;

/**
 * Sends the requests of one connection: each at once unless it is held back, or when the
 * one before has left its place. Open to all threads.
 */
final class RequestSender {

	private final DefaultConnection connection;

	private final PendingRequests requests;

	/** {@code null} when requests don't wait for each other. */
	private final @Nullable RequestLine line;

	/** One for all requests. */
	private final Consumer<OutgoingRequest> queue = this::queue;

	RequestSender(DefaultConnection connection, PendingRequests requests) {
		ConnectionSettings settings = connection.context().settings();
		this.connection = connection;
		this.requests = requests;
		this.line = (settings.requests().matching().order() == RequestOrder.ONE_AT_A_TIME)
				? new RequestLine(settings.requests().maxPending(), connection.channel().loop().memory()) : null;
	}

	/**
	 * Sends a request when its turn has come.
	 * @param request the request
	 * @param payload the same, as it was before it was encoded
	 * @param frame the same, encoded
	 */
	void send(PendingRequest request, Object payload, FrameOutput frame) {
		OutgoingRequest outgoing = new OutgoingRequest(request, frame, sent(request, payload));
		try {
			if (this.line == null || this.line.enter(outgoing)) {
				send(outgoing);
			}
		}
		catch (SocketOperationException ex) {
			outgoing.sent().ended(ex);
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
			Throwable refused = request.request().answer().isDone() ? RequestFailures.givenUp() : enqueue(request);
			if (refused == null) {
				this.connection.writer().writeQueued();
				return;
			}
			request.sent().ended(refused);
			request = (this.line != null) ? this.line.leave(request.request(), now()) : null;
		}
	}

	/** Returns why the request was refused, or {@code null}. */
	private @Nullable Throwable enqueue(OutgoingRequest request) {
		Throwable noRoom = this.connection.writer().makeRoom(request.frame().size());
		return (noRoom != null) ? noRoom : this.requests.send(request, this.queue);
	}

	private void queue(OutgoingRequest request) {
		FrameOutput frame = request.frame();
		this.connection.writer().enqueue(ByteBuffer.wrap(frame.array(), 0, frame.size()), request.sent());
	}

	private long now() {
		return this.connection.channel().nanos();
	}

	/** The place of a request is free. */
	void sendNext(PendingRequest before) {
		if (this.requests.isAnyHeld()) {
			this.connection.channel().flushCollected();
			released(this.requests.release(before, now(), this.queue));
		}
		OutgoingRequest next = (this.line != null) ? this.line.leave(before, now()) : null;
		if (next != null) {
			send(next);
		}
	}

	/** Nothing follows any more, so what is held back cannot be out of step for long. */
	void sendHeld() {
		this.connection.channel().flushCollected();
		released(this.requests.releaseAll(now(), this.queue));
	}

	private void released(List<OutgoingRequest> givenUp) {
		this.connection.writer().writeQueued();
		givenUp.forEach((request) -> request.sent().ended(RequestFailures.givenUp()));
	}

	/**
	 * Some time has passed.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	void tick(long now) {
		if (this.requests.isAnyHeld()) {
			this.connection.channel().flushCollected();
			released(this.requests.releaseAnswered(now, this.queue));
		}
		if (this.line != null) {
			this.line.expire(now);
			OutgoingRequest next = this.line.leaveLate(now);
			if (next != null) {
				send(next);
			}
		}
	}

	/**
	 * Fails all that wait for their turn, and those that come later.
	 * @param cause why
	 */
	void close(SocketOperationException cause) {
		if (this.line != null) {
			this.line.close(cause);
		}
	}

}
