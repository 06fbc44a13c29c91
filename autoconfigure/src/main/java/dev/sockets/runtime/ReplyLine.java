package dev.sockets.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Has replies leave in the order of their places, whichever is there first. Open to all
 * threads; a reply is sent by the thread that has brought it or one before it.
 */
public final class ReplyLine {

	/** Where one reply stands. */
	public static final class Place {

		/** Guarded by the monitor of the line. */
		private @Nullable Runnable send;

		private Place() {
		}

	}

	private final Deque<Place> places = new ArrayDeque<>();

	private boolean sending;

	private boolean ended;

	/**
	 * Keeps the place behind all others for a reply.
	 * @return the place, to be {@linkplain #fill filled} in any case
	 */
	public synchronized Place add() {
		Place place = new Place();
		if (!this.ended) {
			this.places.add(place);
		}
		return place;
	}

	/**
	 * Returns how many places are kept.
	 * @return the number
	 */
	public synchronized int size() {
		return this.places.size();
	}

	/**
	 * Returns whether a reply would wait for others.
	 * @param place its place
	 * @return whether there are others before it
	 */
	public synchronized boolean isBehindOthers(Place place) {
		return !this.ended && (this.sending || this.places.peek() != place);
	}

	/**
	 * Nobody gets replies any more, so none has to wait for others. Those that are there
	 * have their turn at once, and those that come.
	 */
	public void end() {
		List<Runnable> waiting = new ArrayList<>();
		synchronized (this) {
			this.ended = true;
			for (Place place : this.places) {
				if (place.send != null) {
					waiting.add(place.send);
				}
			}
			this.places.clear();
		}
		waiting.forEach(Runnable::run);
	}

	/**
	 * Returns whether a reply would leave at once.
	 * @return whether there is no other before it
	 */
	public synchronized boolean isIdle() {
		return this.places.isEmpty() && !this.sending;
	}

	/**
	 * A reply is there, or will never be.
	 * @param place its place
	 * @param send sends it, or does what is to be done when its turn has come; must not
	 * throw
	 */
	public void fill(Place place, Runnable send) {
		Runnable next = first(place, send);
		while (next != null) {
			next.run();
			next = next();
		}
	}

	private synchronized @Nullable Runnable first(Place place, Runnable send) {
		if (this.ended) {
			return send;
		}
		place.send = send;
		return this.sending ? null : next();
	}

	private synchronized @Nullable Runnable next() {
		Place first = this.places.peek();
		this.sending = first != null && first.send != null;
		if (first == null || !this.sending) {
			return null;
		}
		this.places.remove();
		return first.send;
	}

}
