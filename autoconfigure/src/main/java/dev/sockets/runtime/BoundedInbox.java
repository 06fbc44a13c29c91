package dev.sockets.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.sockets.Inbox;
import dev.sockets.InboxOverflow;
import dev.sockets.event.SocketEvent;

/**
 * An inbox that holds a bounded number of events.
 */
public final class BoundedInbox implements Inbox {

	private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

	private final int capacity;

	private final InboxOverflow overflow;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition notEmpty = this.lock.newCondition();

	private final Condition notFull = this.lock.newCondition();

	private final ArrayDeque<SocketEvent> events = new ArrayDeque<>();

	private boolean open = true;

	private BoundedInbox(int capacity, InboxOverflow overflow) {
		this.capacity = capacity;
		this.overflow = overflow;
	}

	/**
	 * Creates an empty inbox, unless none is wanted.
	 * @param capacity how many events it holds; 0 for no inbox
	 * @param overflow what becomes of an event when it is full
	 * @return the inbox; {@code null} for none
	 */
	public static @Nullable BoundedInbox of(int capacity, InboxOverflow overflow) {
		return (capacity > 0) ? new BoundedInbox(capacity, overflow) : null;
	}

	/**
	 * Adds an event, as the overflow policy lets it. An interrupt does not end the
	 * waiting, as the event would be lost; it is kept for the caller.
	 * @param event the event
	 * @param mayWait whether the calling thread may wait for room
	 */
	public void add(SocketEvent event, boolean mayWait) {
		this.lock.lock();
		try {
			while (isFull() && this.overflow == InboxOverflow.BLOCK && this.open && mayWait) {
				this.notFull.awaitUninterruptibly();
			}
			if (isFull()) {
				if (this.overflow == InboxOverflow.DROP_NEWEST) {
					return;
				}
				this.events.removeFirst();
			}
			this.events.add(event);
			this.notEmpty.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Adds an event of a sender, who may be the very one to make room: it neither waits
	 * nor takes the place of an event for which others would have waited.
	 * @param event the event
	 */
	public void addSend(SocketEvent event) {
		this.lock.lock();
		try {
			if (!isFull() || this.overflow != InboxOverflow.BLOCK) {
				add(event, false);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isFull() {
		return this.events.size() >= this.capacity;
	}

	/**
	 * Says whether adding may wait for room; it may not while the endpoint stops.
	 * @param open whether it may
	 */
	public void open(boolean open) {
		this.lock.lock();
		try {
			this.open = open;
			this.notFull.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public @Nullable SocketEvent poll() {
		return poll(Duration.ZERO);
	}

	@Override
	public @Nullable SocketEvent poll(Duration timeout) {
		long nanos = (timeout.compareTo(LONGEST) < 0) ? timeout.toNanos() : Long.MAX_VALUE;
		this.lock.lock();
		try {
			while (this.events.isEmpty() && nanos > 0) {
				nanos = this.notEmpty.awaitNanos(nanos);
			}
			SocketEvent event = this.events.poll();
			this.notFull.signal();
			return event;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public List<SocketEvent> drain() {
		this.lock.lock();
		try {
			List<SocketEvent> all = new ArrayList<>(this.events);
			this.events.clear();
			this.notFull.signalAll();
			return all;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public int size() {
		this.lock.lock();
		try {
			return this.events.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void clear() {
		drain();
	}

}
