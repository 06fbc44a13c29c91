package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.framing.FrameOutput;
import dev.sockets.loop.stream.SendCallback;
import dev.sockets.runtime.AwaitedAnswer;
import dev.sockets.tcp.MessageObserver;

/**
 * The requests over one connection, and the answers to them: each message that comes
 * while a request waits is the answer to the oldest.
 */
final class Requester implements PayloadHook {

	private final DefaultConnection connection;

	private final PendingRequests requests;

	/** One for all answers. */
	private final BooleanSupplier mayWait;

	Requester(DefaultConnection connection) {
		this.connection = connection;
		this.mayWait = () -> connection.channel().caller().mayAwaitInput();
		this.requests = new PendingRequests(connection.context().settings().maxPendingRequests());
	}

	/**
	 * Sends a request.
	 * @param payload what to ask
	 * @param frame the same, encoded
	 * @param timeoutNanos how long to wait for the answer
	 * @return completed with the answer
	 */
	CompletableFuture<@Nullable Object> ask(Object payload, FrameOutput frame, long timeoutNanos) {
		CompletableFuture<Object> answer = new AwaitedAnswer<>(this.mayWait);
		observe(this.connection, answer, payload);
		SendCallback sent = sent(answer, payload);
		Throwable refused = enqueue(answer, frame, sent, timeoutNanos);
		if (refused != null) {
			sent.ended(refused);
		}
		else {
			this.connection.channel().writeQueued();
		}
		return answer;
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

	private SendCallback sent(CompletableFuture<Object> answer, Object payload) {
		SendCallback others = ObservedSend.begin(this.connection, payload, this.connection.context().observesSends());
		return (failure) -> {
			try {
				others.ended(failure);
			}
			finally {
				if (failure != null) {
					this.requests.remove(answer);
					answer.completeExceptionally(failure);
				}
			}
		};
	}

	/** Returns why the request was refused, or {@code null}. */
	private @Nullable Throwable enqueue(CompletableFuture<Object> answer, FrameOutput frame, SendCallback sent,
			long timeoutNanos) {
		Throwable noRoom = this.connection.channel().makeRoom(frame.size());
		if (noRoom != null) {
			return noRoom;
		}
		long keep = Math.max(timeoutNanos, this.connection.context().settings().requestTimeout().toNanos());
		return this.requests.add(answer, this.connection.channel().nanos() + timeoutNanos, keep,
				() -> this.connection.channel().enqueue(ByteBuffer.wrap(frame.array(), 0, frame.size()), sent));
	}

	@Override
	public boolean takes(Object payload) {
		CompletableFuture<Object> answer = this.requests.next();
		return answer != null && answer.complete(Optional.empty().equals(payload) ? null : payload);
	}

	@Override
	public boolean takesFault(SocketOperationException cause) {
		CompletableFuture<Object> answer = this.requests.next();
		return answer != null && answer.completeExceptionally(cause);
	}

	@Override
	public void tick(long now) {
		this.requests.expire(now);
	}

	@Override
	public void ended(SocketOperationException cause) {
		this.requests.close(cause);
	}

}
