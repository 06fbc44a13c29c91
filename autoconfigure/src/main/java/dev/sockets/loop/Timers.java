package dev.sockets.loop;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Signals of one loop that are to be sent later. Open to all threads; the loop's sends
 * what is due.
 */
final class Timers {

	private record Timer(long due, Registration registration, int signals) {

	}

	private final PriorityQueue<Timer> waiting = new PriorityQueue<>(
			Comparator.comparing(Timer::due, (one, other) -> Long.signum(one - other)));

	/**
	 * Adds signals.
	 * @param due when to send them, as {@code System.nanoTime()}
	 * @param registration to whom
	 * @param signals their bits
	 */
	synchronized void add(long due, Registration registration, int signals) {
		this.waiting.add(new Timer(due, registration, signals));
	}

	/**
	 * Sends the signals that are due.
	 * @param now a reading of {@code System.nanoTime()}
	 * @return how long until the next are due, in nanoseconds; {@code Long.MAX_VALUE}
	 * when there are none
	 */
	synchronized long send(long now) {
		Timer next;
		while ((next = this.waiting.peek()) != null && next.due() - now <= 0) {
			this.waiting.poll();
			next.registration().signal(next.signals());
		}
		return (next != null) ? next.due() - now : Long.MAX_VALUE;
	}

}
