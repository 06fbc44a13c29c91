package dev.sockets.loop.datagram;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.LoopBuffers;
import dev.sockets.loop.LoopRunner;
import dev.sockets.loop.MemoryBudget;

/**
 * The turn to handle the datagrams of some ports of one loop, which one thread has at a
 * time, and the bounded queue of those that wait for it. While handlers keep up, the
 * runner that has read datagrams takes the turn, handles them, and gives the turn back:
 * nothing is queued or handed over. {@link HandlingTurn} tells how the turn goes round.
 */
public final class DatagramQueue {

	private final int longest;

	private final AtomicReference<HandlingTurn> turn = new AtomicReference<>(HandlingTurn.FREE);

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition added = this.lock.newCondition();

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final WaitingDatagrams waiting;

	private final Slowness slowness = new Slowness();

	private final LatePeriod late = new LatePeriod(System.nanoTime());

	private final HandlerWatch watch = new HandlerWatch();

	private volatile boolean closed;

	private volatile boolean cleared;

	/**
	 * Creates a queue.
	 * @param longest how many bytes a datagram may have
	 * @param capacity how many datagrams wait at most
	 * @param dropsOldest what is dropped for want of room: the oldest that wait, or else
	 * what comes
	 * @param memory how much may be kept by all
	 */
	public DatagramQueue(int longest, int capacity, boolean dropsOldest, MemoryBudget memory) {
		this.longest = longest;
		this.waiting = new WaitingDatagrams(capacity, dropsOldest, memory);
	}

	/**
	 * Returns how many bytes of a datagram are to be read: one more than it may have, to
	 * see that it is too long.
	 */
	int longestRead() {
		return Math.min(this.longest + 1, LoopBuffers.SIZE);
	}

	/**
	 * Has datagrams handled, now or after those that came before them.
	 * @param handler handles them
	 * @param batch the datagrams, at least one; is free when this returns
	 * @param more whether more may wait in the socket
	 * @param loop tells the time
	 * @param runner the calling thread's
	 * @return whether the runner still runs its loop, and may read on
	 */
	boolean handle(DatagramHandler handler, DatagramBatch batch, boolean more, EventLoop loop, LoopRunner runner) {
		if (this.turn.compareAndSet(HandlingTurn.FREE, HandlingTurn.ALONE)) {
			runner.beginHandling();
			deliver(handler, batch, loop, runner);
			runner.offer(this.slowness.handled(batch.size(), more, loop.tick()));
			if (!this.turn.compareAndSet(HandlingTurn.ALONE, HandlingTurn.FREE)) {
				handleWaiting(loop, runner);
			}
			else if (this.closed) {
				endWhenEmpty();
			}
			return runner.endHandling();
		}
		if (add(handler, batch)) {
			runner.beginHandling();
			handleWaiting(loop, runner);
			return runner.endHandling();
		}
		return true;
	}

	private void deliver(DatagramHandler handler, DatagramBatch batch, EventLoop loop, LoopRunner runner) {
		for (int i = 0; i < batch.size(); i++) {
			if (this.watch.isLate()) {
				this.watch.begin(loop.nanos());
			}
			try {
				if (this.cleared) {
					handler.abandoned(batch.size() - i);
					return;
				}
				int length = batch.copy(i);
				handler.handle(batch.bytes(), length, batch.sender(i));
			}
			catch (Throwable ex) {
				runner.fail(ex);
			}
		}
	}

	/**
	 * Adds datagrams to the queue.
	 * @return whether the calling thread has the turn now
	 */
	private boolean add(DatagramHandler handler, DatagramBatch batch) {
		this.lock.lock();
		try {
			if (this.turn.get() == HandlingTurn.OVER) {
				handler.abandoned(batch.size());
				return false;
			}
			int dropped = 0;
			for (int i = 0; i < batch.size(); i++) {
				dropped += add(handler, batch, i);
			}
			if (dropped > 0) {
				handler.dropped(dropped);
			}
			this.added.signal();
			return this.turn.getAndSet(HandlingTurn.BEHIND) == HandlingTurn.FREE;
		}
		finally {
			this.lock.unlock();
		}
	}

	private int add(DatagramHandler handler, DatagramBatch batch, int index) {
		try {
			return this.waiting.add(WaitingDatagram.of(handler, batch, index, this.longest));
		}
		catch (OutOfMemoryError ex) {
			return 1;
		}
	}

	/** Handles what waits, and gives the turn back, else nobody would ever get it. */
	private void handleWaiting(EventLoop loop, LoopRunner runner) {
		try {
			this.watch.end();
			handleAll(loop, runner);
		}
		catch (Throwable ex) {
			this.watch.end();
			this.turn.set(HandlingTurn.FREE);
			runner.fail(ex);
			if (this.closed) {
				endWhenEmpty();
			}
		}
	}

	private void handleAll(EventLoop loop, LoopRunner runner) {
		WaitingDatagram datagram = next();
		while (datagram != null) {
			this.watch.begin(loop.nanos());
			try {
				datagram.handle();
			}
			catch (Throwable ex) {
				runner.fail(ex);
			}
			this.watch.end();
			datagram = next();
		}
		if (this.closed) {
			endWhenEmpty();
		}
	}

	private @Nullable WaitingDatagram next() {
		this.lock.lock();
		try {
			WaitingDatagram datagram = this.waiting.poll();
			long left;
			while (datagram == null && !this.closed && (left = this.late.left(System.nanoTime())) > 0) {
				awaitAdded(left);
				datagram = this.waiting.poll();
			}
			if (datagram != null) {
				this.late.handled();
			}
			else {
				this.watch.end();
				this.turn.set(HandlingTurn.FREE);
			}
			return datagram;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void awaitAdded(long nanos) {
		try {
			this.added.awaitNanos(nanos);
		}
		catch (InterruptedException ex) {
			// Left behind by a handler, and meant for it.
		}
	}

	/**
	 * A runner is late; from now on all that comes goes to the queue, if it still has the
	 * turn.
	 * @param now the loop's time
	 */
	void held(long now) {
		this.lock.lock();
		try {
			if (this.turn.compareAndSet(HandlingTurn.ALONE, HandlingTurn.BEHIND)
					|| this.turn.get() == HandlingTurn.BEHIND) {
				this.late.begin(System.nanoTime());
				this.watch.begin(now);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns whether a handler has been at one datagram for so long that the others are
	 * as good as not received.
	 * @param now the loop's time
	 * @return whether it has
	 */
	boolean isStuck(long now) {
		return this.watch.isLate() && this.watch.isStuck(now, size() > 0);
	}

	/**
	 * Returns how many datagrams wait.
	 * @return a snapshot
	 */
	public int size() {
		this.lock.lock();
		try {
			return this.waiting.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Says that nothing more comes; what comes all the same is abandoned.
	 * @return completed when everything that came before is handled
	 */
	public CompletableFuture<Void> close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.added.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		endWhenEmpty();
		return this.ended;
	}

	/** Abandons what waits. */
	public void clear() {
		this.cleared = true;
		this.lock.lock();
		try {
			WaitingDatagram datagram;
			while ((datagram = this.waiting.poll()) != null) {
				datagram.handler().abandoned(1);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void endWhenEmpty() {
		this.lock.lock();
		boolean empty = this.waiting.size() == 0 && this.turn.compareAndSet(HandlingTurn.FREE, HandlingTurn.OVER);
		this.lock.unlock();
		if (empty) {
			this.ended.complete(null);
		}
	}

}
