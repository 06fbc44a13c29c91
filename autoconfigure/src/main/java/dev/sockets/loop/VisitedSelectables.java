package dev.sockets.loop;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The selectables that threads are inside of which no lease tells, as they run no loop or
 * do so no more. What such a thread has to send is not to wait until it leaves. Open to
 * all threads.
 */
final class VisitedSelectables {

	private final Map<Selectable, Integer> visitors = new ConcurrentHashMap<>();

	boolean isEmpty() {
		return this.visitors.isEmpty();
	}

	void enter(Selectable selectable) {
		this.visitors.merge(selectable, 1, Integer::sum);
	}

	void leave(Selectable selectable) {
		this.visitors.computeIfPresent(selectable, (key, count) -> (count > 1) ? count - 1 : null);
	}

	/**
	 * Writes out what visitors have collected. Called by the watchdog.
	 * @return whether there are any
	 */
	boolean flush() {
		boolean any = false;
		for (Selectable selectable : this.visitors.keySet()) {
			selectable.flushStale();
			any = true;
		}
		return any;
	}

}
