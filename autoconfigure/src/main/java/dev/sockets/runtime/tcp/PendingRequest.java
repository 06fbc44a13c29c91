package dev.sockets.runtime.tcp;

import java.util.concurrent.CompletableFuture;

/**
 * A request that waits for its answer.
 *
 * @param answer completed with the answer
 * @param deadline when it is given up, as {@code StreamChannel.nanos()}
 * @param keep for how long its place is kept after the deadline, in nanoseconds
 */
record PendingRequest(CompletableFuture<Object> answer, long deadline, long keep) {

	boolean isForgotten(long now) {
		return this.answer.isDone() && now - this.deadline >= this.keep;
	}

}
