package dev.sockets.runtime.tcp;

import dev.sockets.loop.stream.PauseReason;
import dev.sockets.runtime.ReplyLine;

/**
 * The replies of one connection that leave in the order of the messages that they answer.
 * Reading pauses while more than {@value #MOST_WAITING} wait.
 */
final class OrderedReplies {

	private static final int MOST_WAITING = 1024;

	private static final int FEW_WAITING = 256;

	private final DefaultConnection connection;

	private final ReplyLine line = new ReplyLine();

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
	 * @param send what to do when its turn has come
	 */
	void fill(ReplyLine.Place place, Runnable send) {
		this.line.fill(place, send);
		readOn();
	}

	private void readOn() {
		if (this.line.size() <= FEW_WAITING) {
			this.connection.channel().resume(PauseReason.ANSWERS);
		}
	}

}
