package dev.sockets.runtime.rpc;

import org.jspecify.annotations.Nullable;

/**
 * A reply that waits to be polled. Two of the same content are two replies.
 *
 * @param box where it waits
 * @param answer the reply
 * @param bytes how many bytes of memory count for it
 */
record KeptReply(ReplyBox box, RpcMessage.Answer answer, long bytes) {

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(this);
	}

}
