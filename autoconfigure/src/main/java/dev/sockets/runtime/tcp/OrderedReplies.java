package dev.sockets.runtime.tcp;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.framing.FrameOutput;
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

	/** A reply and its bytes are kept. */
	private static final long BOTH = 2;

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
	 * @param send sends it when its turn has come: it is given the encoded reply,
	 * {@code null} when it has not waited or cannot be encoded
	 */
	void fill(ReplyLine.Place place, @Nullable Object reply, Consumer<@Nullable FrameOutput> send) {
		FrameOutput frame = (reply != null && this.line.isBehindOthers(place)) ? encode(reply) : null;
		long size = (frame != null) ? BOTH * frame.size() : 0;
		hold(size);
		this.line.fill(place, () -> {
			hold(-size);
			send.accept(frame);
		});
		readOn();
	}

	/** What cannot be encoded is told when its turn has come. */
	private @Nullable FrameOutput encode(Object reply) {
		try {
			return FrameEncoder.encode(this.connection.settings(), reply, null);
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private void hold(long size) {
		if (size > 0) {
			if (this.bytes.addAndGet(size) > this.connection.context().settings().outbound().maxPending()) {
				this.connection.channel().pause(PauseReason.ANSWERS);
			}
			this.connection.channel().hold(size);
		}
		else if (size < 0) {
			this.bytes.addAndGet(size);
			this.connection.channel().release(-size);
		}
	}

	/**
	 * The connection has ended: what waits, and what comes yet, has nothing to wait for.
	 */
	void end() {
		this.line.end();
	}

	private void readOn() {
		if (this.line.size() <= FEW_WAITING
				&& this.bytes.get() <= this.connection.context().settings().outbound().maxPending() / 2) {
			this.connection.reader().readOn(PauseReason.ANSWERS);
		}
	}

}
