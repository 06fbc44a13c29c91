package dev.sockets.runtime.tcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.loop.MemoryBudget;

/**
 * The requests of one connection that wait for an answer: those of one key in the order
 * in which they were sent. Their answers come in the same order, so a request that was
 * given up keeps its place for a while: else its late answer would be taken for the next
 * one's.
 *
 * <p>
 * An answer that was lost cannot be seen while others follow: each request gets the one
 * after its own. So requests of one key follow each other for a while only, and none the
 * first of which is late; then further ones are held back until all that were sent are
 * answered, which proves that they are in step, or have lost their places.
 */
final class PendingRequests {

	/** Places of requests that were given up are looked at this often. */
	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	/** What has come while reading was paused is read within this time. */
	static final long CATCH_UP = TimeUnit.SECONDS.toNanos(1);

	/** Requests follow each other no longer than this before all are answered. */
	static final long CHECKPOINT = TimeUnit.SECONDS.toNanos(1);

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Object, AnswerLine> lines = new LinkedHashMap<>();

	/** Of those that were sent, and those that are held back. */
	private int size;

	private final AtomicInteger held = new AtomicInteger();

	/** Nothing is to be given up before. */
	private long nextLook;

	private final int max;

	private final long unread;

	private final MemoryBudget memory;

	private long checkpoint;

	private @Nullable SocketOperationException closed;

	/**
	 * Creates a record of no requests.
	 * @param max how many may wait
	 * @param checkpoint for how long requests may follow each other, in nanoseconds
	 * @param unread for how long places are kept at least while what has come may not be
	 * read yet, in nanoseconds
	 * @param memory where those count that are held back
	 */
	PendingRequests(int max, long checkpoint, long unread, MemoryBudget memory) {
		this.max = max;
		this.checkpoint = checkpoint;
		this.unread = unread;
		this.memory = memory;
	}

