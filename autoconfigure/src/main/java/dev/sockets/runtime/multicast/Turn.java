package dev.sockets.runtime.multicast;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.sockets.FirstBytes;
import dev.sockets.multicast.DropReason;
import dev.sockets.multicast.MulticastReceiverSettings;

/**
 * The turn to handle datagrams, which one thread has at a time. While handlers keep up, a
 * thread that has read datagrams takes the turn, handles them, and gives the turn back:
 * nothing is queued or handed over. Its state is one of three:
 * <ul>
 * <li>{@code null}: nobody has the turn, and the queue is empty</li>
 * <li>{@link Reading#alone()}: the thread of that reading handles the datagrams that it
 * has just read, and the queue is empty</li>
 * <li>{@link Reading#behind()}: the same, but more datagrams may be in the queue; the
 * thread handles them too before it gives the turn back</li>
 * </ul>
 * After the end nobody gets the turn any more. Only who has the turn leaves the two
 * latter states. The way from {@code alone} to {@code behind}, and everything in
 * {@code behind}, needs the lock; the others don't.
 * <p>
 * A thread that is held up by a handler doesn't read meanwhile. So a watching thread may
 * {@link #takeOver take over} its reading, in {@code alone} or {@code behind}: under the
 * lock it goes to {@code behind} and begins a new {@link Reading} of the socket. The
 * first thread learns of it after it has given the turn back, and becomes the watching
 * one. When handlers have been slow since then, it keeps the turn for a while, waiting
 * for more in the queue, as they mostly stay so; when they have not, it gives it back as
 * soon as the queue is empty.
 */
final class Turn {

	/** How long slow handlers keep the turn, although nothing waits. */
	private static final long APART_NANOS = 1_000_000_000;

	/** Has the turn after the end, for ever. */
	private final Reading.Hold nobody;

	private final AtomicReference<Reading.@Nullable Hold> holder = new AtomicReference<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition added = this.lock.newCondition();

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final DatagramQueue queue;

	private final Delivery delivery;

	private final int maxDatagramSize;

	private final ReceiverCounters counters;

	private final CoarseClock clock;

	/** When a reading was taken over last, if one was. */
	private long takenOverAt = System.nanoTime() - APART_NANOS;

	/** How many datagrams were handled from the queue since then. */
	private long handledSince;

	private boolean watched;

	private volatile @Nullable Thread sleepingWatcher;

	private volatile boolean closed;

	private volatile boolean cleared;

	Turn(MulticastReceiverSettings settings, Delivery delivery, ReceiverCounters counters, CoarseClock clock) {
		this.queue = new DatagramQueue(settings.queueCapacity(), settings.queueOverflow());
		this.maxDatagramSize = settings.maxDatagramSize();
		this.delivery = delivery;
		this.counters = counters;
		this.clock = clock;
		this.nobody = new Reading(new GroupMembership(settings, new NetworkInterfaces(), null)).behind();
	}

	/**
	 * Has datagrams handled, now or after those that came before them.
	 * @param reading by whose thread this is called
	 * @param batch the datagrams, at least one; is free when this returns
	 */
	void handle(Reading reading, Batch batch) {
		this.delivery.log(batch);
		if (this.holder.compareAndSet(null, reading.alone())) {
			wakeWatcher();
			deliver(reading, batch);
			if (!this.holder.compareAndSet(reading.alone(), null)) {
				handleQueue(reading);
			}
			else if (this.closed) {
				endWhenEmpty();
			}
		}
		else if (add(reading, batch)) {
			wakeWatcher();
			handleQueue(reading);
		}
	}

	private void deliver(Reading reading, Batch batch) {
		for (int i = 0; i < batch.size(); i++) {
			if (this.cleared) {
				this.counters.dropped(DropReason.STOPPED, batch.size() - i);
				return;
			}
			reading.handles();
			int length = batch.copy(i);
			this.delivery.deliver(reading.socket(), batch.bytes(), length, batch.sender(i));
		}
	}

	private QueuedDatagram datagram(Reading reading, Batch batch, int index) {
		int length = batch.copy(index);
		boolean tooLong = length > this.maxDatagramSize;
		byte[] bytes = Arrays.copyOf(batch.bytes(), tooLong ? Math.min(length, FirstBytes.MOST) : length);
		return new QueuedDatagram(reading.socket(), bytes, length, batch.sender(index));
	}

