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
 * An inbox that holds a bounded number of events, whose bytes count into the memory of
 * all while the endpoint runs. When that is used up, it counts as full.
 */
public final class BoundedInbox implements Inbox {

	private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

	/** Memory that an event takes beside what was received, more or less. */
	private static final int EVENT_BYTES = 256;

	/**
	 * An event that waits.
	 *
	 * @param event the event
	 * @param bytes how many bytes count for it
	 */
	private record Kept(SocketEvent event, long bytes) {

	}

	private final int capacity;

	private final InboxOverflow overflow;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition notEmpty = this.lock.newCondition();

	private final Condition notFull = this.lock.newCondition();

	private final ArrayDeque<Kept> events = new ArrayDeque<>();

	private final InboxMemory memory;

	private long bytes;

	private boolean open = true;

	private BoundedInbox(int capacity, InboxOverflow overflow, InboxMemory memory) {
		this.capacity = capacity;
		this.overflow = overflow;
		this.memory = memory;
	}

	/**
	 * Creates an empty inbox, unless none is wanted.
	 * @param capacity how many events it holds; 0 for no inbox
	 * @param overflow what becomes of an event when it is full
	 * @param memory how much may be kept by all inboxes
	 * @return the inbox; {@code null} for none
	 */
	public static @Nullable BoundedInbox of(int capacity, InboxOverflow overflow, InboxMemory memory) {
		return (capacity > 0) ? new BoundedInbox(capacity, overflow, memory) : null;
	}

	/**
	 * Adds an event, as the overflow policy lets it. An interrupt does not end the
	 * waiting, as the event would be lost; it is kept for the caller.
	 * @param event the event
	 * @param received how many received bytes it holds
	 * @param mayWait whether the calling thread may wait for room
	 */
	public void add(SocketEvent event, long received, boolean mayWait) {
		this.lock.lock();
		try {
			while (isFull() && this.overflow == InboxOverflow.BLOCK && this.open && mayWait) {
				this.notFull.awaitUninterruptibly();
			}
			if (isFull()) {
				if (this.overflow == InboxOverflow.DROP_NEWEST) {
					return;
				}
				makeRoom(EVENT_BYTES + received);
			}
			Kept kept = new Kept(event, EVENT_BYTES + received);
			this.events.add(kept);
			count(kept.bytes());
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
				add(event, 0, false);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isFull() {
		return this.events.size() >= this.capacity
				|| (!this.events.isEmpty() && this.open && this.memory.isUsedUp().getAsBoolean());
	}

	/**
	 * Takes what has waited longest. When memory is used up that is as much as comes:
	 * many that are small would make room for as many that are large else.
	 */
	private void makeRoom(long bytes) {
		long room = 0;
		Kept oldest;
		while (isFull() && room < bytes && (oldest = take()) != null) {
			room += oldest.bytes();
		}
	}

	private @Nullable Kept take() {
		Kept kept = this.events.poll();
		if (kept != null) {
			count(-kept.bytes());
		}
		return kept;
	}

	private void count(long bytes) {
		this.bytes += bytes;
		if (this.open) {
			this.memory.count().accept(bytes);
		}
	}

	/**
	 * The endpoint starts or stops. While it does not run, adding does not wait for room,
	 * and what is left counts no more.
	 * @param open whether it runs
	 */
	public void open(boolean open) {
		this.lock.lock();
		try {
			if (this.open != open) {
				this.memory.count().accept(open ? this.bytes : -this.bytes);
			}
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
			Kept kept = take();
			this.notFull.signal();
			return (kept != null) ? kept.event() : null;
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
			List<SocketEvent> all = new ArrayList<>(this.events.size());
			this.events.forEach((kept) -> all.add(kept.event()));
			this.events.clear();
			count(-this.bytes);
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
