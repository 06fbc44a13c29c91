package dev.sockets.runtime;

import java.util.concurrent.TimeUnit;

/**
 * How many lines of one kind were logged within a period, and how many were not.
 */
final class LineRate {

	static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final int MOST = 3;

	private long start;

	private int lines;

	private long more;

	/**
	 * Says whether one more line may be logged.
	 * @param now the time
	 * @return 0 when it may; else the number of lines since that may not be logged
	 */
	synchronized long admit(long now) {
		if (this.lines == 0 || now - this.start >= PERIOD_NANOS) {
			this.start = now;
			this.lines = 0;
		}
		if (this.lines < MOST) {
			this.lines++;
			return 0;
		}
		return ++this.more;
	}

	/**
	 * Returns how many lines were not logged, and counts from 0 again.
	 * @return the number
	 */
	synchronized long takeMore() {
		long taken = this.more;
		this.more = 0;
		return taken;
	}

}
