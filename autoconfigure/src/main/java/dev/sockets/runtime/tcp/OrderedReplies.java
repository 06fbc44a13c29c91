package dev.sockets.runtime.tcp;

import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.stream.PauseReason;
import dev.sockets.runtime.ReplyLine;

/**
 * The replies of one connection that leave in the order of the messages that they answer.
 * Reading pauses while more than {@value #MOST_WAITING} wait, or more bytes than may wait
 * to be written; they count into the memory of the connection.
 */
final class OrderedReplies {

	private static final int MOST_WAITING = 1024;

	private static final int FEW_WAITING = 256;

	private final DefaultConnection connection;

	private final ReplyLine line = new ReplyLine();

	private final AtomicLong bytes = new AtomicLong();

	OrderedReplies(DefaultConnection connection) {
		this.connection = connection;
	}

	/**
	 * Returns whether a reply may leave at once.
	 * @return whether there is no other before it
	 */
	boolean areIdle() {
		return this.line.isIdle();
	}

	/**
	 * Keeps the place of a reply that will come later. Called by the thread that runs the
	 * connection's handlers.
	 * @return its place
	 */
	ReplyLine.Place add() {
		ReplyLine.Place place = this.line.add();
		if (this.line.size() > MOST_WAITING) {
			this.connection.channel().pause(PauseReason.ANSWERS);
			readOn();
		}
		return place;
	}

	/**
	 * A reply is there, or will never be.
	 * @param place its place
	 * @param reply the reply; {@code null} when there is none
	 * @param send what to do when its turn has come
	 */
	void fill(ReplyLine.Place place, @Nullable Object reply, Runnable send) {
		long size = (reply != null && this.line.isBehindOthers(place)) ? sizeOf(reply) : 0;
		if (size == 0) {
			this.line.fill(place, send);
		}
		else {
			hold(size);
			this.line.fill(place, () -> {
				release(size);
				send.run();
			});
		}
		readOn();
	}

	/** What cannot be encoded is told when its turn has come. */
	private long sizeOf(Object reply) {
		try {
			return FrameEncoder.encode(this.connection.context().settings(), reply, null).size();
		}
		catch (RuntimeException ex) {
			return 0;
		}
	}

	private void hold(long size) {
		if (this.bytes.addAndGet(size) > this.connection.context().settings().maxPending()) {
			this.connection.channel().pause(PauseReason.ANSWERS);
		}
		this.connection.channel().hold(size);
	}

	private void release(long size) {
		long before = this.bytes.getAndUpdate((held) -> Math.max(held - size, 0));
		this.connection.channel().release(Math.min(before, size));
	}

	/** The connection has ended: nobody gets what waits. */
	void drop() {
		this.line.clear();
		this.connection.channel().release(this.bytes.getAndSet(0));
	}

	private void readOn() {
		if (this.line.size() <= FEW_WAITING
				&& this.bytes.get() <= this.connection.context().settings().maxPending() / 2) {
			this.connection.channel().resume(PauseReason.ANSWERS);
			this.connection.reader().delivery().goOn();
		}
	}

}
