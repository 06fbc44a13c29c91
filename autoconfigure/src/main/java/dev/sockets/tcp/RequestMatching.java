package dev.sockets.tcp;

import org.jspecify.annotations.Nullable;

import dev.sockets.Correlation;

/**
 * How requests over a connection find their answers.
 *
 * @param correlation tells by a key; {@code null} when answers come in the order of the
 * requests
 * @param onTimeout what becomes of the connection when there is none in time;
 * {@code null} for what suits the correlation
 * @param order when requests are sent
 */
public record RequestMatching(@Nullable Correlation correlation, @Nullable RequestTimeoutPolicy onTimeout,
		RequestOrder order) {

	/** Answers come in the order of the requests. */
	public static final RequestMatching IN_ORDER = new RequestMatching(null, null, RequestOrder.PIPELINED);

	/**
	 * Returns whether the connection is closed when a request was not answered in time.
	 * @return whether it is: unless it is set, when answers come in order
	 */
	public boolean closesOnTimeout() {
		return (this.onTimeout != null) ? this.onTimeout == RequestTimeoutPolicy.CLOSE : this.correlation == null;
	}

}
