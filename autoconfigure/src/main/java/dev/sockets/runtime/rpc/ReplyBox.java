package dev.sockets.runtime.rpc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The replies with one return code, the oldest first, and who waits for the next. Guarded
 * by the lock of the {@link KeptReplies}.
 */
final class ReplyBox {

	private final Deque<KeptReply> replies = new ArrayDeque<>();

	private final Condition changed;

	ReplyBox(Condition changed) {
		this.changed = changed;
	}

	KeptReply add(RpcMessage.Answer answer, long bytes) {
		KeptReply reply = new KeptReply(this, answer, bytes);
		this.replies.add(reply);
		this.changed.signal();
		return reply;
	}

	/** Takes the oldest reply; {@code null} when there is none. */
	@Nullable KeptReply poll() {
		return this.replies.poll();
	}

	void clear(Consumer<KeptReply> each) {
		this.replies.forEach(each);
		this.replies.clear();
		wake();
	}

	void wake() {
		this.changed.signalAll();
	}

	long await(long nanos) throws InterruptedException {
		return this.changed.awaitNanos(nanos);
	}

}
