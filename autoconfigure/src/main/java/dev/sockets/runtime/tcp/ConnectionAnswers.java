package dev.sockets.runtime.tcp;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.OpenAnswers;
import dev.sockets.tcp.ReplyOrder;

/**
 * What one connection's peer is still to be answered. Costs nothing before the first
 * answer that comes later than its handler returns; open to all threads.
 */
final class ConnectionAnswers {

	private final DefaultConnection connection;

	private volatile @Nullable OpenAnswers open;

	private volatile @Nullable OrderedReplies order;

	ConnectionAnswers(DefaultConnection connection) {
		this.connection = connection;
	}

	void begin() {
		OpenAnswers open = this.open;
		if (open == null) {
			synchronized (this) {
				open = this.open;
				if (open == null) {
					open = new OpenAnswers();
					this.open = open;
				}
			}
		}
		open.begin();
	}

	/** Called once for each {@link #begin()}. */
	void end() {
		OpenAnswers open = this.open;
		if (open != null) {
			open.end();
		}
	}

	/**
	 * Returns the order of the answers.
	 * @return the order; {@code null} when each may leave when it is there
	 */
	@Nullable OrderedReplies order() {
		return this.order;
	}

	/**
	 * Returns the order of the answers, as there is one that comes later. Called by the
	 * thread that runs the handlers.
	 * @return the order; {@code null} when each leaves when it is there
	 */
	@Nullable OrderedReplies requireOrder() {
		OrderedReplies order = this.order;
		if (order == null && this.connection.context().settings().requests().replyOrder() == ReplyOrder.MESSAGE) {
			order = new OrderedReplies(this.connection);
			this.order = order;
		}
		return order;
	}

	/** The connection has ended. */
	void connectionEnded() {
		OrderedReplies order = this.order;
		if (order != null) {
			order.end();
		}
	}

	/**
	 * Does something once everything is answered that handlers have been called for, also
	 * by futures, and all requests by opcode. Asked when nothing more is received.
	 * @param action what to do, on any thread
	 */
	void whenNone(Runnable action) {
		OpenAnswers open = this.open;
		if (open == null) {
			RpcHook.whenAnswered(this.connection, action);
		}
		else {
			open.whenNone(() -> RpcHook.whenAnswered(this.connection, action));
		}
	}

}
