package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.FrameOutput;
import dev.sockets.loop.stream.PauseReason;
import dev.sockets.runtime.FairWait;
import dev.sockets.tcp.ReceivedAnswer;

/**
 * How the application asks over one connection, and waits. Costs nothing before the first
 * request; open to all threads.
 */
final class ConnectionRequests {

	private final DefaultConnection connection;

	private volatile @Nullable Requester requester;

	ConnectionRequests(DefaultConnection connection) {
		this.connection = connection;
	}

	/**
	 * Sends a request, and waits for its answer.
	 * @param payload what to ask; {@code Optional.empty()} in place of null
	 * @param timeout how long to wait
	 * @param exact whether the answer is to be a {@link ReceivedAnswer}
	 * @return the answer
	 * @throws SocketOperationException when there is none
	 */
	<T extends @Nullable Object> T ask(Object payload, Duration timeout, boolean exact) {
		Assert.notNull(timeout, "A request needs a time-out, not null");
		if (!this.connection.channel().mayAwaitInput()) {
			throw new IllegalStateException("This code runs on an event loop which reads nothing from "
					+ this.connection
					+ " meanwhile, so it cannot wait for an answer; use requestAsync, or another dispatch than 'loop'");
		}
		return await(begin(payload, timeout, exact), timeout);
	}

	/**
	 * Sends a request.
	 * @param payload what to ask; {@code Optional.empty()} in place of null
	 * @param timeout how long to wait for the answer
	 * @param exact whether the answer is to be a {@link ReceivedAnswer}
	 * @return completed with the answer
	 */
	@SuppressWarnings("unchecked")
	<T extends @Nullable Object> CompletableFuture<T> askAsync(Object payload, Duration timeout, boolean exact) {
		return (CompletableFuture<T>) begin(payload, timeout, exact).answer();
	}

	private PendingRequest begin(Object payload, Duration timeout, boolean exact) {
		FrameOutput frame;
		long nanos;
		try {
			Assert.notNull(timeout, "A request needs a time-out, not null");
			nanos = timeout.toNanos();
			frame = this.connection.writer().encode(payload, null);
		}
		catch (RuntimeException ex) {
			return PendingRequest.failed(ex);
		}
		PendingRequest request = requester().ask(payload, frame, nanos, exact);
		readOn();
		return request;
	}

	/**
	 * Waits for a message as for the answer to a request, but sends nothing.
	 * @param timeout how long to wait for the message
	 * @return completed with the message
	 */
	@SuppressWarnings("unchecked")
	<T extends @Nullable Object> CompletableFuture<T> receiveAsync(Duration timeout) {
		CompletableFuture<Object> message = requester().receive(timeout.toNanos());
		readOn();
		return (CompletableFuture<T>) message;
	}

	/**
	 * A connection that is held back reads only what is awaited; and one that handles
	 * messages one by one reads on for an answer.
	 */
	private void readOn() {
		this.connection.channel().resume(PauseReason.ONE_BY_ONE);
		ConnectionHold hold = this.connection.reader().hold();
		if (hold != null) {
			hold.callBack();
		}
	}

	/**
	 * Returns whether any request waits for its answer.
	 * @return whether the next message is an answer
	 */
	boolean areWaiting() {
		Requester requester = this.requester;
		return requester != null && requester.awaits();
	}

	/**
	 * Returns what waits for answers.
	 * @return {@code null} when nothing was ever asked
	 */
	@Nullable Requester requesterIfAny() {
		return this.requester;
	}

	private Requester requester() {
		Requester requester = this.requester;
		if (requester == null) {
			synchronized (this) {
				requester = this.requester;
				if (requester == null) {
					requester = new Requester(this.connection);
					this.connection.reader().add(requester);
					this.requester = requester;
				}
			}
		}
		return requester;
	}

	@SuppressWarnings("unchecked")
	private static <T extends @Nullable Object> T await(PendingRequest request, Duration timeout) {
		CompletableFuture<T> answer = (CompletableFuture<T>) request.answer();
		try {
			return FairWait.get(answer, timeout.toNanos());
		}
		catch (TimeoutException ex) {
			answer.completeExceptionally(request.late());
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
	private static <T extends @Nullable Object> T outcome(CompletableFuture<T> answer) {
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

}
