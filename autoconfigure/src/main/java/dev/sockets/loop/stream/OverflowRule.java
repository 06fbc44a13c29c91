package dev.sockets.loop.stream;

import java.util.List;

/**
 * What is done when one channel has no room for what it is to send. Open to all threads.
 */
final class OverflowRule {

	private final StreamChannel channel;

	private final Flusher flusher;

	private final WaterMarks pending;

	private final Overflow overflow;

	OverflowRule(StreamChannel channel, Flusher flusher, WaterMarks pending, Overflow overflow) {
		this.channel = channel;
		this.flusher = flusher;
		this.pending = pending;
		this.overflow = overflow;
	}

	/**
	 * Makes room, as far as the rule lets it, and counts bytes as waiting then. Room is
	 * short only when the socket is full, not while bytes are gathered.
	 * @param size how many bytes
	 * @return whether they were counted
	 */
	boolean reserve(int size) {
		this.flusher.pump();
		return this.pending.reserve(size) || makeRoom(size);
	}

	private boolean makeRoom(int size) {
		return switch (this.overflow) {
			case CLOSE -> {
				this.channel.abort(this.pending.isOverdrawnBy(size) ? AbortReason.MEMORY : AbortReason.OVERFLOW, null);
				yield false;
			}
			case FAIL_OLDEST -> failOldest(size);
			case FAIL_NEWEST -> false;
		};
	}

	private boolean failOldest(int size) {
		List<PendingWrite> dropped;
		do {
			dropped = this.flusher.dropOldest(size);
			this.flusher.ends().fail(dropped, UnsentReason.OVERFLOW);
			if (this.pending.reserve(size)) {
				return true;
			}
		}
		while (!dropped.isEmpty());
		return false;
	}

}
