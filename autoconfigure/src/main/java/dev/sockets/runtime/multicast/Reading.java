package dev.sockets.runtime.multicast;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * A period in which one thread reads one socket. It ends when another thread takes the
 * reading over, because this one is held up by a handler.
 */
final class Reading {

	/**
	 * How a reading thread holds the turn to handle datagrams.
	 *
	 * @param reading the reading
	 * @param behind whether datagrams may wait in the queue, behind the one being handled
	 */
	record Hold(Reading reading, boolean behind) {

	}

	/* Written by one thread only, so an ordered write without a fence will do. */
	private static final AtomicLongFieldUpdater<Reading> HANDLED = AtomicLongFieldUpdater.newUpdater(Reading.class,
			"handled");

	private final GroupMembership socket;

	private final Hold alone = new Hold(this, false);

	private final Hold behind = new Hold(this, true);

	private volatile long handled;

	private volatile @Nullable Thread thread;

	Reading(GroupMembership socket) {
		this.socket = socket;
	}

	/** The calling thread is the one that reads. */
	void begin() {
		this.thread = Thread.currentThread();
	}

	/**
	 * Returns whether the thread waits for something. One that doesn't may be computing,
	 * or have no processor.
	 */
	boolean isWaiting() {
		Thread thread = this.thread;
		return thread != null && thread.getState() != Thread.State.RUNNABLE;
	}

	GroupMembership socket() {
		return this.socket;
	}

	Hold alone() {
		return this.alone;
	}

	Hold behind() {
		return this.behind;
	}

	/** A datagram is about to be handled. */
	void handles() {
		HANDLED.lazySet(this, this.handled + 1);
	}

	long handled() {
		return this.handled;
	}

	/**
	 * Returns whether this is still the period in which the socket is read.
	 */
	boolean goesOn() {
		return this.socket.reading() == this;
	}

}
