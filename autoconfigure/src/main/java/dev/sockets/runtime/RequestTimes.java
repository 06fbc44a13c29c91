package dev.sockets.runtime;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointStatistics.Timing;
import dev.sockets.RequestOutcome;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * How long requests have taken, by how they ended. Open to all threads.
 */
public final class RequestTimes {

	private final Map<RequestOutcome, TimeCounter> byOutcome = new EnumMap<>(RequestOutcome.class);

	/** Creates an instance that knows of none. */
	public RequestTimes() {
		for (RequestOutcome outcome : RequestOutcome.values()) {
			this.byOutcome.put(outcome, new TimeCounter());
		}
	}

	/**
	 * Times a request from now to its end.
	 * @param answer completed when it ends
	 */
	public void begin(CompletableFuture<?> answer) {
		long start = System.nanoTime();
		answer.whenComplete((result, failure) -> {
			TimeCounter time = this.byOutcome.get(outcome(failure));
			if (time != null) {
				time.add(1, System.nanoTime() - start);
			}
		});
	}

	/**
	 * Returns the sums.
	 * @return what was counted so far, by the names of the outcomes
	 */
	public Map<String, Timing> timings() {
		Map<String, Timing> timings = new LinkedHashMap<>();
		this.byOutcome.forEach((outcome, time) -> timings.put(outcome.name(), time.timing()));
		return timings;
	}

	private static RequestOutcome outcome(@Nullable Throwable failure) {
		if (failure == null) {
			return RequestOutcome.SUCCESS;
		}
		if (failure instanceof SocketOperationException exception && isTimeout(exception.getCode())) {
			return RequestOutcome.TIMEOUT;
		}
		return (failure instanceof CancellationException) ? RequestOutcome.CANCELLED : RequestOutcome.ERROR;
	}

	private static boolean isTimeout(SocketErrorCode code) {
		return code == SocketErrorCode.REQUEST_TIMEOUT || code == SocketErrorCode.BACKPLANE_TIMEOUT;
	}

}
