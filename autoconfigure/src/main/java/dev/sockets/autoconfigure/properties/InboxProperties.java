package dev.sockets.autoconfigure.properties;

import dev.sockets.InboxOverflow;

/**
 * Events kept for polling.
 */
public class InboxProperties {

	/**
	 * Events that are kept for polling; 0 keeps none.
	 */
	private int capacity = 0;

	/**
	 * Fate of an event when the inbox is full.
	 */
	private InboxOverflow overflow = InboxOverflow.DROP_OLDEST;

	public int getCapacity() {
		return this.capacity;
	}

	public void setCapacity(int capacity) {
		this.capacity = capacity;
	}

	public InboxOverflow getOverflow() {
		return this.overflow;
	}

	public void setOverflow(InboxOverflow overflow) {
		this.overflow = overflow;
	}

}
