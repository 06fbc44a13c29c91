package dev.sockets.test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

import dev.sockets.SocketErrorCode;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.SocketEvent;

/**
 * Keeps the newest events of a context, before its other listeners get them, as these may
 * throw. Open to all threads.
 */
final class SocketEventRecorder implements ApplicationListener<SocketEvent>, Ordered {

	/** Most events that are kept. */
	static final int CAPACITY = 10_000;

	private static final int LOGGED = 20;

	private static final Log logger = LogFactory.getLog(SocketEventRecorder.class);

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition more = this.lock.newCondition();

	private final Deque<SocketEvent> all = new ArrayDeque<>();

	private final Deque<SocketEvent> waiting = new ArrayDeque<>();

	private boolean used;

	private int failures;

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(SocketEvent event) {
		this.lock.lock();
		try {
			if (event instanceof MessageErrorEvent error) {
				log(error);
			}
			add(this.all, event);
			add(this.waiting, event);
			this.more.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A failure that nobody listens to would be logged, so it still is: here. Those of
	 * handlers are logged anyway.
	 */
	private void log(MessageErrorEvent error) {
		if (error.getCode() == SocketErrorCode.HANDLER_FAILED) {
			return;
		}
		this.failures++;
		if (this.failures <= LOGGED) {
			logger.warn("A message of '" + error.getEndpoint() + "' has failed", error.getCause());
		}
	}

	private static void add(Deque<SocketEvent> events, SocketEvent event) {
		if (events.size() == CAPACITY) {
			events.removeFirst();
		}
		events.addLast(event);
	}

	/** Takes the next event that fits, or {@code null} when there is none in time. */
	@Nullable SocketEvent take(Predicate<SocketEvent> fits, Duration timeout) throws InterruptedException {
		long nanos = TimeUnit.NANOSECONDS.convert(timeout);
		this.lock.lockInterruptibly();
		try {
			SocketEvent event = remove(fits);
			while (event == null && nanos > 0) {
				nanos = this.more.awaitNanos(nanos);
				event = remove(fits);
			}
			return event;
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable SocketEvent remove(Predicate<SocketEvent> fits) {
		for (Iterator<SocketEvent> events = this.waiting.iterator(); events.hasNext();) {
			SocketEvent event = events.next();
			if (fits.test(event)) {
				events.remove();
				return event;
			}
		}
		return null;
	}

	/** Returns all that were kept, taken or not, the oldest first. */
	List<SocketEvent> all() {
		this.lock.lock();
		try {
			return List.copyOf(this.all);
		}
		finally {
			this.lock.unlock();
		}
	}

	void clear() {
		this.lock.lock();
		try {
			this.all.clear();
			this.waiting.clear();
			this.failures = 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** A test begins: the first one of the context sees how that has started. */
	void begin() {
		this.lock.lock();
		try {
			if (this.used) {
				clear();
			}
			this.used = true;
		}
		finally {
			this.lock.unlock();
		}
	}

}