	/**
	 * Adds who waits for an answer to nothing.
	 * @param request what it waits for
	 * @return why it was refused; {@code null} when it was not
	 */
	@Nullable SocketOperationException add(PendingRequest request) {
		this.lock.lock();
		try {
			SocketOperationException refusal = refusal();
			if (refusal == null) {
				count(request);
				lineOf(request).add(request);
			}
			return refusal;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Adds a request and queues it, so that both have the same order, or holds it back.
	 * @param outgoing the request
	 * @param queue queues it; is called with a lock held, so it is to call no one
	 * @return why it was refused; {@code null} when it was not
	 */
	@Nullable SocketOperationException send(OutgoingRequest outgoing, Consumer<OutgoingRequest> queue) {
		PendingRequest request = outgoing.request();
		this.lock.lock();
		try {
			SocketOperationException refusal = refusal();
			if (refusal != null) {
				return refusal;
			}
			AnswerLine line = lineOf(request);
			if (line.holdsBack(request.sentAt(), this.checkpoint)) {
				return hold(line, outgoing);
			}
			count(request);
			line.add(request);
			queue.accept(outgoing);
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable SocketOperationException refusal() {
		if (this.closed != null) {
			return this.closed;
		}
		return (this.size >= this.max) ? RequestFailures.tooMany(this.max) : null;
	}

	private AnswerLine lineOf(PendingRequest request) {
		return this.lines.computeIfAbsent(request.line(), (line) -> new AnswerLine(request.sentAt()));
	}

	private void count(PendingRequest request) {
		long deadline = request.deadline();
		this.nextLook = (this.size == 0 || deadline - this.nextLook < 0) ? deadline : this.nextLook;
		this.size++;
	}

	private @Nullable SocketOperationException hold(AnswerLine line, OutgoingRequest outgoing) {
		SocketOperationException refusal = line.hold(outgoing, this.memory);
		if (refusal == null) {
			count(outgoing.request());
			this.held.incrementAndGet();
		}
		return refusal;
	}

	boolean isAnyHeld() {
		return this.held.get() > 0;
	}

	/**
	 * Queues what was held back behind a request, if nothing is before it any more.
	 * @param before the request
	 * @param now the time, as {@code StreamChannel.nanos()}
	 * @param queue as with {@link #send}
	 * @return those that nobody waits for any more, and which were not queued
	 */
	List<OutgoingRequest> release(PendingRequest before, long now, Consumer<OutgoingRequest> queue) {
		List<OutgoingRequest> givenUp = new ArrayList<>();
		this.lock.lock();
		try {
			AnswerLine line = this.lines.get(before.line());
			if (line != null && line.isAnswered()) {
				release(line, now, queue, givenUp);
				if (line.isEmpty()) {
					this.lines.remove(before.line());
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		return givenUp;
	}

	/**
	 * Queues what was held back, as far as nothing is before it any more.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 * @param queue as with {@link #send}
	 * @return those that nobody waits for any more, and which were not queued
	 */
	List<OutgoingRequest> releaseAnswered(long now, Consumer<OutgoingRequest> queue) {
		return releaseIf(AnswerLine::isAnswered, now, queue);
	}

	/**
	 * Queues all that was held back, as nothing can follow, and holds back nothing more.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 * @param queue as with {@link #send}
	 * @return those that nobody waits for any more, and which were not queued
	 */
	List<OutgoingRequest> releaseAll(long now, Consumer<OutgoingRequest> queue) {
		this.lock.lock();
		try {
			this.checkpoint = Long.MAX_VALUE;
			return releaseIf((line) -> true, now, queue);
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<OutgoingRequest> releaseIf(Predicate<AnswerLine> condition, long now,
			Consumer<OutgoingRequest> queue) {
		List<OutgoingRequest> givenUp = new ArrayList<>();
		this.lock.lock();
		try {
			this.lines.values().removeIf((line) -> {
				if (condition.test(line)) {
					release(line, now, queue, givenUp);
				}
				return line.isEmpty();
			});
		}
		finally {
			this.lock.unlock();
		}
		return givenUp;
	}

	private void release(AnswerLine line, long now, Consumer<OutgoingRequest> queue, List<OutgoingRequest> givenUp) {
		int before = givenUp.size();
		this.held.addAndGet(-line.release(now, queue, givenUp));
		this.size -= givenUp.size() - before;
	}

	/**
	 * Takes a request that was not sent out of the order.
	 * @param request the request
	 * @return whether it was in it
	 */
	boolean withdraw(PendingRequest request) {
		this.lock.lock();
		try {
			AnswerLine line = this.lines.get(request.line());
			if (line == null || !request.isWaiting()) {
				return false;
			}
			leave(request);
			skipWithdrawn(request.line(), line);
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes the request that a received message answers.
	 * @param key the key of the message; {@code null} for none
	 * @param now the time, as {@code StreamChannel.nanos()}
	 * @return the request, which may have been given up; {@code null} when none waits
	 */
	@Nullable PendingRequest next(@Nullable Object key, long now) {
		this.lock.lock();
		try {
			Object name = PendingRequest.lineOf(key);
			AnswerLine line = this.lines.get(name);
			PendingRequest request = (line != null) ? line.pollAnswered(now) : null;
			if (line != null && request != null) {
				leave(request);
				skipWithdrawn(name, line);
			}
			return request;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void leave(PendingRequest request) {
		request.waiting(false);
		this.size--;
	}

	private void skipWithdrawn(Object name, AnswerLine line) {
		line.skipWithdrawn();
		if (line.isEmpty()) {
			this.lines.remove(name);
		}
	}

	/**
	 * Returns whether any request waits for its answer, or keeps its place.
	 * @return whether there is one of any key
	 */
	boolean isAnyWaiting() {
		this.lock.lock();
		try {
			return this.size > 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns whether it is unclear to which request the next answer belongs when one was
	 * lost.
	 * @return whether more than one waits, or keeps its place
	 */
	boolean areSeveralWaiting() {
		this.lock.lock();
		try {
			return this.size - this.held.get() > 1;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Gives up the requests whose deadline has passed, and the places of those that were
	 * given up long ago and are next in order.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 * @param readFor for how long the connection has been read without a pause
	 * @return whether an answer has not come although everything was read
	 */
	boolean expire(long now, long readFor) {
		List<PendingRequest> late = new ArrayList<>();
		List<OutgoingRequest> unsent = new ArrayList<>();
		boolean lost = false;
		this.lock.lock();
		try {
			if (this.size == 0 || now - this.nextLook < 0) {
				return false;
			}
			forget(now, readFor);
			long next = now + LONGEST_PAUSE;
			for (AnswerLine line : this.lines.values()) {
				for (PendingRequest request = line.first(); request != null; request = request.next()) {
					long look = lookAt(request, now, late);
					next = (look - next < 0) ? look : next;
					lost |= request.isWaiting() && request.isOverdue(now);
				}
				next = line.giveUpHeld(now, unsent, next);
			}
			this.size -= unsent.size();
			this.held.addAndGet(-unsent.size());
			this.nextLook = (lost && readFor < CATCH_UP) ? now : next;
			lost = lost && readFor >= CATCH_UP;
		}
		finally {
			this.lock.unlock();
		}
		late.forEach((request) -> request.answer().completeExceptionally(request.late()));
		unsent.forEach((request) -> request.sent().ended(RequestFailures.late()));
		return lost;
	}

	/** Returns when to look at a request again. */
	private static long lookAt(PendingRequest request, long now, List<PendingRequest> late) {
		if (!request.isLate(now)) {
			return request.deadline();
		}
		if (!request.answer().isDone()) {
			late.add(request);
		}
		return request.isOverdue(now) ? request.forgottenAt() : request.due();
	}

	private void forget(long now, long readFor) {
		this.lines.values().removeIf((line) -> {
			this.size -= line.forget(now, readFor, this.unread);
			return line.isEmpty();
		});
	}

	/**
	 * Fails all requests, and those that come later.
	 * @param cause why; the first one stays
	 */
	void close(SocketOperationException cause) {
		List<PendingRequest> all = new ArrayList<>();
		List<OutgoingRequest> unsent = new ArrayList<>();
		this.lock.lock();
		try {
			if (this.closed == null) {
				this.closed = cause;
			}
			this.lines.values().forEach((line) -> line.clear(all, unsent));
			this.lines.clear();
			this.size = 0;
			this.held.set(0);
		}
		finally {
			this.lock.unlock();
		}
		all.forEach((request) -> request.answer().completeExceptionally(cause));
		unsent.forEach((request) -> request.sent().ended(cause));
	}

}
