package dev.sockets.runtime.tcp;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.loop.MemoryBudget;

/**
 * The requests of one key: those that were sent, in that order, and those that are held
 * back until these are answered. Guarded by the lock of the {@link PendingRequests}.
 */
final class AnswerLine {

	/** Since when there was always one that was not answered. */
	private long since;

	/** When a message was last taken for an answer, or the line began. */
	private long answered;

	private @Nullable PendingRequest first;

	private @Nullable PendingRequest last;

	private @Nullable WaitingRequests held;

	/**
	 * Creates a line.
	 * @param since when the first request is sent, as {@code StreamChannel.nanos()}
	 */
	AnswerLine(long since) {
		this.since = since;
		this.answered = since;
	}

	/** Adds a request that is sent. */
	void add(PendingRequest request) {
		request.waiting(true);
		PendingRequest last = this.last;
		if (last == null) {
			this.first = request;
			this.since = request.sentAt();
		}
		else {
			last.next(request);
		}
		this.last = request;
	}

	/** Returns the oldest one that was sent. */
	@Nullable PendingRequest first() {
		return this.first;
	}

	/** Takes the oldest one that was sent. */
	@Nullable PendingRequest poll() {
		PendingRequest first = this.first;
		if (first != null) {
			this.first = first.next();
			this.last = (this.first != null) ? this.last : null;
			first.next(null);
		}
		return first;
	}

	/**
	 * Takes the one that a message answers.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	@Nullable PendingRequest pollAnswered(long now) {
		this.answered = now;
		return poll();
	}

	/**
	 * Takes the places of those that were given up long ago and are next in order. None
	 * could be answered before the one before it was.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 * @param readFor for how long the connection has been read without a pause
	 * @param unread for how long places are kept at least while it is not
	 * @return how many there were
	 */
	int forget(long now, long readFor, long unread) {
		int count = 0;
		skipWithdrawn();
		PendingRequest first = this.first;
		while (first != null && isForgotten(first, now, first.keep(readFor, unread))) {
			poll();
			first.waiting(false);
			count++;
			skipWithdrawn();
			first = this.first;
		}
		return count;
	}

	private boolean isForgotten(PendingRequest first, long now, long keep) {
		return first.isForgotten(now, keep) && now - this.answered >= keep;
	}

	/** So the first one waits indeed. */
	void skipWithdrawn() {
		PendingRequest first = this.first;
		while (first != null && !first.isWaiting()) {
			poll();
			first = this.first;
		}
	}

	/**
	 * Returns whether one more is to wait until all are answered, as they may be out of
	 * step, or the first one is known to be late.
	 * @param now when it would be sent
	 * @param checkpoint for how long requests may follow each other
	 */
	boolean holdsBack(long now, long checkpoint) {
		PendingRequest first = this.first;
		return isAnyHeld() || (first != null && (now - this.since >= checkpoint || first.isOverdue(now)));
	}

	@Nullable SocketOperationException hold(OutgoingRequest request, MemoryBudget memory) {
		WaitingRequests held = this.held;
		if (held == null) {
			held = new WaitingRequests(memory);
			this.held = held;
		}
		return held.add(request);
	}

	boolean isAnyHeld() {
		return this.held != null && !this.held.isEmpty();
	}

	/** Returns whether all that were sent are answered. */
	boolean isAnswered() {
		return this.first == null;
	}

	boolean isEmpty() {
		return isAnswered() && !isAnyHeld();
	}

	/**
	 * Sends those that are held back, and begins to count their time.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 * @param queue queues each of them
	 * @param givenUp takes those that nobody waits for any more
	 * @return how many there were
	 */
	int release(long now, Consumer<OutgoingRequest> queue, List<OutgoingRequest> givenUp) {
		WaitingRequests held = this.held;
		OutgoingRequest outgoing = (held != null) ? held.poll() : null;
		int count = 0;
		while (held != null && outgoing != null) {
			count++;
			if (outgoing.request().answer().isDone()) {
				givenUp.add(outgoing);
			}
			else {
				outgoing.request().sentLater(now);
				add(outgoing.request());
				queue.accept(outgoing);
			}
			outgoing = held.poll();
		}
		this.since = (count > 0) ? now : this.since;
		return count;
	}

	/**
	 * Takes those that are held back and whose deadline has passed.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 * @param late takes them
	 * @param other when to look at others
	 * @return when to look again, at them or at others
	 */
	long giveUpHeld(long now, List<OutgoingRequest> late, long other) {
		WaitingRequests held = this.held;
		if (held == null) {
			return other;
		}
		late.addAll(held.pollLate(now));
		return held.firstDeadline(other);
	}

	/**
	 * Takes all.
	 * @param sent takes those that were sent
	 * @param unsent takes those that are held back
	 */
	void clear(List<PendingRequest> sent, List<OutgoingRequest> unsent) {
		PendingRequest request = poll();
		while (request != null) {
			sent.add(request);
			request = poll();
		}
		if (this.held != null) {
			unsent.addAll(this.held.pollAll());
		}
	}

}
