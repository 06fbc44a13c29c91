package dev.sockets.runtime.tcp;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointStatistics.Timing;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.RejectionReason;
import dev.sockets.loop.stream.SendCallback;
import dev.sockets.runtime.ReasonCounts;
import dev.sockets.runtime.RequestTimes;
import dev.sockets.runtime.TimeCounter;

/**
 * Counts what happens on one endpoint beside what its connections count themselves. Open
 * to all threads; costs the reading of a message two readings of the clock for each read.
 */
public final class EndpointCounters {

	/** Why a message can fail. */
	private static final Set<SocketErrorCode> FAILURES = EnumSet.of(SocketErrorCode.NOT_CONNECTED,
			SocketErrorCode.FRAME_TOO_LARGE, SocketErrorCode.MALFORMED_FRAME, SocketErrorCode.CODEC_FAILED,
			SocketErrorCode.HANDLER_FAILED, SocketErrorCode.SLOW_CONSUMER, SocketErrorCode.WRITE_TIMEOUT,
			SocketErrorCode.OUTPUT_CLOSED, SocketErrorCode.SHUTTING_DOWN, SocketErrorCode.TOO_MANY_REQUESTS,
			SocketErrorCode.REPLY_DROPPED, SocketErrorCode.UNKNOWN_OPCODE, SocketErrorCode.CHECKSUM,
			SocketErrorCode.NOT_ACKNOWLEDGED, SocketErrorCode.INCOMPLETE_FRAME);

	private final ReasonCounts<DisconnectReason> closed = ReasonCounts.byAll(DisconnectReason.class);

	private final ReasonCounts<RejectionReason> rejected = ReasonCounts.byAll(RejectionReason.class);

	private final ReasonCounts<SocketErrorCode> failed = ReasonCounts.by(FAILURES);

	/** One for all sends, so that none has to make its own. */
	private final SendCallback sends = this::sent;

	private final RequestTimes requests = new RequestTimes();

	private final TimeCounter handling = new TimeCounter();

	void closed(DisconnectReason reason) {
		this.closed.count(reason);
	}

	public void rejected(RejectionReason reason) {
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
	 * A message took time that was counted as handled before.
	 * @param nanos how long
	 */
	void took(long nanos) {
		this.handling.add(0, nanos);
	}

	RequestTimes requests() {
		return this.requests;
	}

	Map<String, Long> closed() {
		return this.closed.counts();
	}

	public Map<String, Long> rejected() {
		return this.rejected.counts();
	}

	Map<String, Long> failed() {
		return this.failed.counts();
	}

	Timing handling() {
		return this.handling.timing();
	}

}
