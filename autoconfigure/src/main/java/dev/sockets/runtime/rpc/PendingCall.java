package dev.sockets.runtime.rpc;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.runtime.AwaitedAnswer;
import dev.sockets.runtime.FairWait;

/**
 * A request that waits for its result; completed with it.
 */
final class PendingCall extends AwaitedAnswer<@Nullable Object> {

	private final long code;

	private final long deadline;

	private final @Nullable ResolvableType type;

	private final ValueConverter converter;

	/**
	 * Creates a request.
	 * @param letWait prepares the calling thread to wait for it; see
	 * {@link AwaitedAnswer}
	 * @param code its return code
	 * @param deadline when it is given up, as {@link RpcLink#nanos()}
	 * @param type what its result is to be; {@code null} for anything
	 * @param converter converts the result
	 */
	PendingCall(BooleanSupplier letWait, long code, long deadline, @Nullable ResolvableType type,
			ValueConverter converter) {
		super(letWait);
		this.code = code;
		this.deadline = deadline;
		this.type = type;
		this.converter = converter;
	}

	long code() {
		return this.code;
	}

	long deadline() {
		return this.deadline;
	}

	boolean isLate(long now) {
		return now - this.deadline >= 0;
	}

	/** Called by the reading thread. */
	void answered(RpcMessage.Answer answer) {
		if (answer instanceof RpcMessage.Failure failure) {
			completeExceptionally(RemoteErrors.exception(failure.error()));
			return;
		}
		Object value = ((RpcMessage.Result) answer).value();
		ResolvableType type = this.type;
		if (type == null) {
			complete(value);
			return;
		}
		try {
			complete(this.converter.result(value, type));
		}
		catch (Throwable ex) {
			completeExceptionally(ex);
		}
	}

	void expire() {
		completeExceptionally(new SocketOperationException(SocketErrorCode.REQUEST_TIMEOUT,
				"A request was not answered within its deadline"));
	}

	/**
	 * Waits for the result.
	 * @param timeout how long
	 * @return the result; {@code null} for None
	 */
	@Nullable Object await(Duration timeout) {
		try {
			return FairWait.get(this, timeout.toNanos());
		}
		catch (TimeoutException ex) {
			expire();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			completeExceptionally(new SocketOperationException(SocketErrorCode.REQUEST_TIMEOUT,
					"The thread was interrupted while it waited for a result", ex));
		}
		catch (ExecutionException ex) {
			throw RemoteErrors.here(ex.getCause());
		}
		return outcome();
	}

	/** Returns the result that came at the last moment, or throws. */
	private @Nullable Object outcome() {
		try {
			return join();
		}
		catch (CompletionException ex) {
			throw RemoteErrors.here(ex.getCause());
		}
	}

}