	/**
	 * Adds datagrams to the queue.
	 * @return whether the calling thread has the turn now
	 */
	private boolean add(Reading reading, Batch batch) {
		this.lock.lock();
		try {
			if (this.holder.get() == this.nobody) {
				this.counters.dropped(DropReason.STOPPED, batch.size());
				return false;
			}
			int dropped = 0;
			for (int i = 0; i < batch.size(); i++) {
				dropped += this.queue.add(datagram(reading, batch, i));
			}
			if (dropped > 0) {
				this.counters.dropped(DropReason.QUEUE_FULL, dropped);
			}
			this.added.signal();
			while (true) {
				Reading.Hold hold = this.holder.get();
				if (hold == null) {
					if (this.holder.compareAndSet(null, reading.behind())) {
						return true;
					}
				}
				else if (hold.behind() || this.holder.compareAndSet(hold, hold.reading().behind())) {
					return false;
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Handles what waits, and gives the turn back. */
	private void handleQueue(Reading reading) {
		QueuedDatagram datagram = next();
		while (datagram != null) {
			reading.handles();
			this.clock.refresh();
			this.delivery.deliver(datagram.socket(), datagram.bytes(), datagram.length(), datagram.sender());
			datagram = next();
		}
		if (this.closed) {
			endWhenEmpty();
		}
	}

	private @Nullable QueuedDatagram next() {
		this.lock.lock();
		try {
			QueuedDatagram datagram = this.queue.poll();
			while (datagram == null && !this.closed && keepsTurn()) {
				awaitAdded();
				datagram = this.queue.poll();
			}
			if (datagram != null) {
				this.handledSince++;
			}
			else {
				this.holder.set(null);
			}
			return datagram;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean keepsTurn() {
		long since = System.nanoTime() - this.takenOverAt;
		return since < APART_NANOS && since > this.handledSince * Suspicion.SLOW_NANOS;
	}

	private void awaitAdded() {
		try {
			this.added.awaitNanos(this.takenOverAt + APART_NANOS - System.nanoTime());
		}
		catch (InterruptedException ex) {
			// Left behind by a handler, and meant for it.
		}
	}

	/**
	 * Begins a new reading of a socket whose thread is held up.
	 * @param heldUp the reading of that thread
	 * @return the new one, of the calling thread, which watches no more; {@code null}
	 * when that thread isn't held up any more
	 */
	@Nullable Reading takeOver(Reading heldUp) {
		this.lock.lock();
		try {
			Reading.Hold hold = this.holder.get();
			if (this.closed || hold == null || hold.reading() != heldUp || !heldUp.goesOn()
					|| (!hold.behind() && !this.holder.compareAndSet(hold, heldUp.behind()))) {
				return null;
			}
			this.takenOverAt = System.nanoTime();
			this.handledSince = 0;
			this.watched = false;
			Reading next = new Reading(heldUp.socket());
			heldUp.socket().reading(next);
			return next;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns whether the calling thread is the one that watches now.
	 */
	boolean watch() {
		this.lock.lock();
		try {
			boolean first = !this.watched && !this.closed;
			this.watched |= first;
			return first;
		}
		finally {
			this.lock.unlock();
		}
	}

	Reading.@Nullable Hold holder() {
		return this.holder.get();
	}

	/**
	 * Parks the watching thread until somebody takes the turn.
	 */
	void sleepUntilTaken() {
		this.sleepingWatcher = Thread.currentThread();
		if (this.holder.get() == null && !this.closed) {
			LockSupport.park(this);
		}
		this.sleepingWatcher = null;
	}

	private void wakeWatcher() {
		Thread watcher = this.sleepingWatcher;
		if (watcher != null) {
			this.sleepingWatcher = null;
			LockSupport.unpark(watcher);
		}
	}

	boolean isClosed() {
		return this.closed;
	}

	int queued() {
		this.lock.lock();
		try {
			return this.queue.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Says that nothing more comes.
	 * @return completed when everything is handled
	 */
	CompletableFuture<Void> close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.added.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		wakeWatcher();
		endWhenEmpty();
		return this.ended;
	}

	/** Drops what waits. */
	void clear() {
		this.cleared = true;
		this.lock.lock();
		try {
			this.counters.dropped(DropReason.STOPPED, this.queue.clear());
		}
		finally {
			this.lock.unlock();
		}
	}

	private void endWhenEmpty() {
		this.lock.lock();
		boolean empty = this.queue.size() == 0 && this.holder.compareAndSet(null, this.nobody);
		this.lock.unlock();
		if (empty) {
			this.ended.complete(null);
		}
	}

}
