package dev.sockets.runtime.tcp;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointStatistics.Timing;
import dev.sockets.RequestOutcome;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.RejectionReason;
import dev.sockets.loop.stream.SendCallback;
import dev.sockets.runtime.ReasonCounts;

/**
 * Counts what happens on one endpoint beside what its connections count themselves. Open
 * to all threads; costs the reading of a message two readings of the clock for each read.
 */
final class EndpointCounters {

	/** Why a message can fail. */
	private static final Set<SocketErrorCode> FAILURES = EnumSet.of(SocketErrorCode.NOT_CONNECTED,
			SocketErrorCode.FRAME_TOO_LARGE, SocketErrorCode.MALFORMED_FRAME, SocketErrorCode.CODEC_FAILED,
			SocketErrorCode.HANDLER_FAILED, SocketErrorCode.SLOW_CONSUMER, SocketErrorCode.WRITE_TIMEOUT,
			SocketErrorCode.SHUTTING_DOWN, SocketErrorCode.REPLY_DROPPED, SocketErrorCode.UNKNOWN_OPCODE);

	private final ReasonCounts<DisconnectReason> closed = ReasonCounts.byAll(DisconnectReason.class);

	private final ReasonCounts<RejectionReason> rejected = ReasonCounts.byAll(RejectionReason.class);

	private final ReasonCounts<SocketErrorCode> failed = ReasonCounts.by(FAILURES);

	/** One for all sends, so that none has to make its own. */
	private final SendCallback sends = this::sent;

	private final Map<RequestOutcome, Duration> requests = new EnumMap<>(RequestOutcome.class);

	private final Duration handling = new Duration();

	EndpointCounters() {
		for (RequestOutcome outcome : RequestOutcome.values()) {
			this.requests.put(outcome, new Duration());
		}
	}

	void closed(DisconnectReason reason) {
		this.closed.count(reason);
	}

	void rejected(RejectionReason reason) {
		this.rejected.count(reason);
	}

	void failed(SocketErrorCode code) {
		this.failed.count(code);
	}

	/**
	 * Returns what counts a send that fails.
	 * @return always the same callback
	 */
	SendCallback sends() {
		return this.sends;
	}

	private void sent(@Nullable Throwable failure) {
		if (failure instanceof SocketOperationException exception) {
			failed(exception.getCode());
		}
	}

	/**
	 * Messages were handled, one after another.
	 * @param messages how many
	 * @param nanos how long it took
	 */
	void handled(int messages, long nanos) {
		if (messages > 0) {
			this.handling.add(messages, nanos);
		}
	}

	/**
	 * Times a request from now to its end.
	 * @param answer completed when it ends
	 */
	void requested(CompletableFuture<?> answer) {
		long start = System.nanoTime();
		answer.whenComplete((result, failure) -> {
			Duration duration = this.requests.get(outcome(failure));
			if (duration != null) {
				duration.add(1, System.nanoTime() - start);
			}
		});
	}

	Map<String, Long> closed() {
		return this.closed.counts();
	}

	Map<String, Long> rejected() {
		return this.rejected.counts();
	}

	Map<String, Long> failed() {
		return this.failed.counts();
	}

	Timing handling() {
		return this.handling.timing();
	}

	Map<String, Timing> requests() {
		Map<String, Timing> timings = new LinkedHashMap<>();
		this.requests.forEach((outcome, duration) -> timings.put(outcome.name(), duration.timing()));
		return timings;
	}

	private static RequestOutcome outcome(@Nullable Throwable failure) {
		if (failure == null) {
			return RequestOutcome.SUCCESS;
		}
		if (failure instanceof SocketOperationException exception
				&& exception.getCode() == SocketErrorCode.REQUEST_TIMEOUT) {
			return RequestOutcome.TIMEOUT;
		}
		return (failure instanceof CancellationException) ? RequestOutcome.CANCELLED : RequestOutcome.ERROR;
	}

	private static final class Duration {

		private final LongAdder count = new LongAdder();

		private final LongAdder nanos = new LongAdder();

		private void add(int count, long nanos) {
			this.nanos.add(nanos);
			this.count.add(count);
		}

		private Timing timing() {
			return new Timing(this.count.sum(), this.nanos.sum());
		}

	}

}
