package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.DisconnectReason;
import dev.sockets.loop.stream.SendCallback;
import dev.sockets.loop.stream.UnsentReason;
import dev.sockets.tcp.SlowConsumerPolicy;

/**
 * The messages of one connection that wait for their turn or for their end. As many bytes
 * may as may wait to be written, by the same rule; they count into its memory. Open to
 * all threads.
 */
final class SendQueue {

	private final DefaultConnection connection;

	private final int maxBytes;

	private final SlowConsumerPolicy overflow;

	private final Deque<QueuedSend> waiting = new ArrayDeque<>();

	private long bytes;

	SendQueue(DefaultConnection connection) {
		this.connection = connection;
		this.maxBytes = connection.context().settings().outbound().maxPending();
		this.overflow = connection.context().settings().outbound().slowConsumer();
	}

	/**
	 * Adds a message, however many wait. Calls no one.
	 * @param frame the message
	 * @param callback told how it has ended
	 */
	void add(ByteBuffer frame, SendCallback callback) {
		QueuedSend message = new QueuedSend(frame, callback);
		this.connection.channel().hold(message.size());
		synchronized (this) {
			this.bytes += message.size();
			this.waiting.add(message);
		}
	}

	/**
	 * Takes the next message, which keeps its room until it has {@linkplain #end ended}.
	 * @return {@code null} when none waits
	 */
	synchronized @Nullable QueuedSend poll() {
		return this.waiting.poll();
	}

	/** Takes all messages that wait. */
	synchronized List<QueuedSend> pollAll() {
		List<QueuedSend> all = new ArrayList<>(this.waiting);
		this.waiting.clear();
		return all;
	}

	synchronized boolean isEmpty() {
		return this.waiting.isEmpty();
	}

	/**
	 * Makes room for a message by the rule for slow consumers.
	 * @param size its length in bytes
	 * @return why it may not wait; {@code null} when it may
	 */
	@Nullable Throwable makeRoom(int size) {
		QueuedSend oldest = null;
		while (!hasRoom(size)) {
			oldest = (this.overflow == SlowConsumerPolicy.DROP_OLDEST) ? poll() : null;
			if (oldest == null) {
				return overflow();
			}
			end(oldest, this.connection.reader().unsent(UnsentReason.OVERFLOW));
		}
		return null;
	}

	private synchronized boolean hasRoom(int size) {
		return this.bytes == 0 || this.bytes + size <= this.maxBytes;
	}

	private Throwable overflow() {
		Throwable failure = this.connection.reader().unsent(UnsentReason.OVERFLOW);
		if (this.overflow == SlowConsumerPolicy.DISCONNECT) {
			this.connection.closingBecause(DisconnectReason.SLOW_CONSUMER, failure);
			this.connection.channel().abort();
		}
		return failure;
	}

	/**
	 * A message has ended, and needs no more room.
	 * @param message the message
	 * @param failure what it has failed with; {@code null} when it has not
	 */
	void end(QueuedSend message, @Nullable Throwable failure) {
		synchronized (this) {
			this.bytes -= message.size();
		}
		this.connection.channel().release(message.size());
		message.callback().ended(failure);
	}

	/**
	 * Has the channel write a message behind what the calling thread has collected. It is
	 * one, so it needs no more room there.
	 * @param message the message
	 * @param written told when the socket has taken it, or not
	 */
	void write(QueuedSend message, SendCallback written) {
		this.connection.channel().flushCollected();
		this.connection.channel().enqueue(message.frame(), written);
		this.connection.channel().writeQueued();
	}

}
