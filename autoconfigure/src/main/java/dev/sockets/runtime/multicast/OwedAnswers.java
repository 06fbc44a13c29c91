package dev.sockets.runtime.multicast;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import dev.sockets.SocketErrorCode;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.runtime.OpenAnswers;
import dev.sockets.runtime.Outages;

/**
 * The answers of a receiver's handlers that come later than these have returned. It owes
 * no more than datagrams may wait; it is an outage when it owes as many, and hardly any
 * comes. Open to all threads.
 */
final class OwedAnswers {

	private static final Object ANSWERS = "answers";

	/** Nobody should wait longer for the answers of others. */
	private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(2);

	/** Of how many answers one has to come meanwhile. */
	private static final int MANY = 10;

	private final MulticastReceiverSettings settings;

	private final Outages outages;

	private final LongAdder ended = new LongAdder();

	private volatile OpenAnswers open = new OpenAnswers();

	/** Whether a datagram was refused since the answers were last looked at for long. */
	private volatile boolean refused;

	private long since;

	private long endedBefore;

	private boolean told;

	OwedAnswers(MulticastReceiverSettings settings, Outages outages) {
		this.settings = settings;
		this.outages = outages;
	}

	/** The receiver starts: answers that never came before are waited for no longer. */
	synchronized void begin() {
		this.open = new OpenAnswers();
		this.told = false;
	}

	/**
	 * Returns whether a datagram is not to be handled, as it might be one more that is
	 * answered later.
	 */
	boolean refuse() {
		if (!isFull()) {
			return false;
		}
		if (!this.refused) {
			this.refused = true;
		}
		return true;
	}

	private boolean isFull() {
		return this.open.size() >= this.settings.queueCapacity();
	}

	/**
	 * An answer is to come later.
	 * @return what to do when it was sent, or there is none; once
	 */
	Runnable add() {
		OpenAnswers open = this.open;
		open.begin();
		return () -> {
			this.ended.increment();
			open.end();
		};
	}

	/**
	 * Does something once none is to come.
	 * @param action what to do, on any thread
	 */
	void whenNone(Runnable action) {
		this.open.whenNone(action);
	}

	/**
	 * Tells when hardly any answer comes, or they do again. Called about ten times a
	 * second.
	 * @param now the loop's time
	 */
	synchronized void look(long now) {
		if (!isFull()) {
			tell(false);
			beginPeriod(now);
		}
		else if (now - this.since > LONG_NANOS) {
			boolean few = this.ended.sum() - this.endedBefore <= this.settings.queueCapacity() / MANY;
			tell(few && (this.refused || this.told));
			beginPeriod(now);
		}
	}

	private void beginPeriod(long now) {
		this.since = now;
		this.endedBefore = this.ended.sum();
		this.refused = false;
	}

	private void tell(boolean late) {
		if (late == this.told) {
			return;
		}
		this.told = late;
		if (late) {
			this.outages.begin(ANSWERS, SocketErrorCode.HANDLER_FAILED,
					"datagrams are dropped: " + this.settings.queueCapacity()
							+ " answers are still to come, which is as many as " + this.settings.datagrams().path()
							+ ".queue-capacity, and hardly any comes; "
							+ "have handlers complete each future that they return, by a time-out if by nothing else",
					null);
		}
		else {
			this.outages.end(ANSWERS);
		}
	}

}
