package dev.sockets.runtime.rpc;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.rpc.Reply;

/**
 * The requests over one connection whose replies the application polls. Costs nothing
 * before the first one; open to all threads.
 */
final class PolledRequests {

	private final RpcLink link;

	private final int max;

	private volatile @Nullable KeptReplies kept;

	/** Guarded by this object's monitor. */
	private @Nullable SocketOperationException ended;

	PolledRequests(RpcLink link, int max) {
		this.link = link;
		this.max = max;
	}

	synchronized KeptReplies replies() {
		KeptReplies kept = this.kept;
		if (kept == null) {
			kept = new KeptReplies(this.max, this::dropped, this.link::release);
			if (this.ended != null) {
				kept.close(this.ended);
			}
			this.kept = kept;
		}
		return kept;
	}

	@Nullable Reply poll(Object returnCode, Duration timeout) {
		RpcMessage.Answer answer = replies().poll(returnCode, timeout);
		if (answer instanceof RpcMessage.Failure failure) {
			throw RemoteErrors.exception(failure.error());
		}
		return (answer instanceof RpcMessage.Result result) ? new Reply(result.value()) : null;
	}

	/**
	 * Keeps a reply. Called by the reading thread.
	 * @param code its return code
	 * @param answer the reply
	 * @return whether it is to be polled
	 */
	boolean takes(Long code, RpcMessage.Answer answer) {
		KeptReplies kept = this.kept;
		if (kept == null || !kept.knows(code)) {
			return false;
		}
		long bytes = this.link.hold();
		boolean isKept = kept.offer(code, answer, bytes);
		if (!isKept) {
			this.link.release(bytes);
		}
		return isKept;
	}

	boolean knows(Object returnCode) {
		KeptReplies kept = this.kept;
		return kept != null && kept.knows(Opcodes.number(returnCode));
	}

	/** Nobody will get a reply. */
	void dropped() {
		this.link.failed(SocketErrorCode.REPLY_DROPPED);
	}

	void ended(SocketOperationException cause) {
		KeptReplies kept;
		synchronized (this) {
			if (this.ended == null) {
				this.ended = cause;
			}
			kept = this.kept;
		}
		if (kept != null) {
			kept.close(cause);
		}
	}

}
