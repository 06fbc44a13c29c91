package dev.sockets.runtime.backplane;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.runtime.backplane.frame.FrameType;

/**
 * What waits for the engine, bounded in bytes and time. A frame gets its number when it
 * comes, so who misses one that was dropped here knows. Open to all threads.
 */
final class OutboundQueue {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final int maxBytes;

	private final long maxWait;

	private final BackplaneCounters counters;

	private final OverloadWarnings warnings;

	private final Deque<PendingFrame> waiting = new ArrayDeque<>();

	private final FrameNumbers numbers = new FrameNumbers();

	private long bytes;

	private boolean open;

	private boolean woken;

	OutboundQueue(int maxBytes, long maxWaitNanos, BackplaneCounters counters, OverloadWarnings warnings) {
		this.warnings = warnings;
		this.maxBytes = maxBytes;
		this.maxWait = maxWaitNanos;
		this.counters = counters;
	}

	synchronized void open(boolean open) {
		this.open = open;
		if (!open) {
			this.waiting.clear();
			this.bytes = 0;
		}
		wake();
	}

	boolean offer(String channel, FrameType type, byte[] body) {
		return offer(channel, type, body, NOTHING);
	}

	/**
	 * Queues a frame.
	 * @return whether there was room; it is counted when there was none
	 */
	boolean offer(String channel, FrameType type, byte[] body, ByteBuffer tail) {
		DropReason refused = add(channel, type, body, tail);
		if (refused != null) {
			this.counters.drop(refused);
		}
		if (refused == DropReason.FULL) {
			this.warnings.outbound(this.maxBytes);
		}
		return refused == null;
	}

	private synchronized @Nullable DropReason add(String channel, FrameType type, byte[] body, ByteBuffer tail) {
		PendingFrame frame = new PendingFrame(channel, type, this.numbers.next(channel), body, tail, System.nanoTime());
		if (!this.open || this.bytes + frame.size() > this.maxBytes) {
			return this.open ? DropReason.FULL : DropReason.DOWN;
		}
		this.waiting.add(frame);
		this.bytes += frame.size();
		if (this.waiting.size() == 1) {
			notifyAll();
		}
		return null;
	}

	/** Makes a frame that goes before all that wait. */
	synchronized PendingFrame first(String channel, FrameType type, byte[] body) {
		return new PendingFrame(channel, type, this.numbers.next(channel), body, NOTHING, System.nanoTime());
	}

	/** Nothing more goes to a channel for now. */
	synchronized void release(String channel) {
		this.numbers.release(channel);
	}

	synchronized void wake() {
		this.woken = true;
		notifyAll();
	}

	/**
	 * Waits until somebody wakes the caller, or some time is over.
	 * @param nanos how long at most
	 * @param frames whether frames that wait are reason enough
	 */
	synchronized void await(long nanos, boolean frames) throws InterruptedException {
		long deadline = System.nanoTime() + nanos;
		long left = nanos;
		while (!(frames && !this.waiting.isEmpty()) && !this.woken && left > 0) {
			wait(left / 1_000_000, (int) (left % 1_000_000));
			left = deadline - System.nanoTime();
		}
		this.woken = false;
	}

	/**
	 * Takes the frames that have waited longest.
	 * @param most how many bytes to take, at least one frame unless it is 0
	 */
	synchronized List<PendingFrame> take(long most) {
		List<PendingFrame> taken = new ArrayList<>();
		long now = System.nanoTime();
		long size = 0;
		PendingFrame frame;
		while ((frame = this.waiting.peek()) != null) {
			boolean expired = now - frame.since() > this.maxWait;
			if (!expired && (most <= 0 || (size > 0 && size + frame.size() > most))) {
				break;
			}
			this.waiting.remove();
			this.bytes -= frame.size();
			if (expired) {
				this.counters.drop(DropReason.EXPIRED);
			}
			else {
				size += frame.size();
				taken.add(frame);
			}
		}
		return taken;
	}

	synchronized long pending() {
		return this.bytes;
	}

}
