package dev.sockets.benchmarks.load;

import java.nio.channels.ByteChannel;

import org.HdrHistogram.Histogram;

/**
 * One connection of a load, and when each of its messages in flight was sent.
 */
final class Client {

	final ByteChannel channel;

	/** Bytes of an answer that is not complete yet. */
	int partial;

	/** Answers so far. */
	long answers;

	private final long[] sentAt;

	private long sent;

	private int oldest;

	private int next;

	Client(ByteChannel channel, int depth) {
		this.channel = channel;
		this.sentAt = new long[depth];
	}

	void sent(int count, long now) {
		for (int i = 0; i < count; i++) {
			this.sentAt[this.next] = now;
			this.next = following(this.next);
		}
		this.sent += count;
	}

	void answered(int count, long now, Histogram latency) {
		for (int i = 0; i < count; i++) {
			latency.recordValue(now - this.sentAt[this.oldest]);
			this.oldest = following(this.oldest);
		}
		this.answers += count;
	}

	int inFlight() {
		return (int) (this.sent - this.answers);
	}

	private int following(int index) {
		return (index + 1 == this.sentAt.length) ? 0 : index + 1;
	}

}
